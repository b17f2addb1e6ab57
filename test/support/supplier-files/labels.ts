import { dayOfNumber } from '../../../src/domain/local-day.ts';

const DAY_MINUTES = 1440;
const HALF_HOURS = 48;

/** A number with at least two digits. */
export const two = (number: number): string => String(number).padStart(2, '0');

/** Minutes after midnight as `00:30`; the end of a day is `24:00`. */
export const clockTime = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

/** The same as `00:30:00`. */
export const clockSeconds = (minute: number): string => `${clockTime(minute)}:00`;

/** The same on a clock of twelve hours, as `12:30 AM`. */
export function halfDayTime(minute: number): string {
  const hour = Math.floor(minute / 60);
  return `${two(hour % 12 === 0 ? 12 : hour % 12)}:${two(minute % 60)} ${hour < 12 ? 'AM' : 'PM'}`;
}

/** Labels of 48 half-hours by their start. */
export function starts(write: (minute: number) => string = clockTime): string[] {
  return Array.from({ length: HALF_HOURS }, (_, index) => write(index * 30));
}

/** Labels of 48 half-hours by their end; `last` is how midnight is written there. */
export function ends(last: string, write: (minute: number) => string = clockTime): string[] {
  return Array.from({ length: HALF_HOURS }, (_, index) => (index === HALF_HOURS - 1 ? last : write((index + 1) * 30)));
}

/** Labels by number, from 1. */
export function counted(count: number, write: (number: number) => string): string[] {
  return Array.from({ length: count }, (_, index) => write(index + 1));
}

/** Labels of 48 half-hours by start and end. */
export function spans(): string[] {
  return starts().map((label, index) => `${label} - ${clockTime(((index + 1) * 30) % DAY_MINUTES)}`);
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Ways to write a day. */
export const DATES = {
  iso: dayOfNumber,
  isoShortYear: (day: number) => dayOfNumber(day).slice(2),
  slashYearFirst: (day: number) => dayOfNumber(day).replaceAll('-', '/'),
  uk: (day: number) => parts(day).join('/'),
  ukShortYear: (day: number) => shortParts(day).join('/'),
  ukShortYearDashes: (day: number) => shortParts(day).join('-'),
  ukSpaces: (day: number) => parts(day).join(' '),
  /** A time of midnight, the weekday and the date. */
  timeWeekdayUk: (day: number) => `00:00:00 ${WEEKDAYS[(day + 4) % 7]} ${parts(day).join('/')}`,
  isoInstant: (day: number) => `${dayOfNumber(day)}T00:00:00Z`,
} as const;

function parts(day: number): string[] {
  return dayOfNumber(day).split('-').reverse();
}

function shortParts(day: number): string[] {
  return parts(day).map((part) => part.slice(-2));
}
