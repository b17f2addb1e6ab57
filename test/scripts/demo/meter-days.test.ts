import { createHash } from 'node:crypto';
import t from 'tap';
import { demoEstate } from '../../../scripts/demo/demo-estate.ts';
import { type IntervalMeter, isIntervalMeter } from '../../../scripts/demo/demo-meter.ts';
import { type DeliveredDay, dayCount, deliveredDays } from '../../../scripts/demo/meter-days.ts';
import { addDays, type DaySpan, daysBetween } from '../../../src/domain/local-day.ts';

const YEARS: DaySpan = { start: '2022-04-01', end: '2026-04-01' };
const meters = demoEstate().meters.filter(isIntervalMeter);

function meterOf(site: string, role: string): IntervalMeter {
  const wanted = demoEstate().meters.find(({ body }) => body.placements[0]?.site === site && body.name.endsWith(role));
  if (wanted === undefined || !isIntervalMeter(wanted)) throw new Error(`no interval meter ${role} at ${site}`);
  return wanted;
}

const sumOf = (values: readonly (number | null)[]): number =>
  values.reduce<number>((sum, value) => sum + (value ?? 0), 0);

function totalOf(meter: IntervalMeter, span: DaySpan, takes: (day: DeliveredDay) => boolean = () => true): number {
  return [...deliveredDays(meter, span)].filter(takes).reduce((sum, { values }) => sum + sumOf(values), 0);
}

t.test('the same estate built twice delivers the same data, to the last digit', async (t) => {
  const digest = (): string => {
    const hash = createHash('sha256');
    for (const meter of demoEstate(6).meters) {
      hash.update(meter.key);
      if (isIntervalMeter(meter))
        for (const day of deliveredDays(meter, { start: '2024-09-01', end: '2024-12-01' }))
          hash.update(JSON.stringify(day));
      else if (meter.data.kind === 'billed') hash.update(JSON.stringify(meter.data.bills('2026-11-21')));
    }
    return hash.digest('hex');
  };
  t.equal(digest(), digest());
});

t.test('a later end adds days and changes none', async (t) => {
  const meter = meterOf('OFF-01', 'electricity');
  const until = (end: string) => [...deliveredDays(meter, { start: '2026-10-01', end })];
  t.strictSame(until('2026-11-20').slice(0, until('2026-11-10').length), until('2026-11-10'));
});

t.test('clock changes have 46 and 50 half-hours, 23 and 25 hours; a day has one daily value', async (t) => {
  const lengths = (resolutionMinutes: number, day: string): Set<number> => {
    const counts = meters
      .filter(({ data }) => data.resolutionMinutes === resolutionMinutes)
      .flatMap((meter) => [...deliveredDays(meter, { start: day, end: addDays(day, 1) })])
      .map(({ values }) => values.length);
    return new Set(counts);
  };
  for (const day of ['2023-03-26', '2024-03-30', '2024-03-31', '2025-03-30', '2026-03-29']) {
    const isShort = day !== '2024-03-30';
    t.strictSame(lengths(30, day), new Set([isShort ? 46 : 48]), day);
    t.strictSame(lengths(60, day), new Set([isShort ? 23 : 24]), day);
    t.strictSame(lengths(1440, day), new Set([1]), day);
  }
  for (const day of ['2022-10-30', '2023-10-29', '2024-10-27', '2025-10-26', '2026-10-25']) {
    t.strictSame(lengths(30, day), new Set([50]), day);
    t.strictSame(lengths(60, day), new Set([25]), day);
  }
});

t.test('nearly every day is whole; some are missing, some cut short, some estimated', async (t) => {
  let expected = 0;
  const delivered = { whole: 0, partial: 0, estimated: 0 };
  for (const meter of meters.slice(0, 40)) {
    expected += dayCount(meter, YEARS);
    for (const { values, quality } of deliveredDays(meter, YEARS)) {
      if (values.includes(null)) delivered.partial += 1;
      else if (quality === 'E') delivered.estimated += 1;
      else delivered.whole += 1;
    }
  }
  const missing = expected - delivered.whole - delivered.partial - delivered.estimated;
  t.ok(missing > 0 && missing < expected * 0.02, `${missing} missing of ${expected}`);
  t.ok(delivered.partial > 0 && delivered.partial < expected * 0.02, `${delivered.partial} partial`);
  t.ok(delivered.estimated > 0 && delivered.estimated < expected * 0.05, `${delivered.estimated} estimated`);
});

