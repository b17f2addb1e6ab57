import { createHash } from 'node:crypto';
import { factorSetFigures } from '../../domain/reference/factor-set-figures.ts';
import type { FactorSetSeed } from '../../domain/reference/factor-set-seed.ts';

/** SHA-256 (hex) over the figures of a set: two sets with one digest give the same emissions. */
export function factorSetDigest(seed: FactorSetSeed): string {
  return createHash('sha256').update(factorSetFigures(seed), 'utf8').digest('hex');
}
