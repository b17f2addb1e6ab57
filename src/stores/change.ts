import type pg from 'pg';
import type { Touched } from '../domain/change-log/touched.ts';
import { NEXT_CHANGE_ID_SQL, type Stamp, type Stamped, stampAndCommit } from './clock.ts';
import { toRefusal } from './errors.ts';

/** What the work of a change says when it is done: its result, and what it touched; null where nothing was written. */
export type ChangeWork<T> = { result: T; touched: Touched | null };

/**
 * Draws the number that the rows of a change carry. Draw it only after the rows that are written to have been locked: of
 * two writers of one row the later one must have the higher number.
 */
export type DrawChangeId = () => Promise<string>;

/**
 * Runs `work` as one change on a connection: READ COMMITTED, the clock stamped in the same round trip as COMMIT. Where
 * nothing was written the clock stays and no change is recorded. Rolls back when `work` throws; throws
 * `Refusal('busy')` for a lock not got in time, a deadlock or a lost connection.
 */
export async function inChange<T>(
  client: pg.PoolClient,
  stamp: Omit<Stamp, 'changeId' | 'touched'>,
  work: (drawChangeId: DrawChangeId) => Promise<ChangeWork<T>>,
): Promise<{ result: T; stamped: Stamped | null }> {
  try {
    await client.query('begin isolation level read committed');
    let drawn: string | null = null;
    const { result, touched } = await work(async () => {
      drawn ??= (await client.query<{ id: string }>(NEXT_CHANGE_ID_SQL)).rows[0]?.id ?? '';
      return drawn;
    });
    if (touched !== null && drawn !== null)
      return { result, stamped: await stampAndCommit(client, { ...stamp, changeId: BigInt(drawn), touched }) };
    await client.query('commit');
    return { result, stamped: null };
  } catch (error) {
    // Best effort: a connection that cannot roll back is thrown away by its owner, and the server rolls back with it.
    await client.query('rollback').catch(() => undefined);
    throw toRefusal(error);
  }
}

/** Runs `work` with a connection of its own and gives it back, or throws it away after an error. */
export async function withConnection<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw toRefusal(error);
  });
  let failed = true;
  try {
    const result = await work(client);
    failed = false;
    return result;
  } finally {
    client.release(failed);
  }
}
