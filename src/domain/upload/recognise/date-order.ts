import { addMonths, dayOfNumber } from '../../local-day.ts';
import { cellText } from '../cells.ts';
import { needsDateOrder, readDay } from '../day-text.ts';
import { DATE_ORDERS, type DateOrder, type Layout } from '../layout.ts';
import { dateTextOf } from '../moment-text.ts';
import { quoted } from '../row-fault.ts';
import type { Decision, Hints, Question, Sample } from './recognition.ts';
import { eachRow } from './sample-lines.ts';

/** The order of dates: settled, or open between several. */
export type FoundOrder = { orders: (DateOrder | null)[]; decision: Decision | null; question: Question | null };

/** Different dates that are compared. */
const DATES_MAX = 5_000;
const DAY_MS = 86_400_000;

const MEANING: Readonly<Record<DateOrder, string>> = {
  'day-first': 'the day, then the month, then the year',
  'month-first': 'the month, then the day, then the year',
  'year-first': 'the year, then the month, then the day',
};

/** The different dates whose order has to be known; none where most rows have dates that are clear of themselves. */
function datesOf(sample: Sample, layout: Layout): string[] {
  const texts = new Set<string>();
  let clear = 0;
  let open = 0;
  eachRow(sample, layout, (cells) => {
    const text = dateTextOf(cellText(cells, layout.columns.date.index));
    if (!needsDateOrder(text)) {
      if (typeof readDay(text, null) === 'number') clear += 1;
      return;
    }
    open += 1;
    if (texts.size < DATES_MAX) texts.add(text);
  });
  return open > clear ? [...texts] : [];
}

/** The days that dates are in an order, or null when too many are none, or lie in the future. */
function daysIn(texts: readonly string[], order: DateOrder, nowMs: number): number[] | null {
  const days = texts.map((text) => readDay(text, order));
  const good = days.filter((day): day is number => typeof day === 'number' && day * DAY_MS <= nowMs);
  // A line of totals or a slip of the pen is no evidence against an order that all others follow.
  return good.length > 0 && good.length >= days.length * 0.98 ? good : null;
}

/** How many of the days are followed by the next day. */
function stepsOfOneDay(days: readonly number[]): number {
  const all = new Set(days);
  return [...all].filter((day) => all.has(day + 1)).length;
}

/** How many of the days are followed by the same day of the next month. */
function stepsOfOneMonth(days: readonly number[]): number {
  const all = new Set(days.map((day) => dayOfNumber(day)));
  return [...all].filter((day) => all.has(addMonths(day, 1))).length;
}

/**
 * Whether days in a row may be months in a row, written day first: `01/01`, `01/02`, `01/03` are both. Values of half-hours
 * do not come once a month.
 */
function mayBeMonths(best: Reading, readings: readonly Reading[], layout: Layout): boolean {
  const isDaily = layout.shape === 'reading-rows' && layout.isDaily;
  const dayFirst = readings.find(({ order }) => order === 'day-first');
  if (!isDaily || best.order === 'day-first' || dayFirst === undefined) return false;
  return stepsOfOneMonth(dayFirst.days) >= best.steps;
}

type Reading = { order: DateOrder; days: number[]; steps: number };

function settledBy(
  texts: readonly string[],
  readings: readonly Reading[],
  layout: Layout,
): { reading: Reading; reason: string } | null {
  const [only] = readings;
  if (only === undefined) return null;
  if (readings.length === 1)
    return {
      reading: only,
      reason: `Only so are all of them dates up to today, such as ${quoted(texts.at(-1) ?? '')}.`,
    };
  const [best, next] = readings.toSorted((a, b) => b.steps - a.steps);
  if (best === undefined || next === undefined || best.steps === next.steps) return null;
  if (mayBeMonths(best, readings, layout)) return null;
  return {
    reading: best,
    reason: `So ${best.steps} of ${best.days.length} days are followed by the next day, otherwise ${next.steps}.`,
  };
}

function isSame(readings: readonly Reading[]): boolean {
  return new Set(readings.map(({ days }) => days.join())).size === 1;
}

/** Tells in which order the dates of a file are written, from the dates themselves. */
export function findDateOrder(sample: Sample, layout: Layout, { dateOrder, nowMs }: Hints): FoundOrder {
  if (dateOrder !== null) return { orders: [dateOrder], decision: null, question: null };
  const texts = datesOf(sample, layout);
  if (texts.length === 0) return { orders: [null], decision: null, question: null };
  const readings = DATE_ORDERS.flatMap((order) => {
    const days = daysIn(texts, order, nowMs);
    return days === null ? [] : [{ order, days, steps: stepsOfOneDay(days) }];
  });
  const about = { about: 'dateOrder', column: layout.columns.date.header } as const;
  const settled = settledBy(texts, readings, layout);
  if (settled !== null) {
    const { reading, reason } = settled;
    const certainty = readings.length === 1 ? 'certain' : 'likely';
    return { orders: [reading.order], decision: { ...about, value: reading.order, reason, certainty }, question: null };
  }
  // Rows that are no dates in any order are refused one by one, with the reason.
  if (readings.length === 0 || isSame(readings))
    return { orders: [readings[0]?.order ?? 'day-first'], decision: null, question: null };
  const question: Question = {
    parameter: 'dateOrder',
    question: `In which order are dates such as ${quoted(texts[0] ?? '')} written?`,
    options: readings.map(({ order }) => ({ value: order, meaning: MEANING[order] })),
    reason:
      'The dates of the file can be read in more than one order, and none gives more days in a row than another, unless they are months in a row.',
  };
  return { orders: readings.map(({ order }) => order), decision: null, question };
}
