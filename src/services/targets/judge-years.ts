import type { Coverage } from '../../domain/coverage.ts';
import { type Decimal, ZERO } from '../../domain/decimal.ts';
import type { Estate } from '../../domain/estate.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import type { Period } from '../../domain/period.ts';
import { rowCoverage } from '../../domain/row-sums.ts';
import { differencesBetween, termsOf } from '../../domain/targets/comparability.ts';
import type { CoveredLines } from '../../domain/targets/covered-lines.ts';
import type { Recalculation } from '../../domain/targets/recalculation.ts';
import type { Target } from '../../domain/targets/target.ts';
import { verdictOf, type YearVerdict } from '../../domain/targets/target-status.ts';
import { judgedIn, targetYear } from '../../domain/targets/target-years.ts';
import type { Trajectory } from '../../domain/targets/trajectory.ts';
import type { BaseYear } from './base-year.ts';
import type { FoundStart } from './path-start.ts';
import { type Actuals, knownKg, missingLines, withLines } from './target-figures.ts';

/** One year of a target, exact. */
export type TargetYear = {
  year: number;
  period: Period;
  allowedKg: Decimal;
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

type Unjudged = Omit<TargetYear, 'verdict' | 'cumulative'> & { notQuantified: string[] };

/** A year with its figures, before the verdict. */
async function yearOf(judged: Judged, year: number, milestones: ReadonlySet<number>): Promise<Unjudged | null> {
  const { target, estate, today, trajectory, actuals, baseYear } = judged;
  const period = judgedIn(year, target, estate.settings.reportingYearStart);
  const recalculation = baseYear.until(period.end);
  const allowedKg = trajectory.allowedKg(year, recalculation.baselineKg);
  if (allowedKg === null) return null;
  const reported = actuals.get(period.start);
  const moved = recalculation.status === 'recalculated' && period.start < today;
  const sums = (moved ? await baseYear.comparable(period) : null) ?? reported;
  const covered = judged.coveredIn(period);
  const isRunning = period.end > today && period.start < today;
  return {
    year,
    period,
    allowedKg,
    actualKg: withLines(knownKg(target, reported), covered),
    comparableKg: withLines(knownKg(target, sums), covered),
    covered,
    recalculation,
    notComparable: notComparable(judged, recalculation, period, covered),
    coverage: sums === undefined ? null : rowCoverage(sums),
    provisional: [
      ...(sums?.provisional ?? []),
      ...(covered.isProvisional ? ['stated-as-provisional'] : []),
      ...(isRunning ? ['year-running'] : []),
    ],
    isMilestone: milestones.has(year),
    notQuantified: missingLines(sums),
  };
}

type Cumulative = TargetYear['cumulative'];

/** The sums since the baseline with one more year; null from the first year that is not known or not comparable. */
function addYear(sums: Cumulative, { allowedKg, comparableKg, covered, notComparable: reasons }: Unjudged): Cumulative {
  if (sums === null || comparableKg === null || reasons.length > 0 || covered.gaps.length > 0) return null;
  return { allowedKg: sums.allowedKg.plus(allowedKg), actualKg: sums.actualKg.plus(comparableKg) };
}

/** Judges the years of a target from its start to its last amount (rules D5, H1, H5, H6). */
export async function judgeYears(judged: Judged): Promise<TargetYear[]> {
  const { target, estate, today, start, trajectory } = judged;
  const { missingShareMax, estimatedShareMax } = estate.settings;
  const milestones = new Set(target.milestones.map(({ period }) => targetYear(period, '/milestones')));
  const years: TargetYear[] = [];
  let cumulative: Cumulative = { allowedKg: ZERO, actualKg: ZERO };
  for (let number = start.year; number <= trajectory.lastYear; number += 1) {
    const year = await yearOf(judged, number, milestones);
    if (year === null) continue;
    const { notQuantified, ...rest } = year;
    const isJudged = year.period.end <= today && number !== start.year;
    if (isJudged) cumulative = addYear(cumulative, year);
    const verdict = isJudged
      ? verdictOf({
          ...{ allowedKg: year.allowedKg, actualKg: year.comparableKg, coverage: year.coverage, notQuantified },
          ...{ notComparable: year.notComparable, isMilestone: year.isMilestone, missingShareMax, estimatedShareMax },
          // What is missing of stated lines is missing data as well.
          startReasons: [...start.reasons, ...year.covered.gaps],
          cumulative: target.budgets.length > 0 ? cumulative : null,
        })
      : null;
    years.push({ ...rest, verdict, cumulative: isJudged ? cumulative : null });
  }
  return years;
}
