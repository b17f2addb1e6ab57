import { clockChangeOf, elapsedMinutes } from '../calendar.ts';
import type { IntervalLabel } from './layout.ts';
import { MINUTE_MS, numberedDay } from './local-days.ts';
import type { CellFault } from './row-fault.ts';

const DAY_MINUTES = 1440;
const HOUR_BEGINS = 60;
const HOUR_ENDS = 120;

/** Turns the local times of one meter's rows, in the order in which they stand, into instants. */
export type WallTimes = (dayNumber: number, minute: number) => number | CellFault;

function noSuchTime(day: string): CellFault {
  return {
    code: 'no-such-time',
    detail: `The clocks went forward on ${day}, so there was no time from 01:00 to 02:00: is the file in GMT or UTC?`,
  };
}

/**
 * Local times of one meter. In autumn 01:00 to 01:59 comes twice: the first time a row has it, it is summer time, the
 * second time winter time; the other way round where rows run from the newest to the oldest. With `once` the file leaves
 * the repeat out.
 */
export function createWallTimes(label: IntervalLabel, once: boolean): WallTimes {
  const seen = new Map<number, { count: number; isNewestFirst: boolean }>();
  let previous = Number.NaN;

  const repeated = (stamp: number, day: string, minute: number): number | CellFault => {
    const before = seen.get(stamp) ?? { count: 0, isNewestFirst: previous > stamp };
    before.count += 1;
    seen.set(stamp, before);
    if (before.count > (once ? 1 : 2))
      return {
        code: 'given-twice',
        detail: `This time of ${day}, when the clocks went back, stands in ${before.count} rows: ${once ? 'one is' : 'two are'} expected`,
      };
    const isWinter = !once && (before.count === 2) !== before.isNewestFirst;
    return elapsedMinutes(day, minute, isWinter) ?? minute;
  };

  return (dayNumber, minute) => {
    const isMidnight = minute === DAY_MINUTES;
    const day = numberedDay(isMidnight ? dayNumber + 1 : dayNumber);
    const wall = isMidnight ? 0 : minute;
    const stamp = day.number * DAY_MINUTES + wall;
    if (day.minutes === DAY_MINUTES) {
      previous = stamp;
      return day.startMs + wall * MINUTE_MS;
    }
    const { shiftMinutes } = clockChangeOf(day.day);
    // Files with 48 values name the end of the hour that spring leaves out, or of the one that autumn repeats, by 02:00.
    const endsHour = once && label === 'end' && wall === HOUR_ENDS;
    let elapsed: number | CellFault | null;
    if (shiftMinutes < 0 && wall >= HOUR_BEGINS && wall < HOUR_ENDS) elapsed = repeated(stamp, day.day, wall);
    else if (endsHour) elapsed = shiftMinutes < 0 ? HOUR_ENDS : null;
    // The interval that ends as the clock leaps may be named by either side of the leap.
    else if (shiftMinutes > 0 && label === 'end' && wall === HOUR_BEGINS) elapsed = HOUR_BEGINS;
    else elapsed = elapsedMinutes(day.day, wall);
    previous = stamp;
    if (elapsed === null) return noSuchTime(day.day);
    return typeof elapsed === 'number' ? day.startMs + elapsed * MINUTE_MS : elapsed;
  };
}
