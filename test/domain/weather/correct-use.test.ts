import t from 'tap';
import { minutesOfDay } from '../../../src/domain/calendar.ts';
import { Decimal } from '../../../src/domain/decimal.ts';
import { addDays, type DaySpan } from '../../../src/domain/local-day.ts';
import { type Correction, correctUse, correctWhole } from '../../../src/domain/weather/correct-use.ts';
import type { EvidenceDay } from '../../../src/domain/weather/fit-points.ts';
import { referenceOf } from '../../../src/domain/weather/reference-degree-days.ts';
import { weatherCalendar } from '../../../src/domain/weather/weather-calendar.ts';

/** From before the clocks change in autumn to after they change in spring. */
const SPAN: DaySpan = { start: '2024-10-20', end: '2025-04-03' };

const days: string[] = [];
for (let day = SPAN.start; day < SPAN.end; day = addDays(day, 1)) days.push(day);
const known = new Map(
  days.map((day, index): [string, EvidenceDay] => {
    const quantity = new Decimal(`${100 + ((index * 37) % 53)}.${(index * 7919) % 1_000_000}`);
    return [day, { day, origin: 'interval', quantity, actualMinutes: minutesOfDay(day), estimatedMinutes: 0 }];
  }),
);
const total = [...known.values()].reduce((sum, { quantity }) => sum.plus(quantity ?? 0), new Decimal(0));
const months = [395, 342, 297, 233, 151, 77, 42, 44, 83, 177, 275, 346].map((value) => new Decimal(value));

function correctionBy(degreeDaysKnown: readonly string[]): Correction {
  const values = degreeDaysKnown.map((day, index) => {
    const degreeDays = new Decimal((index * 13) % 17).plus('0.3');
    return { region: 'midland', kind: 'heating' as const, baseTemperatureC: new Decimal(15.5), day, degreeDays };
  });
  const calendar = weatherCalendar(values.map((value) => ({ ...value, resolution: 'day' as const })));
  return {
    ...SPAN,
    slopePerDegreeDay: new Decimal('31.4159'),
    actualOf: calendar.of,
    referenceOf: (span) => referenceOf(months, span),
  };
}

t.test('days that are known whole are corrected by their sum as they are one by one', async (t) => {
  const correction = correctionBy(days);
  const byDay = correctUse(known, SPAN, correction);
  const bySum = correctWhole(total, SPAN, correction);
  t.equal(bySum?.days, days.length);
  t.ok(bySum?.measured.eq(byDay.measured));
  t.ok(bySum?.correction.minus(byDay.correction).abs().lt('1e-30'));
  t.ok(byDay.correction.abs().gt(1));
});

t.test('where degree days of one day are missing, the sum cannot tell, and the days can', async (t) => {
  const correction = correctionBy(days.filter((day) => day !== '2025-01-15'));
  t.equal(correctWhole(total, SPAN, correction), null);
  const { days: corrected, left } = correctUse(known, SPAN, correction);
  t.equal(corrected, days.length - 1);
  t.match(left.get('degree-days-missing'), { days: 1 });
});

t.test('what is not corrected is said with its days, by sum and by day alike', async (t) => {
  const refused: Correction = { ...SPAN, code: 'no-reference', detail: 'there is none' };
  const [bySum, byDay] = [correctWhole(total, SPAN, refused), correctUse(known, SPAN, refused)];
  t.equal(bySum?.days, 0);
  for (const use of [bySum, byDay]) {
    t.match(use?.left.get('no-reference'), { days: days.length, detail: 'there is none' });
    t.ok(use?.left.get('no-reference')?.measured.eq(total));
  }
});
