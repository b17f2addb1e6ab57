import type { Coverage } from '../coverage.ts';
import type { Decimal } from '../decimal.ts';

export const YEAR_STATUSES = ['on-track', 'off-track', 'met', 'missed', 'insufficient-data', 'not-comparable'] as const;
export type YearStatus = (typeof YEAR_STATUSES)[number];

/** What says whether there is data enough for a verdict on a year. */
export type DataEvidence = {
  /** The known part of the year's emissions, or null when nothing is known. Kilograms, unrounded. */
  actualKg: Decimal | null;
  coverage: Coverage | null;
  /** Lines of the target without a factor. */
  notQuantified: readonly string[];
  /** What is wrong with the figure the path starts from. */
  startReasons: readonly string[];
  missingShareMax: Decimal;
  estimatedShareMax: Decimal;
};

/** What was allowed and emitted since the baseline, of a target with a budget. Kilograms, unrounded. */
export type BudgetEvidence = {
  allowedKg: Decimal;
  /** The known part of it; all of it where no year is unknown. */
  actualKg: Decimal;
  /** Years of which too little is known, or which are not comparable. */
  unknown: readonly string[];
  /** Whether a cap that the target states is used up. */
  capBroken: boolean;
};

/** What a complete year's verdict follows from. Amounts in kilograms, unrounded. */
export type YearEvidence = DataEvidence & {
  allowedKg: Decimal;
  /** Why the figures do not describe the same thing; empty when they do. */
  notComparable: readonly string[];
  isMilestone: boolean;
  /** Null for a target without a budget. */
  budget: BudgetEvidence | null;
};

/** A verdict with its reasons. */
export type YearVerdict = {
  /** Null for a target that has no status of its own. */
  status: YearStatus | null;
  reasons: string[];
  /** Set when the known part alone is above the allowed amount: missing data can only worsen it. */
  alreadyExceedsByKg: Decimal | null;
  annual: 'within' | 'over' | null;
  budget: 'within' | 'over' | null;
};

/** Why there is too little data for a verdict on a year; empty where there is enough (rule H6). */
export function dataReasons(evidence: DataEvidence): string[] {
  const { coverage, notQuantified } = evidence;
  const reasons: string[] = [...evidence.startReasons];
  if (coverage === null || evidence.actualKg === null) reasons.push('no data');
  else {
    // The year is over: what the usual delay may still bring is not there to be judged.
    const absent = Math.round((coverage.missing + (coverage.pending ?? 0)) * 10_000) / 10_000;
    if (evidence.missingShareMax.lt(absent))
      reasons.push(
        `${percent(absent)} of the year is missing, at most ${percent(evidence.missingShareMax.toNumber())} may be`,
      );
    if (evidence.estimatedShareMax.lt(coverage.estimated))
      reasons.push(
        `${percent(coverage.estimated)} of the year is estimated, at most ${percent(evidence.estimatedShareMax.toNumber())} may be`,
      );
    if ((coverage.unweighted ?? 0) > 0)
      reasons.push(`${coverage.unweighted} meters have no data to weigh what is missing by`);
  }
  for (const line of notQuantified) reasons.push(`${line} has no factor`);
  return reasons;
}

const percent = (share: number): string => `${Math.round(share * 10_000) / 100} %`;

/**
 * How the sum since the baseline stands. What is known of it alone can be too much; that it is within needs all of it. Null
 * where it cannot be told, or where there is no budget.
 */
function budgetPart(budget: BudgetEvidence | null): YearVerdict['budget'] {
  if (budget === null) return null;
  if (budget.capBroken || budget.actualKg.gt(budget.allowedKg)) return 'over';
  return budget.unknown.length === 0 ? 'within' : null;
}

/**
 * The verdict on a complete year (rule H6): comparability first, then data, then the amounts. Amounts are compared
 * unrounded, and equality is on track.
 */
export function verdictOf(evidence: YearEvidence): YearVerdict {
  const { actualKg, allowedKg } = evidence;
  const none = { alreadyExceedsByKg: null, annual: null, budget: null };
  if (evidence.notComparable.length > 0)
    return { status: 'not-comparable', reasons: [...evidence.notComparable], ...none };
  const reasons = dataReasons(evidence);
  if (reasons.length > 0 || actualKg === null) {
    const exceeds = actualKg?.gt(allowedKg) === true ? actualKg.minus(allowedKg) : null;
    return { status: 'insufficient-data', reasons, ...none, alreadyExceedsByKg: exceeds };
  }
  const annual = actualKg.lte(allowedKg) ? 'within' : 'over';
  const budget = budgetPart(evidence.budget);
  const found = { reasons: [] as string[], alreadyExceedsByKg: null, annual, budget } as const;
  if (annual === 'within' && budget === null && evidence.budget !== null) {
    const unknown = `the sum since the baseline is not known: ${evidence.budget.unknown.join(', ')}`;
    return { ...found, status: 'insufficient-data', reasons: [unknown] };
  }
  const good = annual === 'within' && budget !== 'over';
  return { ...found, status: evidence.isMilestone ? (good ? 'met' : 'missed') : good ? 'on-track' : 'off-track' };
}
