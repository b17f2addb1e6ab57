import type { Quality } from './interval-profile.ts';
import type { DaySpan } from './local-day.ts';
import { EVIDENCE_RANK, type SpanTotal } from './span-totals.ts';

/** Consumption stated for a span of whole local days: a bill. Quantities in millionths of the meter's unit. */
export type BilledPeriod = DaySpan & {
  meterId: number;
  totalMicro: bigint;
  quality: Quality;
  /** False when the bill does not say whether its reads were actual; it then counts as actual (rule F4). */
  qualityStated: boolean;
  invoice: string | null;
  costGbp: string | null;
};

/** A billed period as the store knows it. */
export type StoredBilledPeriod = BilledPeriod & { id: string };

/** What an arriving bill does to the stored ones. */
export type BillVerdict =
  | { kind: 'same' }
  | { kind: 'new' }
  | { kind: 'replaces'; stored: StoredBilledPeriod }
  | { kind: 'overlaps'; stored: StoredBilledPeriod };

function isSame(a: BilledPeriod, b: BilledPeriod): boolean {
  return (
    a.totalMicro === b.totalMicro &&
    a.quality === b.quality &&
    a.qualityStated === b.qualityStated &&
    a.invoice === b.invoice &&
    a.costGbp === b.costGbp
  );
}

/**
 * Weighs an arriving bill against those stored for its meter (rules E1 e, E2): over exactly the same days it is a
 * correction, unless nothing differs or it would put an estimate in place of an actual; over some of the same days and
 * of equal rank it overlaps, which is refused; one of another rank stands beside.
 */
export function judgeBill(bill: BilledPeriod, stored: readonly StoredBilledPeriod[]): BillVerdict {
  const sameDays = stored.filter((other) => other.start === bill.start && other.end === bill.end);
  const corrected =
    sameDays.find((other) => other.quality === bill.quality) ?? (bill.quality === 'A' ? sameDays[0] : undefined);
  if (corrected !== undefined)
    return isSame(bill, corrected) ? { kind: 'same' } : { kind: 'replaces', stored: corrected };
  const overlapping = stored.find(
    (other) => other.quality === bill.quality && other.start < bill.end && bill.start < other.end,
  );
  return overlapping === undefined ? { kind: 'new' } : { kind: 'overlaps', stored: overlapping };
}

/** A bill as a total of its span. */
export function spanOfBill(bill: BilledPeriod): SpanTotal {
  const rank = bill.quality === 'A' ? EVIDENCE_RANK['billed-actual'] : EVIDENCE_RANK['billed-estimated'];
  return { start: bill.start, end: bill.end, totalMicro: bill.totalMicro, quality: bill.quality, rank };
}
