import { DateTime, IANAZone } from 'luxon';
import { addDays, dayNumber, dayOfNumber, type LocalDay } from './local-day.ts';
import { Refusal } from './refusal.ts';

/**
 * The only file that knows the local zone. UK half-hourly data is delivered and settled per local day:
 * 46 half-hours on the spring change, 50 in autumn, 48 otherwise.
 */
export const LOCAL_ZONE = IANAZone.create('Europe/London');

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const startOfDayCache = new Map<number, number>();

function startOfDayNumberMs(number: number): number {
  let start = startOfDayCache.get(number);
  if (start === undefined) {
    const day = dayOfNumber(number);
    start = DateTime.fromISO(day, { zone: LOCAL_ZONE }).toMillis();
    startOfDayCache.set(number, start);
  }
  return start;
}

/** The instant, in milliseconds since 1970 UTC, at which a local day begins. */
export function startOfDayMs(day: LocalDay): number {
  return startOfDayNumberMs(dayNumber(day));
}

/** Minutes in a local day: 1380 on the spring change, 1500 in autumn, otherwise 1440. */
export function minutesOfDay(day: LocalDay): number {
  const number = dayNumber(day);
  return (startOfDayNumberMs(number + 1) - startOfDayNumberMs(number)) / MINUTE_MS;
}

/** Minutes from the start of local day `start` to the start of local day `end`. */
export function minutesBetween(start: LocalDay, end: LocalDay): number {
  return (startOfDayMs(end) - startOfDayMs(start)) / MINUTE_MS;
}

/** Where an instant falls: its local day and the minutes elapsed since that day began (0 to 1499). */
export type LocalPosition = { day: LocalDay; minute: number };

/** Places an instant (milliseconds since 1970 UTC) in its local day. */
export function localPosition(instantMs: number): LocalPosition {
  let number = Math.floor(instantMs / DAY_MS);
  if (instantMs >= startOfDayNumberMs(number + 1)) number += 1;
  else if (instantMs < startOfDayNumberMs(number)) number -= 1;
  return { day: dayOfNumber(number), minute: (instantMs - startOfDayNumberMs(number)) / MINUTE_MS };
}

/** The local day that holds an instant. */
export function localDayOf(instant: Date): LocalDay {
  return localPosition(instant.getTime()).day;
}

/**
 * The clock shift of a local day: `changeMinute` is how many minutes after midnight the clock moves, `shiftMinutes`
 * is +60 when an hour is left out (spring), -60 when one is repeated (autumn), 0 otherwise.
 */
export function clockChangeOf(day: LocalDay): { changeMinute: number; shiftMinutes: number } {
  const shiftMinutes = 1440 - minutesOfDay(day);
  // The change happens at 01:00 UTC: 01:00 local time in spring, two hours after midnight in autumn.
  return { changeMinute: shiftMinutes < 0 ? 120 : 60, shiftMinutes };
}

/**
 * Minutes elapsed since local midnight for a wall-clock time on `day`. In autumn 01:00-01:59 happens twice:
 * `second` picks the repeat. Returns null for a spring time that the clock never showed.
 */
export function elapsedMinutes(day: LocalDay, wallMinute: number, second = false): number | null {
  const { shiftMinutes } = clockChangeOf(day);
  if (shiftMinutes === 0) return wallMinute;
  if (shiftMinutes > 0) {
    if (wallMinute >= 60 && wallMinute < 120) return null;
    return wallMinute < 60 ? wallMinute : wallMinute - 60;
  }
  if (wallMinute < 60 || (wallMinute < 120 && !second)) return wallMinute;
  return wallMinute + 60;
}

const INSTANT_PATTERN = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads an instant with its offset (RFC 3339) as milliseconds since 1970 UTC.
 * @throws Refusal `invalid-request` when the text is no instant or has no offset.
 */
export function parseInstantMs(text: string, pointer = ''): number {
  const ms = INSTANT_PATTERN.test(text) ? DateTime.fromISO(text, { setZone: true }).toMillis() : Number.NaN;
  if (Number.isFinite(ms)) return ms;
  const detail = `'${text}' is not an instant: expected a date and time with an offset, such as 2025-10-26T01:30:00+01:00`;
  throw new Refusal('invalid-request', detail, [{ pointer, code: 'invalid-instant', detail }]);
}

/** The last day that has ended by `now`, and the day `now` lies in. */
export function elapsedDays(now: Date): { yesterday: LocalDay; today: LocalDay } {
  const today = localDayOf(now);
  return { yesterday: addDays(today, -1), today };
}

/** Minutes elapsed since local day `start` began, at the beginning of it and of each of the `days` days after it. */
export function minutesSince(start: LocalDay, days: number): number[] {
  const first = dayNumber(start);
  const origin = startOfDayNumberMs(first);
  return Array.from({ length: days + 1 }, (_, day) => (startOfDayNumberMs(first + day) - origin) / MINUTE_MS);
}
