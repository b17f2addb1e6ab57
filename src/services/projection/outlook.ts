import { ZERO } from '../../domain/decimal.ts';
import { type BudgetOutlook, budgetOutlook } from '../../domain/projection/budget-outlook.ts';
import type { Ranged } from '../../domain/projection/trend.ts';
import type { TargetYear } from '../targets/judge-years.ts';
import type { Projection } from './project-target.ts';

/** The years of a target until the base year, that of its start not among them. */
export function countedPast({ progress, carried }: Projection): TargetYear[] {
  return progress.years.filter(({ period }) => period.start < carried.base.end).slice(1);
}

/** Everything from the start of a target to its last year, with amounts of the years to come as they are asked for (rule H1). */
export function outlookOf(
  projection: Projection,
  coming: readonly { allowedKg: TargetYear['allowedKg']; amount: Ranged }[],
): BudgetOutlook {
  const past = countedPast(projection);
  const none = { allowedKg: ZERO, actualKg: ZERO };
  const known = past.length === 0 ? none : (past.at(-1)?.cumulative ?? null);
  return budgetOutlook(
    known,
    past.reduce((sum, year) => sum.plus(year.allowedKg), ZERO),
    coming,
  );
}