t.test('values are finite, never negative, and have at most two decimals', async (t) => {
  for (const meter of meters) {
    const days = [...deliveredDays(meter, { start: '2025-06-01', end: '2025-07-01' })];
    const odd = days
      .flatMap(({ values }) => values)
      .filter((value) => value !== null && !/^\d{1,6}(\.\d{1,2})?$/.test(String(value)));
    t.strictSame(odd, [], meter.key);
  }
});

t.test('a demolished site, a new one and a meter with an unknown start have data only while they can', async (t) => {
  const spanOf = (meter: IntervalMeter) => [...deliveredDays(meter, YEARS)].map(({ day }) => day);
  t.ok((spanOf(meterOf('LIB-01', 'electricity')).at(-1) ?? '') < '2024-01-15');
  t.ok((spanOf(meterOf('PRI-01', 'electricity'))[0] ?? '') >= '2024-09-02');
  const unknown = meterOf('LIB-04', 'electricity');
  t.equal(unknown.body.from, undefined);
  t.equal(spanOf(unknown)[0], '2022-11-09');
});

t.test('heat follows the winter, lamps the night, offices the working week, schools their terms', async (t) => {
  const january = { start: '2025-01-01', end: '2025-02-01' };
  const july = { start: '2024-07-01', end: '2024-08-01' };
  t.ok(totalOf(meterOf('PRI-02', 'gas'), january) > 5 * totalOf(meterOf('PRI-02', 'gas'), july));
  t.ok(totalOf(meterOf('STL-01', 'electricity'), january) > 1.5 * totalOf(meterOf('STL-01', 'electricity'), july));
  const isSunday = ({ day }: DeliveredDay) => daysBetween('2025-01-05', day) % 7 === 0;
  const isTuesday = ({ day }: DeliveredDay) => daysBetween('2025-01-07', day) % 7 === 0;
  const office = meterOf('OFF-03', 'electricity');
  t.ok(totalOf(office, january, isTuesday) > 1.5 * totalOf(office, january, isSunday));
  const school = meterOf('SEC-04', 'electricity');
  const dailyMean = (start: string, end: string) => totalOf(school, { start, end }) / daysBetween(start, end);
  t.ok(dailyMean('2025-06-02', '2025-06-30') > 1.3 * dailyMean('2025-08-01', '2025-08-29'));
});

t.test('panels give nothing at night, and never more to the grid than they make', async (t) => {
  const span = { start: '2025-05-01', end: '2025-06-01' };
  const exported = new Map([...deliveredDays(meterOf('DEP-01', 'export'), span)].map((day) => [day.day, day.values]));
  let compared = 0;
  for (const { day, values } of deliveredDays(meterOf('DEP-01', 'generation'), span)) {
    t.equal(values[0] ?? 0, 0);
    t.equal(values[46] ?? 0, 0);
    exported.get(day)?.forEach((out, index) => {
      const made = values[index] ?? null;
      if (out === null || made === null) return;
      compared += 1;
      if (out > made) t.fail(`${day} interval ${index + 1}: ${out} exported of ${made}`);
    });
  }
  t.ok(compared > 1000);
  t.ok(totalOf(meterOf('DEP-01', 'export'), span) > 0);
});

t.test('a sub-meter stays below the meter that feeds it', async (t) => {
  const span = { start: '2025-05-01', end: '2025-06-01' };
  const main = new Map([...deliveredDays(meterOf('OFF-01', 'electricity'), span)].map((day) => [day.day, day.values]));
  for (const { day, values } of deliveredDays(meterOf('OFF-01', 'Computer room'), span))
    if (main.has(day) && !main.get(day)?.includes(null)) t.ok(sumOf(values) < sumOf(main.get(day) ?? []), day);
});
