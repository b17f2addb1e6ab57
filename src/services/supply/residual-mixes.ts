import { checkResidualMix, type ResidualMix } from '../../domain/supply/residual-mix.ts';
import type { ChangeConfiguration } from '../change-configuration.ts';
import type { KeyedRecords } from '../keyed-records.ts';
import { createSupplyRecords } from './supply-records.ts';
import type { SupplyReads } from './supply-store.ts';

/** What electricity emits that nobody has claimed. */
export type ResidualMixes = KeyedRecords<ResidualMix>;

/** Builds the use cases of residual mixes. No two hold on one day, so their writers wait for each other. */
export function createResidualMixes(reads: SupplyReads, change: ChangeConfiguration): ResidualMixes {
  return createSupplyRecords(
    {
      kind: 'residual-mix',
      unknown: 'unknown-residual-mix',
      noun: 'residual mix',
      check: async (mix, { supply }) => checkResidualMix(mix, await supply.lockKind('residual-mix')),
    },
    reads,
    change,
  );
}
