import fc from 'fast-check';
import t from 'tap';
import { Decimal } from '../../../src/domain/decimal.ts';
import { addDays } from '../../../src/domain/local-day.ts';
import { evenReference, referenceOf } from '../../../src/domain/weather/reference-degree-days.ts';
import { weatherCalendar } from '../../../src/domain/weather/weather-calendar.ts';
import { holds } from '../../support/property.ts';

const SERIES = { region: 'midland', kind: 'heating', baseTemperatureC: new Decimal(15.5) } as const;
const onDay = (day: string, degreeDays: number) =>
  ({ ...SERIES, resolution: 'day', day, degreeDays: new Decimal(degreeDays) }) as const;
const ofMonth = (day: string, degreeDays: number) =>
  ({ ...SERIES, resolution: 'month', day, degreeDays: new Decimal(degreeDays) }) as const;
const june = Array.from({ length: 30 }, (_, index) => onDay(addDays('2025-06-01', index), index % 3));

t.test('a missing day is missing, never 0', async (t) => {
  const weather = weatherCalendar(june.slice(0, 29));
  t.equal(weather.ofDay('2025-06-01')?.toNumber(), 0, 'a warm day has none');
  t.equal(weather.ofDay('2025-06-30'), null);
  t.equal(weather.of({ start: '2025-06-01', end: '2025-07-01' }), null);
  t.equal(weather.of({ start: '2025-06-01', end: '2025-06-30' })?.toNumber(), 28);
});

t.test('all days of a month count before its total, and its total before some of them', async (t) => {
  const span = { start: '2025-06-01', end: '2025-07-01' };
  const whole = weatherCalendar([...june, ofMonth('2025-06-01', 60)]);
  t.equal(whole.of(span)?.toNumber(), 30);
  t.equal(whole.isMeasured({ start: '2025-06-10', end: '2025-06-20' }), true);
  const some = weatherCalendar([...june.slice(1), ofMonth('2025-06-01', 60)]);
  t.equal(some.of(span)?.toNumber(), 60);
  t.equal(some.ofDay('2025-06-02')?.toNumber(), 2, 'a day takes its share');
  t.equal(some.isMeasured(span), true);
  t.equal(some.isMeasured({ start: '2025-06-01', end: '2025-06-30' }), false);
});

t.test('the parts of a span add up to it, whether days or months are known', async (t) => {
  const months = [1, 2, 3].map((month) => ofMonth(`2024-0${month}-01`, 100 * month + 1));
  const days = Array.from({ length: 91 }, (_, index) => onDay(addDays('2024-04-01', index), index / 7));
  const weather = weatherCalendar([...months, ...days.map((day) => ({ ...day, degreeDays: day.degreeDays.toDP(6) }))]);
  const reference = [395, 342, 297, 233, 151, 77, 42, 44, 83, 177, 275, 346].map((month) => new Decimal(month));
  const place = fc.integer({ min: 0, max: 182 });
  await holds(
    t,
    fc.property(place, place, place, (...places) => {
      const [start = '', cut = '', end = ''] = places.sort((a, b) => a - b).map((each) => addDays('2024-01-01', each));
      const adds = (of: (span: { start: string; end: string }) => Decimal | null) =>
        (of({ start, end: cut }) ?? 0) &&
        of({ start, end: cut })
          ?.plus(of({ start: cut, end }) ?? 0)
          .minus(of({ start, end }) ?? 0)
          .abs()
          .lt('1e-30');
      const even = evenReference(new Decimal(1000), { start: '2024-01-01', end: '2024-07-01' });
      return (
        adds(weather.of) !== false && adds((span) => referenceOf(reference, span)) !== false && adds(even) !== false
      );
    }),
  );
});

t.test('twelve months of reference are a year, and February is one month in every year', async (t) => {
  const months = [395, 342, 297, 233, 151, 77, 42, 44, 83, 177, 275, 346].map((month) => new Decimal(month));
  t.equal(referenceOf(months, { start: '2023-04-01', end: '2024-04-01' }).toNumber(), 2462);
  t.equal(referenceOf(months, { start: '2024-02-01', end: '2024-03-01' }).toNumber(), 342);
  t.equal(referenceOf(months, { start: '2025-02-01', end: '2025-02-15' }).toNumber(), 171);
});
