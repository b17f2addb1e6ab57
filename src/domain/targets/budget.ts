import { Decimal, sum, ZERO } from '../decimal.ts';
import { addDays, type DaySpan, type LocalDay, lengthDays } from '../local-day.ts';
import type { Period } from '../period.ts';
import { cutToStayWithin, type NeededCut } from './needed-cut.ts';
import { isAreaTarget, type Target, type TargetBudget } from './target.ts';

/** A year as budgets add it up. */
export type BudgetYear = {
  year: number;
  period: Period;
  allowedKg: Decimal;
  isOver: boolean;
  /** Emissions of the year, where it is over, comparable and known well enough for a verdict. */
  countedKg: Decimal | null;
  /** The known part of them; null where nothing is known, or where it is not comparable. */
  knownKg: Decimal | null;
};

/** Emissions of the last year that is over, comparable and known: what "at the present rate" means. */
export type PresentRate = { year: number; period: Period; kg: Decimal };

/** A budget, and what has become of it (rule H1). Amounts in kilograms, unrounded. */
export type BudgetStanding = {
  budget: TargetBudget;
  /** `path`: the whole of the path. `computed`: the path over the span. `stated`: a cap of its own. */
  kind: 'path' | 'computed' | 'stated';
  years: readonly number[];
  /** What may be emitted in all; null where it cannot be told. */
  budgetKg: Decimal | null;
  /** What the path allows in the same years. */
  pathKg: Decimal | null;
  /** The years that are over. */
  toDate: {
    allowedKg: Decimal;
    /** Null where a year is not known well enough; `atLeastKg` is what is known. */
    usedKg: Decimal | null;
    atLeastKg: Decimal;
    until: LocalDay;
  };
  leftKg: Decimal | null;
  runsOutOn: LocalDay | null;
  needed: NeededCut | null;
  /** Why something of it cannot be told. */
  reasons: readonly string[];
};

/** The target's years that a span of days is made of; null for one that cuts a year. */
export function budgetYears(
  { yearBasis }: Pick<Target, 'yearBasis'>,
  { start, end }: DaySpan,
  reportingYearStart: string,
): number[] | null {
  const first = yearBasis === 'calendar' ? '01-01' : reportingYearStart;
  if (start.slice(5) !== first || end.slice(5) !== first || start >= end) return null;
  const year = Number(start.slice(0, 4));
  return Array.from({ length: Number(end.slice(0, 4)) - year }, (_, index) => year + index);
}

/** The whole of a path as a budget: from the year after its start to its last amount. */
export function pathBudget(years: readonly BudgetYear[], lastYear: number): TargetBudget | null {
  const [first, ...later] = years.filter(({ year }) => year <= lastYear);
  const last = later.at(-1);
  return first === undefined || last === undefined ? null : { start: first.period.end, end: last.period.end };
}

const BEYOND: LocalDay = '2199-12-31';

/**
 * The day on which a budget is used up: inside a year that was counted, evenly over its days, or at the present rate after
 * them. Null where nothing tells, or not before 2200.
 */
export function runsOutOn(
  budgetKg: Decimal,
  counted: readonly BudgetYear[],
  rate: PresentRate | null,
): LocalDay | null {
  let left = budgetKg;
  for (const { period, countedKg } of counted) {
    const kg = countedKg ?? ZERO;
    if (kg.gt(left)) return addDays(period.start, left.times(lengthDays(period)).div(kg).floor().toNumber());
    left = left.minus(kg);
  }
  const from = counted.at(-1)?.period.end;
  if (from === undefined || rate === null || rate.kg.lte(0)) return null;
  const days = left.times(lengthDays(rate.period)).div(rate.kg).floor();
  if (days.gt(lengthDays({ start: from, end: BEYOND }))) return null;
  return addDays(from, days.toNumber());
}

