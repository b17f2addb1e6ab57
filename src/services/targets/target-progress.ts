import { reportingYearOf } from '../../domain/buckets.ts';
import { localDayOf } from '../../domain/calendar.ts';
import type { Coverage } from '../../domain/coverage.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import type { Period } from '../../domain/period.ts';
import { untypedLeases } from '../../domain/targets/comparability.ts';
import type { CoveredLines } from '../../domain/targets/covered-lines.ts';
import type { Recalculation } from '../../domain/targets/recalculation.ts';
import type { Target } from '../../domain/targets/target.ts';
import { trajectoryOf } from '../../domain/targets/trajectory.ts';
import type { FigureDeps } from '../figures/answer-figure.ts';
import { baseYearOf } from './base-year.ts';
import { judgeYears, type TargetYear } from './judge-years.ts';
import { foundStart, startPeriodOf, startYearOf } from './path-start.ts';
import { coveredBy } from './stated-lines.ts';
import { actualsOf, asTargetCounts } from './target-figures.ts';

/** How a target stands. `startKg` is the amount its path starts from, in the year `startPeriod`. */
export type TargetProgress = {
  target: Target;
  seq: string;
  today: LocalDay;
  startPeriod: Period;
  startKg: Decimal;
  startCoverage: Coverage | null;
  /** What of `startKg` is covered beside the estate; null for a published figure. */
  startCovered: CoveredLines | null;
  /** The baseline as transfers until today leave it. */
  recalculation: Recalculation;
  significanceThreshold: Decimal;
  years: TargetYear[];
};

/**
 * How a target stands, year by year (rules D5, H1 to H6): allowed, actual, gap and verdict. A frozen baseline is computed
 * from what was known when it was frozen (rule H5).
 * @throws Refusal `baseline-outside-data` where the path has nothing to start from, naming both ways out; as figures do for
 * a part of the estate that names nothing.
 */
export async function targetProgress(
  now: FigureDeps,
  target: Target,
  then: FigureDeps | null,
): Promise<TargetProgress> {
  const startYear = startYearOf(target);
  const deps = asTargetCounts(now, target);
  const frozen = then === null ? deps : asTargetCounts(then, target);
  const today = localDayOf(deps.now());
  const known = await deps.currentEstate();
  const first = startPeriodOf(target, startYear, known);
  const running = reportingYearOf(today, known.settings.reportingYearStart);
  const { actuals, estate } = await actualsOf(deps, target, first, first.start > running.start ? first : running);
  const origin = then === null ? { actuals, estate } : await actualsOf(frozen, target, first, first);
  const coveredIn = await coveredBy(deps, target);
  const coveredThen = then === null ? coveredIn : await coveredBy(frozen, target);
  const start = foundStart(target, startYear, origin, coveredThen(first));
  const trajectory = trajectoryOf(target, start);
  const baseYear = await baseYearOf({ deps, frozen }, estate, target, first, start.kg, today);
  const years = await judgeYears({
    ...{ target, estate, today, start, trajectory, actuals, baseYear, coveredIn },
    untypedLeases: untypedLeases(target, estate),
  });
  return {
    ...{ target, today, years, seq: estate.seq },
    startPeriod: start.period,
    startKg: start.kg,
    startCoverage: start.coverage,
    startCovered: start.covered,
    recalculation: baseYear.until(today),
    significanceThreshold: estate.settings.significanceThreshold,
  };
}
