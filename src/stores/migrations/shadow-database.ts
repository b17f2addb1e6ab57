import { randomUUID } from 'node:crypto';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { type DatabaseConnection, withDatabase } from '../connection.ts';
import { engineAdapter } from './engine-adapter.ts';

/**
 * An empty database of its own beside the one at `connection`, dropped when the adapter is disposed of.
 * (The stock adapter's shadow is the live database itself when a connection string is given.)
 */
export async function shadowDatabase(connection: DatabaseConnection): Promise<SqlDriverAdapter> {
  const name = `cc_shadow_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const owner = new pg.Client(connection);
  owner.on('error', () => {}); // The query that needs it reports a lost connection.
  await owner.connect();
  await owner.query(`create database ${name} template template0`);
  const pool = new pg.Pool({ ...withDatabase(connection, name), max: 1, idleTimeoutMillis: 0 });
  pool.on('error', () => {}); // The drop below ends a connection still open; nobody waits for it.
  const adapter = await engineAdapter(pool);
  let disposed: Promise<void> | undefined;
  const dispose = async () => {
    try {
      await pool.end();
      await owner.query(`drop database if exists ${name} with (force)`);
    } finally {
      await owner.end();
    }
  };
  adapter.dispose = () => {
    disposed ??= dispose();
    return disposed;
  };
  return adapter;
}
