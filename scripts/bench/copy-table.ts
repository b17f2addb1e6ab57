import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

const COLUMNS = Array.from({ length: 50 }, (_, index) => `hh${index + 1} double precision`);

/** Makes a table for a half-hourly file as it is, without a key or an index, anew. */
export async function makeCopyTable(pool: pg.Pool): Promise<void> {
  await pool.query(
    `drop table if exists bench_copy; create table bench_copy (mpan text, day date, ${COLUMNS.join(', ')})`,
  );
}

/** Has the database read a half-hourly file by itself. */
export async function copyFile(pool: pg.Pool, file: Buffer): Promise<void> {
  const client = await pool.connect();
  try {
    await pipeline(Readable.from(file), client.query(copyFrom('copy bench_copy from stdin (format csv, header)')));
  } finally {
    client.release();
  }
}

/** Takes the table away again. */
export async function dropCopyTable(pool: pg.Pool): Promise<void> {
  await pool.query('drop table if exists bench_copy');
}
