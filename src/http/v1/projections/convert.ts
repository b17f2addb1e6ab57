import { roundKg, ZERO } from '../../../domain/decimal.ts';
import { answeredPeriod } from '../../../domain/figure-answer.ts';
import { type BudgetOutlook, budgetOutlook } from '../../../domain/projection/budget-outlook.ts';
import { gapTo, shifted } from '../../../domain/projection/projected-year.ts';
import type { Ranged } from '../../../domain/projection/trend.ts';
import { combinedKg, type Projection } from '../../../services/projection/project-target.ts';
import type { KnownProjection } from '../../../services/projection/projections.ts';
import type { CsvColumn } from '../../csv.ts';
import { echoOf } from '../../list-reply.ts';
import { basisNotices, printedDifference, toBasis, toRangedKg, toRangedQuantity } from './part-convert.ts';
import type { ProjectedYearOutput, ProjectionOutput } from './schemas.ts';

type ComingYear = Projection['years'][number];

/** A year with what all measures do to it. */
export function withMeasures(projection: Projection, { projected }: ComingYear): Ranged {
  return shifted(projected.kg, combinedKg(projection.effectsIn(projected), ZERO));
}

function toYear(projection: Projection, year: ComingYear): ProjectedYearOutput {
  const { projected, judged, allowedKg } = year;
  const amount = withMeasures(projection, year);
  return {
    period: answeredPeriod(projected.period, projection.progress.today),
    milestone: judged.isMilestone,
    allowedKgCo2e: roundKg(allowedKg),
    withoutMeasures: toRangedKg(projected.kg),
    measuresKgCo2e: printedDifference(amount.expected, projected.kg.expected),
    projected: toRangedKg(amount),
    gap: toRangedKg(gapTo(amount, allowedKg)),
    parts: projected.parts.map(({ series, quantity, kg }) => ({
      name: series.name,
      quantity: toRangedQuantity(quantity),
      kgCo2e: toRangedKg(kg),
    })),
    sets: [...projected.sets],
  };
}

/** What was allowed and emitted from the year after the start until the base year; null where a year is not known. */
function toDate({ progress, carried }: Projection) {
  const past = progress.years.filter(({ period }) => period.start < carried.base.end);
  const last = past.at(-1);
  const none = { allowedKg: ZERO, actualKg: ZERO };
  const known = past.length <= 1 ? none : (last?.cumulative ?? null);
  const allowedKg = past.slice(1).reduce((sum, year) => sum.plus(year.allowedKg), ZERO);
  return { known, allowedKg };
}

/** Everything from the start to the last year, with amounts of the years to come as they are asked for. */
export function outlookOf(projection: Projection, amountOf: (year: ComingYear) => Ranged): BudgetOutlook {
  const { known, allowedKg } = toDate(projection);
  const coming = projection.years.map((year) => ({ allowedKg: year.allowedKg, amount: amountOf(year) }));
  return budgetOutlook(known, allowedKg, coming);
}

/** From which year to which a target is summed. */
export function spanOf({ progress }: Projection): { from: string; to: string } {
  const labels = progress.years.map(({ period }) => period.label);
  return { from: labels[1] ?? labels[0] ?? '', to: labels.at(-1) ?? '' };
}

/** A target carried on to its milestones, for its answer. */
export function toProjection(projection: KnownProjection): ProjectionOutput {
  const { target, years, asOf } = projection;
  const { allowedKg, emittedKg, projected, gap } = outlookOf(projection, (year) => withMeasures(projection, year));
  return {
    target: target.key,
    ...echoOf(asOf),
    ...toBasis(projection),
    data: years.map((year) => toYear(projection, year)),
    budget: {
      ...spanOf(projection),
      allowedKgCo2e: roundKg(allowedKg),
      emittedKgCo2e: emittedKg === null ? null : roundKg(emittedKg),
      projected: toRangedKg(projected),
      gap: gap === null ? null : toRangedKg(gap),
    },
    notices: basisNotices(projection),
  };
}

/** The columns of the years to come as CSV. */
export const PROJECTION_COLUMNS: readonly CsvColumn<ProjectedYearOutput>[] = [
  { header: 'period', value: (year) => year.period.label },
  { header: 'start', value: (year) => year.period.start },
  { header: 'end', value: (year) => year.period.end },
  { header: 'milestone', value: (year) => year.milestone },
  { header: 'allowedKgCo2e', value: (year) => year.allowedKgCo2e },
  { header: 'withoutMeasuresKgCo2e', value: (year) => year.withoutMeasures.expected },
  { header: 'measuresKgCo2e', value: (year) => year.measuresKgCo2e },
  { header: 'expectedKgCo2e', value: (year) => year.projected.expected },
  { header: 'lowKgCo2e', value: (year) => year.projected.low },
  { header: 'highKgCo2e', value: (year) => year.projected.high },
  { header: 'gapExpectedKgCo2e', value: (year) => year.gap.expected },
  { header: 'gapLowKgCo2e', value: (year) => year.gap.low },
  { header: 'gapHighKgCo2e', value: (year) => year.gap.high },
  { header: 'sets', value: (year) => year.sets.join(' ') },
];
