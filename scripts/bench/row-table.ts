import { parse } from 'csv-parse/sync';
import type pg from 'pg';
import { startOfDayMs } from '../../src/domain/calendar.ts';

/** The usual table of readings, which this store is measured against: an identity, a meter, a time, a value, a quality. */
const CREATE = `
create table bench_reading (
  id bigint generated always as identity primary key,
  meter_id integer not null references meter (id),
  start_at timestamptz not null,
  quantity numeric not null,
  quality text not null,
  unique (meter_id, start_at)
)`;

const BATCH_ROWS = 1_000;
const COLUMNS = 4;
const HALF_HOUR_MS = 1_800_000;

type Reading = [meterId: number, startAt: Date, quantity: string, quality: string];

function readingsOf(file: Buffer, meterIds: ReadonlyMap<string, number>): Reading[] {
  const [, ...records] = parse(file, { relax_column_count: true }) as string[][];
  return records.flatMap(([meter = '', day = '', ...values]) =>
    values.flatMap((quantity, index): Reading[] => {
      if (quantity === '') return [];
      return [[meterIds.get(meter) ?? 0, new Date(startOfDayMs(day) + index * HALF_HOUR_MS), quantity, 'A']];
    }),
  );
}

function insertOf(rows: readonly Reading[]): pg.QueryConfig {
  const places = rows.map((_, index) => {
    const first = index * COLUMNS;
    return `($${first + 1}, $${first + 2}, $${first + 3}, $${first + 4})`;
  });
  return {
    text: `insert into bench_reading (meter_id, start_at, quantity, quality) values ${places.join(', ')}
      on conflict (meter_id, start_at) do update set quantity = excluded.quantity, quality = excluded.quality`,
    values: rows.flat(),
  };
}

/**
 * Reads a half-hourly file into a row for each reading, by multi-row inserts of a thousand in one transaction. Resolves to
 * how many there are.
 */
export async function storeAsRows(pool: pg.Pool, file: Buffer): Promise<number> {
  const client = await pool.connect();
  try {
    const meters = await client.query<{ id: number; key: string }>('select m.id, m.key from meter m');
    const meterIds = new Map(meters.rows.map(({ id, key }) => [key, id]));
    await client.query('begin');
    const readings = readingsOf(file, meterIds);
    for (let at = 0; at < readings.length; at += BATCH_ROWS)
      await client.query(insertOf(readings.slice(at, at + BATCH_ROWS)));
    await client.query('commit');
    return readings.length;
  } finally {
    await client.query('rollback');
    client.release();
  }
}

/** Makes the table anew, which is no part of the work. */
export async function makeRowTable(pool: pg.Pool): Promise<void> {
  await pool.query(`drop table if exists bench_reading; ${CREATE}`);
}

/** Takes the table away again. */
export async function dropRowTable(pool: pg.Pool): Promise<void> {
  await pool.query('drop table if exists bench_reading');
}
