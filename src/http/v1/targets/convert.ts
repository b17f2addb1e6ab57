import { type Decimal, roundKg, roundPercent } from '../../../domain/decimal.ts';
import { answeredPeriod } from '../../../domain/figure-answer.ts';
import { isAreaTarget, judgedScopes, type Target } from '../../../domain/targets/target.ts';
import type { TargetFilter } from '../../../services/target-store.ts';
import type { BaselineReview } from '../../../services/targets/frozen-baseline.ts';
import type { TargetYear } from '../../../services/targets/judge-years.ts';
import type { TargetProgress } from '../../../services/targets/target-progress.ts';
import type { KnownProgress } from '../../../services/targets/targets.ts';
import type { CsvColumn } from '../../csv.ts';
import { toParts } from './covered-parts.ts';
import type { ProgressOutput, ProgressYear, RecalculationOutput } from './progress-schemas.ts';
import type { TargetInput, TargetOutput, TargetQuery } from './schemas.ts';

/** A target from its request, with what was left out filled in. */
export function fromTargetInput(key: string, input: TargetInput): Target {
  return {
    key,
    name: input.name,
    status: input.status ?? 'adopted',
    boundary: input.boundary as Target['boundary'],
    gas: input.gas ?? 'co2e',
    scopes: [...(input.scopes ?? [])],
    lines: [...(input.lines ?? [])],
    basis: input.basis ?? 'location',
    factors: input.factors ?? 'reporting-year',
    yearBasis: input.yearBasis ?? 'reporting',
    path: input.path ?? 'linear',
    yearlyReductionPercent: input.yearlyReductionPercent ?? null,
    allowances: [...(input.allowances ?? [])] as Target['allowances'],
    baseline: input.baseline as Target['baseline'],
    milestones: input.milestones as Target['milestones'],
    budgets: (input.budgets ?? []) as Target['budgets'],
    otherEmissions: [...(input.otherEmissions ?? [])],
    rebasing: input.rebasing ?? null,
    recalculations: [],
    source: input.source,
    notes: input.notes ?? null,
  };
}

/** A target for its answer. */
export function toTargetOutput(target: Target): TargetOutput {
  const {
    rebasing,
    notes,
    yearlyReductionPercent,
    allowances,
    otherEmissions,
    recalculations: _stated,
    ...fields
  } = target;
  return {
    ...fields,
    ...(yearlyReductionPercent === null ? {} : { yearlyReductionPercent }),
    ...(allowances.length === 0 ? {} : { allowances }),
    ...(otherEmissions.length === 0 ? {} : { otherEmissions }),
    ...(rebasing === null ? {} : { rebasing }),
    ...(notes === null ? {} : { notes }),
  } as TargetOutput;
}

export function fromTargetQuery({ status, boundary }: TargetQuery): TargetFilter {
  return { status: status ?? null, boundary: boundary ?? null };
}

/** A change of one amount to another in percent, to one decimal; null where there is nothing to change from. */
function changePercent(from: Decimal, to: Decimal | null): number | null {
  return to === null || from.isZero() ? null : roundPercent(to.minus(from).times(100).div(from));
}

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
      baseYearKgCo2e: baseYearKg === null ? null : roundKg(baseYearKg),
      evidence,
      effectKgCo2e: effect === null ? null : roundKg(effect),
    })),
  };
}

