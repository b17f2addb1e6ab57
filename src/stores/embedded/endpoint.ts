import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DatabaseConnection } from '../connection.ts';
import { type Cluster, readPassword } from './cluster.ts';
import { makePrivateFolder } from './private-folder.ts';
import { canUseFolder } from './reachable.ts';

/** Where the server listens: its settings for that, how to connect, and what to remove when it has ended. */
export type Endpoint = {
  settings: Record<string, string>;
  connection: DatabaseConnection;
  temporaryFolder?: string;
};

/** The shortest limit of the systems in use, macOS's, for the path of a socket. */
const SOCKET_PATH_LIMIT_BYTES = 103;
const SOCKET_NAME = '.s.PGSQL.5432';

/** A Unix socket that only this account reaches: no port to clash, no password. On Windows, TCP with a password. */
export async function chooseEndpoint(cluster: Cluster): Promise<Endpoint> {
  return cluster.transport === 'tcp' ? tcpEndpoint(cluster) : socketEndpoint(cluster);
}

function socketEndpoint(cluster: Cluster): Endpoint {
  const inside = insideFolder(cluster);
  const folder = inside ?? outsideFolder(cluster);
  return {
    ...(inside === undefined ? { temporaryFolder: folder } : {}),
    settings: {
      listen_addresses: '',
      unix_socket_directories: folder.replaceAll('"', '""').replace(/^.*$/s, '"$&"'),
      unix_socket_permissions: '0700',
    },
    connection: { host: folder, port: 5432, user: 'postgres', database: 'postgres' },
  };
}

/** In the data folder, if the path is short enough and PostgreSQL's account can walk it. */
function insideFolder(cluster: Cluster): string | undefined {
  const inside = path.join(cluster.dataDir, 'socket');
  if (Buffer.byteLength(path.join(inside, SOCKET_NAME)) > SOCKET_PATH_LIMIT_BYTES) return undefined;
  makePrivateFolder(inside, cluster.account);
  return canUseFolder(cluster.account, inside) ? inside : undefined;
}

/** A private folder in the temporary one, always the same for a data folder, so that killed services leave one. */
function outsideFolder(cluster: Cluster): string {
  const owner = cluster.account?.uid ?? process.getuid?.();
  const digest = createHash('sha256').update(`${owner} ${cluster.dataDir}`).digest('hex').slice(0, 16);
  const outside = path.join(tmpdir(), `council-carbon-${digest}`);
  const present = lstatSync(outside, { throwIfNoEntry: false });
  if (
    present !== undefined &&
    !(present.isDirectory() && (present.uid === owner || present.uid === process.getuid?.()))
  ) {
    throw new Error(`The folder ${outside}, needed for the database's socket, belongs to somebody else; remove it.`);
  }
  makePrivateFolder(outside, cluster.account);
  return outside;
}

async function tcpEndpoint(cluster: Cluster): Promise<Endpoint> {
  const port = await freePort();
  return {
    settings: { listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '' },
    connection: {
      host: '127.0.0.1',
      port,
      user: 'postgres',
      password: readPassword(cluster),
      database: 'postgres',
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free TCP port was found for the database.');
  return address.port;
}
