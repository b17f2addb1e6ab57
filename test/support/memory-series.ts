import { spansOfBills } from '../../src/domain/bill-spans.ts';
import type { StoredBilledPeriod } from '../../src/domain/billed-period.ts';
import { minutesOfDay } from '../../src/domain/calendar.ts';
import { type CheckedDay, type MeterSeries, meterSeries } from '../../src/domain/checks/meter-series.ts';
import { addDays, type DaySpan, type LocalDay, lengthDays } from '../../src/domain/local-day.ts';
import { parsePeriod } from '../../src/domain/period.ts';
import { DEFAULT_SETTINGS } from '../../src/domain/reference/default-settings.ts';
import type { SpanTotal } from '../../src/domain/span-totals.ts';
import { estateOf, type MeterFields } from './memory-estate.ts';

/** The thresholds as they ship. */
export const CHECKS = DEFAULT_SETTINGS.checks;

/** Half-hours of a day: those given, or as many of one value as the day has. */
export type Values = readonly (number | null)[] | number | null;

/** A bill as the total of its span. */
export function billTotal(period: string, quantity: number): SpanTotal {
  const [total] = spansOfBills([storedBill(period, quantity)]);
  if (total === undefined) throw new Error('a bill fixes a total');
  return total.span;
}

/** A day in half-hours; null for a day without a row. */
export function checkedDay(day: LocalDay, values: Values): CheckedDay[] {
  if (values === null) return [];
  const half = typeof values === 'number' ? new Array<number>(minutesOfDay(day) / 30).fill(values) : values;
  const known = half.filter((value) => value !== null);
  return [
    {
      day,
      origin: 'interval',
      quantity: known.length === 0 ? null : known.reduce((a, b) => a + b, 0),
      actualMinutes: known.length * 30,
      estimatedMinutes: 0,
      profile: { resolutionMinutes: 30, values: half, quality: null },
      perUnit: 1,
    },
  ];
}

/** Days of one meter over a window, of which the last `asked` days are asked about, with the values of each by its number. */
export function seriesOf(
  window: string,
  asked: number,
  valuesOf: (place: number, day: LocalDay) => Values,
  meter: Partial<MeterFields> = {},
): MeterSeries & { stored: CheckedDay[]; askedDays: DaySpan } {
  const { start, end } = parsePeriod(window);
  const days = lengthDays({ start, end });
  const stored = Array.from({ length: days }, (_, place) => addDays(start, place)).flatMap((day, place) =>
    checkedDay(day, valuesOf(place, day)),
  );
  const askedDays = { start: addDays(end, -asked), end };
  const [described] = estateOf([{ key: 'M', ...meter }]).meters;
  if (described === undefined) throw new Error('an estate of one meter has one');
  return { ...meterSeries(described, { start, end }, askedDays, stored), stored, askedDays };
}

/** A half-hourly day like an office's: about 1 at night, up to 6 by day, times `scale`. No two neighbours are the same. */
export function officeDay(scale = 1, day: LocalDay = '2025-06-02'): number[] {
  return Array.from({ length: minutesOfDay(day) / 30 }, (_, slot) => {
    const busy = slot >= 16 && slot < 36 ? 4 + Math.sin((slot - 16) / 6.4) * 2 : 1 + (slot % 2) / 100;
    return Number((busy * scale).toFixed(6));
  });
}

/** A bill in the store's form. */
export function storedBill(
  period: string,
  quantity: number,
  quality: 'A' | 'E' = 'A',
  costGbp: string | null = null,
): StoredBilledPeriod {
  const { start, end } = parsePeriod(period);
  const totalMicro = BigInt(Math.round(quantity * 1e6));
  return {
    id: period,
    meterId: 1,
    start,
    end,
    totalMicro,
    quality,
    qualityStated: true,
    openingRead: quality === 'A' ? 'A' : null,
    closingRead: quality,
    volume: null,
    invoice: null,
    costGbp,
    credits: null,
  };
}
