import { checkGridPathway, type GridPathway } from '../../domain/projection/grid-pathway.ts';
import type { ChangeConfiguration } from '../change-configuration.ts';
import type { KeyedRecords } from '../keyed-records.ts';
import { createSupplyRecords } from '../supply/supply-records.ts';
import type { SupplyReads } from '../supply/supply-store.ts';

/** Grid factors of years to come. No figure of the past rests on them. */
export type GridPathways = KeyedRecords<GridPathway>;

/** Builds the use cases of grid pathways. */
export function createGridPathways(reads: SupplyReads, change: ChangeConfiguration): GridPathways {
  return createSupplyRecords(
    {
      kind: 'grid-pathway',
      unknown: 'unknown-grid-pathway',
      noun: 'grid pathway',
      prepare: async (pathway) => checkGridPathway(pathway),
    },
    reads,
    change,
  );
}
