import { reportingYearOf } from '../buckets.ts';
import { addDays, intersect, lengthDays } from '../local-day.ts';
import { calendarYear, type Period, parsePeriod } from '../period.ts';
import { Refusal } from '../refusal.ts';
import type { Target } from './target.ts';

/**
 * The year a target's period means: the calendar year in which a yearly period of the grammar starts.
 * @throws Refusal `invalid-period` for a period of another length.
 */
export function targetYear(period: string, pointer: string): number {
  const { start, end } = parsePeriod(period, pointer);
  const year = Number(start.slice(0, 4));
  if (end.slice(5) === start.slice(5) && Number(end.slice(0, 4)) === year + 1) return year;
  const detail = `'${period}' is not a year: expected 2030/31 or 2030`;
  throw new Refusal('invalid-period', detail, [{ pointer, code: 'not-a-year', detail }]);
}

/**
 * The reporting year in which a target's year is judged (rule H2). A calendar-year target takes the reporting year that
 * holds most of its days; the answer says so.
 */
export function judgedIn(year: number, target: Pick<Target, 'yearBasis'>, reportingYearStart: string): Period {
  const starting = reportingYearOf(`${year}-${reportingYearStart}`, reportingYearStart);
  if (target.yearBasis === 'reporting') return starting;
  const calendar = calendarYear(year);
  const before = reportingYearOf(addDays(starting.start, -1), reportingYearStart);
  const daysIn = (period: Period): number =>
    lengthDays(intersect(period, calendar) ?? { start: calendar.start, end: calendar.start });
  return daysIn(before) > daysIn(starting) ? before : starting;
}
