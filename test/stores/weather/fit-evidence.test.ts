import t from 'tap';
import { Decimal } from '../../../src/domain/decimal.ts';
import { addDays } from '../../../src/domain/local-day.ts';
import { parsePeriod } from '../../../src/domain/period.ts';
import { pointsOf } from '../../../src/domain/weather/fit-points.ts';
import { weatherCalendar } from '../../../src/domain/weather/weather-calendar.ts';
import { makeWeatherReader } from '../../../src/stores/weather/weather-reader.ts';
import { testApp } from '../../support/app.ts';
import { writeEstate, writeReadings } from '../../support/estate.ts';
import { wholeDay } from '../../support/memory-usage.ts';

const service = await testApp(t);
const { pool } = service.database;
await writeEstate(
  service,
  ['DAYS', 'GAPS', 'BILLED', 'NONE', 'MIXED', 'ESTIMATED'].map((meter) => ({ meter, activity: 'natural-gas' })),
);
const FIRST = '2025-01-01';
const days = Array.from({ length: 365 }, (_, index) => addDays(FIRST, index));
/** A day as half-hours; of some days one is missing or estimated, so that they are not measured whole. */
const reading = (meter: string, day: string, index: number): object => {
  const minutes = wholeDay(1, day, 0n).actualMinutes;
  const values: (number | null)[] = Array.from({ length: minutes / 30 }, (_, half) => (index * 7 + half) % 11);
  if (meter === 'GAPS' && index % 9 === 4) values[3] = null;
  return {
    meter,
    day,
    resolutionMinutes: 30,
    values,
    quality: meter === 'GAPS' && index % 31 === 5 ? 'estimated' : 'actual',
  };
};
for (const meter of ['DAYS', 'GAPS']) {
  const kept = days.filter((_, index) => meter === 'DAYS' || index % 17 !== 3);
  await writeReadings(
    service,
    kept.map((day) => reading(meter, day, days.indexOf(day))),
  );
}
await writeReadings(service, [
  { meter: 'BILLED', period: '2025-02', quantity: 2800 },
  { meter: 'BILLED', period: '2025-03', quantity: 3100 },
  { meter: 'BILLED', period: '2025-06-10/2025-11-10', quantity: 4000 },
  { meter: 'ESTIMATED', period: '2025-02', quantity: 2800, quality: 'estimated' },
  { meter: 'ESTIMATED', period: '2025-04', quantity: 2700 },
  { meter: 'MIXED', period: '2025-05', quantity: 3000 },
  { meter: 'MIXED', day: '2025-05-04', resolutionMinutes: 1440, values: [150] },
  { meter: 'MIXED', period: '2025-07', quantity: 3000 },
]);
const before = (await pool.query<{ seq: string }>('select c.seq from clock c')).rows[0]?.seq ?? '';
await writeReadings(service, [
  { meter: 'DAYS', day: '2025-03-30', resolutionMinutes: 30, values: Array.from({ length: 46 }, () => 9) },
  { meter: 'GAPS', day: '2025-10-26', resolutionMinutes: 30, values: Array.from({ length: 50 }, () => 9) },
]);

const byDay = weatherCalendar(
  days.map((day, index) => ({
    region: 'r',
    kind: 'heating',
    baseTemperatureC: new Decimal(15.5),
    resolution: 'day',
    day,
    degreeDays: new Decimal(index % 13),
  })),
);

t.test('by month as by day: the same points, whatever is missing, estimated or corrected', async (t) => {
  const { rows } = await pool.query<{ id: number; key: string }>('select m.id, m.key from meter m order by m.id');
  const ids = rows.map(({ id }) => id);
  const none = { days: new Map(), spans: [] };
  for (const seq of [null, before])
    for (const text of ['2025', '2025-03', '2025-03-10/2025-11-05', '2025-10-26/2025-10-27']) {
      const period = parsePeriod(text);
      const reader = makeWeatherReader(pool, seq);
      const [whole, gathered] = [await reader.evidence(ids, period), await reader.fitEvidence(ids, period)];
      for (const { id, key } of rows) {
        const expected = pointsOf(whole.get(id) ?? none, byDay, period, 0.5);
        const found = pointsOf(gathered.get(id) ?? none, byDay, period, 0.5);
        t.strictSame(JSON.stringify(found), JSON.stringify(expected), `${key} ${text} ${seq ?? 'now'}`);
        if (key === 'DAYS' && text === '2025') t.equal(found.points.length, 12);
        if (key === 'BILLED' && text === '2025') t.equal(found.points.length, 3);
        if (key === 'MIXED' && text === '2025') t.equal(found.points.length, 2);
        if (key === 'ESTIMATED' && text === '2025') t.equal(found.points.length, 1);
      }
      for (const { id, key } of rows)
        if (key === 'DAYS' || (key === 'BILLED' && seq === null))
          t.equal(gathered.get(id)?.days.size, 0, `no day of ${key} is read`);
    }
});

t.test('a correction shows now and not as of before it', async (t) => {
  const ids = (await pool.query<{ id: number }>(`select m.id from meter m where m.key = 'DAYS'`)).rows.map(
    ({ id }) => id,
  );
  const march = async (seq: string | null) => {
    const evidence = await makeWeatherReader(pool, seq).fitEvidence(ids, parsePeriod('2025-03'));
    return evidence.get(ids[0] ?? 0)?.months?.get('2025-03-01')?.quantity;
  };
  const [now, then] = [await march(null), await march(before)];
  const was = Array.from({ length: 46 }, (_, half) => (days.indexOf('2025-03-30') * 7 + half) % 11).reduce(
    (a, b) => a + b,
  );
  t.equal(now?.minus(then ?? 0).toNumber(), 9 * 46 - was);
});
