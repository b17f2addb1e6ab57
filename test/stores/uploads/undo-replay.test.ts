import t from 'tap';
import { addDays } from '../../../src/domain/local-day.ts';
import { type MeterDay, settleMeter } from '../../../src/domain/settle-meter.ts';
import { testApp } from '../../support/app.ts';
import { writeEstate } from '../../support/estate.ts';
import { asUpload, currentState, evidenceOf, seededRandom, stateAt } from '../../support/upload-history.ts';

t.setTimeout(180_000);

const METERS = ['A', 'B'];
const FIRST_DAY = '2025-03-26';
const DAYS = 8;
const OPERATIONS = 80;
const SEED = Number(process.env.SEED ?? 20_261_123);

const hoursOf = (day: string): number => (day === '2025-03-30' ? 23 : 24);

const isKnown = (day: MeterDay): boolean => day.quantityMicro !== null || day.profile !== null;

/** A whole day, a part of one, an estimated one, a dial read, or a bill over several days. */
function entryOf(next: () => number): object {
  const pick = (count: number) => Math.floor(next() * count);
  const meter = METERS[pick(METERS.length)] ?? 'A';
  const dayIndex = pick(DAYS);
  const day = addDays(FIRST_DAY, dayIndex);
  const value = pick(1_000_000) / 1000;
  const kind = next();
  if (kind < 0.3) return { meter, day, resolutionMinutes: 60, values: Array(hoursOf(day)).fill(value) };
  if (kind < 0.6) return { meter, start: `${day}T06:00:00Z`, end: `${day}T07:00:00Z`, quantity: value };
  if (kind < 0.7)
    return { meter, day, resolutionMinutes: 60, values: Array(hoursOf(day)).fill(value), quality: 'estimated' };
  if (kind < 0.8) {
    // A dial that only runs forwards, whichever days it is read on.
    const readType = next() < 0.5 ? 'actual' : 'estimated';
    return { meter, readAt: `${day}T10:00:00Z`, value: dayIndex * 1000 + pick(900), readType };
  }
  // Bills over the same spans, so that they correct each other and never overlap.
  const start = addDays(FIRST_DAY, 4 * pick(2));
  return {
    meter,
    period: `${start}/${addDays(start, 4)}`,
    quantity: value * 100,
    ...(kind > 0.9 && { quality: 'estimated' }),
  };
}

t.test('whatever is written and undone, each moment keeps its state, and every sum is that of its days', async (t) => {
  t.comment(`seed ${SEED}`);
  const service = await testApp(t);
  await writeEstate(
    service,
    METERS.map((meter) => ({ meter })),
  );
  const { pool } = service.database;
  const next = seededRandom(SEED);
  const seen = new Map<string, Awaited<ReturnType<typeof currentState>>>();
  const open: string[] = [];
  const statuses = { undone: 0, kept: 0 };
  for (let operation = 0; operation < OPERATIONS; operation += 1) {
    if (next() < 0.3 && open.length > 0) {
      // The last one more often than not: what it replaced comes back whole.
      const index = next() < 0.5 ? open.length - 1 : Math.floor(next() * open.length);
      const [upload = ''] = open.splice(index, 1);
      const answer = await service.send('DELETE', `/v1/uploads/${upload}`);
      t.equal(answer.statusCode, 200, answer.body);
      const { undone } = answer.json() as { undone: { daysKept: number } };
      statuses.undone += 1;
      if (undone.daysKept > 0) statuses.kept += 1;
    } else {
      const entries = Array.from({ length: 1 + Math.floor(next() * 4) }, () => entryOf(next));
      const response = await service.send('POST', '/v1/readings?mode=lenient', { body: { readings: entries } });
      if (response.statusCode > 201) t.ok([409, 422].includes(response.statusCode), response.body);
      const { seq } = response.json() as { seq?: string };
      if (seq !== undefined) open.push(await asUpload(pool, seq));
    }
    const { rows } = await pool.query<{ seq: string }>('select seq from clock');
    seen.set(rows[0]?.seq ?? '', await currentState(pool));
  }
  t.ok(statuses.undone > 12 && statuses.kept > 0, JSON.stringify(statuses));
  for (const [seq, state] of seen) t.strictSame(await stateAt(pool, seq), state, `as of ${seq}`);
  const wrong = await pool.query(`
    select m.meter_id, m.month from meter_month m
    full join (
      select meter_id, date_trunc('month', day::timestamp)::date as month, sum(quantity) as quantity,
        sum(estimated_quantity) as estimated, sum(actual_minutes) as actual, sum(estimated_minutes) as minutes
      from meter_day group by 1, 2
    ) d using (meter_id, month)
    where (m.quantity, m.estimated_quantity, m.actual_minutes, m.estimated_minutes)
      is distinct from (d.quantity, d.estimated, d.actual, d.minutes)`);
  t.strictSame(wrong.rows, [], 'every month is the sum of its days');
  const extents = await pool.query(`
    select e.meter_id from meter_extent e
    full join (select meter_id, min(day) as first_day, max(day) as last_day from meter_day where quantity is not null group by 1) d
      using (meter_id)
    where (e.first_day, e.last_day) is distinct from (d.first_day, d.last_day)`);
  t.strictSame(extents.rows, [], 'every extent is that of its days');
  for (const { standing, evidence } of await evidenceOf(pool))
    t.strictSame(standing, settleMeter(evidence).days.filter(isKnown), 'every day is what its evidence comes to');
});

