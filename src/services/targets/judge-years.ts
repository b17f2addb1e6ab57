import type { Coverage } from '../../domain/coverage.ts';
import { type Decimal, ZERO } from '../../domain/decimal.ts';
import type { Estate } from '../../domain/estate.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import type { Period } from '../../domain/period.ts';
import { rowCoverage } from '../../domain/row-sums.ts';
import { type BudgetYear, isCapBroken } from '../../domain/targets/budget.ts';
import { differencesBetween, termsOf } from '../../domain/targets/comparability.ts';
import type { CoveredLines } from '../../domain/targets/covered-lines.ts';
import type { Recalculation } from '../../domain/targets/recalculation.ts';
import { hasStatus, type Target } from '../../domain/targets/target.ts';
import {
  type BudgetEvidence,
  type DataEvidence,
  dataReasons,
  verdictOf,
  type YearVerdict,
} from '../../domain/targets/target-status.ts';
import { judgedIn, targetYear } from '../../domain/targets/target-years.ts';
import type { Trajectory } from '../../domain/targets/trajectory.ts';
import type { BaseYear } from './base-year.ts';
import type { FoundStart } from './path-start.ts';
import { type Actuals, knownKg, missingLines, withLines } from './target-figures.ts';

/** One year of a target, exact. */
export type TargetYear = BudgetYear & {
  /** As reported: each change of the boundary by the day. */
  actualKg: Decimal | null;
  /** As it is judged: with a recalculated baseline, each transfer of the year for the whole year (rule D5). */
  comparableKg: Decimal | null;
  /** The baseline that the year is judged against, with what led to it. */
  recalculation: Recalculation;
  /** Why the year cannot be set against the baseline; empty where it can. */
  notComparable: readonly string[];
  coverage: Coverage | null;
  /** What it covers beside the estate; part of both actual amounts. */
  covered: CoveredLines;
  provisional: string[];
  isMilestone: boolean;
  /** Null for a year that is not over: there is no verdict on it. */
  verdict: YearVerdict | null;
  /** Sums since the baseline, that year not among them; null where one of the years is not known. */
  cumulative: { allowedKg: Decimal; actualKg: Decimal } | null;
};

/** Everything that the years of a target are judged by. */
export type Judged = {
  target: Target;
  estate: Estate;
  today: LocalDay;
  start: FoundStart;
  trajectory: Trajectory;
  actuals: Actuals;
  baseYear: BaseYear;
  coveredIn: (period: Period) => CoveredLines;
  /** Why no year's figures can be made as the target counts them; null where they can. */
  untypedLeases: string | null;
};

/** Why a recalculation is not complete, or nothing where it is. */
function recalculationDue({ status, sites }: Recalculation): string[] {
  if (status !== 'recalculation-incomplete') return [];
  const unknown = sites.filter(({ effectKg }) => effectKg === null);
  const named = unknown.flatMap(({ changes }) => changes.map(({ site, reason, on }) => `${site} (${reason} on ${on})`));
  return [
    `recalculation-incomplete: ${named.join(', ')} changed the boundary, and what it emitted in the base year is not known: state it with PUT /v1/targets/{target}/recalculations/{site}`,
  ];
}

/** Why a year cannot be set against the baseline (rules D5, H5, H6). */
function notComparable(judged: Judged, recalculation: Recalculation, period: Period, covered: CoveredLines): string[] {
  const { target, estate, today, start, untypedLeases } = judged;
  const differences = differencesBetween(start.terms, termsOf(target, estate.settings, period));
  const unstated = period.end > today ? [] : covered.notComparable;
  return [
    ...(untypedLeases === null ? [] : [untypedLeases]),
    ...differences,
    ...recalculationDue(recalculation),
    ...new Set([...start.notComparable, ...unstated]),
  ];
}

type Unjudged = Omit<TargetYear, 'verdict' | 'cumulative'> & Pick<DataEvidence, 'actualKg' | 'notQuantified'>;

