import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseConnection } from '../connection.ts';
import { accountFor } from './account.ts';
import { usableBinaries } from './binaries.ts';
import { type Cluster, filesFolder } from './cluster.ts';
import { createCluster } from './create-cluster.ts';
import { makePrivateFolder } from './private-folder.ts';
import { startServer } from './start-server.ts';

export type EmbeddedDatabase = { connection: DatabaseConnection; close: () => Promise<void> };

export type EmbeddedOptions = {
  /** Folder of everything the database keeps; made if missing. */
  dataDir: string;
  /** Told, in sentences, of what takes time and of a server that ends by itself. */
  log?: (message: string) => void;
  /** Settings of the server over the ones below. */
  settings?: Record<string, string>;
  /** How to connect; a Unix socket wherever there are any. */
  transport?: 'socket' | 'tcp';
};

/**
 * Starts the PostgreSQL that comes with the project on the database in `dataDir`, which is created if there is
 * none. It runs until `close`, or until this process ends in whatever way, and never longer. Throws one sentence
 * when it cannot; a database that another service has open is left alone.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const { log = () => {}, transport = process.platform === 'win32' ? 'tcp' : 'socket' } = options;
  const dataDir = path.resolve(options.dataDir);
  const isNew = mkdirSync(dataDir, { recursive: true, mode: 0o700 }) !== undefined;
  const files = filesFolder({ dataDir });
  const account = accountFor(existsSync(files) ? files : dataDir);
  if (isNew) makePrivateFolder(dataDir, account);
  const binaries = usableBinaries(account, dataDir, log);
  const isDurable = options.settings?.fsync !== 'off';
  const cluster: Cluster = { dataDir, account, binaries, transport, isDurable, log };
  await createCluster(cluster);
  const server = await startServer(cluster, { ...SETTINGS, ...options.settings });
  let isClosing = false;
  void server.exited.then(() => {
    if (!isClosing)
      log(`The embedded PostgreSQL ended by itself; ${path.join(dataDir, 'postgresql.log')} may say why.`);
  });
  return {
    connection: server.connection,
    close: async () => {
      isClosing = true;
      server.stop();
      await server.exited;
    },
  };
}

const SETTINGS: Record<string, string> = {
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
  // An upload of a year writes several hundred megabytes at once; the default would checkpoint in the middle.
  max_wal_size: '2GB',
  // A service that was killed must not hold its locks until its last statement ends. Other systems refuse the setting.
  ...(process.platform === 'linux' ? { client_connection_check_interval: '500ms' } : {}),
};
