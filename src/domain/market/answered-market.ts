import { type Decimal, roundKg, roundQuantity, ZERO } from '../decimal.ts';
import type { RowSums } from '../row-sums.ts';
import { TIERS, type Tier } from './market-mix.ts';
import type { MarketSums } from './market-sums.ts';

/** Energy of one tier, its share of all tiers (null where there is none), and what it emits. */
export type AnsweredTier = { kWh: number; share: number | null; kgCo2e: number; flag?: 'grid-average-no-residual-mix' };
export type AnsweredTiers = Record<Tier, AnsweredTier>;

/** Six decimals of a share: what is shown is not reckoned with. */
const roundShare = (share: Decimal): number => roundQuantity(share);

/** Exact kilograms of scopes 1 to 3 with the market-based scope 2; null where the market basis was not asked (rule C2). */
export function marketTotalKg({ emissions, market }: RowSums): Decimal | null {
  if (market === null) return null;
  return emissions.scope1.plus(emissions.scope2).plus(emissions.scope3).plus(market.scope2Change);
}

/** The market-based kilograms beside the others, rounded once. */
export function withMarket(sums: RowSums): { scope2Market?: number; totalMarket?: number; scope1Market?: number } {
  const { emissions, market } = sums;
  const total = marketTotalKg(sums);
  if (market === null || total === null) return {};
  return {
    scope2Market: roundKg(emissions.scope2.plus(market.scope2Change)),
    totalMarket: roundKg(total),
    scope1Market: roundKg(emissions.scope1.plus(market.scope1Change)),
  };
}

/** The tiers of a row or total, and the gas that certificates cover (rules B8, C1). */
export function answeredTiers(market: MarketSums): { tiers: AnsweredTiers; greenGasKwh?: number } {
  const all = TIERS.reduce((sum, tier) => sum.plus(market.tiers[tier].kWh), ZERO);
  const tiers = Object.fromEntries(
    TIERS.map((tier): [Tier, AnsweredTier] => {
      const { kWh, kg } = market.tiers[tier];
      const share = all.isZero() ? null : roundShare(kWh.div(all));
      const answered: AnsweredTier = { kWh: roundQuantity(kWh), share, kgCo2e: roundKg(kg) };
      if (tier === 'gridAverage' && !kWh.isZero()) answered.flag = 'grid-average-no-residual-mix';
      return [tier, answered];
    }),
  ) as AnsweredTiers;
  return market.greenGasKwh.isZero() ? { tiers } : { tiers, greenGasKwh: roundQuantity(market.greenGasKwh) };
}