/** A year with its figures, before the verdict. */
async function yearOf(judged: Judged, year: number, period: Period): Promise<Unjudged | null> {
  const { target, today, trajectory, actuals, baseYear, start } = judged;
  const recalculation = baseYear.until(period.end);
  const allowedKg = trajectory.allowedKg(year, recalculation.baselineKg);
  if (allowedKg === null) return null;
  const reported = actuals.get(period.start);
  const moved = recalculation.status === 'recalculated' && period.start < today;
  const sums = (moved ? await baseYear.comparable(period) : null) ?? reported;
  const isRunning = period.end > today && period.start < today;
  const covered = judged.coveredIn(period);
  const reasons = notComparable(judged, recalculation, period, covered);
  const comparableKg = withLines(knownKg(target, sums), covered);
  const found = {
    ...{ year, period, allowedKg, recalculation, comparableKg, covered },
    isOver: period.end <= today,
    actualKg: withLines(knownKg(target, reported), covered),
    notComparable: reasons,
    coverage: sums === undefined ? null : rowCoverage(sums),
    provisional: [
      ...(sums?.marks.provisional ?? []),
      ...(covered.isProvisional ? ['stated-as-provisional'] : []),
      ...(isRunning ? ['year-running'] : []),
    ],
    isMilestone: target.milestones.some((milestone) => targetYear(milestone.period, '/milestones') === year),
    notQuantified: missingLines(sums),
  };
  // The path starts from the figure of its first year, whatever the data of that year says now.
  const ownKg = year === start.year ? start.kg : comparableKg;
  const isKnown =
    year === start.year ? start.reasons.length === 0 : dataReasons(evidenceOf(judged, found)).length === 0;
  const countedKg = found.isOver && isKnown && reasons.length === 0 ? ownKg : null;
  return { ...found, countedKg, knownKg: reasons.length === 0 ? ownKg : null };
}

/** What says whether there is data enough for a verdict on a year. */
function evidenceOf(
  { estate, start }: Judged,
  {
    comparableKg,
    coverage,
    notQuantified,
    covered,
  }: Pick<Unjudged, 'comparableKg' | 'coverage' | 'notQuantified' | 'covered'>,
): DataEvidence {
  const { missingShareMax, estimatedShareMax } = estate.settings;
  const limits = { missingShareMax, estimatedShareMax };
  // What is missing of stated lines is missing data as well.
  const startReasons = [...start.reasons, ...covered.gaps];
  return { actualKg: comparableKg, coverage, notQuantified, startReasons, ...limits };
}

type Sums = Omit<BudgetEvidence, 'capBroken'>;

/** The sums since the baseline with one more year that is over. */
function addYear(sums: Sums, { period, allowedKg, countedKg, knownKg: known }: Unjudged): Sums {
  return {
    allowedKg: sums.allowedKg.plus(allowedKg),
    actualKg: sums.actualKg.plus(known ?? ZERO),
    unknown: countedKg === null ? [...sums.unknown, period.label] : sums.unknown,
  };
}

/** Whether a year is shown: up to the last amount of the path, and after it until today. */
function isShown({ trajectory, today }: Judged, year: number, period: Period): boolean {
  return year <= trajectory.lastYear || period.start < today;
}

/** Judges the years of a target from its start to its last amount, or to today (rules D5, H1, H5, H6). */
export async function judgeYears(judged: Judged): Promise<TargetYear[]> {
  const { target, estate, start } = judged;
  const { reportingYearStart } = estate.settings;
  const years: TargetYear[] = [];
  let sums: Sums = { allowedKg: ZERO, actualKg: ZERO, unknown: [] };
  for (let number = start.year; ; number += 1) {
    const period = judgedIn(number, target, reportingYearStart);
    if (!isShown(judged, number, period)) return years;
    const year = await yearOf(judged, number, period);
    if (year === null) continue;
    const { notQuantified: _lines, ...rest } = year;
    const isJudged = year.isOver && number !== start.year;
    if (isJudged) sums = addYear(sums, year);
    const budget = { ...sums, capBroken: isCapBroken(target, [...years, rest], reportingYearStart) };
    const found = verdictOf({
      ...evidenceOf(judged, year),
      ...{ allowedKg: year.allowedKg, notComparable: year.notComparable, isMilestone: year.isMilestone },
      budget: target.budgets.length > 0 ? budget : null,
    });
    const verdict = !isJudged ? null : hasStatus(target) ? found : { ...found, status: null };
    const { allowedKg, actualKg } = sums;
    const cumulative = isJudged && sums.unknown.length === 0 ? { allowedKg, actualKg } : null;
    years.push({ ...rest, verdict, cumulative });
  }
}
