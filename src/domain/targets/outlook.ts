import type { Decimal } from '../decimal.ts';
import type { Period } from '../period.ts';
import {
  type BudgetContext,
  type BudgetStanding,
  type BudgetYear,
  budgetStanding,
  type PresentRate,
  pathBudget,
} from './budget.ts';
import { cutToReach, type NeededCut } from './needed-cut.ts';
import type { Target } from './target.ts';
import { targetYear } from './target-years.ts';
import type { Trajectory } from './trajectory.ts';

/** What is ahead of a target: its budgets, and the cut that its next milestone needs. Kilograms, unrounded. */
export type Outlook = {
  /** Null where no year is over, comparable and known. */
  rate: PresentRate | null;
  budgets: BudgetStanding[];
  nextMilestone: { year: number; period: Period; allowedKg: Decimal; needed: NeededCut | null } | null;
};

/** What an outlook is made from. */
export type OutlookInput = {
  target: Target;
  trajectory: Trajectory;
  years: readonly BudgetYear[];
  /** Start of the path that the baseline leaves after all transfers until today (rule D5). */
  startKg: Decimal;
  reportingYearStart: string;
  /** False for a path that starts from a published figure: its year is no present. */
  startsFromData: boolean;
};

/** The last year that is over, comparable and known; a published baseline is none. */
function presentRate({ years, startsFromData, trajectory }: OutlookInput): PresentRate | null {
  const found = years.findLast(
    ({ year, isOver, countedKg }) => isOver && countedKg !== null && (startsFromData || year !== trajectory.start.year),
  );
  return found === undefined || found.countedKg === null
    ? null
    : { year: found.year, period: found.period, kg: found.countedKg };
}

function nextMilestone({ target, years }: OutlookInput, rate: PresentRate | null): Outlook['nextMilestone'] {
  const named = new Set(target.milestones.map(({ period }) => targetYear(period, '/milestones')));
  const next = years.find(({ year, isOver }) => !isOver && named.has(year));
  if (next === undefined) return null;
  const { year, period, allowedKg } = next;
  return { year, period, allowedKg, needed: rate === null ? null : cutToReach(rate.kg, allowedKg, year - rate.year) };
}

/** What is ahead of a target: by its own budgets, or where it has none by the whole of its path (rule H1). */
export function outlookOf(input: OutlookInput): Outlook {
  const { target, trajectory, years, startKg, reportingYearStart } = input;
  const rate = presentRate(input);
  const known = new Map(years.map(({ year, allowedKg }) => [year, allowedKg]));
  const allowedIn = (year: number): Decimal | null => known.get(year) ?? trajectory.allowedKg(year, startKg);
  const context: BudgetContext = { target, years, allowedIn, rate, reportingYearStart };
  const path = target.budgets.length > 0 ? null : pathBudget(years, trajectory.lastYear);
  const budgets = target.budgets.map((budget) =>
    budgetStanding(budget, budget.kgCo2e === undefined ? 'computed' : 'stated', context),
  );
  if (path !== null) budgets.push(budgetStanding(path, 'path', context));
  return { rate, budgets, nextMilestone: nextMilestone(input, rate) };
}
