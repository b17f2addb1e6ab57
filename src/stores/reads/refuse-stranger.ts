import type pg from 'pg';
import type { Replica } from './replica.ts';

/** Copies of one database have the same number, whatever the address. */
const WHO = 'select s.system_identifier::text as cluster, current_database() as name from pg_control_system() s';

type Who = { cluster: string; name: string };

async function whoIs(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<Who>(WHO);
  return JSON.stringify(rows);
}

/**
 * Refuses a server that is no replica of the primary one, whose figures would be of other data. One that does not answer
 * is no reason not to start: reads go to the primary server until it does.
 * @throws Error in one sentence.
 */
export async function refuseStranger(primary: pg.Pool, replica: Replica): Promise<void> {
  const expected = await whoIs(primary);
  const found = await whoIs(replica.pool).catch((error: unknown) => {
    replica.failed(error);
    return expected;
  });
  if (found !== expected)
    throw new Error('DATABASE_READ_URL names another database: expected a replica of the one at DATABASE_URL.');
}
