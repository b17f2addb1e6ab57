import { clockChangeOf } from '../../calendar.ts';
import { numberedDay } from '../local-days.ts';
import type { Seen } from './day-row-clock.ts';
import type { Series } from './reading-series.ts';

const DAY_MINUTES = 1440;
const HOUR = 60;

/** What the rows of a day on which the clocks change hold: the last period, and those of 01:00 to 02:00. */
type Day = { most: number; isUsed: boolean; hasBlank: boolean };

/**
 * What the number of periods says on days when the clocks change: 46 and 50 are those of the day itself, 48 those of
 * another clock. A stamp counts the periods before it as if every day had 24 hours.
 */
export function periodDays({ rows }: Series, periodMinutes: number, nightIsUsed: boolean): Seen[] {
  const days = new Map<number, Day>();
  for (const row of rows) {
    const before = days.get(row.day);
    if (before === undefined && clockChangeOf(numberedDay(row.day).day).shiftMinutes === 0) continue;
    const seen = before ?? { most: 0, isUsed: false, hasBlank: false };
    const minute = row.stamp - row.day * DAY_MINUTES;
    const isInHour = minute >= HOUR && minute < 2 * HOUR;
    seen.most = Math.max(seen.most, minute);
    seen.isUsed ||= isInHour && row.isUsed;
    seen.hasBlank ||= isInHour && !row.hasValue;
    days.set(row.day, seen);
  }
  return [...days].flatMap(([number, { most, isUsed, hasBlank }]): Seen[] => {
    const day = numberedDay(number);
    const count = most / periodMinutes + 1;
    const own = day.minutes / periodMinutes;
    if (count === own) return [{ clocks: new Set(['local']), reason: `${day.day} has ${count} periods.` }];
    if (count !== DAY_MINUTES / periodMinutes) return [];
    const reason = `${day.day}, when the clocks change, has ${count} periods.`;
    if (day.minutes > DAY_MINUTES) return [{ clocks: new Set(['utc', 'local48']), reason }];
    if (isUsed) return [{ clocks: new Set(['utc']), reason: `${reason} Those of 01:00 to 02:00 have values.` }];
    if (hasBlank || nightIsUsed)
      return [{ clocks: new Set(['local48']), reason: `${reason} Those of 01:00 to 02:00 are blank or zero.` }];
    return [{ clocks: new Set(['utc', 'local48']), reason }];
  });
}
