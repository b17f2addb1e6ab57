import t from 'tap';
import { dayNumber } from '../../../src/domain/local-day.ts';
import type { ParsedDay } from '../../../src/domain/upload/parsed-day.ts';
import { openStage } from '../../../src/stores/readings/stage.ts';
import { createStageCopy } from '../../../src/stores/uploads/stage-copy.ts';
import { createStageEncoder } from '../../../src/stores/uploads/stage-encoder.ts';
import { testDatabase } from '../../support/database.ts';

const { pool } = await testDatabase(t);

function parsedDay(changes: Partial<ParsedDay> = {}): ParsedDay {
  const values = Float64Array.of(0.1, 2.5, Number.NaN, -3.000001);
  return {
    meterId: 7,
    dayNumber: dayNumber('2025-10-26'),
    resolutionMinutes: 360,
    values,
    count: 4,
    hasMissing: true,
    quality: 'AE-A',
    quantityMicro: -400_001,
    estimatedMicro: 2_500_000,
    actualMinutes: 720,
    estimatedMinutes: 360,
    line: 12,
    ...changes,
  };
}

const COLUMNS = `i.meter_id, i.day::text, i.resolution_minutes, i.quality, i.intervals, i.quantity_micro, i.estimated_micro,
  i.actual_minutes, i.estimated_minutes, i.origin, i.line`;

/** Days as they come back from the stage after a COPY. */
async function throughStage(days: readonly ParsedDay[], capacity = 1_000): Promise<unknown[]> {
  const client = await pool.connect();
  try {
    await openStage(client);
    const encoder = createStageEncoder(capacity);
    const copy = createStageCopy(client);
    for (const day of days) {
      encoder.add(day);
      const batch = encoder.size() > 2_000 ? encoder.take() : null;
      if (batch !== null) await copy.send(batch);
    }
    const last = encoder.take();
    if (last !== null) await copy.send(last);
    await copy.finish();
    return (await client.query(`select ${COLUMNS} from meter_day_stage i order by i.line`)).rows;
  } finally {
    client.release();
  }
}

const STORED = {
  meter_id: 7,
  day: '2025-10-26',
  resolution_minutes: 360,
  quality: 'AE-A',
  intervals: [0.1, 2.5, null, -3.000001],
  quantity_micro: '-400001',
  estimated_micro: '2500000',
  actual_minutes: 720,
  estimated_minutes: 360,
  origin: 1,
  line: 12,
};

t.test('a day comes out of the database as it went in', async (t) => {
  t.strictSame(await throughStage([parsedDay()]), [STORED]);
});

t.test('what is not there comes out as null', async (t) => {
  t.strictSame(await throughStage([parsedDay({ quality: null, estimatedMicro: null })]), [
    { ...STORED, quality: null, estimated_micro: null },
  ]);
});

t.test('sums of any size keep every digit', async (t) => {
  const sums = [
    0,
    -1,
    4_294_967_296,
    -4_294_967_297,
    Number.MAX_SAFE_INTEGER,
    -Number.MAX_SAFE_INTEGER,
    1_500_000_000_000_000_000n,
    -1_500_000_000_000_000_000n,
  ];
  const rows = await throughStage(sums.map((quantityMicro, line) => parsedDay({ quantityMicro, line })));
  t.strictSame(
    rows.map((row) => (row as { quantity_micro: string }).quantity_micro),
    sums.map(String),
  );
});

t.test('only the values that count are written, in an array that begins at one', async (t) => {
  const values = Float64Array.from({ length: 2_048 }, (_, index) => index);
  const [row] = await throughStage([parsedDay({ values, count: 3, hasMissing: false })]);
  t.match(row, { intervals: [0, 1, 2] });
});

t.test('more rows than a batch holds arrive all, and in order', async (t) => {
  const values = Float64Array.from({ length: 1_500 }, (_, index) => index / 8);
  const days = Array.from({ length: 200 }, (_, line) => parsedDay({ line, values, count: line % 2 === 0 ? 1_500 : 4 }));
  const rows = (await throughStage(days, 64)) as { line: number; intervals: number[] }[];
  t.strictSame(
    rows.map(({ line, intervals }) => [line, intervals.length, intervals.at(-1)]),
    days.map(({ line, count }) => [line, count, (count - 1) / 8]),
  );
});

t.test('a COPY that fails is told to whoever sends next', async (t) => {
  const client = await pool.connect();
  try {
    await client.query('drop table if exists meter_day_stage');
    const copy = createStageCopy(client);
    await copy.send(Buffer.from('no rows'));
    await t.rejects(copy.finish(), /meter_day_stage/);
  } finally {
    client.release(true);
  }
});
