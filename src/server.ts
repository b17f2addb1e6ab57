import closeWithGrace from 'close-with-grace';
import { buildApp } from './app.ts';
import { systemNow } from './clock.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { makeDeps } from './deps.ts';
import { LIMITS } from './limits.ts';
import { prepareInProcess } from './prepare.ts';
import { type BootstrapOutcome, ensureBootstrapKey } from './services/bootstrap-key.ts';
import type { RemoveKeptFiles } from './services/uploads/remove-kept-files.ts';
import type { Uploads } from './services/uploads/uploads.ts';
import { createChangeConfiguration } from './stores/configuration/change-configuration.ts';
import { type Database, openDatabase } from './stores/database.ts';
import { readVersion } from './version.ts';

/** What the operator is told of the admin key. A generated key goes to standard output once, and to no log. */
function announceKey(outcome: BootstrapOutcome): void {
  if (outcome.kind === 'generated') console.log(`\nAdmin key, shown this once; keep it safe:\n\n    ${outcome.key}\n`);
  if (outcome.kind === 'added' && outcome.replaced > 0)
    console.log('BOOTSTRAP_ADMIN_KEY has changed: the key before it was revoked.');
  if (outcome.kind === 'revoked')
    console.error('BOOTSTRAP_ADMIN_KEY was revoked and opens nothing: set another key, or remove the setting.');
}

/** Brings the database to what this version needs, and makes sure that somebody can get in. */
async function prepare({ connection, prisma }: Database, config: Config): Promise<void> {
  const { applied, loaded } = await prepareInProcess(connection);
  if (applied.length > 0) console.log(`Migrated the database: ${applied.join(', ')}.`);
  if (loaded.factorSets.length > 0) console.log(`Loaded the factor sets ${loaded.factorSets.join(', ')}.`);
  for (const warning of loaded.warnings) console.warn(warning);
  announceKey(await ensureBootstrapKey(createChangeConfiguration(prisma), config.bootstrapAdminKey, systemNow));
}

/** Another process that shares the database may stop at any time; its uploads are taken up by one that is left. */
const LOOK_EVERY_MS = 30_000;
/** A process gets hold of an upload right after it has begun it. */
const LEFT_AFTER_MS = 60_000;

/** Takes up the uploads of a process that is gone. */
async function takeUpLeft(uploads: Uploads, before: Date): Promise<void> {
  try {
    const { ended, resumed } = await uploads.takeUpLeft(before);
    if (ended > 0)
      console.warn(`${ended} uploads were cut off when the service stopped: their records say what became of them.`);
    if (resumed > 0) console.log(`${resumed} uploads that are kept are read on.`);
  } catch (error) {
    console.error('The uploads that were left could not be looked for; it is tried again.', error);
  }
}

/** Files that were kept for as long as the settings say are looked for. */
const REMOVE_EVERY_MS = 3_600_000;

/** Removes what has been kept for longer than the settings say. */
async function removeOld(removeKeptFiles: RemoveKeptFiles): Promise<void> {
  try {
    const removed = await removeKeptFiles();
    if (removed > 0) console.log(`The bytes of ${removed} sent files were removed: they were kept for keptFileDays.`);
  } catch (error) {
    console.error('Files that were kept for long could not be removed; it is tried again.', error);
  }
}

async function serve(database: Database, config: Config): Promise<void> {
  await prepare(database, config);
  const deps = makeDeps(database, { logLevel: config.logLevel, version: readVersion() }, systemNow);
  const app = await buildApp(deps);
  await takeUpLeft(deps.uploads, systemNow());
  const watch = setInterval(
    () => takeUpLeft(deps.uploads, new Date(systemNow().getTime() - LEFT_AFTER_MS)),
    LOOK_EVERY_MS,
  );
  await removeOld(deps.removeKeptFiles);
  const remove = setInterval(() => removeOld(deps.removeKeptFiles), REMOVE_EVERY_MS);
  closeWithGrace({ delay: LIMITS.closeTimeoutMs, logger: false }, async ({ err, signal }) => {
    if (err) app.log.fatal({ err }, 'closing after an unexpected error');
    else app.log.info({ signal }, 'closing');
    clearInterval(watch);
    clearInterval(remove);
    // In this order: no new connections, running requests to their end, and only then the database under them.
    await app.close();
    await database.close();
  });
  const address = await app.listen({ port: config.port, host: config.host });
  console.log(`Council Carbon answers at ${address}; its reference pages are at ${address}/docs.`);
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const database = await openDatabase({
    databaseUrl: config.databaseUrl ?? undefined,
    databaseReadUrl: config.databaseReadUrl ?? undefined,
    dataDir: config.dataDir,
    log: (message) => console.log(message),
  }).catch((error: Error) => {
    throw new ConfigError(error.message, { cause: error });
  });
  try {
    await serve(database, config);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Failures that the operator can mend, and the sentence that says how. */
function sentenceOf(error: unknown, env: NodeJS.ProcessEnv): string | null {
  if (error instanceof ConfigError) return error.message;
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return null;
  return `Port ${env.PORT ?? 3000} is taken by another process: stop it, or set PORT to another number.`;
}

try {
  await main();
} catch (error) {
  console.error(sentenceOf(error, process.env) ?? error);
  process.exitCode = 1;
}
