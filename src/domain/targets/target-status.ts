import type { Coverage } from '../coverage.ts';
import type { Decimal } from '../decimal.ts';

export const YEAR_STATUSES = ['on-track', 'off-track', 'met', 'missed', 'insufficient-data', 'not-comparable'] as const;
export type YearStatus = (typeof YEAR_STATUSES)[number];

/** What a complete year's verdict follows from. Amounts in kilograms, unrounded. */
export type YearEvidence = {
  allowedKg: Decimal;
  /** The known part of the year's emissions, or null when nothing is known. */
  actualKg: Decimal | null;
  coverage: Coverage | null;
  /** Lines of the target without a factor. */
  notQuantified: readonly string[];
  /** What is wrong with the figure the path starts from. */
  startReasons: readonly string[];
  /** Why the figures do not describe the same thing; empty when they do. */
  notComparable: readonly string[];
  isMilestone: boolean;
  /** Cumulative amounts since the baseline, where the target has a budget. */
  cumulative: { allowedKg: Decimal; actualKg: Decimal } | null;
  missingShareMax: Decimal;
  estimatedShareMax: Decimal;
};

/** A verdict with its reasons. */
export type YearVerdict = {
  status: YearStatus;
  reasons: string[];
  /** Set when the known part alone is above the allowed amount: missing data can only worsen it. */
  alreadyExceedsByKg: Decimal | null;
  annual: 'within' | 'over' | null;
  budget: 'within' | 'over' | null;
};

function dataReasons(evidence: YearEvidence): string[] {
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
 * The verdict on a complete year (rule H6): comparability first, then data, then the amounts. Amounts are compared
 * unrounded, and equality is on track.
 */
export function verdictOf(evidence: YearEvidence): YearVerdict {
  const { actualKg, allowedKg, cumulative } = evidence;
  const none = { alreadyExceedsByKg: null, annual: null, budget: null };
  if (evidence.notComparable.length > 0)
    return { status: 'not-comparable', reasons: [...evidence.notComparable], ...none };
  const reasons = dataReasons(evidence);
  if (reasons.length > 0 || actualKg === null) {
    const exceeds = actualKg?.gt(allowedKg) === true ? actualKg.minus(allowedKg) : null;
    return { status: 'insufficient-data', reasons, ...none, alreadyExceedsByKg: exceeds };
  }
  const annual = actualKg.lte(allowedKg) ? 'within' : 'over';
  const budget = cumulative === null ? null : cumulative.actualKg.lte(cumulative.allowedKg) ? 'within' : 'over';
  const good = annual === 'within' && budget !== 'over';
  const status = evidence.isMilestone ? (good ? 'met' : 'missed') : good ? 'on-track' : 'off-track';
  return { status, reasons: [], alreadyExceedsByKg: null, annual, budget };
}
