import { inTurns, put, upload } from './api.ts';
import type { BenchOptions } from './bench-options.ts';
import { parseAlone } from './csv-parse-alone.ts';
import { inRotation, type Times } from './measure.ts';
import { fileMeterKey, halfHourlyFile, valuesOf } from './meter-file.ts';
import { dropRowTable, makeRowTable, storeAsRows } from './row-table.ts';
import type { TemporaryService } from './temporary-service.ts';

/** What uploading a half-hourly file costs. */
export type UploadFigures = {
  meters: number;
  days: number;
  values: number;
  bytes: number;
  upload: Times;
  again: Times;
  csvParse: Times;
  rows: Times & { values: number };
  uploadOverCsvParse: number;
  rowsOverUploadByValue: number;
  bytesPerValue: number;
};

const EMPTY = 'truncate meter_day, meter_month, meter_extent, meter_day_revision';
const SIZE = `select pg_total_relation_size('meter_day')::float8 as bytes`;

async function makeMeters(service: TemporaryService, count: number): Promise<void> {
  await put(service, '/v1/sites/BENCH', { name: 'Measured site' });
  const keys = Array.from({ length: count }, (_, index) => fileMeterKey(index));
  await inTurns(keys, (key) =>
    put(service, `/v1/meters/${key}`, { site: 'BENCH', activity: 'electricity', unit: 'kWh', kind: 'interval' }),
  );
}

/**
 * Measures an upload over HTTP until it is in every total, against csv-parse alone over the same bytes, and against a row
 * for each reading by batched inserts over a part of them.
 */
export async function measureUpload(service: TemporaryService, options: BenchOptions): Promise<UploadFigures> {
  const { meters, days, tableMeters, runs } = options;
  await makeMeters(service, meters);
  const file = halfHourlyFile(meters, days);
  const part = halfHourlyFile(tableMeters, days);
  const values = valuesOf(meters, days);
  const empty = () => service.pool.query(EMPTY);
  let bytesPerValue = 0;
  const measureSize = async () => {
    const { rows } = await service.pool.query<{ bytes: number }>(SIZE);
    bytesPerValue = (rows[0]?.bytes ?? 0) / values;
  };
  const send = () => upload(service, '/v1/uploads?clock=local', file);
  const times = await inRotation(runs, {
    upload: { before: empty, work: send },
    again: { before: measureSize, work: send },
    csvParse: { work: () => parseAlone(file) },
    rows: { before: () => makeRowTable(service.pool), work: () => storeAsRows(service.pool, part) },
  });
  await dropRowTable(service.pool);
  await empty();
  const {
    upload: first,
    again,
    csvParse,
    rows,
  } = times as { upload: Times; again: Times; csvParse: Times; rows: Times };
  const partValues = valuesOf(tableMeters, days);
  return {
    meters,
    days,
    values,
    bytes: file.length,
    upload: first,
    again,
    csvParse,
    rows: { ...rows, values: partValues },
    uploadOverCsvParse: first.medianMs / csvParse.medianMs,
    rowsOverUploadByValue: rows.medianMs / partValues / (first.medianMs / values),
    bytesPerValue,
  };
}
