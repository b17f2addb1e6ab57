import { minutesOfDay, startOfDayMs } from '../calendar.ts';
import { dayOfNumber, type LocalDay } from '../local-day.ts';

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** A local day by its number (days since 1970-01-01), with what a reader of thousands of rows asks of it. */
export type NumberedDay = { number: number; day: LocalDay; startMs: number; minutes: number };

const known = new Map<number, NumberedDay>();

/** The local day of a number. */
export function numberedDay(number: number): NumberedDay {
  let found = known.get(number);
  if (found === undefined) {
    const day = dayOfNumber(number);
    found = { number, day, startMs: startOfDayMs(day), minutes: minutesOfDay(day) };
    known.set(number, found);
  }
  return found;
}

/** Whether a local day is the same as the day of UTC: every clock then gives the same. */
export function isPlainWinter({ number, startMs, minutes }: NumberedDay): boolean {
  return startMs === number * DAY_MS && minutes * MINUTE_MS === DAY_MS;
}

/** The local day that holds an instant. */
export function numberedDayAt(instantMs: number): NumberedDay {
  const number = Math.floor(instantMs / DAY_MS);
  const next = numberedDay(number + 1);
  // Local time is never behind UTC, so the day is that of UTC or the one after.
  return instantMs >= next.startMs ? next : numberedDay(number);
}

/** No day has a number as large as this (it lies in the year 2328), so that a meter and a day make one number. */
export const DAY_NUMBER_LIMIT = 131_072;
