import type { BilledPeriod, StoredBilledPeriod } from './billed-period.ts';
import { groupBy } from './group-by.ts';
import type { Quality } from './interval-profile.ts';
import type { LocalDay } from './local-day.ts';
import { EVIDENCE_RANK, type SpanTotal } from './span-totals.ts';

/** A total of a span and the bills it is made of. */
export type BillSpan<Bill extends BilledPeriod = BilledPeriod> = { span: SpanTotal; bills: readonly Bill[] };

function spanOf(bills: readonly BilledPeriod[], quality: Quality): SpanTotal {
  const rank = quality === 'A' ? EVIDENCE_RANK['billed-actual'] : EVIDENCE_RANK['billed-estimated'];
  const totalMicro = bills.reduce((sum, bill) => sum + bill.totalMicro, 0n);
  return { start: bills[0]?.start ?? '', end: bills.at(-1)?.end ?? '', totalMicro, quality, rank };
}

/** The bill that ends where another begins; of several the estimated one, because only that can be made good. */
function predecessors<Bill extends BilledPeriod>(bills: readonly Bill[]): ReadonlyMap<LocalDay, Bill> {
  const byEnd = new Map<LocalDay, Bill>();
  for (const bill of bills) {
    const other = byEnd.get(bill.end);
    if (other === undefined || other.closingRead === 'A') byEnd.set(bill.end, bill);
  }
  return byEnd;
}

/** The bills from the last actual read before `bill` up to it, or null where none of them begins on one. */
function sinceActualRead<Bill extends BilledPeriod>(bill: Bill, byEnd: ReadonlyMap<LocalDay, Bill>): Bill[] | null {
  const chain = [bill];
  for (let first = bill; ; ) {
    const before = byEnd.get(first.start);
    const opening = first.openingRead ?? before?.closingRead ?? 'A';
    if (opening === 'A') return chain;
    if (before === undefined || before.closingRead === 'A') return null;
    chain.unshift(before);
    first = before;
  }
}

/** Deliveries by their day, each with all that came on it. */
function byDay<Bill extends BilledPeriod>(deliveries: readonly Bill[]): Map<LocalDay, Bill[]> {
  return groupBy(deliveries, ({ start }) => start);
}

/**
 * The totals of deliveries (rule B2): what came on a day is burnt from it until the next delivery comes or another bill
 * begins. The last has no end yet and is no total: its days are missing until something says when it was used up.
 */
function spansOfDeliveries<Bill extends BilledPeriod>(
  deliveries: readonly Bill[],
  bills: readonly Bill[],
): BillSpan<Bill>[] {
  const starts = [...new Set([...deliveries, ...bills].map(({ start }) => start))].sort();
  return [...byDay(deliveries)].flatMap(([start, own]): BillSpan<Bill>[] => {
    const end = starts.find((day) => day > start);
    if (end === undefined) return [];
    const quality = own.every((each) => each.quality === 'A') ? 'A' : 'E';
    return [{ span: { ...spanOf(own, quality), end }, bills: own }];
  });
}

/**
 * The totals of spans that a meter's bills and deliveries fix (rules E1, E3). A bill that ends on an actual read and begins on an
 * estimated one makes the estimated bills before it good: all since the last actual read become one span with their
 * summed total, actual. Credit notes are no totals.
 */
export function spansOfBills<Bill extends Omit<StoredBilledPeriod, 'id'>>(bills: readonly Bill[]): BillSpan<Bill>[] {
  const all = bills.filter(({ credits }) => credits === null);
  const standing = all.filter(({ isDelivery }) => isDelivery !== true);
  const deliveries = all.filter(({ isDelivery }) => isDelivery === true);
  const byEnd = predecessors(standing);
  const merged: BillSpan<Bill>[] = [];
  const taken = new Set<Bill>();
  for (const bill of standing) {
    if (bill.openingRead !== 'E' || bill.closingRead !== 'A') continue;
    const chain = sinceActualRead(bill, byEnd);
    if (chain === null) continue;
    for (const part of chain) taken.add(part);
    merged.push({ span: spanOf(chain, 'A'), bills: chain });
  }
  const alone = standing.filter((bill) => !taken.has(bill));
  const own = alone.map((bill) => ({ span: spanOf([bill], bill.quality), bills: [bill] }));
  return [...merged, ...own, ...spansOfDeliveries(deliveries, standing)];
}
