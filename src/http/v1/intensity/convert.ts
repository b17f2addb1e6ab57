import { type Decimal, roundKg, roundQuantity } from '../../../domain/decimal.ts';
import { answeredPeriod } from '../../../domain/figure-answer.ts';
import { rowCoverage } from '../../../domain/row-sums.ts';
import type { AnsweredIntensity } from '../../../services/places/site-intensity.ts';
import type { CsvColumn } from '../../csv.ts';
import { figureNoticesOf, toFactorsEcho } from '../figures/convert.ts';
import type { IntensityAnswer, SiteIntensityOutput } from './schemas.ts';

/** Intensities to three decimals, half-up as kilograms are. */
const perM2 = (value: Decimal): number => roundKg(value);
const orNull = (value: Decimal | null, round: (value: Decimal) => number): number | null =>
  value === null ? null : round(value);

/** Intensities for their answer. */
export function toIntensityAnswer({ answer, sites, categories }: AnsweredIntensity): IntensityAnswer {
  const { question, figure, today } = answer;
  const coverage = new Map(figure.rows.map(({ dims, flow, sums }) => [`${flow} ${dims.site}`, rowCoverage(sums)]));
  const data = sites.map((row): SiteIntensityOutput => {
    const { site, category, floorAreaM2, energyRank, carbonRank, notRanked } = row;
    return {
      site,
      category,
      floorAreaM2: floorAreaM2 === null ? null : Math.round(floorAreaM2 * 100) / 100,
      energyKwh: orNull(row.energyKwh, roundQuantity),
      totalKgCo2e: orNull(row.kgCo2e, roundKg),
      kWhPerM2: orNull(row.kWhPerM2, perM2),
      kgCo2ePerM2: orNull(row.kgCo2ePerM2, perM2),
      ...(energyRank !== null && { energyRank }),
      ...(carbonRank !== null && { carbonRank }),
      ...(notRanked !== null && { notRanked }),
      coverage: coverage.get(`use ${site}`) ?? null,
    };
  });
  return {
    period: answeredPeriod(question.period, today),
    factors: toFactorsEcho(answer),
    data,
    categories: categories.map(({ category, ranked, ...values }) => ({
      category,
      ranked,
      kWhPerM2: perM2(values.kWhPerM2),
      kgCo2ePerM2: perM2(values.kgCo2ePerM2),
      medianKWhPerM2: perM2(values.medianKWhPerM2),
      medianKgCo2ePerM2: perM2(values.medianKgCo2ePerM2),
    })),
    notices: figureNoticesOf(answer, true),
  };
}

/** The columns of the sites as CSV. */
export const INTENSITY_COLUMNS: readonly CsvColumn<SiteIntensityOutput>[] = [
  { header: 'site', value: (row) => row.site },
  { header: 'category', value: (row) => row.category },
  { header: 'floorAreaM2', value: (row) => row.floorAreaM2 },
  { header: 'energyKwh', value: (row) => row.energyKwh },
  { header: 'totalKgCo2e', value: (row) => row.totalKgCo2e },
  { header: 'kWhPerM2', value: (row) => row.kWhPerM2 },
  { header: 'kgCo2ePerM2', value: (row) => row.kgCo2ePerM2 },
  { header: 'energyPlace', value: (row) => row.energyRank?.place },
  { header: 'carbonPlace', value: (row) => row.carbonRank?.place },
  { header: 'of', value: (row) => row.carbonRank?.of },
  { header: 'notRanked', value: (row) => row.notRanked },
  { header: 'coverageActual', value: (row) => row.coverage?.actual },
  { header: 'coverageEstimated', value: (row) => row.coverage?.estimated },
  { header: 'coverageMissing', value: (row) => row.coverage?.missing },
];
