import type { Coverage } from '../../domain/coverage.ts';
import { Decimal } from '../../domain/decimal.ts';
import type { Estate } from '../../domain/estate.ts';
import type { Period } from '../../domain/period.ts';
import { Refusal } from '../../domain/refusal.ts';
import { rowCoverage } from '../../domain/row-sums.ts';
import { type FigureTerms, publishedTerms, termsOf } from '../../domain/targets/comparability.ts';
import type { CoveredLines } from '../../domain/targets/covered-lines.ts';
import { isAreaTarget, type Target } from '../../domain/targets/target.ts';
import { judgedIn, targetYear } from '../../domain/targets/target-years.ts';
import type { PathStart } from '../../domain/targets/trajectory.ts';
import { knownKg, missingLines, type TargetFigures, withLines } from './target-figures.ts';

/** Where a target's path starts: from a published figure (rule H5), or from the data of a year. */
export type StartYear = { year: number; index: Decimal; publishedKg: Decimal | null };

/** The start of a path with the year it is judged in, how complete its figure is, and what it is about. */
export type FoundStart = PathStart & {
  period: Period;
  /** Null for a published figure. */
  coverage: Coverage | null;
  /** Why it cannot carry a verdict. */
  reasons: readonly string[];
  /** Why nothing can be set against it; empty where it can. */
  notComparable: readonly string[];
  /** What of it is covered beside the estate; null for a published figure. */
  covered: CoveredLines | null;
  terms: FigureTerms;
};

function refuse(detail: string): never {
  throw new Refusal('baseline-outside-data', detail, [{ pointer: '/baseline', code: 'baseline-outside-data', detail }]);
}

/**
 * The year in which a path starts: the baseline year itself, or for a target of an area the year it is re-based in (rules
 * H3, H5).
 * @throws Refusal `baseline-outside-data` for a target of an area with neither, naming both ways.
 */
export function startYearOf(target: Target): StartYear {
  const { baseline, rebasing } = target;
  const year = targetYear(baseline.period, '/baseline/period');
  const whole = { year, index: new Decimal(1) };
  if (baseline.emissionsKgCo2e !== undefined) return { ...whole, publishedKg: new Decimal(baseline.emissionsKgCo2e) };
  if (rebasing !== null) {
    const rebased = targetYear(rebasing.period, '/rebasing/period');
    return { year: rebased, index: new Decimal(rebasing.index), publishedKg: null };
  }
  if (!isAreaTarget(target)) return { ...whole, publishedKg: null };
  return refuse(
    `'${target.key}' counts from ${baseline.period}, for which the estate has no figure: give the estate's own published emissions of ${baseline.period} (baseline.emissionsKgCo2e with its source), or the area's emissions in a year with data as a share of ${baseline.period} (rebasing with its source)`,
  );
}

/** The reporting year in which a path starts. */
export function startPeriodOf(target: Target, { year }: StartYear, { settings }: Pick<Estate, 'settings'>): Period {
  return judgedIn(year, target, settings.reportingYearStart);
}

/** Why a figure from data cannot carry a verdict. */
export function startReasons(
  coverage: Coverage | null,
  lines: readonly string[],
  { label }: Period,
  estate: Estate,
): string[] {
  const reasons = lines.map((line) => `${line} has no factor in ${label}, which the path starts from`);
  if (coverage !== null && estate.settings.missingShareMax.lt(coverage.missing))
    reasons.push(
      `${Math.round(coverage.missing * 10_000) / 100} % of ${label}, which the path starts from, is missing`,
    );
  return reasons;
}

/**
 * The figure a path starts from.
 * @throws Refusal `baseline-outside-data` where there is no data for its year.
 */
export function foundStart(
  target: Target,
  start: StartYear,
  { actuals, estate }: TargetFigures,
  covered: CoveredLines,
): FoundStart {
  const period = startPeriodOf(target, start, estate);
  const { year, index, publishedKg } = start;
  if (publishedKg !== null) {
    const terms = publishedTerms(target, estate.settings, period);
    return {
      year,
      index,
      kg: publishedKg,
      period,
      coverage: null,
      reasons: [],
      notComparable: [],
      covered: null,
      terms,
    };
  }
  const sums = actuals.get(period.start);
  const kg = withLines(knownKg(target, sums), covered);
  if (sums === undefined || kg === null)
    return refuse(
      `'${target.key}' starts from ${period.label}, for which the estate has no data: expected meter data for ${period.start}/${period.end}, or a published figure with its source`,
    );
  const coverage = rowCoverage(sums);
  const reasons = [...startReasons(coverage, missingLines(sums), period, estate), ...covered.gaps];
  const { notComparable } = covered;
  return {
    year,
    index,
    kg,
    period,
    coverage,
    reasons,
    notComparable,
    covered,
    terms: termsOf(target, estate.settings, period),
  };
}
