import { reportingYearOf } from '../../domain/buckets.ts';
import { localDayOf } from '../../domain/calendar.ts';
import type { Coverage } from '../../domain/coverage.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { FigureSettings } from '../../domain/estate.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import type { Period } from '../../domain/period.ts';
import { untypedLeases } from '../../domain/targets/comparability.ts';
import type { CoveredLines } from '../../domain/targets/covered-lines.ts';
import { type Outlook, outlookOf } from '../../domain/targets/outlook.ts';
import type { Recalculation } from '../../domain/targets/recalculation.ts';
import { sameDays } from '../../domain/targets/season.ts';
import type { Target } from '../../domain/targets/target.ts';
import { type Trajectory, trajectoryOf } from '../../domain/targets/trajectory.ts';
import type { FigureDeps } from '../figures/answer-figure.ts';
import { baseYearOf } from './base-year.ts';
import { type Judged, judgeYears, type TargetYear } from './judge-years.ts';
import { foundStart, startPeriodOf, startYearOf } from './path-start.ts';
import { type RunningYear, runningYear } from './running-year.ts';
import { coveredBy } from './stated-lines.ts';
import { actualsOf, asTargetCounts } from './target-figures.ts';

/** A target with its years judged. `startKg` is the amount its path starts from, in the year `startPeriod`. */
export type JudgedTarget = {
  target: Target;
  seq: string;
  today: LocalDay;
  startPeriod: Period;
  startKg: Decimal;
  trajectory: Trajectory;
  startCoverage: Coverage | null;
  /** What of `startKg` is covered beside the estate; null for a published figure. */
  startCovered: CoveredLines | null;
  /** The baseline as transfers until today leave it. */
  recalculation: Recalculation;
  years: TargetYear[];
} & Limits;

/** How a target stands: its years, what is ahead of it, and the running year so far. */
export type TargetProgress = JudgedTarget & { outlook: Outlook; runningYear: RunningYear | null };

/** How many years before the running one are read, to tell of seasons (rule H6). */
const SEASON_YEARS = 3;

/** The years that are read: from the start of the path to the running year, and for seasons from three years before it. */
function yearsRead(first: Period, running: Period, reportingYearStart: string, seasons: boolean): [Period, Period] {
  if (first.start > running.start) return [first, first];
  const back = reportingYearOf(sameDays(running, SEASON_YEARS).start, reportingYearStart);
  return [seasons && back.start < first.start ? back : first, running];
}

type Limits = Pick<
  FigureSettings,
  'significanceThreshold' | 'missingShareMax' | 'estimatedShareMax' | 'reportingYearStart'
>;

/** The settings that verdicts go by. */
function limitsOf({ significanceThreshold, missingShareMax, estimatedShareMax, reportingYearStart }: Limits): Limits {
  return { significanceThreshold, missingShareMax, estimatedShareMax, reportingYearStart };
}

/** A target judged, with what it was judged by: figures as it counts them, now and as its baseline is frozen. */
export type JudgedWork = { deps: FigureDeps; frozen: FigureDeps; judged: Judged; found: JudgedTarget };

/**
 * Judges a target and keeps what it was judged by; with `seasons` the years before are read that tell of them (rule H6).
 * @throws Refusal as `judgedTarget` does.
 */
export async function judgeTarget(
  now: FigureDeps,
  target: Target,
  then: FigureDeps | null,
  seasons: boolean,
): Promise<JudgedWork> {
  const startYear = startYearOf(target);
  const deps = asTargetCounts(now, target);
  const frozen = then === null ? deps : asTargetCounts(then, target);
  const today = localDayOf(deps.now());
  const known = await deps.currentEstate();
  const first = startPeriodOf(target, startYear, known);
  const { reportingYearStart } = known.settings;
  const running = reportingYearOf(today, reportingYearStart);
  const { actuals, estate } = await actualsOf(deps, target, ...yearsRead(first, running, reportingYearStart, seasons));
  const origin = then === null ? { actuals, estate } : await actualsOf(frozen, target, first, first);
  const coveredIn = await coveredBy(deps, target);
  const coveredThen = then === null ? coveredIn : await coveredBy(frozen, target);
  const start = foundStart(target, startYear, origin, coveredThen(first));
  const trajectory = trajectoryOf(target, start);
  const baseYear = await baseYearOf({ deps, frozen }, estate, target, first, start.kg, today);
  const leases = untypedLeases(target, estate);
  const judged = { target, estate, today, start, trajectory, actuals, baseYear, coveredIn, untypedLeases: leases };
  const found: JudgedTarget = {
    ...{
      target,
      today,
      trajectory,
      seq: estate.seq,
      years: await judgeYears(judged),
      recalculation: baseYear.until(today),
    },
    startPeriod: start.period,
    startKg: start.kg,
    startCoverage: start.coverage,
    startCovered: start.covered,
    ...limitsOf(estate.settings),
  };
  return { deps, frozen, judged, found };
}

/**
 * Judges a target year by year (rules D5, H1 to H6): allowed, actual, gap and verdict. A frozen baseline is computed from
 * what was known when it was frozen (rule H5).
 * @throws Refusal `baseline-outside-data` where the path has nothing to start from, naming both ways out; as figures do for
 * a part of the estate that names nothing.
 */
export async function judgedTarget(now: FigureDeps, target: Target, then: FigureDeps | null): Promise<JudgedTarget> {
  return (await judgeTarget(now, target, then, false)).found;
}

/**
 * How a target stands: its years judged, its budgets, the cut that is needed, and the running year so far.
 * @throws Refusal as `judgedTarget` does.
 */
export async function targetProgress(
  now: FigureDeps,
  target: Target,
  then: FigureDeps | null,
): Promise<TargetProgress> {
  const { deps, judged, found } = await judgeTarget(now, target, then, true);
  const { years, recalculation } = found;
  const { reportingYearStart } = found;
  const outlook = outlookOf({
    ...{ target, years, reportingYearStart, trajectory: judged.trajectory },
    startKg: recalculation.baselineKg,
    startsFromData: startYearOf(target).publishedKg === null,
  });
  return { ...found, outlook, runningYear: await runningYear(deps, judged, years) };
}
