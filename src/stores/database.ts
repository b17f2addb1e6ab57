import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import type { DatabaseConnection } from './connection.ts';
import { openEmbedded } from './embedded/open-embedded.ts';
import { PrismaClient } from './prisma-client/client.ts';
import { refuseStranger } from './reads/refuse-stranger.ts';
import { followReplica, type Replica } from './reads/replica.ts';
import { refuseOldServer } from './server-version.ts';
import { servicePool, snapshotPool } from './service-pool.ts';

export type DatabaseOptions = {
  /** A PostgreSQL server, `postgresql://user:password@host:port/database`; absent: the embedded one. */
  databaseUrl?: string | undefined;
  /** A replica of it, for reads. */
  databaseReadUrl?: string | undefined;
  /** Folder of the embedded database. */
  dataDir: string;
  /** Told, in sentences, of what the operator should know. */
  log: (message: string) => void;
};

/** An open database. `pool` serves readings, uploads and sums; `prisma` configuration, over the same connections. */
export type Database = {
  pool: pg.Pool;
  /** Connections of their own for snapshots: a request holds one until it is answered, and may need one of `pool` besides. */
  snapshots: pg.Pool;
  prisma: PrismaClient;
  /** A replica that reads may go to. */
  replica: Replica | null;
  /** For a process or a tool that needs connections of its own. */
  connection: DatabaseConnection;
  /** Ends all connections, after their work, and the embedded server. */
  close: () => Promise<void>;
};

/** Connects to the database, starting the embedded one where no server is named. Throws one sentence if it cannot. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.databaseUrl !== undefined && options.databaseUrl !== '') {
    const { databaseUrl, databaseReadUrl, log } = options;
    const replica = databaseReadUrl === undefined ? null : { connectionString: databaseReadUrl };
    return connectDatabase({ connectionString: databaseUrl }, log, replica);
  }
  const embedded = await openEmbedded({ dataDir: options.dataDir, log: options.log });
  try {
    const database = await connectDatabase(embedded.connection, options.log);
    const close = async () => {
      try {
        await database.close();
      } finally {
        await embedded.close();
      }
    };
    return { ...database, close };
  } catch (error) {
    await embedded.close();
    throw error;
  }
}

/** The same for a server that runs already, and a replica of it if there is one. */
export async function connectDatabase(
  connection: DatabaseConnection,
  log: (message: string) => void,
  replicaConnection: DatabaseConnection | null = null,
): Promise<Database> {
  const pool = servicePool(connection, { onError: (error) => log(`A database connection broke: ${error.message}.`) });
  const snapshots = snapshotPool(connection);
  let replica: Replica | null = null;
  const end = () => Promise.all([pool, snapshots, replica?.pool, replica?.snapshots].map((one) => one?.end()));
  try {
    refuseOldServer(await serverVersionNumber(pool));
    if (replicaConnection !== null) {
      const statements = servicePool(replicaConnection, { onError: () => {} });
      replica = followReplica(statements, snapshotPool(replicaConnection), log);
      await refuseStranger(pool, replica);
    }
  } catch (error) {
    await end();
    throw error;
  }
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const close = async () => {
    await prisma.$disconnect();
    await end();
  };
  return { pool, snapshots, prisma, replica, connection, close };
}

async function serverVersionNumber(pool: pg.Pool): Promise<number> {
  try {
    const { rows } = await pool.query<{ server_version_num: string }>('show server_version_num');
    return Number(rows[0]?.server_version_num);
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`The database cannot be reached: ${message.replace(/\.$/, '')}. Check DATABASE_URL.`, {
      cause: error,
    });
  }
}
