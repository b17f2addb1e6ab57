import { DAY_TYPES } from '../like-days.ts';
import type { CheckSettings } from './check-settings.ts';
import { type MeterFinding, printed } from './finding.ts';
import { type MeterSeries, runsOf, slotAt, spanAt, timeOf } from './meter-series.ts';

/** A quantile of ascending numbers, between two of them in proportion. */
function quantileOf(sorted: Float64Array, quantile: number): number {
  const at = quantile * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

type Spike = { slot: number; seen: number; usual: number; likeDays: number };

/** Values of the same time of day on like days before `day`, ascending. */
function likeValues(series: MeterSeries, day: number, slot: number, historyDays: number): Float64Array {
  const values: number[] = [];
  for (let before = Math.max(0, day - historyDays); before < day; before += 1) {
    const value = slotAt(series, before, slot);
    if (series.dayTypes[before] === series.dayTypes[day] && !Number.isNaN(value)) values.push(value);
  }
  return Float64Array.from(values).sort();
}

/**
 * Whether some late like days alone rule a spike out: the quantile is at least as large as the n-th largest value, so n
 * values that are not exceeded are enough. Nearly every value is done with after a few looks.
 */
function isRuledOut(series: MeterSeries, day: number, slot: number, value: number, settings: CheckSettings): boolean {
  const { timesPercentile, percentile, historyDays } = settings.spike;
  let left = Math.floor((1 - percentile) * historyDays) + 2;
  for (let before = day - 1; before >= Math.max(0, day - historyDays); before -= 1) {
    if (series.dayTypes[before] !== series.dayTypes[day]) continue;
    if (slotAt(series, before, slot) * timesPercentile >= value) left -= 1;
    if (left === 0) return true;
  }
  return false;
}

function spikesOf(series: MeterSeries, day: number, meanDay: number, settings: CheckSettings): Spike[] {
  const { timesPercentile, percentile, historyDays, excessShareOfDay } = settings.spike;
  const spikes: Spike[] = [];
  for (let slot = 0; slot < series.slotsPerDay; slot += 1) {
    const seen = slotAt(series, day, slot);
    if (!(seen > excessShareOfDay * meanDay) || isRuledOut(series, day, slot, seen, settings)) continue;
    const values = likeValues(series, day, slot, historyDays);
    if (values.length === 0) continue;
    const usual = quantileOf(values, percentile);
    if (seen - timesPercentile * usual > excessShareOfDay * meanDay && seen > timesPercentile * usual)
      spikes.push({ slot, seen, usual, likeDays: values.length });
  }
  return spikes;
}

/** Means of the days before each asked day that are known as a whole; NaN where they are too few. */
function meansBefore(series: MeterSeries, historyDays: number, daysMin: number): (day: number) => number {
  const sums = new Float64Array(series.days + 1);
  const counts = new Int32Array(series.days + 1);
  for (let day = 0; day < series.days; day += 1) {
    const isKnown = series.measured[day] === 1;
    sums[day + 1] = (sums[day] ?? 0) + (isKnown ? (series.quantity[day] ?? 0) : 0);
    counts[day + 1] = (counts[day] ?? 0) + (isKnown ? 1 : 0);
  }
  return (day) => {
    const first = Math.max(0, day - historyDays);
    const count = (counts[day] ?? 0) - (counts[first] ?? 0);
    return count < daysMin ? Number.NaN : ((sums[day] ?? 0) - (sums[first] ?? 0)) / count;
  };
}

/** Values far above what is usual at their time of day (rule E12). Needs some weeks of history. */
export function checkSpike(series: MeterSeries, settings: CheckSettings): MeterFinding[] {
  if (series.slotMinutes === null) return [];
  const { historyDays, historyDaysMin, timesPercentile } = settings.spike;
  const meanBefore = meansBefore(series, historyDays, historyDaysMin);
  const found = new Map<number, Spike>();
  for (let day = series.asked.from; day < series.asked.to; day += 1) {
    const meanDay = meanBefore(day);
    if (!(meanDay > 0)) continue;
    const [worst] = spikesOf(series, day, meanDay, settings).sort((a, b) => b.seen - a.seen);
    if (worst !== undefined) found.set(day, worst);
  }
  return runsOf(series, (day) => found.has(day)).flatMap(({ from, to }): MeterFinding[] => {
    const inRun = [...found].filter(([day]) => from <= day && day < to);
    const [day, worst] = inRun.sort(([, a], [, b]) => b.seen - a.seen)[0] ?? [];
    if (day === undefined || worst === undefined) return [];
    const { unit } = series.meter;
    const detail = `${printed(worst.seen)} ${unit} at ${timeOf(series, worst.slot)}: usual on a ${DAY_TYPES[series.dayTypes[day] ?? 0]} are up to ${printed(worst.usual)} (${worst.likeDays} like days), expected at most ${timesPercentile} times that`;
    const expected = worst.usual * timesPercentile;
    return [{ check: 'spike', ...spanAt(series, from, to), detail, seen: worst.seen, expected, unit }];
  });
}
