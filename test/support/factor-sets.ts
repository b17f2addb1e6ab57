import type { FactorSet } from '../../src/domain/factor-set.ts';
import { shippedSets } from './shipped-sets.ts';

/** The factor sets that the service ships, as figures are made from them. */
export const FACTOR_SETS: readonly FactorSet[] = [...shippedSets().sets.values()].map(({ edition, ...numbers }) => ({
  ...edition,
  ...numbers,
}));
