import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { canUseFolder } from './reachable.ts';

/** Where the database files are, and who runs PostgreSQL on them with which programs. */
export type Cluster = {
  dataDir: string;
  account: Account | undefined;
  binaries: Binaries;
  transport: 'socket' | 'tcp';
  /** False for databases that need not outlive a power cut. */
  isDurable: boolean;
  log: (message: string) => void;
};

/** Beside the database files, where connections come over TCP: the password of the database's owner. */
export const PASSWORD_FILE = 'council-carbon-password';

/** The password made with the database. */
export function readPassword(cluster: Pick<Cluster, 'dataDir'>): string {
  return readFileSync(path.join(filesFolder(cluster), PASSWORD_FILE), 'utf8').trim();
}

/** The folder of the database files inside the data folder. */
export function filesFolder(cluster: Pick<Cluster, 'dataDir'>): string {
  return path.join(cluster.dataDir, 'pg');
}

/**
 * How a PostgreSQL program is told of `folder`. An account that may use the folder but not pass through the folders
 * above it (root's home, say) is started inside it and finds it by the name Linux has for that.
 */
export function folderArgument(cluster: Cluster, folder: string): { argument: string; cwd: string } {
  if (canUseFolder(cluster.account, folder)) return { argument: folder, cwd: '/' };
  if (process.platform === 'linux') return { argument: '/proc/self/cwd', cwd: folder };
  throw new Error(
    `The data folder ${cluster.dataDir} cannot be reached by user id ${cluster.account?.uid}, under which PostgreSQL has to run when root starts it; choose another DATA_DIR, or start the service as another user.`,
  );
}
