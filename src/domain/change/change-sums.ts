import { type Decimal, ZERO } from '../decimal.ts';
import type { FactorKind } from './factor-kinds.ts';

/** The parts of a change in kilograms, exact (rule G1). They add up to it. */
export type ChangeSums = {
  boundary: Decimal;
  openedClosed: Decimal;
  missingData: Decimal;
  factor: Decimal;
  factorByKind: Map<FactorKind, Decimal>;
  weather: Decimal;
  use: Decimal;
  /** Of the meters whose use goes with the weather: those with an accepted fit, and those without. */
  fitted: Set<string>;
  unfitted: Set<string>;
};

/** A change of nothing. */
export function noChange(): ChangeSums {
  return {
    boundary: ZERO,
    openedClosed: ZERO,
    missingData: ZERO,
    factor: ZERO,
    factorByKind: new Map(),
    weather: ZERO,
    use: ZERO,
    fitted: new Set(),
    unfitted: new Set(),
  };
}

/** The sum of all parts but the revision. */
export function sumOfParts({ boundary, openedClosed, missingData, factor, weather, use }: ChangeSums): Decimal {
  return boundary.plus(openedClosed).plus(missingData).plus(factor).plus(weather).plus(use);
}

/** Adds kilograms to the part `factor`, under their kind. */
export function addFactor(sums: ChangeSums, kind: FactorKind, kg: Decimal): void {
  sums.factor = sums.factor.plus(kg);
  sums.factorByKind.set(kind, (sums.factorByKind.get(kind) ?? ZERO).plus(kg));
}