t.test('undoing everything in turn, newest first, goes back through every state to the first', async (t) => {
  const service = await testApp(t);
  await writeEstate(
    service,
    METERS.map((meter) => ({ meter })),
  );
  const { pool } = service.database;
  const next = seededRandom(SEED + 1);
  const before: { upload: string; state: Awaited<ReturnType<typeof currentState>> }[] = [];
  while (before.length < 20) {
    const state = await currentState(pool);
    const entries = Array.from({ length: 1 + Math.floor(next() * 4) }, () => entryOf(next));
    const response = await service.send('POST', '/v1/readings?mode=lenient', { body: { readings: entries } });
    const { seq } = response.json() as { seq?: string };
    if (seq !== undefined) before.push({ upload: await asUpload(pool, seq), state });
  }
  for (const { upload, state } of before.reverse()) {
    const { undone } = (await service.send('DELETE', `/v1/uploads/${upload}`)).json() as {
      undone: { daysKept: number };
    };
    t.equal(undone.daysKept, 0);
    t.strictSame(await currentState(pool), state, `before upload ${upload}`);
  }
  t.strictSame(await currentState(pool), { days: [], bills: [], reads: [] });
});

t.test('undoing everything in any order leaves nothing known', async (t) => {
  const service = await testApp(t);
  await writeEstate(
    service,
    METERS.map((meter) => ({ meter })),
  );
  const { pool } = service.database;
  const next = seededRandom(SEED + 2);
  const uploads: string[] = [];
  while (uploads.length < 14) {
    // Whole actual days and bills only: a part of a day goes into the version of the next writer, and stays with it.
    const day = addDays(FIRST_DAY, Math.floor(next() * 6));
    const values = Array(hoursOf(day)).fill(Math.floor(next() * 1000));
    const entry =
      next() < 0.7
        ? { meter: 'A', day, resolutionMinutes: 60, values }
        : { meter: 'A', period: `${FIRST_DAY}/${addDays(FIRST_DAY, 4)}`, quantity: Math.floor(next() * 10_000) };
    const { seq } = (await service.send('POST', '/v1/readings', { body: { readings: [entry] } })).json() as {
      seq?: string;
    };
    if (seq !== undefined) uploads.push(await asUpload(pool, seq));
  }
  while (uploads.length > 0) {
    const [upload = ''] = uploads.splice(Math.floor(next() * uploads.length), 1);
    t.equal((await service.send('DELETE', `/v1/uploads/${upload}`)).statusCode, 200);
  }
  t.strictSame(await currentState(pool), { days: [], bills: [], reads: [] });
});
