import { Decimal, roundKg, roundQuantity, sum } from '../../../domain/decimal.ts';
import { answeredPeriod } from '../../../domain/figure-answer.ts';
import type { TargetOffset } from '../../../domain/targets/offset.ts';
import type { BaselineReview } from '../../../services/targets/frozen-baseline.ts';
import type { TargetYear } from '../../../services/targets/judge-years.ts';
import type { TargetProgress } from '../../../services/targets/target-progress.ts';
import type { KnownProgress } from '../../../services/targets/targets.ts';
import type { CsvColumn } from '../../csv.ts';
import { toTargetOutput } from './convert.ts';
import { toParts } from './covered-parts.ts';
import { changePercent, kgOrNull, toOutlook, toRunningYear } from './outlook-convert.ts';
import { noticesOf } from './progress-notices.ts';
import type { ProgressOutput, ProgressYear, RecalculationOutput } from './progress-schemas.ts';

function toRecalculation({ recalculation, significanceThreshold }: TargetProgress): RecalculationOutput {
  const { status, originalKg, effectKg, baselineKg, sites } = recalculation;
  return {
    status,
    method: 'all-year',
    significanceThreshold: significanceThreshold.toNumber(),
    originalKgCo2e: roundKg(originalKg),
    recalculatedKgCo2e: roundKg(baselineKg),
    effectKgCo2e: roundKg(effectKg),
    effectPercent: changePercent(originalKg, originalKg.plus(effectKg)),
    sites: sites.map(({ site, changes, baseYearKg, evidence, effectKg: effect }) => ({
      site,
      changes: changes.map(({ on, reason, direction }) => ({ on, reason, direction })),
      baseYearKgCo2e: kgOrNull(baseYearKg),
      evidence,
      effectKgCo2e: kgOrNull(effect),
    })),
  };
}

function toYear(year: TargetYear, { today, seq }: TargetProgress): ProgressYear {
  const { verdict, allowedKg, actualKg, recalculation, cumulative } = year;
  // What does not describe the same thing has no difference.
  const comparableKg = year.notComparable.length > 0 ? null : year.comparableKg;
  const exceeds = verdict?.alreadyExceedsByKg ?? null;
  return {
    period: answeredPeriod(year.period, today),
    allowedKgCo2e: roundKg(allowedKg),
    actualKgCo2e: kgOrNull(actualKg),
    actual: {
      reported: kgOrNull(actualKg),
      comparable: kgOrNull(year.comparableKg),
    },
    baseline: {
      originalKgCo2e: roundKg(recalculation.originalKg),
      recalculatedKgCo2e: roundKg(recalculation.baselineKg),
      status: recalculation.status,
    },
    changePercent: changePercent(recalculation.baselineKg, comparableKg),
    gapKgCo2e: comparableKg === null ? null : roundKg(comparableKg.minus(allowedKg)),
    gapPercent: changePercent(allowedKg, comparableKg),
    ...toParts(actualKg, year.covered),
    coverage: year.coverage,
    milestone: year.isMilestone,
    status: verdict?.status ?? null,
    ...(verdict === null ? {} : { asOf: { seq, day: today } }),
    ...(verdict?.annual == null ? {} : { annual: verdict.annual }),
    ...(verdict?.budget == null ? {} : { budget: verdict.budget }),
    reasons: verdict?.reasons ?? [],
    provisional: year.provisional,
    ...(exceeds === null ? {} : { alreadyExceeds: true as const, atLeastKg: roundKg(exceeds) }),
    ...(cumulative === null
      ? {}
      : { cumulative: { allowedKgCo2e: roundKg(cumulative.allowedKg), actualKgCo2e: roundKg(cumulative.actualKg) } }),
  };
}

type Review = NonNullable<ProgressOutput['baselineReview']>;

function toReview({ frozenAt, frozenKg, presentKg, causes }: BaselineReview, threshold: Decimal): Review {
  const difference = presentKg.minus(frozenKg);
  return {
    frozenAt,
    frozenKgCo2e: roundKg(frozenKg),
    presentKgCo2e: roundKg(presentKg),
    differenceKgCo2e: roundKg(difference),
    differencePercent: changePercent(frozenKg, presentKg),
    reachesThreshold: !difference.isZero() && difference.abs().gte(frozenKg.abs().times(threshold)),
    causes: causes.flatMap(({ cause, differenceKg }) =>
      differenceKg.isZero() ? [] : [{ cause, differenceKgCo2e: roundKg(differenceKg) }],
    ),
  };
}

