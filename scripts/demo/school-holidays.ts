import { easterSunday, mondayFrom } from '../../src/domain/bank-holidays.ts';
import { addDays, type DaySpan, type LocalDay } from '../../src/domain/local-day.ts';

/** When schools are shut, by the usual pattern of an English school year. Invented: no council's published terms. */
function holidaysOf(year: number): DaySpan[] {
  const halfTerm = (from: LocalDay): DaySpan => ({ start: mondayFrom(from), end: addDays(mondayFrom(from), 7) });
  const easter = easterSunday(year);
  return [
    { start: `${year}-01-01`, end: mondayFrom(`${year}-01-03`) },
    halfTerm(`${year}-02-14`),
    { start: addDays(easter, -8), end: addDays(easter, 9) },
    halfTerm(`${year}-05-25`),
    { start: addDays(mondayFrom(`${year}-07-20`), 2), end: addDays(mondayFrom(`${year}-08-31`), 1) },
    halfTerm(`${year}-10-24`),
    { start: addDays(mondayFrom(`${year}-12-15`), 5), end: `${year + 1}-01-01` },
  ];
}

const holidays = new Map<number, DaySpan[]>();

/** Whether schools are on holiday on a day; weekends in term are not. */
export function isSchoolHoliday(day: LocalDay): boolean {
  const year = Number(day.slice(0, 4));
  const ofYear = holidays.get(year) ?? holidaysOf(year);
  holidays.set(year, ofYear);
  return ofYear.some(({ start, end }) => start <= day && day < end);
}
