import { type Decimal, ZERO } from '../decimal.ts';
import type { MarketLine } from './market-lines.ts';
import { TIERS, type Tier } from './market-mix.ts';

/** What a row or total has on the market basis beside its location-based figure, exact. */
export type MarketSums = {
  /** Market-based less location-based kilograms of scope 2. */
  scope2Change: Decimal;
  /** The same of scope 1 by certificates of green gas: a memo, in no total (rule B8). */
  scope1Change: Decimal;
  greenGasKwh: Decimal;
  tiers: Record<Tier, { kWh: Decimal; kg: Decimal }>;
  /** Lines without a factor on the market basis, with why. */
  notQuantified: Map<string, string>;
};

/** Sums to which nothing has been added yet. */
export function emptyMarket(): MarketSums {
  const tiers = Object.fromEntries(TIERS.map((tier) => [tier, { kWh: ZERO, kg: ZERO }]));
  return {
    scope2Change: ZERO,
    scope1Change: ZERO,
    greenGasKwh: ZERO,
    tiers: tiers as MarketSums['tiers'],
    notQuantified: new Map(),
  };
}

/** Adds what stands for `locationKg` of scope 2 on the market basis. */
export function addMarketLines(sums: MarketSums, lines: readonly MarketLine[], locationKg: Decimal): void {
  sums.scope2Change = sums.scope2Change.minus(locationKg);
  for (const { tier, quantity, kg, reason } of lines) {
    const before = sums.tiers[tier];
    sums.tiers[tier] = { kWh: before.kWh.plus(quantity), kg: before.kg.plus(kg ?? ZERO) };
    sums.scope2Change = sums.scope2Change.plus(kg ?? ZERO);
    if (kg === null) sums.notQuantified.set('electricity.market', reason ?? 'no factor');
  }
}

/** Adds what certificates of green gas take the place of in the memo. */
export function addGreenGas(sums: MarketSums, lines: readonly MarketLine[], locationKg: Decimal | null): void {
  for (const { share, quantity, kg, reason } of lines) {
    sums.greenGasKwh = sums.greenGasKwh.plus(quantity);
    if (kg === null) sums.notQuantified.set('natural-gas.market', reason ?? 'no factor');
    else sums.scope1Change = sums.scope1Change.plus(kg).minus((locationKg ?? ZERO).times(share));
  }
}
