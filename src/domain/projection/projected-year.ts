import { Decimal } from '../decimal.ts';
import type { Period } from '../period.ts';
import type { EmissionRates } from './emission-rates.ts';
import { exactly, type Ranged, scaled, together } from './trend.ts';
import { type CarriedSeries, quantityIn } from './use-series.ts';

/** One thing that is carried on in a year. */
export type ProjectedPart = { series: CarriedSeries; quantity: Ranged; kg: Ranged };

/** A year to come as it would be without measures. Amounts in kilograms, exact. */
export type ProjectedYear = {
  year: number;
  period: Period;
  parts: readonly ProjectedPart[];
  kg: Ranged;
  /** Factor sets behind it, as id and version. */
  sets: readonly string[];
  notQuantified: readonly string[];
};

const ONE = new Decimal(1);
const unique = (names: readonly string[]): string[] => [...new Set(names)].sort();

/** Carries everything on to a year, and turns it into emissions. */
export function projectedYear(
  year: number,
  period: Period,
  series: readonly CarriedSeries[],
  rates: EmissionRates,
): ProjectedYear {
  const started = Number(period.start.slice(0, 4));
  const found = series.map((each) => {
    const rate = each.activity === null ? null : rates.ofParts(each.parts, period);
    const quantity = quantityIn(each, started);
    return { part: { series: each, quantity, kg: scaled(quantity, rate?.kgPerUnit ?? ONE) }, rate };
  });
  const parts = found.map(({ part }) => part);
  return {
    ...{ year, period, parts },
    kg: together(parts.map(({ kg }) => kg)),
    sets: unique(found.flatMap(({ rate }) => rate?.sets ?? [])),
    notQuantified: unique(found.flatMap(({ rate }) => rate?.notQuantified ?? [])),
  };
}

/**
 * An amount with so much more, or less. What measures do is reckoned site by site, so what is expected adds up as it is; the
 * lower end is not brought below nothing by it.
 */
export function shifted({ expected, low, high }: Ranged, by: Decimal): Ranged {
  const moved = expected.plus(by);
  const least = Decimal.max(low.plus(by), Decimal.min(low, 0));
  return { expected: moved, low: Decimal.min(least, moved), high: high.plus(by) };
}

/** What is above an amount that is allowed; below 0 it is less. */
export function gapTo(amount: Ranged, allowedKg: Decimal): Ranged {
  return {
    expected: amount.expected.minus(allowedKg),
    low: amount.low.minus(allowedKg),
    high: amount.high.minus(allowedKg),
  };
}

/** Sums of years, each with its range. */
export function sumOf(amounts: readonly Ranged[]): Ranged {
  return amounts.length === 0 ? exactly(new Decimal(0)) : together(amounts);
}
