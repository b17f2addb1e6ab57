import t from 'tap';
import { addDays } from '../../../src/domain/local-day.ts';
import { testApp } from '../../support/app.ts';
import { writeEstate } from '../../support/estate.ts';

const WRITERS = 32;
const POSTS_PER_WRITER = 12;
const METERS = ['A', 'B', 'C', 'D', 'E', 'F'];
const FIRST_DAY = '2025-02-20';
const DAYS = 50;

/** A small generator of repeatable numbers (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A batch of whole days and single half-hours over meters, days and months that other writers hit too. */
function batch(next: () => number): object[] {
  const entries: object[] = [];
  const taken = new Set<string>();
  for (let count = 0; count < 8; count += 1) {
    const meter = METERS[Math.floor(next() * METERS.length)] ?? 'A';
    const day = addDays(FIRST_DAY, Math.floor(next() * DAYS));
    if (taken.has(`${meter} ${day}`)) continue;
    taken.add(`${meter} ${day}`);
    const value = Math.floor(next() * 1_000_000) / 1000;
    if (next() < 0.5) entries.push({ meter, day, resolutionMinutes: 60, values: new Array(hoursOf(day)).fill(value) });
    else entries.push({ meter, start: `${day}T06:00:00Z`, end: `${day}T07:00:00Z`, quantity: value });
  }
  return entries;
}

const hoursOf = (day: string): number => (day === '2025-03-30' ? 23 : 24);

t.test('32 writers on the same meters, days and months lose nothing', async (t) => {
  const service = await testApp(t);
  await writeEstate(
    service,
    METERS.map((meter) => ({ meter })),
  );
  const { pool } = service.database;
  const before = await pool.query<{ seq: string }>('select seq from clock');

  let daysNew = 0;
  let daysChanged = 0;
  let changes = 0;
  const write = async (writer: number): Promise<void> => {
    const next = random(writer + 1);
    for (let post = 0; post < POSTS_PER_WRITER; post += 1) {
      const response = await service.send('POST', '/v1/readings', { body: { readings: batch(next) } });
      t.ok(
        response.statusCode === 200 || response.statusCode === 201,
        `no write fails: ${response.body.slice(0, 200)}`,
      );
      const { days, seq } = response.json() as { days: { new: number; changed: number }; seq?: string };
      daysNew += days.new;
      daysChanged += days.changed;
      if (seq !== undefined) changes += 1;
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  t.ok(daysChanged > 1000, `the writers met: ${daysChanged} days were changed`);

  const count = async (sql: string): Promise<number> => Number((await pool.query<{ n: string }>(sql)).rows[0]?.n);

  t.equal(await count('select count(*) as n from meter_day'), daysNew, 'every new day is there once');
  t.equal(
    await count('select count(*) as n from meter_day_revision'),
    daysChanged,
    'every replaced day is in a revision',
  );

  const broken = await count(`
    select count(*) as n from (
      select v.meter_id, v.day, v.change_id, v.superseded_by,
        lead(v.change_id) over (partition by v.meter_id, v.day order by c.seq) as next_change
      from (
        select meter_id, day, change_id, superseded_by from meter_day_revision
        union all select meter_id, day, change_id, null from meter_day
      ) v join change c on c.id = v.change_id
    ) chain where superseded_by is distinct from next_change`);
  t.equal(broken, 0, 'the versions of every day form one chain in the order of the clock');

  const wrongMonths = await count(`
    select count(*) as n from meter_month m
    full join (
      select meter_id, date_trunc('month', day::timestamp)::date as month, sum(quantity) as quantity,
        sum(actual_minutes) as actual, sum(estimated_minutes) as estimated
      from meter_day group by 1, 2
    ) d using (meter_id, month)
    where (m.quantity, m.actual_minutes, m.estimated_minutes) is distinct from (d.quantity, d.actual, d.estimated)`);
  t.equal(wrongMonths, 0, 'every month is the sum of its days');

  const wrongDays = await count(`
    select count(*) as n from meter_day d
    where d.quantity is distinct from (select sum((v * 1e6)::bigint) * 0.000001 from unnest(d.intervals) v)`);
  t.equal(wrongDays, 0, 'every day is the exact sum of its intervals');

  const clock = await pool.query<{ seq: string }>('select seq from clock');
  t.equal(Number(clock.rows[0]?.seq) - Number(before.rows[0]?.seq), changes, 'the clock moved once for every change');
  const gaps = await count('select max(seq) - min(seq) + 1 - count(*) as n from change');
  t.equal(gaps, 0, 'the clock has no gaps');
  t.equal(
    await count(
      'select count(*) as n from (select recorded_at < lag(recorded_at) over (order by seq) as back from change) x where back',
    ),
    0,
    'the clock never goes back',
  );
});
