import { Decimal, sum } from '../decimal.ts';
import type { FactorSeed } from './factor-set-seed.ts';

/** The publication prints five decimals; a workbook that stores more is compared at those. */
const PUBLISHED_DECIMALS = 5;
const TOLERATED_UNITS = 2;

/**
 * Says when the CO2, CH4 and N2O parts of a factor miss its total by more than two units of the last published digit,
 * or null. Only a warning: the publisher rounds each number by itself, and the CO2e is never the sum (rule A6).
 */
export function gasSplitWarning(factor: FactorSeed): string | null {
  const { kgCo2e, kgCo2, kgCh4Co2e, kgN2oCo2e } = factor;
  if (kgCo2e === null || kgCo2 === null || kgCh4Co2e === null || kgN2oCo2e === null) return null;
  const parts = [kgCo2, kgCh4Co2e, kgN2oCo2e];
  const decimals = Math.min(PUBLISHED_DECIMALS, Math.max(...[kgCo2e, ...parts].map((value) => value.decimalPlaces())));
  const miss = sum(parts).minus(kgCo2e).abs();
  if (miss.lte(new Decimal(10).pow(-decimals).times(TOLERATED_UNITS))) return null;
  return `${factor.key}: the gas parts add up to ${sum(parts)}, the published total is ${kgCo2e}; the total is used`;
}
