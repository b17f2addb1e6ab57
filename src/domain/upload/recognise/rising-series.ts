/** What the values of one meter do, in the order in which they stand. */
export type Series = {
  first: number;
  last: number;
  count: number;
  rises: number;
  falls: number;
  /** The largest step from one value to the next. */
  stepMax: number;
  /** From the first to the last, in minutes; NaN where it is not known. */
  spanMinutes: number;
};

/** How surely a series is what a counter shows: use falls at night or at the weekend, a counter never does. */
export type CounterLikeness = 'certain' | 'likely' | 'perhaps' | 'unlikely';

const HOUR = 60;
const DAY = 24 * HOUR;
/**
 * Intervals, and rises among them, from which on a series without a fall is no use: a morning may rise for hours, and the
 * days of street lighting for half a year.
 */
const INTERVALS_MIN = 150;
const RISES_MIN = 10;
/** What a counter adds from one value to the next is little beside what it shows. */
const STEP_SHARE_MAX = 0.25;
/** A time that has a night and a day, or weekends, in which use would have fallen. */
const SPAN_MIN = { intervals: 36 * HOUR, days: 13 * DAY } as const;
/** A short series that hardly leaves its height and rises nearly every time. */
const SHORT = { values: 6, rises: 5, riseShare: 0.8, heightShareMax: 0.05 } as const;
/** The same where something else speaks of a counter: few values near their height, or more that go on rising. */
const TOLD = { values: 3, rises: 2, heightShareMax: 0.25 } as const;

/** A series that begins. */
export function newSeries(value: number): Series {
  return { first: value, last: value, count: 1, rises: 0, falls: 0, stepMax: 0, spanMinutes: Number.NaN };
}

/** Adds the next value of a series. */
export function follow(series: Series, value: number): void {
  const step = value - series.last;
  if (step > 0) series.rises += 1;
  if (step < 0) series.falls += 1;
  series.stepMax = Math.max(series.stepMax, Math.abs(step));
  series.last = value;
  series.count += 1;
}

/**
 * How a series looks: `certain` where nothing used could be so, `likely` where use would have fallen in that time, `perhaps`
 * where it is short and steady; `isTold` says that the header or the kind of its meter speaks of a counter. It goes one way
 * alone, forwards or, in a file with the newest row first, backwards.
 */
export function likenessOf(series: Series, isDaily: boolean, isTold: boolean): CounterLikeness {
  const { first, last, count, rises, falls, stepMax, spanMinutes } = series;
  const moves = Math.max(rises, falls);
  if (moves === 0 || Math.min(rises, falls) > 0) return 'unlikely';
  const least = Math.min(first, last);
  const isMany = moves >= RISES_MIN;
  if (!isDaily && isMany && count >= INTERVALS_MIN && stepMax <= least * STEP_SHARE_MAX) return 'certain';
  if (isMany && spanMinutes >= (isDaily ? SPAN_MIN.days : SPAN_MIN.intervals)) return 'likely';
  const height = Math.abs(last - first);
  const isSteady = count >= SHORT.values && moves >= SHORT.rises && moves >= (count - 1) * SHORT.riseShare;
  const isNear = count >= TOLD.values && moves >= TOLD.rises && height <= least * TOLD.heightShareMax;
  if (isTold && (isSteady || isNear)) return 'likely';
  return isSteady && height <= least * SHORT.heightShareMax ? 'perhaps' : 'unlikely';
}

/** Whether a series is long enough to be told from what a counter shows. */
export function isTelling({ count }: Series): boolean {
  return count >= SHORT.values;
}
