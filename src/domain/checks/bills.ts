import type { StoredBilledPeriod } from '../billed-period.ts';
import { type IntervalProfile, MICRO } from '../interval-profile.ts';
import { addMonths, type DaySpan, daysBetween, earlier, intersect, type LocalDay } from '../local-day.ts';
import { type SpanTotal, settleSpans } from '../span-totals.ts';
import type { CheckSettings } from './check-settings.ts';
import { type MeterFinding, printed } from './finding.ts';
import type { MeterSeries } from './meter-series.ts';

/** The quantity that intervals alone give a span; NaN where they do not cover it whole. */
function measuredIn(series: MeterSeries, { start, end }: DaySpan): number {
  const from = daysBetween(series.start, start);
  const to = daysBetween(series.start, end);
  if (from < 0 || to > series.days) return Number.NaN;
  let sum = 0;
  for (let day = from; day < to; day += 1) sum += series.measured[day] === 1 ? (series.quantity[day] ?? 0) : Number.NaN;
  return sum;
}

const percent = (share: number): string => `${share >= 0 ? '+' : ''}${(share * 100).toFixed(2)} %`;

/**
 * Bills whose days intervals cover whole, where the two differ (rules E1 c, E12): by more than a share of the bill and by
 * more than a quantity. The intervals stand in the figures.
 */
export function checkReconciliation(
  series: MeterSeries,
  totals: readonly SpanTotal[],
  asked: DaySpan,
  { billReconciliation }: CheckSettings,
): MeterFinding[] {
  return totals.flatMap((total): MeterFinding[] => {
    if (intersect(total, asked) === null) return [];
    const seen = measuredIn(series, total);
    const expected = Number(total.totalMicro) / MICRO;
    const excess = seen - expected;
    const tooFar = Math.abs(excess) > billReconciliation.share * Math.abs(expected);
    if (!(tooFar && Math.abs(excess) > billReconciliation.quantity)) return [];
    const { unit } = series.meter;
    const share = expected === 0 ? '' : `, ${percent(excess / expected)}`;
    const detail = `intervals ${printed(seen)} against a total of ${printed(expected)} ${unit}: ${printed(excess)}${share}; the intervals stand`;
    const { start, end } = total;
    return [{ check: 'bill-against-intervals', start, end, detail, seen, expected, unit }];
  });
}

/** Bills smaller than the intervals of a part of their days (rule E1 d): nothing of them is spread. */
export function checkBillConflicts(
  totals: readonly SpanTotal[],
  profiles: ReadonlyMap<LocalDay, IntervalProfile>,
  asked: DaySpan,
  unit: string,
): MeterFinding[] {
  if (profiles.size === 0 || totals.length === 0) return [];
  return settleSpans(totals, profiles).conflicts.flatMap(({ code, start, end, totalMicro, coveredMicro }) => {
    if (intersect({ start, end }, asked) === null) return [];
    const seen = Number(coveredMicro) / MICRO;
    const expected = Number(totalMicro) / MICRO;
    const detail = `intervals of a part of the days add up to ${printed(seen)} ${unit}, more than the total of ${printed(expected)}: nothing is spread, the other days are missing`;
    return [{ check: code, start, end, detail, seen, expected, unit }];
  });
}

/** Estimated bills one after the other, and meters that nobody has read for long (rule E12). */
export function checkEstimatedTooLong(
  bills: readonly StoredBilledPeriod[],
  asked: DaySpan,
  today: LocalDay,
  { estimatedTooLong }: CheckSettings,
): MeterFinding[] {
  const { billsRunning, monthsWithoutActual } = estimatedTooLong;
  const ordered = [...bills].sort((a, b) => (a.end < b.end ? -1 : 1));
  const findings: MeterFinding[] = [];
  let run: StoredBilledPeriod[] = [];
  const close = (): void => {
    const [first] = run;
    const last = run.at(-1);
    if (first === undefined || last === undefined || run.length < billsRunning) return;
    const span = { start: first.start, end: last.end };
    const detail = `${run.length} estimated bills one after the other: expected a read one within ${billsRunning}`;
    const numbers = { seen: run.length, expected: billsRunning, unit: 'bills' };
    if (intersect(span, asked) !== null) findings.push({ check: 'estimated-too-long', ...span, detail, ...numbers });
  };
  for (const bill of ordered) {
    if (bill.closingRead === 'E') {
      run.push(bill);
      continue;
    }
    close();
    run = [];
  }
  close();
  const end = earlier(asked.end, today);
  const read = ordered.findLast((bill) => bill.closingRead === 'A' && bill.end <= end)?.end ?? ordered[0]?.start;
  const isEstimated = ordered.some((bill) => bill.closingRead === 'E' && bill.end <= end && bill.end > (read ?? ''));
  if (read === undefined || !isEstimated || addMonths(read, monthsWithoutActual) > end || findings.length > 0)
    return findings;
  const seen = daysBetween(read, end);
  const detail = `nothing but estimates since ${read}: expected a read bill within ${monthsWithoutActual} months`;
  const expected = daysBetween(read, addMonths(read, monthsWithoutActual));
  return [{ check: 'estimated-too-long', start: read, end, detail, seen, expected, unit: 'days' }];
}

/** What a unit costs by the bills that say it; null where none does. */
export function pricePerUnit(bills: readonly StoredBilledPeriod[]): number | null {
  let cost = 0;
  let quantity = 0;
  for (const { costGbp, totalMicro } of bills) {
    if (costGbp === null || totalMicro <= 0n) continue;
    cost += Number(costGbp);
    quantity += Number(totalMicro) / MICRO;
  }
  return quantity > 0 ? cost / quantity : null;
}
