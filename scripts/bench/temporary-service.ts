import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type pg from 'pg';
import { buildApp } from '../../src/app.ts';
import { systemNow } from '../../src/clock.ts';
import { makeDeps } from '../../src/deps.ts';
import { prepareInProcess } from '../../src/prepare.ts';
import { ensureBootstrapKey } from '../../src/services/bootstrap-key.ts';
import { createChangeConfiguration } from '../../src/stores/configuration/change-configuration.ts';
import { openDatabase } from '../../src/stores/database.ts';
import { makeRunFolder } from '../run-folder.ts';

/** A service that listens, over an embedded database of its own that is removed with it. */
export type TemporaryService = {
  baseUrl: string;
  /** `Authorization` and whatever else a request needs. */
  headers: Record<string, string>;
  pool: pg.Pool;
  close: () => Promise<void>;
};

/** Starts the service as an operator would, with the settings of production. */
export async function startTemporaryService(): Promise<TemporaryService> {
  const folder = makeRunFolder();
  const database = await openDatabase({ dataDir: path.join(folder.path, 'data'), log: () => {} });
  const key = randomBytes(32).toString('base64url');
  await prepareInProcess(database.connection);
  await ensureBootstrapKey(createChangeConfiguration(database.prisma), key, systemNow);
  const app = await buildApp(makeDeps(database, { logLevel: 'error', version: 'bench' }, systemNow));
  const baseUrl = await app.listen({ port: 0, host: '127.0.0.1' });
  const close = async () => {
    await app.close();
    await database.close();
    folder.remove();
  };
  return { baseUrl, headers: { authorization: `Bearer ${key}` }, pool: database.pool, close };
}
