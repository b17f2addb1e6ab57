import { roundKg } from '../../../domain/decimal.ts';
import { answeredPeriod } from '../../../domain/figure-answer.ts';
import { gapTo, shifted } from '../../../domain/projection/projected-year.ts';
import type { Ranged } from '../../../domain/projection/trend.ts';
import { outlookOf } from '../../../services/projection/outlook.ts';
import type { ComingYear, Projection } from '../../../services/projection/project-target.ts';
import type { KnownProjection } from '../../../services/projection/projections.ts';
import type { CsvColumn } from '../../csv.ts';
import { echoOf } from '../../list-reply.ts';
import { basisNotices, printedDifference, toBasis, toRangedKg, toRangedQuantity } from './part-convert.ts';
import type { ProjectedYearOutput, ProjectionOutput } from './schemas.ts';

/** A year with what all measures do to it. */
function withMeasures({ projected, effectKg }: ComingYear): Ranged {
  return shifted(projected.kg, effectKg);
}

function toYear(projection: Projection, year: ComingYear): ProjectedYearOutput {
  const { projected, judged, allowedKg } = year;
  const amount = withMeasures(year);
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

/** From which year to which a target is summed. */
export function spanOf({ progress }: Projection): { from: string; to: string } {
  const labels = progress.years.map(({ period }) => period.label);
  return { from: labels[1] ?? labels[0] ?? '', to: labels.at(-1) ?? '' };
}

/** A target carried on to its milestones, for its answer. */
export function toProjection(projection: KnownProjection): ProjectionOutput {
  const { target, years, asOf } = projection;
  const { allowedKg, emittedKg, projected, gap } = outlookOf(
    projection,
    years.map((year) => ({ allowedKg: year.allowedKg, amount: withMeasures(year) })),
  );
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
