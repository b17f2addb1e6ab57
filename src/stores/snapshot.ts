import type pg from 'pg';
import { withConnection } from './change.ts';

/** Begins a transaction whose statements all see the same moment. */
export const BEGIN_SNAPSHOT = 'begin isolation level repeatable read read only';

/** What a pool says of itself whose statements are of one moment already. */
export const IN_SNAPSHOT = Symbol('in a snapshot');

/** Runs reads against one snapshot, so that they agree with each other and with the clock reading among them. */
export async function withSnapshot<T>(pool: pg.Pool, work: (client: Pick<pg.Pool, 'query'>) => Promise<T>): Promise<T> {
  if (Reflect.get(pool, IN_SNAPSHOT) === true) return work(pool);
  return withConnection(pool, async (client) => {
    await client.query(BEGIN_SNAPSHOT);
    const result = await work(client);
    await client.query('commit');
    return result;
  });
}
