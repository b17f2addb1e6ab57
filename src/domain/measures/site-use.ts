import type { Activity, Unit } from '../activities.ts';
import { Decimal, sum, ZERO } from '../decimal.ts';
import { addMonths, type DaySpan, intersect, lengthDays, monthStart } from '../local-day.ts';

/** Quantities of a site by activity and unit. */
export type Quantities = ReadonlyMap<string, Decimal>;

/** The name of an activity in a unit. */
export function useKey(activity: Activity, unit: Unit): string {
  return `${activity} ${unit}`;
}

/** The activity that a name is of. */
export function activityOf(key: string): Activity {
  return key.slice(0, key.indexOf(' ')) as Activity;
}

/**
 * What a site would use in a year without any measure: so much of each activity, and how a year of it is spread over the
 * calendar months (January first; empty: not known).
 */
export type YearUse = ReadonlyMap<string, { quantity: Decimal; byMonth: readonly Decimal[] }>;

/** The share of a whole that lies in days of its year, by the days alone. */
export function dayShare(days: DaySpan, year: DaySpan): Decimal {
  return new Decimal(lengthDays(days)).div(lengthDays(year));
}

/** The share of a year's use that lies in some of its days: by its months, and within a month by days. */
function shareIn(byMonth: readonly Decimal[], days: DaySpan, year: DaySpan): Decimal {
  const whole = sum(byMonth);
  if (!whole.gt(0)) return dayShare(days, year);
  let inDays = ZERO;
  for (let start = monthStart(days.start); start < days.end; start = addMonths(start, 1)) {
    const month = { start, end: addMonths(start, 1) };
    const shared = intersect(month, days);
    const used = byMonth[Number(start.slice(5, 7)) - 1] ?? ZERO;
    if (shared !== null) inDays = inDays.plus(used.times(lengthDays(shared)).div(lengthDays(month)));
  }
  return inDays.div(whole);
}

/** What a site would use in some days of a year. */
export function useIn(use: YearUse, days: DaySpan, year: DaySpan): Map<string, Decimal> {
  const isWhole = days.start === year.start && days.end === year.end;
  return new Map(
    [...use].map(([key, { quantity, byMonth }]) => [
      key,
      isWhole ? quantity : quantity.times(shareIn(byMonth, days, year)),
    ]),
  );
}

/** Adds quantities to a sum. */
export function addQuantities(to: Map<string, Decimal>, quantities: Quantities): void {
  for (const [key, quantity] of quantities) to.set(key, (to.get(key) ?? ZERO).plus(quantity));
}