function toYear(year: TargetYear, progress: TargetProgress): ProgressYear {
  const { verdict, allowedKg, actualKg, recalculation, cumulative } = year;
  // What does not describe the same thing has no difference.
  const comparableKg = year.notComparable.length > 0 ? null : year.comparableKg;
  const exceeds = verdict?.alreadyExceedsByKg ?? null;
  return {
    period: answeredPeriod(year.period, progress.today),
    allowedKgCo2e: roundKg(allowedKg),
    actualKgCo2e: actualKg === null ? null : roundKg(actualKg),
    actual: {
      reported: actualKg === null ? null : roundKg(actualKg),
      comparable: year.comparableKg === null ? null : roundKg(year.comparableKg),
    },
    baseline: {
      originalKgCo2e: roundKg(recalculation.originalKg),
      recalculatedKgCo2e: roundKg(recalculation.baselineKg),
      status: recalculation.status,
    },
    changePercent: changePercent(recalculation.baselineKg, comparableKg),
    gapKgCo2e: comparableKg === null ? null : roundKg(comparableKg.minus(allowedKg)),
    ...toParts(actualKg, year.covered),
    coverage: year.coverage,
    milestone: year.isMilestone,
    status: verdict?.status ?? null,
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

function noticesOf({ target, startPeriod, recalculation, baselineReview }: KnownProgress): string[] {
  const notices: string[] = [];
  if (target.status === 'adopted' && target.baseline.kind === 'computed' && baselineReview === null)
    notices.push(
      'The baseline of this adopted target is not frozen: it moves with late data, corrections and new versions of factors. Freeze it with baseline.frozenAt.',
    );
  if (isAreaTarget(target)) {
    notices.push(
      `Pro-rata: the pathway of ${target.boundary.name} applied to the council's own buildings. It does not measure the progress of ${target.boundary.name}, of whose emissions the council's estate is a small part.`,
    );
    notices.push(`The estate is read against it on scopes ${judgedScopes(target).join(' and ')}.`);
  }
  if (target.yearBasis === 'calendar')
    notices.push(
      `Calendar years of the target are judged in the reporting year that holds most of their days, such as ${startPeriod.label}.`,
    );
  if (recalculation.status === 'recalculated')
    notices.push(
      'The baseline is recalculated for transfers of sites; verdicts set comparable emissions, in which a transferred site counts for the whole year or not at all, against it. New editions of factors never recalculate it.',
    );
  if (recalculation.status !== 'none' && target.milestones.some(({ emissionsKgCo2e }) => emissionsKgCo2e !== undefined))
    notices.push('Milestones stated as amounts keep their share of the baseline when it is recalculated.');
  if (target.milestones.some((milestone) => milestone.netZero === true))
    notices.push(
      'A net-zero milestone states no gross amount, so the path ends at the last milestone that does. Offsets and exports are in no figure.',
    );
  return notices;
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
    data: years.map((year) => toYear(year, progress)),
    ...(progress.factorChanges.length > 0 && {
      factorChanges: progress.factorChanges.map(({ recordedAt, years: changed, ...change }) => ({
        ...change,
        recordedAt: recordedAt.toISOString(),
        years: changed.map((year) => ({ ...year })),
      })),
    }),
    notices: noticesOf(progress),
  };
}

export const TARGET_COLUMNS: readonly CsvColumn<TargetOutput>[] = [
  { header: 'key', value: (target) => target.key },
  { header: 'name', value: (target) => target.name },
  { header: 'status', value: (target) => target.status },
  { header: 'boundary', value: (target) => target.boundary.kind },
  { header: 'area', value: (target) => target.boundary.name },
  { header: 'gas', value: (target) => target.gas },
  { header: 'baseline', value: (target) => target.baseline.period },
  { header: 'milestones', value: (target) => target.milestones.map((milestone) => milestone.period).join(' ') },
  { header: 'source', value: (target) => target.source },
];

export const PROGRESS_COLUMNS: readonly CsvColumn<ProgressYear>[] = [
  { header: 'period', value: (year) => year.period.label },
  { header: 'start', value: (year) => year.period.start },
  { header: 'end', value: (year) => year.period.end },
  { header: 'allowedKgCo2e', value: (year) => year.allowedKgCo2e },
  { header: 'actualKgCo2e', value: (year) => year.actualKgCo2e },
  { header: 'comparableKgCo2e', value: (year) => year.actual.comparable },
  { header: 'baselineKgCo2e', value: (year) => year.baseline.originalKgCo2e },
  { header: 'recalculatedBaselineKgCo2e', value: (year) => year.baseline.recalculatedKgCo2e },
  { header: 'changePercent', value: (year) => year.changePercent },
  { header: 'gapKgCo2e', value: (year) => year.gapKgCo2e },
  { header: 'coverageMissing', value: (year) => year.coverage?.missing },
  { header: 'status', value: (year) => year.status },
  { header: 'reasons', value: (year) => year.reasons.join('; ') },
];
