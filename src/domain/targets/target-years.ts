import { reportingYearOf } from '../buckets.ts';
import { addDays, intersect, lengthDays } from '../local-day.ts';
import { calendarYear, type Period } from '../period.ts';
import type { Target } from './target.ts';

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
