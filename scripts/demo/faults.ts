import { type DaySpan, dayNumber, type LocalDay } from '../../src/domain/local-day.ts';
import { randomFrom, seedAt } from './random.ts';

/** What is wrong with a meter's data: days that never came, days the supplier estimated. */
export type Faults = { seed: number; missing?: readonly DaySpan[]; estimated?: readonly DaySpan[] };

/** How one day of a meter arrives: intervals `[start, end)` of it may be missing. */
export type DayFault = { estimated: boolean; missing: { start: number; end: number } | null };

const WHOLE: DayFault = { estimated: false, missing: null };

const holds = (spans: readonly DaySpan[] | undefined, day: LocalDay): boolean =>
  spans?.some(({ start, end }) => start <= day && day < end) ?? false;

/**
 * The fault of a day with `count` intervals, or null when the day is missing whole. Beside the spans stated, about one
 * day in 400 is missing, one in 250 lacks some hours and one in 90 is estimated.
 */
export function faultOf(faults: Faults, day: LocalDay, count: number): DayFault | null {
  if (holds(faults.missing, day)) return null;
  if (holds(faults.estimated, day)) return { estimated: true, missing: null };
  const random = randomFrom(seedAt(faults.seed, dayNumber(day)));
  const draw = random();
  if (draw < 1 / 400) return null;
  if (draw < 1 / 400 + 1 / 250 && count > 1) {
    const length = 1 + Math.floor(random() * (count / 3));
    const start = Math.floor(random() * (count - length));
    return { estimated: false, missing: { start, end: start + length } };
  }
  return draw > 1 - 1 / 90 ? { estimated: true, missing: null } : WHOLE;
}
