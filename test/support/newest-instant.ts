import type pg from 'pg';

/** The instant of the newest change, to the microsecond: what can be asked with `asOf` for what is known so far. */
export async function newestInstant(pool: Pick<pg.Pool, 'query'>): Promise<string> {
  const { rows } = await pool.query<{ at: string }>(
    `select to_char(c.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from clock c`,
  );
  return rows[0]?.at ?? '';
}
