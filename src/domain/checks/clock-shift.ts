import type { CheckSettings } from './check-settings.ts';
import { type MeterFinding, printed } from './finding.ts';
import { type MeterSeries, slotAt, spanAt } from './meter-series.ts';

const WEEK = 7;
/** Like days that are needed for a usual profile. */
const PROFILE_DAYS_MIN = 4;

/** The mean profile of like days in the weeks that end a week before a day; null where too few are known. */
function usualProfile(series: MeterSeries, day: number, weeks: number): Float64Array | null {
  const profile = new Float64Array(series.slotsPerDay);
  let count = 0;
  for (let before = Math.max(0, day - WEEK * (weeks + 1)); before < day - WEEK; before += 1) {
    if (series.dayTypes[before] !== series.dayTypes[day] || !isWhole(series, before)) continue;
    for (let slot = 0; slot < profile.length; slot += 1)
      profile[slot] = (profile[slot] ?? 0) + slotAt(series, before, slot);
    count += 1;
  }
  return count < PROFILE_DAYS_MIN ? null : profile;
}

function isWhole(series: MeterSeries, day: number): boolean {
  for (let slot = 0; slot < series.slotsPerDay; slot += 1) if (Number.isNaN(slotAt(series, day, slot))) return false;
  return series.slotsPerDay > 0;
}

/** Correlation of a day that is moved back by `lag` slots with a profile; NaN where one of them does not vary. */
function correlation(series: MeterSeries, day: number, profile: Float64Array, lag: number): number {
  const first = Math.max(0, -lag);
  const last = Math.min(profile.length, profile.length - lag);
  const count = last - first;
  let [sumX, sumY, sumXX, sumYY, sumXY] = [0, 0, 0, 0, 0];
  for (let slot = first; slot < last; slot += 1) {
    const x = profile[slot] ?? 0;
    const y = slotAt(series, day, slot + lag);
    sumX += x;
    sumY += y;
    sumXX += x * x;
    sumYY += y * y;
    sumXY += x * y;
  }
  const spread = (count * sumXX - sumX * sumX) * (count * sumYY - sumY * sumY);
  return spread > 0 ? (count * sumXY - sumX * sumY) / Math.sqrt(spread) : Number.NaN;
}

type Shift = { lag: number; gain: number };

/** By how many slots a day is later than usual, and how much better it fits when moved back; no lag where it fits as it is. */
function shiftOf(series: MeterSeries, day: number, settings: CheckSettings['clockShift']): Shift {
  const none = { lag: 0, gain: 0 };
  if (!isWhole(series, day)) return none;
  const profile = usualProfile(series, day, settings.weeks);
  if (profile === null) return none;
  const still = correlation(series, day, profile, 0);
  let best: Shift = none;
  for (let lag = -settings.halfHours; lag <= settings.halfHours; lag += 1) {
    const gain = correlation(series, day, profile, lag) - still;
    if (lag !== 0 && gain > best.gain) best = { lag, gain };
  }
  return best.gain >= settings.correlationGain ? best : none;
}

/** Weeks in which enough days show the same shift, joined where they meet. */
function shiftedWeeks(shifts: ReadonlyMap<number, Shift>, lag: number, from: number, to: number, daysMin: number) {
  const spans: { from: number; to: number }[] = [];
  for (let day = from; day + WEEK <= to; day += 1) {
    let count = 0;
    for (let each = day; each < day + WEEK; each += 1) if (shifts.get(each)?.lag === lag) count += 1;
    const last = spans.at(-1);
    if (count < daysMin) continue;
    if (last !== undefined && day <= last.to) last.to = day + WEEK;
    else spans.push({ from: day, to: day + WEEK });
  }
  return spans;
}

/**
 * Days that lie earlier or later than the usual profile of the weeks before, the same on most days of a week (rule E12):
 * a clock that does not follow summer time, or does twice. Half-hourly meters only.
 */
export function checkClockShift(series: MeterSeries, { clockShift: settings }: CheckSettings): MeterFinding[] {
  if (series.slotMinutes !== 30) return [];
  const { from, to } = series.asked;
  const shifts = new Map<number, Shift>();
  for (let day = from; day < to; day += 1) {
    const shift = shiftOf(series, day, settings);
    if (shift.lag !== 0) shifts.set(day, shift);
  }
  const lags = [...new Set([...shifts.values()].map(({ lag }) => lag))];
  return lags.flatMap((lag) =>
    shiftedWeeks(shifts, lag, from, to, settings.daysOfSeven).map((span): MeterFinding => {
      const gains = [...shifts].filter(([day, shift]) => span.from <= day && day < span.to && shift.lag === lag);
      const gain = gains.reduce((sum, [, shift]) => sum + shift.gain, 0) / gains.length;
      const minutes = Math.abs(lag) * 30;
      const detail = `the profile lies ${minutes} minutes ${lag > 0 ? 'later' : 'earlier'} than in the ${settings.weeks} weeks before on ${gains.length} days, and fits better by ${printed(gain)} when moved back`;
      return {
        check: 'clock-shift',
        ...spanAt(series, span.from, span.to),
        detail,
        seen: lag * 30,
        expected: 0,
        unit: 'minutes',
      };
    }),
  );
}
