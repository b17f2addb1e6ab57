import { inTurns, put, upload } from '../api.ts';
import type { Section } from '../bench.ts';
import type { BenchService } from '../bench-service.ts';
import { copyFile, dropCopyTable, makeCopyTable } from '../copy-table.ts';
import { parseAlone } from '../csv-parse-alone.ts';
import { figureOf, ratioOf } from '../figure.ts';
import { fileMeterKeys, halfHourlyFile, valuesOf } from '../meter-file.ts';
import { inRotation } from '../rotation.ts';
import { dropRowTable, makeRowTable, storeAsRows } from '../row-table.ts';

const EMPTY = 'truncate meter_day, meter_month, meter_extent, meter_day_revision';
const SIZES = `
select pg_total_relation_size('meter_day')::float8 as days,
  (pg_total_relation_size('meter_month') + pg_total_relation_size('meter_extent'))::float8 as sums`;

/** Writes meters of one site, for half-hourly files. */
export async function writeMeters(service: BenchService, keys: readonly string[]): Promise<void> {
  await put(service, '/v1/sites/BENCH', { name: 'Measured site' });
  await inTurns(keys, (key) =>
    put(service, `/v1/meters/${key}`, { site: 'BENCH', activity: 'electricity', unit: 'kWh', kind: 'interval' }),
  );
}

/**
 * An upload over HTTP until it is in every total, against csv-parse alone over the same bytes, `COPY` of them into a table
 * without an index, and a row for each reading by batched inserts over a part of them.
 */
export const uploadSection: Section = {
  title: ({ meters, days }) =>
    `Upload: ${meters} meters, ${days} days, ${valuesOf(meters, days).toLocaleString('en-GB')} half-hours`,
  measure: async ({ options, stand, memory }) => {
    const { meters, days, tableMeters, runs } = options;
    const { service, database, close } = await stand();
    const { pool } = database;
    const keys = fileMeterKeys(meters);
    await writeMeters(service, keys);
    const file = halfHourlyFile(keys, days);
    const part = halfHourlyFile(keys.slice(0, tableMeters), days);
    const values = valuesOf(meters, days);
    const partValues = valuesOf(tableMeters, days);
    const bytes: { days: number; sums: number }[] = [];
    const measureSize = async () => {
      const { rows } = await pool.query<{ days: number; sums: number }>(SIZES);
      bytes.push(...rows);
    };
    const send = () => upload(service, '/v1/uploads?clock=local', file);
    // The first upload of a process starts its thread.
    await upload(service, '/v1/uploads?clock=local', part);
    const times = await memory.during(service.pid, `${runs} uploads of ${(file.length / 1e6).toFixed(0)} MB`, () =>
      inRotation(runs, {
        upload: { before: () => pool.query(EMPTY), work: send },
        again: { before: measureSize, work: send },
        csvParse: { work: () => parseAlone(file) },
        copy: { before: () => makeCopyTable(pool), work: () => copyFile(pool, file) },
        rows: { before: () => makeRowTable(pool), work: () => storeAsRows(pool, part) },
      }),
    );
    await dropCopyTable(pool);
    await dropRowTable(pool);
    await close();
    const rate = (list: readonly number[], count: number) => list.map((ms) => count / (ms / 1_000));
    const eachMs = (list: readonly number[], count: number) => list.map((ms) => ms / count);
    return [
      figureOf('over HTTP, to committed', times.upload, 'ms'),
      figureOf('values a second', rate(times.upload, values), '/s'),
      figureOf('the same file again', times.again, 'ms'),
      figureOf('csv-parse alone, same bytes', times.csvParse, 'ms'),
      figureOf('COPY of the same bytes, no index', times.copy, 'ms'),
      figureOf(`a row a reading, ${partValues.toLocaleString('en-GB')} of them`, times.rows, 'ms'),
      ratioOf('upload : csv-parse', times.upload, times.csvParse, { bar: { atMost: 1.5 } }),
      ratioOf('upload : COPY', times.upload, times.copy),
      ratioOf('a row a reading : upload, by value', eachMs(times.rows, partValues), eachMs(times.upload, values), {
        bar: { atLeast: 50 },
      }),
      figureOf(
        'a half-hour on disk, index included',
        bytes.map((size) => size.days / values),
        'B',
        { bar: { atMost: 12 } },
      ),
      figureOf(
        'the same with the sums of months',
        bytes.map((size) => (size.days + size.sums) / values),
        'B',
      ),
    ];
  },
};
