import { type Decimal, ZERO } from '../decimal.ts';
import type { LineEmission } from '../emissions.ts';
import type { Gas, NoFactor, ResolvedFactor } from '../factor-resolution.ts';
import { electricityLines, type MarketLine, soldSelfUseLines, uncoveredLine } from '../market/market-lines.ts';
import type { MarketMix } from '../market/market-mix.ts';
import type { SoldSelfUse } from '../market/market-plan.ts';
import type { FactorStep } from './factor-kinds.ts';

/**
 * What one kWh emits on the market basis, and what tells apart why that differs between two periods: the share that no
 * contract covers, and what a kWh of it emits, by the residual mix or else the grid average; null where nothing tells.
 */
export type MarketRate = {
  kg: Decimal;
  isQuantified: boolean;
  uncoveredShare: Decimal;
  uncovered: { kg: Decimal | null; isResidual: boolean };
};

type Grid = ResolvedFactor | NoFactor;

function rateOf(lines: readonly MarketLine[], mix: MarketMix, grid: Grid, gas: Gas): MarketRate {
  const { kg, tier } = uncoveredLine(mix, grid, gas);
  const isCovered = ({ tier: of }: MarketLine): boolean => of === 'certificates' || of === 'supplierProduct';
  return {
    kg: lines.reduce((sum, line) => sum.plus(line.kg ?? ZERO), ZERO),
    isQuantified: lines.every((line) => line.kg !== null),
    uncoveredShare: lines.reduce((sum, line) => (isCovered(line) ? sum : sum.plus(line.quantity)), ZERO),
    uncovered: { kg, isResidual: tier === 'residualMix' },
  };
}

/** What bought electricity emits by its mix; `line` is the location-based line of one kWh (rules C1, C3). */
export function boughtRate(line: LineEmission, mix: MarketMix, gas: Gas): MarketRate {
  const grid: Grid = line.factor ?? { missing: true, reason: line.reason ?? 'no factor' };
  return rateOf(electricityLines(line, mix, gas), mix, grid, gas);
}

/** What a kWh of generation (1) or export (-1) emits by the self-use it is a part of: nothing unless that is sold (rule C4). */
export function selfUseRate(kWh: Decimal, mix: MarketMix, sold: SoldSelfUse | null, grid: Grid, gas: Gas): MarketRate {
  return rateOf(sold === null ? [] : soldSelfUseLines(kWh, mix, sold, grid, gas), mix, grid, gas);
}

/** What the last digits of a division may leave. */
const NOTHING = '1e-30';

/**
 * Splits the difference of two market factors into its kinds (rule G1). The share that no contract covers in the middle of
 * both takes the difference of what it emits: that of the grid, by `gridStep`, or of the residual mix. The rest is
 * `contract`: what instruments cover, and with which factors.
 */
export function marketStep(before: MarketRate, after: MarketRate, gridStep: FactorStep): FactorStep {
  const share = before.uncoveredShare.plus(after.uncoveredShare).div(2);
  const [from, to] = [before.uncovered, after.uncovered];
  const isKnown = from.kg !== null && to.kg !== null;
  const residual = from.kg === null || to.kg === null ? ZERO : to.kg.minus(from.kg);
  const uncovered: FactorStep =
    from.isResidual || to.isResidual ? [{ kind: 'residualMix', rate: residual }] : isKnown ? gridStep : [];
  const shared = uncovered.map(({ kind, rate }): FactorStep[number] => ({ kind, rate: rate.times(share) }));
  const contract = shared.reduce((left, { rate }) => left.minus(rate), after.kg.minus(before.kg));
  return [...shared, { kind: 'contract' as const, rate: contract }].filter(({ rate }) => rate.abs().gt(NOTHING));
}
