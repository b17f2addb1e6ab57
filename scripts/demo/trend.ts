import { dayNumber, type LocalDay } from '../../src/domain/local-day.ts';

/** First day of the demonstration data. */
export const FIRST_DAY: LocalDay = '2022-04-01';

/** A measure that changed use from a day on, such as new lamps: 0.8 leaves four fifths. */
export type Measure = { from: LocalDay; factor: number };

/** How a site's use moves over the years: a steady yearly rate (-0.03 falls by 3 % a year) and single measures. */
export type Trend = { perYear?: number; measures?: readonly Measure[] };

const FIRST_DAY_NUMBER = dayNumber(FIRST_DAY);

/** What a use of the first day has become on a later one. */
export function trendFactor(trend: Trend | undefined, day: LocalDay): number {
  if (trend === undefined) return 1;
  const years = (dayNumber(day) - FIRST_DAY_NUMBER) / 365.25;
  const measures = trend.measures ?? [];
  return measures.reduce(
    (factor, measure) => (measure.from <= day ? factor * measure.factor : factor),
    (1 + (trend.perYear ?? 0)) ** years,
  );
}
