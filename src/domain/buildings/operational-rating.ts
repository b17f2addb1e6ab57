import type { Activity } from '../activities.ts';
import { type Decimal, Decimal as Exact, sum } from '../decimal.ts';
import type { BenchmarkUse } from './benchmarks.ts';

/** Bands of ratings; 100 is typical of the use. */
export const BANDS = ['A', 'B', 'C', 'D', 'E', 'F', 'G'] as const;
export type Band = (typeof BANDS)[number];

/** The last rating of each band but the last, which has none. */
const LAST_OF_BAND: readonly [Band, number][] = [
  ['A', 25],
  ['B', 50],
  ['C', 75],
  ['D', 100],
  ['E', 125],
  ['F', 150],
];

/** The band of a whole rating (rule J). */
export function bandOf(rating: number): Band {
  return LAST_OF_BAND.find(([, last]) => rating <= last)?.[0] ?? 'G';
}

/** The two terms of a rating: what a benchmark has typical values of. */
export const TERMS = ['electricity', 'fossil-thermal'] as const;
export type Term = (typeof TERMS)[number];

/**
 * What a kWh counts, in kilograms of CO2 (rule J). Fixed by the method of certificates, and the same on both sides of the
 * division: they are no factors of a year, and say nothing about emissions.
 */
export const RATING_FACTORS: Readonly<Record<Term, Decimal>> = {
  electricity: new Exact('0.55'),
  'fossil-thermal': new Exact('0.194'),
};

/** What a fuel counts in the rating, and who says so. */
export type RatingFactor = { kgCo2PerKwh: Decimal; source: 'method' | 'operator'; stated: string | null };

/** The fixed factor of an activity; null for one that the two terms do not cover. */
export function fixedFactorOf(activity: Activity): RatingFactor | null {
  const term: Term | null =
    activity === 'electricity' ? 'electricity' : activity === 'natural-gas' ? 'fossil-thermal' : null;
  return term === null ? null : { kgCo2PerKwh: RATING_FACTORS[term], source: 'method', stated: null };
}

/** The energy of one fuel of a building over twelve months, at gross calorific value. */
export type RatedEnergy = { activity: Activity; energyKwh: Decimal; factor: RatingFactor };

/** One fuel in a rating. */
export type RatedTerm<Name> = { name: Name; kWhPerM2: Decimal; kgCo2PerKwh: Decimal; kgCo2PerM2: Decimal };

/** An indicative operational rating with the two sides it is divided from, exact but for the rating itself. */
export type OperationalRating = {
  actual: readonly RatedTerm<Activity>[];
  typical: readonly RatedTerm<Term>[];
  actualKgCo2PerM2: Decimal;
  typicalKgCo2PerM2: Decimal;
  rating: number;
  band: Band;
};

function termOf<Name>(name: Name, kWhPerM2: Decimal, kgCo2PerKwh: Decimal): RatedTerm<Name> {
  return { name, kWhPerM2, kgCo2PerKwh, kgCo2PerM2: kWhPerM2.times(kgCo2PerKwh) };
}

/**
 * Rates a building: 100 × the energy that it used, over what is typical of its use, each kWh weighted by its factor, per
 * square metre; a whole number, half-up (rule J).
 */
export function rateBuilding(
  energy: readonly RatedEnergy[],
  floorAreaM2: number,
  use: Pick<BenchmarkUse, 'electricityKwhPerM2' | 'fossilThermalKwhPerM2'>,
): OperationalRating {
  const actual = energy.map(({ activity, energyKwh, factor }) =>
    termOf(activity, energyKwh.div(floorAreaM2), factor.kgCo2PerKwh),
  );
  const typical = [
    termOf<Term>('electricity', use.electricityKwhPerM2, RATING_FACTORS.electricity),
    termOf<Term>('fossil-thermal', use.fossilThermalKwhPerM2, RATING_FACTORS['fossil-thermal']),
  ];
  const actualKgCo2PerM2 = sum(actual.map(({ kgCo2PerM2 }) => kgCo2PerM2));
  const typicalKgCo2PerM2 = sum(typical.map(({ kgCo2PerM2 }) => kgCo2PerM2));
  const rating = actualKgCo2PerM2.times(100).div(typicalKgCo2PerM2).toDecimalPlaces(0).toNumber();
  return { actual, typical, actualKgCo2PerM2, typicalKgCo2PerM2, rating, band: bandOf(rating) };
}
