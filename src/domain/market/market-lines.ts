import { Decimal } from '../decimal.ts';
import { emittedKg, type LineEmission } from '../emissions.ts';
import type { Gas, NoFactor, ResolvedFactor } from '../factor-resolution.ts';
import type { FigureFlag } from '../figure-flags.ts';
import type { Instrument } from '../supply/instrument.ts';
import type { ResidualMix } from '../supply/residual-mix.ts';
import { statedFactor } from '../supply/stated-factor.ts';
import type { MarketMix, Tier } from './market-mix.ts';

/** One source of a quantity on the market basis: its share, factor and kilograms; null where it has no factor. */
export type MarketLine = {
  tier: Tier;
  share: Decimal;
  /** Key of the instrument or residual mix; null for the grid average. */
  record: string | null;
  quantity: Decimal;
  factor: ResolvedFactor | null;
  kg: Decimal | null;
  reason: string | null;
  flags: readonly FigureFlag[];
  rule: string;
};

type Source = {
  tier: Tier;
  share: Decimal;
  record: string | null;
  rule: string;
  factor: ResolvedFactor | NoFactor;
  flags: FigureFlag[];
};

function ofInstrument({ key, kind, name, factor, gasBasis, from, evidence }: Instrument, gas: Gas) {
  const id = `instrument.${key}`;
  return statedFactor({ id, version: from, publisher: name, name: kind, gasBasis, evidence }, factor, ONE, gas);
}

function ofResidual({ key, publisher, gasBasis, from, source, factor }: ResidualMix, gas: Gas) {
  const statement = { id: `residual-mix.${key}`, version: from, publisher, name: 'Residual mix', gasBasis };
  return statedFactor({ ...statement, evidence: { description: source } }, factor, ONE, gas);
}

const ONE = new Decimal(1);

/** Where what no contract covers takes its factor: the residual mix, or the grid average with a flag (rule C1). */
function uncovered({ residual }: MarketMix, share: Decimal, grid: ResolvedFactor | NoFactor, gas: Gas): Source {
  if (residual !== null)
    return { tier: 'residualMix', share, record: residual.key, rule: 'C1', ...ofResidual(residual, gas) };
  return {
    tier: 'gridAverage',
    share,
    record: null,
    rule: 'C1',
    factor: grid,
    flags: ['grid-average-no-residual-mix'],
  };
}

/** The same of what no certificate covers: the supplier's product stands before both. */
function remainder(mix: MarketMix, share: Decimal, grid: ResolvedFactor | NoFactor, gas: Gas): Source {
  const { product } = mix;
  if (product === null) return uncovered(mix, share, grid, gas);
  return { tier: 'supplierProduct', share, record: product.key, rule: 'C1', ...ofInstrument(product, gas) };
}

function applied({ factor, ...source }: Source, kWh: Decimal): MarketLine {
  const quantity = kWh.times(source.share);
  const missing = 'missing' in factor;
  return {
    ...source,
    quantity,
    factor: missing ? null : factor,
    kg: emittedKg(quantity, factor),
    reason: missing ? factor.reason : null,
  };
}

function certificateSources({ certificates }: MarketMix, rule: string, gas: Gas): Source[] {
  return certificates.map(({ instrument, share }) => {
    return { tier: 'certificates', share, record: instrument.key, rule, ...ofInstrument(instrument, gas) };
  });
}

function factorOf(line: LineEmission): ResolvedFactor | NoFactor {
  return line.factor ?? { missing: true, reason: line.reason ?? 'no factor' };
}

/** Bought electricity on the market basis: what replaces its location-based line (rules C1, C3). */
export function electricityLines(line: LineEmission, mix: MarketMix, gas: Gas): MarketLine[] {
  const covered = certificateSources(mix, 'C3', gas);
  const left = covered.reduce((share, source) => share.minus(source.share), ONE);
  const rest = left.isZero() ? [] : [remainder(mix, left, factorOf(line), gas)];
  return [...covered, ...rest].map((source) => applied(source, line.quantity));
}

/** One kWh that neither certificate nor product covers, whether there is any or not. */
export function uncoveredLine(mix: MarketMix, grid: ResolvedFactor | NoFactor, gas: Gas): MarketLine {
  return applied(uncovered(mix, ONE, grid, gas), ONE);
}

/** Self-use whose certificates are sold: nobody's claim any more, so it takes the residual mix (rule C4). */
export function soldSelfUseLines(
  selfUseKwh: Decimal,
  mix: MarketMix,
  sold: 'sold' | 'mixed',
  grid: ResolvedFactor | NoFactor,
  gas: Gas,
): MarketLine[] {
  const source = remainder(mix, ONE, grid, gas);
  const flag: FigureFlag = sold === 'mixed' ? 'certificates-mixed' : 'certificates-sold';
  return [applied({ ...source, rule: 'C4', flags: [...source.flags, flag] }, selfUseKwh)];
}

/** The part of grid gas that certificates of green gas cover, for the memo beside scope 1 (rule B8). */
export function greenGasLines(line: LineEmission, mix: MarketMix, gas: Gas): MarketLine[] {
  return certificateSources(mix, 'B8', gas).map((source) => applied(source, line.quantity));
}
