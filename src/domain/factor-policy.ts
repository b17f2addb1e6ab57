import { type ReportingYearStart, reportingYearOf } from './buckets.ts';
import { type DaySpan, earlier, type LocalDay, lengthDays } from './local-day.ts';
import { calendarYear, type Period } from './period.ts';
import { Refusal } from './refusal.ts';

/**
 * How a day finds its factors (rule A1). `fixed` is one named set for every day, for analysis only: the version in use, or
 * any version that is stored.
 */
export type FactorPolicy =
  | { kind: 'reporting-year' | 'calendar-year' | 'blended' }
  | { kind: 'fixed'; set: string; year: number; version: string | null };

/** The factor years behind a span of days, each with its weight in days. More than one only when blended. */
export type FactorYears = readonly { year: number; days: number }[];

/** A run of days that share their factors. */
export type FactorSpan = DaySpan & { years: FactorYears };

const SET_NAME = /^(?:([a-z][a-z0-9-]*)-)?(\d{4})(?:@(.+))?$/;

/**
 * Reads `factors=`: `reporting-year`, `calendar-year`, `blended`, or a set such as `2019`, `2019@1.03` or `own-2025@1`.
 * @throws Refusal `invalid-request` naming the value and the choices.
 */
export function parseFactorPolicy(text: string, pointer = '?factors'): FactorPolicy {
  if (text === 'reporting-year' || text === 'calendar-year' || text === 'blended') return { kind: text };
  const fixed = SET_NAME.exec(text);
  if (fixed !== null) {
    const [, name = 'uk', year = '', version = null] = fixed;
    return { kind: 'fixed', set: `${name}-${year}`, year: Number(year), version };
  }
  const detail = `factors '${text}' is not a policy: expected reporting-year, calendar-year, blended, or a set such as 2019 or 2019@1.03`;
  throw new Refusal('invalid-request', detail, [{ pointer, code: 'invalid-factor-policy', detail }]);
}

/** The name of a policy as the API writes it. */
export function policyName(policy: FactorPolicy): string {
  if (policy.kind !== 'fixed') return policy.kind;
  const name = policy.set === `uk-${policy.year}` ? String(policy.year) : policy.set;
  return policy.version === null ? name : `${name}@${policy.version}`;
}

/** Calendar year of the set for a reporting year: the one that holds most of it (rule A1). */
function majorityYear(year: Period, yearStart: ReportingYearStart): number {
  const startYear = Number(year.start.slice(0, 4));
  return Number(yearStart.slice(0, 2)) <= 6 ? startYear : startYear + 1;
}

/** Days of a reporting year in each of the calendar years it touches (rule A2): 275 and 90, or 275 and 91. */
function blendOf(year: Period): FactorYears {
  const first = Number(year.start.slice(0, 4));
  const turn = earlier(calendarYear(first).end, year.end);
  const weights = [
    { year: first, days: lengthDays({ start: year.start, end: turn }) },
    { year: first + 1, days: lengthDays({ start: turn, end: year.end }) },
  ];
  return weights.filter((weight) => weight.days > 0);
}

function spanHolding(day: LocalDay, policy: FactorPolicy, yearStart: ReportingYearStart): FactorSpan {
  if (policy.kind === 'calendar-year') {
    const year = Number(day.slice(0, 4));
    return { ...calendarYear(year), years: [{ year, days: 1 }] };
  }
  const year = reportingYearOf(day, yearStart);
  if (policy.kind === 'blended') return { start: year.start, end: year.end, years: blendOf(year) };
  return { start: year.start, end: year.end, years: [{ year: majorityYear(year, yearStart), days: 1 }] };
}

/**
 * Cuts a span of days where its factors change. The factors of a day follow from the policy, the reporting-year start
 * and the day alone (rule A1), never from the span asked.
 */
export function factorSpans(span: DaySpan, policy: FactorPolicy, yearStart: ReportingYearStart): FactorSpan[] {
  if (policy.kind === 'fixed') return [{ ...span, years: [{ year: policy.year, days: 1 }] }];
  const spans: FactorSpan[] = [];
  for (let start = span.start; start < span.end; ) {
    const whole = spanHolding(start, policy, yearStart);
    const end = earlier(whole.end, span.end);
    spans.push({ start, end, years: whole.years });
    start = end;
  }
  return spans;
}

/** True when a span is made of whole reporting years, so that majority and blended factors mean what their names say. */
export function isWholeReportingYears(span: DaySpan, yearStart: ReportingYearStart): boolean {
  return span.start.slice(5) === yearStart && span.end.slice(5) === yearStart;
}
