import { type Decimal, ZERO } from '../decimal.ts';
import { addDays, addMonths, type DaySpan, earlier, type LocalDay, lengthDays, monthStart } from '../local-day.ts';
import type { DegreeDayValue } from './degree-days.ts';

/**
 * The degree days of one series, laid over the calendar. Month by month it is decided once how they are known, so that the
 * days of any two spans add up to those of both:
 * - `days`: by day. The days that are not there are missing.
 * - `month`: as a total, because some of its days are not there. A part of the month takes its share by days.
 */
export type WeatherCalendar = {
  /** Degree days of a day; null where they are missing, never 0. */
  ofDay(day: LocalDay): Decimal | null;
  /** Degree days of a span; null where those of any of its days are missing. */
  of(span: DaySpan): Decimal | null;
  /** Whether the degree days of a span are measured: no month that is known as a total alone is cut by it. */
  isMeasured(span: DaySpan): boolean;
};

type Month = { days: Map<LocalDay, Decimal>; total: Decimal | null };

const spanOfMonth = (start: LocalDay): DaySpan => ({ start, end: addMonths(start, 1) });

/** The months of a span, each with the days of it that the span holds. */
export function monthParts(span: DaySpan): { month: LocalDay; whole: number; part: DaySpan }[] {
  const parts: { month: LocalDay; whole: number; part: DaySpan }[] = [];
  for (let start = span.start; start < span.end; ) {
    const month = spanOfMonth(monthStart(start));
    const end = earlier(month.end, span.end);
    parts.push({ month: month.start, whole: lengthDays(month), part: { start, end } });
    start = end;
  }
  return parts;
}

/** A month that all days are known of is known by day; another one by its total, where there is one. */
function totalThatCounts(month: Month, whole: number): Decimal | null {
  return month.total !== null && month.days.size < whole ? month.total : null;
}

function rememberedBySpan<Value>(make: (span: DaySpan) => Value): (span: DaySpan) => Value {
  const known = new Map<string, Value>();
  return (span) => {
    const name = `${span.start} ${span.end}`;
    if (known.has(name)) return known.get(name) as Value;
    const value = make(span);
    known.set(name, value);
    return value;
  };
}

/** Lays values of one series over the calendar. */
export function weatherCalendar(values: readonly Omit<DegreeDayValue, 'source'>[]): WeatherCalendar {
  const months = new Map<LocalDay, Month>();
  for (const { day, resolution, degreeDays } of values) {
    const first = monthStart(day);
    const month = months.get(first) ?? { days: new Map<LocalDay, Decimal>(), total: null };
    if (resolution === 'month') month.total = degreeDays;
    else month.days.set(day, degreeDays);
    months.set(first, month);
  }

  const ofPart = ({ month: first, whole, part }: ReturnType<typeof monthParts>[number]): Decimal | null => {
    const month = months.get(first);
    if (month === undefined) return null;
    const total = totalThatCounts(month, whole);
    if (total !== null) return total.times(lengthDays(part)).div(whole);
    let sum = ZERO;
    for (let day = part.start; day < part.end; day = addDays(day, 1)) {
      const value = month.days.get(day);
      if (value === undefined) return null;
      sum = sum.plus(value);
    }
    return sum;
  };

  const sumOf = (span: DaySpan): Decimal | null => {
    let sum = ZERO;
    for (const part of monthParts(span)) {
      const value = ofPart(part);
      if (value === null) return null;
      sum = sum.plus(value);
    }
    return sum;
  };

  const isMeasured = (span: DaySpan): boolean =>
    monthParts(span).every(({ month: first, whole, part }) => {
      const month = months.get(first);
      return month === undefined || totalThatCounts(month, whole) === null || lengthDays(part) === whole;
    });

  // The meters of a region ask for the same months.
  const of = rememberedBySpan(sumOf);
  return { of, ofDay: (day) => of({ start: day, end: addDays(day, 1) }), isMeasured: rememberedBySpan(isMeasured) };
}
