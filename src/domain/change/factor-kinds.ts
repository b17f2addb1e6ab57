import type { Activity } from '../activities.ts';
import { type Decimal, ZERO } from '../decimal.ts';
import type { FactorYears } from '../factor-policy.ts';
import { breaksOf } from './known-breaks.ts';

/**
 * Why a factor differs between two periods (rule G1): `grid` the electricity grid, `edition` another yearly edition of the
 * published factor, `methodChange` the publisher's method or data, `contract` what instruments cover on the market basis and
 * with which factors, `residualMix` what emits there what they do not cover, `ownHeat` a heat network's own factor in either
 * period, `lineAvailability` a line that is published for one of the periods alone.
 */
export const FACTOR_KINDS = [
  'grid',
  'edition',
  'methodChange',
  'contract',
  'residualMix',
  'ownHeat',
  'lineAvailability',
] as const;
export type FactorKind = (typeof FACTOR_KINDS)[number];

/** Kilograms that one metered unit emits by a line, by the factors of some years; null where no factor is published. */
export type RateOf = (years: FactorYears) => Decimal | null;

/** A difference of factors by its kinds; the entries add up to it. */
export type FactorStep = { kind: FactorKind; rate: Decimal }[];

/** How much of the way from `from` to each year was made by breaks, weighted as the years are. */
function throughBreaks(years: FactorYears, factorKey: string, from: number, rateOf: RateOf): Decimal {
  let weighted = ZERO;
  let days = 0;
  for (const { year, days: weight } of years) {
    for (const { year: broken } of breaksOf(factorKey)) {
      if (broken <= from || broken > year) continue;
      const before = rateOf([{ year: broken - 1, days: 1 }]);
      const after = rateOf([{ year: broken, days: 1 }]);
      if (before !== null && after !== null) weighted = weighted.plus(after.minus(before).times(weight));
    }
    days += weight;
  }
  return weighted.div(days);
}

/** Splits the difference of a line's factor between two spans of days into its kinds. */
export function factorStep(
  activity: Activity,
  factorKey: string,
  first: FactorYears,
  second: FactorYears,
  rateOf: RateOf,
): FactorStep {
  const whole = (rateOf(second) ?? ZERO).minus(rateOf(first) ?? ZERO);
  if (whole.isZero()) return [];
  const from = Math.min(...[...first, ...second].map(({ year }) => year));
  const broken = throughBreaks(second, factorKey, from, rateOf).minus(throughBreaks(first, factorKey, from, rateOf));
  const rest = whole.minus(broken);
  const steps: FactorStep = [
    { kind: activity === 'electricity' ? 'grid' : 'edition', rate: rest },
    { kind: 'methodChange', rate: broken },
  ];
  return steps.filter(({ rate }) => !rate.isZero());
}
