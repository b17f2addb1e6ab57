import { spansOfBills } from './bill-spans.ts';
import type { StoredBilledPeriod } from './billed-period.ts';
import type { IntervalProfile } from './interval-profile.ts';
import type { DaySpan, LocalDay } from './local-day.ts';
import { coverOf } from './span-cover.ts';
import { type SpanTotal, settleSpans } from './span-totals.ts';

/** What became of a bill. */
export const BILL_USES = [
  'used',
  'merged',
  'covered',
  'conflict',
  'open',
  'superseded',
  'cancelled',
  'credit-note',
] as const;
export type BillUse = (typeof BILL_USES)[number];

/** A bill that better evidence covers whole: what that adds up to, in millionths (rule E1 c). */
export type Reconciliation = { intervalsMicro: bigint; differenceMicro: bigint };

/** What became of a bill, and the total of a span that it is part of where it still stands. */
export type UsedBill = {
  use: BillUse;
  span: (DaySpan & { totalMicro: bigint }) | null;
  reconciliation: Reconciliation | null;
};

/** All of a meter's evidence that its bills are weighed against. */
export type BillEvidence = {
  /** Bills that stand, credit notes among them. */
  standing: readonly StoredBilledPeriod[];
  /** Totals of register reads. */
  registerTotals: readonly SpanTotal[];
  profiles: ReadonlyMap<LocalDay, IntervalProfile>;
};

/** What becomes of the bills that stand, by their number (rules E1, E3). */
export function usesOfBills({ standing, registerTotals, profiles }: BillEvidence): Map<string, UsedBill> {
  const uses = new Map<string, UsedBill>();
  for (const bill of standing)
    uses.set(bill.id, { use: bill.credits === null ? 'open' : 'credit-note', span: null, reconciliation: null });
  const billed = spansOfBills(standing);
  const totals = [...registerTotals, ...billed.map(({ span }) => span)];
  const conflicts = new Set(
    settleSpans(totals, profiles).conflicts.map(({ start, end, totalMicro }) => `${start} ${end} ${totalMicro}`),
  );
  for (const { span, bills } of billed) {
    const { start, end, totalMicro } = span;
    const { coveredMicro, isWhole } = coverOf(span, totals, profiles);
    const isConflict = conflicts.has(`${start} ${end} ${totalMicro}`);
    const use = isConflict ? 'conflict' : isWhole ? 'covered' : bills.length > 1 ? 'merged' : 'used';
    const reconciliation = isWhole
      ? { intervalsMicro: coveredMicro, differenceMicro: coveredMicro - totalMicro }
      : null;
    for (const { id } of bills) uses.set(id, { use, span: { start, end, totalMicro }, reconciliation });
  }
  return uses;
}
