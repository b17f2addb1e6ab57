import { type Decimal, ZERO } from '../decimal.ts';
import { gapTo, sumOf } from './projected-year.ts';
import { exactly, type Ranged, together } from './trend.ts';

/** Everything from the start of a target to its last year: allowed, emitted so far, and still to come. Kilograms. */
export type BudgetOutlook = {
  allowedKg: Decimal;
  /** What was emitted until the base year; null where that is not known. */
  emittedKg: Decimal | null;
  projected: Ranged;
  /** Emitted and projected together, less allowed; null where what was emitted is not known. */
  gap: Ranged | null;
};

/** Sums what was emitted and what is to come against what is allowed (rule H1). */
export function budgetOutlook(
  toDate: { allowedKg: Decimal; actualKg: Decimal } | null,
  allowedSoFarKg: Decimal,
  coming: readonly { allowedKg: Decimal; amount: Ranged }[],
): BudgetOutlook {
  const projected = sumOf(coming.map(({ amount }) => amount));
  const allowedKg = coming.reduce((sum, year) => sum.plus(year.allowedKg), toDate?.allowedKg ?? allowedSoFarKg);
  const emittedKg = toDate?.actualKg ?? null;
  const gap = emittedKg === null ? null : gapTo(together([exactly(emittedKg), projected]), allowedKg);
  return { allowedKg: allowedKg.plus(ZERO), emittedKg, projected, gap };
}
