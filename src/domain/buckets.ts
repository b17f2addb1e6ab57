import { addDays, addMonths, earlier, type LocalDay, later, monthStart } from './local-day.ts';
import { calendarYear, financialYear, monthPeriod, type Period } from './period.ts';
import { Refusal } from './refusal.ts';

export const INTERVALS = ['total', 'reporting-year', 'calendar-year', 'year', 'quarter', 'month', 'day'] as const;
export type Interval = (typeof INTERVALS)[number];

/** A slice of the period asked for; `partial` when the period cuts it. */
export type Bucket = Period & { partial: boolean };

/** The first day ('MM-DD') of the reporting year, such as '04-01'. */
export type ReportingYearStart = string;

/** The reporting year that holds `day` (rule A1): a financial year for 04-01, a calendar year for 01-01. */
export function reportingYearOf(day: LocalDay, yearStart: ReportingYearStart): Period {
  const calendar = Number(day.slice(0, 4));
  const year = day.slice(5) >= yearStart ? calendar : calendar - 1;
  if (yearStart === '04-01') return financialYear(year);
  if (yearStart === '01-01') return calendarYear(year);
  const start = `${year}-${yearStart}`;
  const end = `${year + 1}-${yearStart}`;
  return { label: `${start}/${end}`, start, end };
}

function quarterOf(day: LocalDay, yearStart: ReportingYearStart, financialLabels: boolean): Period {
  const month = Number(day.slice(5, 7));
  const start = addMonths(`${day.slice(0, 4)}-01-01`, Math.floor((month - 1) / 3) * 3);
  const end = addMonths(start, 3);
  if (!financialLabels) return { label: `${start.slice(0, 4)}-Q${Math.floor((month - 1) / 3) + 1}`, start, end };
  const year = reportingYearOf(start, yearStart);
  const quarter = (Math.floor((month - 1) / 3) + 3) % 4;
  return { label: `${year.label}-Q${quarter + 1}`, start, end };
}

function yearKind(period: Period, yearStart: ReportingYearStart): 'reporting-year' | 'calendar-year' {
  if (period.start.slice(5) === yearStart) return 'reporting-year';
  if (period.start.slice(5) === '01-01') return 'calendar-year';
  const detail = `interval=year is ambiguous for a period that starts on ${period.start}: ask interval=reporting-year or interval=calendar-year`;
  throw new Refusal('invalid-request', detail, [{ pointer: '?interval', code: 'ambiguous-interval', detail }]);
}

function containing(
  day: LocalDay,
  interval: Exclude<Interval, 'total' | 'year'>,
  period: Period,
  yearStart: ReportingYearStart,
): Period {
  if (interval === 'day') return { label: day, start: day, end: addDays(day, 1) };
  if (interval === 'month') return monthPeriod(monthStart(day));
  if (interval === 'calendar-year') return calendarYear(Number(day.slice(0, 4)));
  if (interval === 'reporting-year') return reportingYearOf(day, yearStart);
  return quarterOf(day, yearStart, yearStart === '04-01' && period.start.slice(5) === '04-01');
}

/**
 * Cuts a period into buckets (rule A3). `year` means reporting years when the period starts on a reporting-year start,
 * calendar years when it starts on 1 January.
 * @throws Refusal `invalid-request` where `year` would be ambiguous.
 */
export function bucketsOf(period: Period, interval: Interval, yearStart: ReportingYearStart): Bucket[] {
  if (interval === 'total') return [{ ...period, partial: false }];
  const kind = interval === 'year' ? yearKind(period, yearStart) : interval;
  const buckets: Bucket[] = [];
  for (let day = period.start; day < period.end; ) {
    const whole = containing(day, kind, period, yearStart);
    const start = later(whole.start, period.start);
    const end = earlier(whole.end, period.end);
    buckets.push({ label: whole.label, start, end, partial: start !== whole.start || end !== whole.end });
    day = end;
  }
  return buckets;
}
