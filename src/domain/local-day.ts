import { Refusal } from './refusal.ts';

/** A day of the Europe/London calendar, written 'YYYY-MM-DD'. Plain text, so it compares and travels as it is. */
export type LocalDay = string;

const DAY_MS = 86_400_000;
const DAY_PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;

/** True when `text` is a real calendar day between 1990 and 2199. */
export function isLocalDay(text: string): boolean {
  const match = DAY_PATTERN.exec(text);
  if (match === null) return false;
  const year = Number(match[1]);
  if (year < 1990 || year > 2199) return false;
  return dayOfNumber(dayNumber(text)) === text;
}

/**
 * Reads a day.
 * @throws Refusal `invalid-request` naming the value and the expected form.
 */
export function parseLocalDay(text: string, pointer = ''): LocalDay {
  if (isLocalDay(text)) return text;
  const detail = `'${text}' is not a day: expected YYYY-MM-DD between 1990 and 2199`;
  throw new Refusal('invalid-request', detail, [{ pointer, code: 'invalid-day', detail }]);
}

/** Days since 1970-01-01. Calendar arithmetic only: no clock, no zone. */
export function dayNumber(day: LocalDay): number {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / DAY_MS;
}

/** The day that is `number` days after 1970-01-01. */
export function dayOfNumber(number: number): LocalDay {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

/** `day` moved by whole days. */
export function addDays(day: LocalDay, days: number): LocalDay {
  const moved = Number(day.slice(8)) + days;
  // Within the first 28 days of a month only the day changes; most calls are of this kind.
  if (moved >= 1 && moved <= 28) return `${day.slice(0, 8)}${moved < 10 ? '0' : ''}${moved}`;
  return dayOfNumber(dayNumber(day) + days);
}

/** Whole days from `start` to `end`; negative when `end` is earlier. */
export function daysBetween(start: LocalDay, end: LocalDay): number {
  return dayNumber(end) - dayNumber(start);
}

/** First day of the month that holds `day`. */
export function monthStart(day: LocalDay): LocalDay {
  return `${day.slice(0, 8)}01`;
}

/** First day of the month `months` after the month that holds `day`. */
export function addMonths(day: LocalDay, months: number): LocalDay {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 + months, 1))
    .toISOString()
    .slice(0, 10);
}

/** The earlier of two days. */
export function earlier(a: LocalDay, b: LocalDay): LocalDay {
  return a < b ? a : b;
}

/** The later of two days. */
export function later(a: LocalDay, b: LocalDay): LocalDay {
  return a > b ? a : b;
}

/** A half-open span of local days: `start` is in it, `end` is not. */
export type DaySpan = { start: LocalDay; end: LocalDay };

/** The days two spans share, or null when they share none. */
export function intersect(a: DaySpan, b: DaySpan): DaySpan | null {
  const start = later(a.start, b.start);
  const end = earlier(a.end, b.end);
  return start < end ? { start, end } : null;
}

/** How many days a span holds. */
export function lengthDays(span: DaySpan): number {
  return Math.max(0, daysBetween(span.start, span.end));
}
