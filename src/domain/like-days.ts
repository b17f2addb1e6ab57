import { isBankHoliday, weekday } from './bank-holidays.ts';
import { addDays, type LocalDay } from './local-day.ts';

/** Days that are used alike, by number: of these a closure day is one of a site alone (rules E11, E12). */
export const DAY_TYPES = ['working day', 'Saturday', 'Sunday or bank holiday', 'closure day'] as const;
export type DayType = 0 | 1 | 2 | 3;

/** A working day on which a site is closed. */
export const CLOSURE_DAY: DayType = 3;

/** Tells of which kind the days of one meter are. */
export type DayTypeOf = (day: LocalDay) => DayType;

const known = new Map<LocalDay, DayType>();

/** Of which kind a day is in England, where nothing is closed. */
export function dayTypeOf(day: LocalDay): DayType {
  let type = known.get(day);
  if (type === undefined) {
    const number = weekday(day);
    type = number === 0 || isBankHoliday(day) ? 2 : number === 6 ? 1 : 0;
    known.set(day, type);
  }
  return type;
}

/** The day that is `count` working days after `day`. */
export function addWorkingDays(day: LocalDay, count: number): LocalDay {
  let end = day;
  for (let left = count; left > 0; ) {
    end = addDays(end, 1);
    if (dayTypeOf(end) === 0) left -= 1;
  }
  return end;
}
