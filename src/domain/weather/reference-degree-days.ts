import { Decimal, ZERO } from '../decimal.ts';
import { type DaySpan, lengthDays } from '../local-day.ts';
import type { DegreeDaySeries } from './degree-days.ts';
import { monthParts } from './weather-calendar.ts';

/** Long-term degree days of one series: January to December. */
export type ReferenceMonths = readonly Decimal[];

/** The long-term degree days of one region. */
export type ReferenceSeries = DegreeDaySeries & { months: ReferenceMonths };

/** A stored reference: long-term degree days of regions, with the years they stand for and where they come from. */
export type Reference = { key: string; name: string; source: string; series: readonly ReferenceSeries[] };

/**
 * Reference degree days of a span: each month gives its long-term value in the share of its days that the span holds, so
 * that months add up to the year. February gives the same in leap years.
 */
export function referenceOf(months: ReferenceMonths, span: DaySpan): Decimal {
  let sum = ZERO;
  for (const { month, whole, part } of monthParts(span)) {
    const value = months[Number(month.slice(5, 7)) - 1] ?? ZERO;
    sum = sum.plus(value.times(lengthDays(part)).div(whole));
  }
  return sum;
}

/** Degree days of the whole period asked for, given as one number: of a part of it, its share by days. */
export function evenReference(total: Decimal, period: DaySpan): (span: DaySpan) => Decimal {
  const days = new Decimal(lengthDays(period));
  return (span) => total.times(lengthDays(span)).div(days);
}
