import { type ReportingYearStart, reportingYearOf } from '../buckets.ts';
import { addDays, type DaySpan, earlier, type LocalDay, lengthDays } from '../local-day.ts';

/** The newest reporting year that has ended by `today` and does not begin after `day`. */
export function fitYearOf(day: LocalDay, yearStart: ReportingYearStart, today: LocalDay): DaySpan {
  let year = reportingYearOf(day, yearStart);
  while (year.end > today) year = reportingYearOf(addDays(year.start, -1), yearStart);
  return { start: year.start, end: year.end };
}

/**
 * The period that a meter is fitted over for what happened in a span: the span itself where it has ended and is long enough
 * for a fit, otherwise the reporting year that its first day is fitted over.
 */
export function fitPeriodOf(
  { start, end }: DaySpan,
  yearStart: ReportingYearStart,
  today: LocalDay,
  daysMin: number,
): DaySpan {
  const isEnough = end <= today && lengthDays({ start, end }) >= daysMin;
  return isEnough ? { start, end } : fitYearOf(start, yearStart, today);
}

/** A run of days with the period that meters are fitted over for them. */
export type FitSpan = DaySpan & { fitPeriod: DaySpan };

/**
 * Cuts a span where the period of the fit changes. The fit of a day is that of its reporting year, and of the newest ended
 * one while its own runs: it follows from the day, never from the span asked, so that months add up to years. A period that
 * is `stated` holds for all days.
 */
export function fitSpans(
  span: DaySpan,
  yearStart: ReportingYearStart,
  today: LocalDay,
  stated: DaySpan | null,
): FitSpan[] {
  if (stated !== null) return [{ ...span, fitPeriod: stated }];
  const spans: FitSpan[] = [];
  for (let start = span.start; start < span.end; ) {
    const end = earlier(reportingYearOf(start, yearStart).end, span.end);
    spans.push({ start, end, fitPeriod: fitYearOf(start, yearStart, today) });
    start = end;
  }
  return spans;
}
