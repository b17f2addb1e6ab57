import { minutesOfDay } from '../calendar.ts';
import { type CheckedDay, quantityProfile } from '../checks/meter-series.ts';
import { intervalMinutes, intervalsOfDay, qualityAt } from '../interval-profile.ts';
import type { DayTypeOf } from '../like-days.ts';
import { addDays, type DaySpan, type LocalDay } from '../local-day.ts';

/** What evidence says of the intervals of one day: a value that was measured, and whether nothing is said at all. */
export type EvidenceOfDay = { actual: readonly (number | null)[]; isOpen: readonly boolean[] };

/** The days of a meter by interval, as estimates look at them: only what was measured feeds them. */
export type EvidenceTimeline = {
  /** Of which kind the days of the meter are. */
  dayTypeOf: DayTypeOf;
  /** Length of an interval; 1440 where the meter is known by days alone. */
  resolutionMinutes: number;
  at(day: LocalDay): EvidenceOfDay;
  /** The value measured on a day at a time of day, null where there is none. `wall` counts intervals by the clock on the wall. */
  actualAt(day: LocalDay, wall: number): number | null;
  /** Where an interval of a day stands by the clock on the wall. */
  wallOf(day: LocalDay, index: number): number;
};

const WHOLE_DAY = 1440;

/** The length of interval that most days have; whole days where none has shorter ones. */
function usualResolution(stored: readonly CheckedDay[]): number {
  const counts = new Map<number, number>();
  for (const { profile } of stored) {
    const minutes = profile?.resolutionMinutes ?? WHOLE_DAY;
    if (minutes <= 60) counts.set(minutes, (counts.get(minutes) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return most?.[0] ?? WHOLE_DAY;
}

const isOwn = ({ origin, quantity }: CheckedDay): boolean => origin === 'estimate' || quantity === null;

function wholeDay(day: CheckedDay | undefined): EvidenceOfDay {
  if (day === undefined || isOwn(day)) return { actual: [null], isOpen: [true] };
  const isActual = day.actualMinutes >= minutesOfDay(day.day) && day.origin !== 'mixed';
  return { actual: [isActual ? day.quantity : null], isOpen: [false] };
}

function byInterval(day: LocalDay, stored: CheckedDay | undefined, resolutionMinutes: number): EvidenceOfDay {
  const count = intervalsOfDay(day, resolutionMinutes);
  const nothing = new Array<null>(count).fill(null);
  const profile = stored === undefined ? null : quantityProfile(stored);
  if (profile === null) {
    const isOpen = stored === undefined || isOwn(stored);
    return { actual: nothing, isOpen: new Array<boolean>(count).fill(isOpen) };
  }
  if (profile.resolutionMinutes !== resolutionMinutes) return { actual: nothing, isOpen: nothing.map(() => false) };
  return {
    actual: profile.values.map((value, index) => (qualityAt(profile, index) === 'A' ? value : null)),
    isOpen: profile.values.map((value) => value === null),
  };
}

/** The clock of a day in intervals: how many are in an hour, and how the day's own hours stand to the clock on the wall. */
function clockOf(day: LocalDay, resolutionMinutes: number): { hour: number; minutes: number } {
  return { hour: resolutionMinutes === WHOLE_DAY ? 0 : 60 / resolutionMinutes, minutes: minutesOfDay(day) };
}

function wallOf(day: LocalDay, index: number, resolutionMinutes: number): number {
  const { hour, minutes } = clockOf(day, resolutionMinutes);
  if (minutes < WHOLE_DAY) return index < hour ? index : index + hour;
  return minutes === WHOLE_DAY || index < 2 * hour ? index : index - hour;
}

/** The interval of a day at a time of day; -1 in the hour that spring leaves out. */
function indexAt(day: LocalDay, wall: number, resolutionMinutes: number): number {
  const { hour, minutes } = clockOf(day, resolutionMinutes);
  if (minutes === WHOLE_DAY || wall < hour) return wall;
  if (minutes < WHOLE_DAY) return wall < 2 * hour ? -1 : wall - hour;
  return wall < 2 * hour ? wall : wall + hour;
}

/** Lays evidence out by interval. On days that a bill or register readings cover nothing is open: their total rules (rule E1). */
export function evidenceTimeline(
  stored: readonly CheckedDay[],
  totals: readonly DaySpan[],
  dayTypeOf: DayTypeOf,
): EvidenceTimeline {
  const resolutionMinutes = usualResolution(stored);
  const byDay = new Map(stored.map((row) => [row.day, row]));
  const covered = new Set<LocalDay>();
  for (const { start, end } of totals) for (let day = start; day < end; day = addDays(day, 1)) covered.add(day);
  const known = new Map<LocalDay, EvidenceOfDay>();
  const at = (day: LocalDay): EvidenceOfDay => {
    const before = known.get(day);
    if (before !== undefined) return before;
    const row = byDay.get(day);
    const found = resolutionMinutes === WHOLE_DAY ? wholeDay(row) : byInterval(day, row, resolutionMinutes);
    const evidence = covered.has(day) ? { ...found, isOpen: found.isOpen.map(() => false) } : found;
    known.set(day, evidence);
    return evidence;
  };
  return {
    dayTypeOf,
    resolutionMinutes,
    at,
    wallOf: (day, index) => wallOf(day, index, resolutionMinutes),
    actualAt: (day, wall) => at(day).actual[indexAt(day, wall, resolutionMinutes)] ?? null,
  };
}

/** One interval of a day. */
export type Place = { day: LocalDay; index: number };

/** A run of intervals that nothing is known of. */
export type OpenRun = { places: readonly Place[]; minutes: number };

/** The runs of open intervals in some days that follow each other. */
export function openRuns(timeline: EvidenceTimeline, { start, end }: DaySpan): OpenRun[] {
  const runs: { places: Place[]; minutes: number }[] = [];
  let run: { places: Place[]; minutes: number } | null = null;
  for (let day = start; day < end; day = addDays(day, 1)) {
    const each = intervalMinutes(day, timeline.resolutionMinutes);
    for (const [index, open] of timeline.at(day).isOpen.entries()) {
      if (!open) {
        run = null;
        continue;
      }
      if (run === null) {
        run = { places: [], minutes: 0 };
        runs.push(run);
      }
      run.places.push({ day, index });
      run.minutes += each;
    }
  }
  return runs;
}
