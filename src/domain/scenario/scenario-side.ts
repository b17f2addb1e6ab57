import { type Decimal, ZERO } from '../decimal.ts';
import type { LocalDay } from '../local-day.ts';
import type { BudgetOutlook } from '../projection/budget-outlook.ts';
import type { Ranged } from '../projection/trend.ts';
import { type BudgetYear, runsOutOn } from '../targets/budget.ts';

/** A year to come on one side of a comparison. Kilograms. */
export type SideYear = Pick<BudgetYear, 'year' | 'period'> & {
  allowedKg: Decimal;
  amount: Ranged;
  /** What is left of everything allowed until the last year, at the end of this one; null where what was emitted is not known. */
  leftKg: Decimal | null;
};

/** Years to come with some measures, or without them. */
export type ScenarioSide = {
  years: readonly SideYear[];
  budget: BudgetOutlook;
  /** The day on which everything allowed until the last year is used up; null where that is not before its end, or not known. */
  runsOutOn: LocalDay | null;
};

/** Follows a budget through the years to come, at what is expected (rule H1). */
export function scenarioSide(
  past: readonly BudgetYear[],
  coming: readonly Omit<SideYear, 'leftKg'>[],
  budget: BudgetOutlook,
): ScenarioSide {
  const { allowedKg, emittedKg } = budget;
  let left = allowedKg.minus(emittedKg ?? ZERO);
  const years = coming.map((year) => {
    left = left.minus(year.amount.expected);
    return { ...year, leftKg: emittedKg === null ? null : left };
  });
  const counted = coming.map(({ year, period, allowedKg: allowed, amount: { expected } }): BudgetYear => {
    return { year, period, allowedKg: allowed, isOver: false, countedKg: expected, knownKg: expected };
  });
  return { years, budget, runsOutOn: emittedKg === null ? null : runsOutOn(allowedKg, [...past, ...counted], null) };
}
