import path from 'node:path';
import pg from 'pg';
import { type DatabaseConnection, withDatabase } from '../../src/stores/connection.ts';
import { openEmbedded } from '../../src/stores/embedded/open-embedded.ts';
import { servicePool } from '../../src/stores/service-pool.ts';
import { makeRunFolder } from '../run-folder.ts';

/** An empty database of its own, with a pool for what is compared with the service. */
export type BenchDatabase = { url: string; pool: pg.Pool; drop: () => Promise<void> };

/** A PostgreSQL server on which databases can be made. */
export type BenchServer = {
  /** A folder for whatever a run writes, which is removed with the server. */
  folder: string;
  makeDatabase: () => Promise<BenchDatabase>;
  close: () => Promise<void>;
};

/** The same place as a text, which another process can be given. */
function urlOf({ connectionString, host, port, user, database }: DatabaseConnection): string {
  if (connectionString !== undefined) return connectionString;
  return `postgresql://${user}@localhost/${database}?host=${encodeURIComponent(host ?? '')}&port=${port}`;
}

async function onServer(connection: DatabaseConnection, statement: string): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The server at DATABASE_URL, else an embedded one with the settings of production. */
export async function openBenchServer(): Promise<BenchServer> {
  const folder = makeRunFolder();
  const given = process.env.DATABASE_URL;
  const embedded = given ? null : await openEmbedded({ dataDir: path.join(folder.path, 'data'), transport: 'socket' });
  const connection = embedded?.connection ?? { connectionString: given };
  let made = 0;
  const makeDatabase = async (): Promise<BenchDatabase> => {
    made += 1;
    const name = `bench_${process.pid}_${made}`;
    await onServer(connection, `create database ${name} template template0 encoding 'UTF8'`);
    const own = withDatabase(connection, name);
    const pool = servicePool(own, { onError: (error) => console.error(error.message) });
    const drop = async () => {
      await pool.end();
      await onServer(connection, `drop database if exists ${name} with (force)`);
    };
    return { url: urlOf(own), pool, drop };
  };
  const close = async () => {
    await embedded?.close();
    folder.remove();
  };
  return { folder: folder.path, makeDatabase, close };
}
