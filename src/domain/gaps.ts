import { minutesOfDay } from './calendar.ts';
import { addDays, type DaySpan, type LocalDay } from './local-day.ts';
import { pendingDays, type Segment } from './segments.ts';

/** Why a stretch of time has no data: no row at all, parts of days, or too young for the meter's usual delay (rule F3). */
export const GAP_REASONS = ['no-data', 'part-of-days', 'pending'] as const;
export type GapReason = (typeof GAP_REASONS)[number];

/** Days of one meter on which data is missing, all for one reason. */
export type Gap = DaySpan & { segment: Segment; reason: GapReason; missingMinutes: number };

/** Minutes of a day that are known; 0 for a day of which nothing is. */
export type KnownMinutes = (day: LocalDay) => number;

/** The stretches of a segment on which it lacks data (rules F2, F3): days of one reason that follow each other are one gap. */
export function gapsOf(segment: Segment, today: LocalDay, knownMinutes: KnownMinutes): Gap[] {
  const pending = pendingDays(segment, today);
  const gaps: Gap[] = [];
  for (let day = segment.start; day < segment.end; day = addDays(day, 1)) {
    const known = knownMinutes(day);
    const missing = minutesOfDay(day) - known;
    if (missing <= 0) continue;
    const isPending = pending !== null && pending.start <= day && day < pending.end;
    const reason: GapReason = isPending ? 'pending' : known > 0 ? 'part-of-days' : 'no-data';
    const last = gaps.at(-1);
    if (last !== undefined && last.end === day && last.reason === reason) {
      last.end = addDays(day, 1);
      last.missingMinutes += missing;
    } else gaps.push({ segment, start: day, end: addDays(day, 1), reason, missingMinutes: missing });
  }
  return gaps;
}
