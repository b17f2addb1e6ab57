import type { Coverage } from '../coverage.ts';
import { type Decimal, sum } from '../decimal.ts';
import type { DaySpan, LocalDay } from '../local-day.ts';
import type { Period } from '../period.ts';

/** A complete year that may tell how a year's emissions lie in its seasons. Kilograms, exact. */
export type SeasonYear = { period: Period; kg: Decimal; coverage: Coverage | null };

/** The years a seasonal share is taken from (rule H6). */
export type SeasonBasis = { method: 'mean-of-three-years' | 'last-year'; years: readonly SeasonYear[] };

/** How complete a year must be to tell of seasons. */
const MISSING_SHARE_MAX = 0.05;
const YEARS = 3;

/** The same days of the year that is `years` before. A leap day has none of its own: the days end with 28 February. */
export function sameDays({ start, end }: DaySpan, years: number): DaySpan {
  const moved = (day: LocalDay): LocalDay => {
    const date = new Date(Date.UTC(Number(day.slice(0, 4)) - years, Number(day.slice(5, 7)) - 1, Number(day.slice(8))));
    return date.toISOString().slice(0, 10);
  };
  return { start: moved(start), end: moved(end) };
}

/**
 * The years from which the share of a part of the running year is told (rule H6): the last three complete ones of which at
 * most 5 % is missing, else the last year alone; never twelfths. Null where the last year is not known.
 */
export function seasonBasis(complete: readonly SeasonYear[], running: Period): SeasonBasis | null {
  const told = complete.filter(({ kg }) => kg.gt(0)).sort((a, b) => (a.period.start < b.period.start ? 1 : -1));
  const whole = told.filter(
    ({ coverage }) => coverage !== null && coverage.missing + (coverage.pending ?? 0) <= MISSING_SHARE_MAX,
  );
  if (whole.length >= YEARS) return { method: 'mean-of-three-years', years: whole.slice(0, YEARS) };
  const last = told.find(({ period }) => period.end === running.start);
  return last === undefined ? null : { method: 'last-year', years: [last] };
}

/** The mean share of years that fell into a part of each; amounts in kilograms. */
export function meanShare(years: readonly { partKg: Decimal; kg: Decimal }[]): Decimal {
  return sum(years.map(({ partKg, kg }) => partKg.div(kg))).div(years.length);
}
