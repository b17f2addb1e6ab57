import { Refusal } from '../../domain/refusal.ts';
import { checkHeatNetwork, type HeatNetwork } from '../../domain/supply/heat-network.ts';
import type { ChangeConfiguration } from '../change-configuration.ts';
import type { KeyedRecords } from '../keyed-records.ts';
import { createSupplyRecords } from './supply-records.ts';
import type { SupplyReads } from './supply-store.ts';

/** The heat networks that buildings buy from. */
export type HeatNetworks = KeyedRecords<HeatNetwork>;

const METERS_NAMED = 5;

/** Builds the use cases of heat networks. One that meters name cannot be deleted. */
export function createHeatNetworks(reads: SupplyReads, change: ChangeConfiguration): HeatNetworks {
  return createSupplyRecords(
    {
      kind: 'heat-network',
      unknown: 'unknown-heat-network',
      noun: 'heat network',
      prepare: async (network) => checkHeatNetwork(network),
      async checkRemoval(key, { supply }) {
        const meters = await supply.metersOn(key, METERS_NAMED);
        if (meters.length === 0) return;
        const detail = `Heat network '${key}' supplies the meters ${meters.join(', ')}: give them another heatNetwork first`;
        throw new Refusal('conflict', detail);
      },
    },
    reads,
    change,
  );
}
