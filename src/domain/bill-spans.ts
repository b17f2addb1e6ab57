import type { BilledPeriod, StoredBilledPeriod } from './billed-period.ts';
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

/**
 * The totals of spans that a meter's bills fix (rules E1, E3). A bill that ends on an actual read and begins on an
 * estimated one makes the estimated bills before it good: all since the last actual read become one span with their
 * summed total, actual. Credit notes are no totals.
 */
export function spansOfBills<Bill extends Omit<StoredBilledPeriod, 'id'>>(bills: readonly Bill[]): BillSpan<Bill>[] {
  const standing = bills.filter(({ credits }) => credits === null);
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
  return [...merged, ...alone.map((bill) => ({ span: spanOf([bill], bill.quality), bills: [bill] }))];
}
