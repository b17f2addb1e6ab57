import type { RatedFuel, RatedSite, RatingRefusal, SiteRating } from '../../../domain/buildings/rate-site.ts';
import { roundKg, roundQuantity } from '../../../domain/decimal.ts';
import type { CsvColumn } from '../../csv.ts';
import type { OperationalRatingOutput, RatedSiteOutput } from './schemas.ts';

type RatedMembers = Omit<OperationalRatingOutput, 'period' | 'asOf' | 'indicative' | 'unadjusted' | 'caveats'>;

function toFuel({ activity, energyKwh, coverage, factor }: RatedFuel, index: number, { rated }: RatedSite) {
  const term = rated.actual[index];
  if (term === undefined) throw new RangeError(`the rating has no term of ${activity}`);
  return {
    activity,
    energyKwh: roundQuantity(energyKwh),
    kWhPerM2: roundKg(term.kWhPerM2),
    kgCo2PerKwh: term.kgCo2PerKwh.toNumber(),
    factorSource: factor.source,
    ...(factor.stated !== null && { statedSource: factor.stated }),
    kgCo2PerM2: roundKg(term.kgCo2PerM2),
    coverage,
  };
}

/** A rating for its answer; densities to three decimals, half-up. */
export function toRating(rating: RatedSite): RatedMembers {
  const { site, rated, floorAreaM2, edition, use, fuels } = rating;
  return {
    site: site.key,
    name: site.name,
    rating: rated.rating,
    band: rated.band,
    floorAreaM2,
    benchmark: {
      table: edition.table,
      edition: edition.edition,
      source: edition.source,
      validFrom: edition.validFrom,
      use: use.use.use,
      name: use.use.name,
      via: use.via,
    },
    fuels: fuels.map((fuel, index) => toFuel(fuel, index, rating)),
    typical: rated.typical.map(({ name, kWhPerM2, kgCo2PerKwh, kgCo2PerM2 }) => ({
      term: name,
      kWhPerM2: roundKg(kWhPerM2),
      kgCo2PerKwh: kgCo2PerKwh.toNumber(),
      kgCo2PerM2: roundKg(kgCo2PerM2),
    })),
    actualKgCo2PerM2: roundKg(rated.actualKgCo2PerM2),
    typicalKgCo2PerM2: roundKg(rated.typicalKgCo2PerM2),
  };
}

/** A site of the list for its answer. */
export function toRatedSite(rating: SiteRating): RatedSiteOutput {
  if (rating.rated !== null) return toRating(rating);
  const { site, reasons } = rating;
  return {
    site: site.key,
    name: site.name,
    reasons: reasons.map(({ code, detail }) => ({ code: code as RatingRefusal, detail })),
  };
}

const kWhOf = (activity: string) => (row: RatedSiteOutput) =>
  row.fuels?.find((fuel) => fuel.activity === activity)?.energyKwh;

/** The columns of the list as CSV; what has no rating has the reasons. */
export const RATED_SITE_COLUMNS: readonly CsvColumn<RatedSiteOutput>[] = [
  { header: 'site', value: (row) => row.site },
  { header: 'name', value: (row) => row.name },
  { header: 'indicativeRating', value: (row) => row.rating },
  { header: 'indicativeBand', value: (row) => row.band },
  { header: 'floorAreaM2', value: (row) => row.floorAreaM2 },
  { header: 'benchmarks', value: (row) => row.benchmark?.table },
  { header: 'edition', value: (row) => row.benchmark?.edition },
  { header: 'use', value: (row) => row.benchmark?.use },
  { header: 'electricityKwh', value: kWhOf('electricity') },
  { header: 'naturalGasKwh', value: kWhOf('natural-gas') },
  { header: 'actualKgCo2PerM2', value: (row) => row.actualKgCo2PerM2 },
  { header: 'typicalKgCo2PerM2', value: (row) => row.typicalKgCo2PerM2 },
  { header: 'reasons', value: (row) => row.reasons?.map(({ code }) => code).join(' ') },
  { header: 'details', value: (row) => row.reasons?.map(({ detail }) => detail).join('; ') },
];
