import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LoadedReferenceData, loadReferenceData } from './services/reference-data/load-reference-data.ts';
import type { DatabaseConnection } from './stores/connection.ts';
import { connectDatabase } from './stores/database.ts';
import { migrate } from './stores/migrations/migrate.ts';
import { createReferenceDataStore } from './stores/reference-data-store.ts';
import { createSeedFiles } from './stores/seed-files.ts';

/** What had to be done to a database before this version could use it. */
export type Prepared = { applied: string[]; loaded: LoadedReferenceData };

/** Brings a database to the newest migration and the reference data that is shipped. Doing it again changes nothing. */
export async function prepareDatabase(connection: DatabaseConnection): Promise<Prepared> {
  const { applied } = await migrate(connection);
  const { prisma, close } = await connectDatabase(connection, () => undefined);
  try {
    const loaded = await loadReferenceData({
      readSeedFile: createSeedFiles(),
      store: createReferenceDataStore(prisma),
    });
    return { applied, loaded };
  } finally {
    await close();
  }
}

/** What the process that prepares answers. */
export type FromPrepareProcess = { prepared: Prepared } | { failure: { message: string; stack: string | undefined } };

/** Runs from source as `.ts` and compiled as `.js`: the program has the ending of this file. */
const PROGRAM = fileURLToPath(new URL(`./prepare-process${path.extname(import.meta.url)}`, import.meta.url));

/**
 * The same in a process that ends with it: the engine of migrations and the tables of factors take some two hundred
 * megabytes, which the service would otherwise hold for as long as it runs. A thread does not give them back.
 */
export async function prepareInProcess(connection: DatabaseConnection): Promise<Prepared> {
  const child = fork(PROGRAM, { serialization: 'advanced' });
  const ended = once(child, 'exit').then(([code, signal]): never => {
    throw new Error(`The process that prepares the database ended with ${signal ?? code} before it was done.`);
  });
  child.send(connection);
  const [answer] = (await Promise.race([once(child, 'message'), ended])) as [FromPrepareProcess];
  ended.catch(() => undefined);
  child.disconnect();
  if ('prepared' in answer) return answer.prepared;
  const error = new Error(answer.failure.message);
  if (answer.failure.stack !== undefined) error.stack = answer.failure.stack;
  throw error;
}
