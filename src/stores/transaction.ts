import type pg from 'pg';
import { isLostConnection, toRefusal } from './errors.ts';

/**
 * Runs `work` in one READ COMMITTED transaction and commits; rolls back when it throws. READ COMMITTED always: a
 * write locks its meters first, and the statements after the lock must see what the former holder committed.
 *
 * Throws `Refusal('busy')` for a lock not got in time, a deadlock and a lost connection; else what `work` threw.
 */
export async function withTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw toRefusal(error);
  });
  let isBroken = false;
  try {
    await client.query('begin isolation level read committed');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    isBroken = isLostConnection(error) || !(await rolledBack(client));
    throw toRefusal(error);
  } finally {
    client.release(isBroken);
  }
}

async function rolledBack(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query('rollback');
    return true;
  } catch {
    return false; // The connection is thrown away, and the server rolls back with it.
  }
}