/** Offsets as they stand beside progress; nothing where there are none. */
function toOffsets(offsets: readonly TargetOffset[]): Pick<ProgressOutput, 'offsets'> {
  if (offsets.length === 0) return {};
  const tonnes = sum(offsets.map(({ tonnesCo2e }) => new Decimal(tonnesCo2e)));
  return { offsets: { tonnesCo2e: roundQuantity(tonnes), data: [...offsets] } };
}

/** How a target stands, for its answer. */
export function toProgress(progress: KnownProgress): ProgressOutput {
  const { target, seq, today, startPeriod, startKg, startCoverage, years } = progress;
  return {
    target: toTargetOutput(target),
    asOf: { seq, day: today, ...progress.asOf },
    start: {
      period: answeredPeriod(startPeriod, today),
      emissionsKgCo2e: roundKg(startKg),
      ...toParts(startKg, progress.startCovered),
      coverage: startCoverage,
    },
    recalculation: toRecalculation(progress),
    ...(progress.baselineReview !== null && {
      baselineReview: toReview(progress.baselineReview, progress.significanceThreshold),
    }),
    status: years.findLast((year) => year.verdict !== null)?.verdict?.status ?? null,
    rule: {
      id: 'H6',
      page: 'docs/calculation/targets.md',
      missingShareMax: progress.missingShareMax.toNumber(),
      estimatedShareMax: progress.estimatedShareMax.toNumber(),
    },
    ...toOutlook(progress),
    ...(progress.runningYear !== null && { runningYear: toRunningYear(progress.runningYear, today) }),
    data: years.map((year) => toYear(year, progress)),
    ...(progress.factorChanges.length > 0 && {
      factorChanges: progress.factorChanges.map(({ recordedAt, years: changed, ...change }) => ({
        ...change,
        recordedAt: recordedAt.toISOString(),
        years: changed.map((year) => ({ ...year })),
      })),
    }),
    ...toOffsets(target.offsets),
    notices: noticesOf(progress),
  };
}

export const PROGRESS_COLUMNS: readonly CsvColumn<ProgressYear>[] = [
  { header: 'period', value: (year) => year.period.label },
  { header: 'start', value: (year) => year.period.start },
  { header: 'end', value: (year) => year.period.end },
  { header: 'complete', value: (year) => year.period.complete ?? true },
  { header: 'milestone', value: (year) => year.milestone },
  { header: 'allowedKgCo2e', value: (year) => year.allowedKgCo2e },
  { header: 'actualKgCo2e', value: (year) => year.actualKgCo2e },
  { header: 'comparableKgCo2e', value: (year) => year.actual.comparable },
  { header: 'baselineKgCo2e', value: (year) => year.baseline.originalKgCo2e },
  { header: 'recalculatedBaselineKgCo2e', value: (year) => year.baseline.recalculatedKgCo2e },
  { header: 'changePercent', value: (year) => year.changePercent },
  { header: 'gapKgCo2e', value: (year) => year.gapKgCo2e },
  { header: 'gapPercent', value: (year) => year.gapPercent },
  { header: 'cumulativeAllowedKgCo2e', value: (year) => year.cumulative?.allowedKgCo2e },
  { header: 'cumulativeActualKgCo2e', value: (year) => year.cumulative?.actualKgCo2e },
  { header: 'coverageActual', value: (year) => year.coverage?.actual },
  { header: 'coverageEstimated', value: (year) => year.coverage?.estimated },
  { header: 'coverageMissing', value: (year) => year.coverage?.missing },
  { header: 'coveragePending', value: (year) => year.coverage?.pending },
  { header: 'status', value: (year) => year.status },
  { header: 'annual', value: (year) => year.annual },
  { header: 'budget', value: (year) => year.budget },
  { header: 'alreadyExceedsByAtLeastKg', value: (year) => year.atLeastKg },
  { header: 'provisional', value: (year) => year.provisional.join('; ') },
  { header: 'reasons', value: (year) => year.reasons.join('; ') },
  { header: 'asOfSeq', value: (year) => year.asOf?.seq },
  { header: 'asOfDay', value: (year) => year.asOf?.day },
];