/** What a budget is judged with: the years of its target, what the path allows in any year, and the present rate. */
export type BudgetContext = {
  target: Target;
  years: readonly BudgetYear[];
  allowedIn(year: number): Decimal | null;
  rate: PresentRate | null;
  reportingYearStart: string;
};

const NOTHING = { budgetKg: null, pathKg: null, leftKg: null, runsOutOn: null, needed: null } as const;

function untold(budget: TargetBudget, kind: BudgetStanding['kind'], reason: string): BudgetStanding {
  const toDate = { allowedKg: ZERO, usedKg: null, atLeastKg: ZERO, until: budget.start };
  return { budget, kind, years: [], ...NOTHING, toDate, reasons: [reason] };
}

/** The years of a budget that are over, added up. */
function toDateOf(budget: TargetBudget, over: readonly BudgetYear[]): BudgetStanding['toDate'] {
  const isKnown = over.every(({ countedKg }) => countedKg !== null);
  const atLeastKg = sum(over.map(({ knownKg }) => knownKg ?? ZERO));
  return {
    allowedKg: sum(over.map(({ allowedKg }) => allowedKg)),
    usedKg: isKnown ? sum(over.map(({ countedKg }) => countedKg ?? ZERO)) : null,
    atLeastKg,
    until: over.at(-1)?.period.end ?? budget.start,
  };
}

/** How a budget stands: what was allowed and used so far, what is left, when it runs out and what would keep it (rule H1). */
export function budgetStanding(
  budget: TargetBudget,
  kind: BudgetStanding['kind'],
  { target, years, allowedIn, rate, reportingYearStart }: BudgetContext,
): BudgetStanding {
  const within =
    kind === 'path'
      ? years.filter(({ period }) => period.start >= budget.start && period.end <= budget.end).map(({ year }) => year)
      : budgetYears(target, budget, reportingYearStart);
  if (within === null) return untold(budget, kind, 'it is not made of whole years of the target');
  if (kind === 'stated' && isAreaTarget(target))
    return untold(budget, kind, "it is a cap of the area, and none of the council's estate");
  const allowed = within.map((year) => allowedIn(year));
  if (allowed.includes(null)) return untold(budget, kind, 'it starts before the path does');
  const pathKg = sum(allowed.map((kg) => kg ?? ZERO));
  const budgetKg = kind === 'stated' ? new Decimal(budget.kgCo2e ?? 0) : pathKg;
  const over = years.filter(({ year, isOver }) => isOver && within.includes(year));
  const toDate = toDateOf(budget, over);
  const unknown = over.filter(({ countedKg }) => countedKg === null).map(({ period }) => period.label);
  const told = { budget, kind, years: within, budgetKg, pathKg, toDate };
  if (toDate.usedKg === null) {
    const reason = `what was used is not known: ${unknown.join(', ')} ${unknown.length === 1 ? 'has' : 'have'} no verdict`;
    return { ...told, leftKg: null, runsOutOn: null, needed: null, reasons: [reason] };
  }
  const leftKg = budgetKg.minus(toDate.usedKg);
  const ahead = rate === null ? [] : within.filter((year) => year > rate.year).map((year) => year - rate.year);
  const isPresent = rate !== null && !over.some(({ year }) => year > rate.year);
  return {
    ...told,
    leftKg,
    runsOutOn: over.length === 0 ? null : runsOutOn(budgetKg, over, rate),
    needed: isPresent ? cutToStayWithin(rate.kg, leftKg, ahead) : null,
    reasons: [],
  };
}

/** Whether a cap that a target states is used up by the years that are over, as far as they are known. */
export function isCapBroken(target: Target, years: readonly BudgetYear[], reportingYearStart: string): boolean {
  return target.budgets.some((budget) => {
    const within = isAreaTarget(target) ? null : budgetYears(target, budget, reportingYearStart);
    if (budget.kgCo2e === undefined || within === null) return false;
    const over = years.filter(({ year, isOver }) => isOver && within.includes(year));
    return toDateOf(budget, over).atLeastKg.gt(budget.kgCo2e);
  });
}
