import type { LocalDay } from '../../src/domain/local-day.ts';

/** Values of one local day in order, one per interval of that day. The same day always gives the same values. */
export type Series = (day: LocalDay) => Float64Array;

/** A series rounded to a number of decimals, as a meter would show it. */
export function rounded(series: Series, decimals: number): Series {
  const scale = 10 ** decimals;
  return (day) => series(day).map((value) => Math.round(value * scale) / scale);
}

/** The sum of a day. */
export function dayTotal(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Half-hours of a day added up in pairs: hours. */
export function hourly(series: Series): Series {
  return (day) => {
    const halfHours = series(day);
    const hours = new Float64Array(halfHours.length / 2);
    halfHours.forEach((value, index) => {
      hours[index >> 1] = (hours[index >> 1] ?? 0) + value;
    });
    return hours;
  };
}

/** One value for the whole day. */
export function daily(series: Series): Series {
  return (day) => Float64Array.of(dayTotal(series(day)));
}
