import type pg from 'pg';
import { withConnection } from './change.ts';

/** Runs reads against one snapshot, so that they agree with each other and with the clock reading among them. */
export async function withSnapshot<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return withConnection(pool, async (client) => {
    await client.query('begin isolation level repeatable read read only');
    const result = await work(client);
    await client.query('commit');
    return result;
  });
}
