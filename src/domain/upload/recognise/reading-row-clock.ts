import { clockChangeOf } from '../../calendar.ts';
import { groupBy } from '../../group-by.ts';
import { DAY_MS, numberedDay } from '../local-days.ts';
import type { ClockEvidence } from './clock-choice.ts';
import { type Seen, weigh } from './day-row-clock.ts';
import { periodDays } from './period-clock.ts';
import type { Series, SeriesSample, Written } from './reading-series.ts';

const DAY_MINUTES = 1440;
const HOUR = 60;

type Hours = { day: number; rows: Written[] };

/** The rows between 00:30 and 02:30 of the days on which the clocks change, by day. */
function changedDays({ rows }: Series): Hours[] {
  const days = groupBy(rows, ({ stamp }) => Math.floor(stamp / DAY_MINUTES));
  return [...days]
    .filter(([day]) => clockChangeOf(numberedDay(day).day).shiftMinutes !== 0)
    .map(([day, inDay]) => ({ day, rows: inDay }));
}

/** The times from 01:00 to 02:00 of a day, both included: whichever end times name, they tell. */
const inHour = ({ rows }: Hours) =>
  rows.filter(({ stamp }) => stamp % DAY_MINUTES >= HOUR && stamp % DAY_MINUTES <= 2 * HOUR);

function springDay(hours: Hours, step: number, nightIsUsed: boolean): Seen | null {
  const { day } = numberedDay(hours.day);
  const times = inHour(hours);
  const stamps = new Set(times.map(({ stamp }) => stamp));
  // A day of which the night is not there shows nothing.
  const around =
    hours.rows.some(({ stamp }) => stamp % DAY_MINUTES <= HOUR) &&
    hours.rows.some(({ stamp }) => stamp % DAY_MINUTES >= 2 * HOUR);
  if (!around) return null;
  if (stamps.size <= 1)
    return { clocks: new Set(['local']), reason: `On ${day}, when the clocks go forward, an hour has no rows.` };
  if (stamps.size < HOUR / step + 1) return null;
  const skipped = times.filter(({ stamp }) => stamp % DAY_MINUTES < 2 * HOUR);
  if (skipped.every(({ hasValue }) => !hasValue))
    return { clocks: new Set(['local48']), reason: `01:00 to 02:00 is blank on ${day}, when the clocks go forward.` };
  const isUsed =
    step < HOUR
      ? skipped.some((row) => row.isUsed && row.stamp % DAY_MINUTES > HOUR)
      : times.every((row) => row.isUsed);
  if (isUsed)
    return {
      clocks: new Set(['utc']),
      reason: `01:00 to 02:00 has values on ${day}, when that hour did not exist on the wall.`,
    };
  return nightIsUsed
    ? {
        clocks: new Set(['local48']),
        reason: `01:00 to 02:00 is zero on ${day}, when the clocks go forward, and not on other days.`,
      }
    : { clocks: new Set(['utc', 'local48']), reason: '' };
}

function autumnDay(hours: Hours, step: number): Seen | null {
  const { day } = numberedDay(hours.day);
  const counts = new Map<number, number>();
  for (const { stamp } of hours.rows) counts.set(stamp, (counts.get(stamp) ?? 0) + 1);
  const isTwice = (stamp: number) => (counts.get(stamp) ?? 0) >= 2;
  const times = new Set(inHour(hours).map(({ stamp }) => stamp));
  const outside = [...counts].filter(([stamp, count]) => count > 1 && !times.has(stamp));
  if ([...times].some(isTwice) && outside.length === 0)
    return {
      clocks: new Set(['local']),
      reason: `On ${day}, when the clocks go back, times from 01:00 to 02:00 stand twice.`,
    };
  if (times.size === HOUR / step + 1)
    return {
      clocks: new Set(['utc', 'local48']),
      reason: `On ${day}, when the clocks go back, every time stands once.`,
    };
  return null;
}

function isSummer(stamp: number): boolean {
  const day = numberedDay(Math.floor(stamp / DAY_MINUTES));
  return day.startMs !== day.number * DAY_MS;
}

/** The first or last time of a series in summer at 23:00 or 22:30 UTC, where a local day begins or ends. */
function leaningOf({ rows }: Series, step: number): ClockEvidence['leaning'] {
  const stamps = rows.map(({ stamp }) => stamp);
  const [first, last] = [Math.min(...stamps), Math.max(...stamps)];
  const startsLate = first % DAY_MINUTES === DAY_MINUTES - HOUR && isSummer(first);
  const endsEarly = (last + step) % DAY_MINUTES === DAY_MINUTES - HOUR && isSummer(last);
  if (startsLate && endsEarly)
    return { clock: 'utc', reason: 'The times begin at 23:00 and end at 22:30 or so, as local summer days do in UTC.' };
  return null;
}

/** Looks at the times of the sample for what shows by which clock they run (rule E8). */
export function readingRowClock(
  { series }: SeriesSample,
  stepMinutes: number | null,
  isPeriod: boolean,
): ClockEvidence {
  const seen: Seen[] = [];
  let isImmaterial = true;
  let leaning: ClockEvidence['leaning'] = null;
  for (const each of series) {
    const step = stepMinutes ?? each.steps.commonest() ?? 30;
    const open = { ...each, rows: each.rows.filter(({ hasOffset }) => !hasOffset) };
    if (open.rows.length === 0) continue;
    const nights = open.rows.filter(
      ({ stamp }) =>
        stamp % DAY_MINUTES >= HOUR &&
        stamp % DAY_MINUTES < 2 * HOUR &&
        clockChangeOf(numberedDay(Math.floor(stamp / DAY_MINUTES)).day).shiftMinutes === 0,
    );
    const nightIsUsed = nights.some(({ isUsed }) => isUsed);
    isImmaterial &&= !open.rows.some(
      ({ stamp }) => isSummer(stamp) || numberedDay(Math.floor(stamp / DAY_MINUTES)).minutes !== DAY_MINUTES,
    );
    if (isPeriod) {
      seen.push(...periodDays(open, stepMinutes ?? 30, nightIsUsed));
      continue;
    }
    leaning ??= leaningOf(open, step);
    if (step > HOUR) continue;
    for (const hours of changedDays(open)) {
      const isSpring = numberedDay(hours.day).minutes < DAY_MINUTES;
      const found = isSpring ? springDay(hours, step, nightIsUsed) : autumnDay(hours, step);
      if (found !== null) seen.push(found);
    }
  }
  return { ...weigh(seen), isImmaterial, leaning };
}
