import { addDays, addMonths, type DaySpan, dayNumber, earlier, type LocalDay } from '../../src/domain/local-day.ts';
import type { Bill } from './demo-meter.ts';
import { randomAt } from './random.ts';
import { dayTotal, type Series } from './series.ts';

/** The days bills are cut at: the first of every `months`-th month from April on, and the meter's own ends. */
export function billSpans(span: DaySpan, months: readonly number[]): DaySpan[] {
  const spans: DaySpan[] = [];
  let start = span.start;
  for (let cut = addMonths(start, 1); start < span.end; cut = addMonths(cut, 1)) {
    if (cut < span.end && !months.includes(Number(cut.slice(5, 7)))) continue;
    const end = earlier(cut, span.end);
    spans.push({ start, end });
    start = end;
  }
  return spans;
}

export const EVERY_MONTH = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
export const QUARTERS = [1, 4, 7, 10];

function total(series: Series, { start, end }: DaySpan): number {
  let sum = 0;
  for (let day = start; day < end; day = addDays(day, 1)) sum += dayTotal(series(day));
  return sum;
}

export type BillPlan = {
  series: Series;
  span: { start: LocalDay; end: LocalDay | null };
  /** Months, 1 to 12, on whose first day a bill may end. */
  months: readonly number[];
  /** Days after its end that a bill arrives. */
  delayDays: number;
  decimals: number;
  seed: number;
  invoice: string;
  /** Winter bills on an estimated read, put right by the next. */
  estimates: boolean;
};

/** Bills that have arrived by the day before `until`. What an estimated one states too little, the next one adds. */
export function billsOf(plan: BillPlan, until: LocalDay): Bill[] {
  const scale = 10 ** plan.decimals;
  const spans = billSpans({ start: plan.span.start, end: plan.span.end ?? addMonths(until, 12) }, plan.months);
  let used = 0;
  let billed = 0;
  const bills: Bill[] = [];
  for (const { start, end } of spans) {
    if (addDays(end, plan.delayDays) > until) break;
    used += total(plan.series, { start, end });
    const isWinter = ['11', '12', '01', '02'].includes(start.slice(5, 7));
    const isEstimated = plan.estimates && isWinter && randomAt(plan.seed, dayNumber(start)) < 0.18;
    const exact = used - billed;
    const stated = isEstimated ? exact * (0.84 + 0.12 * randomAt(plan.seed + 1, dayNumber(start))) : exact;
    const quantity = Math.round(stated * scale) / scale;
    billed += quantity;
    const invoice = `${plan.invoice}-${end.replaceAll('-', '')}`;
    bills.push({ start, end, quantity, quality: isEstimated ? 'estimated' : 'actual', invoice });
  }
  return bills;
}
