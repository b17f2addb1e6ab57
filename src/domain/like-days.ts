import { isBankHoliday, weekday } from './bank-holidays.ts';
import { addDays, type LocalDay } from './local-day.ts';

/** Days that are used alike: 0 working day, 1 Saturday, 2 Sunday or bank holiday (rules E11, E12). */
export const DAY_TYPES = ['working day', 'Saturday', 'Sunday or bank holiday'] as const;
export type DayType = 0 | 1 | 2;

const known = new Map<LocalDay, DayType>();

/** Of which kind a day is in England. */
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
