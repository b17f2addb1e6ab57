import { type HeatNetwork, operationsOf } from '../../../domain/supply/heat-network.ts';
import type { CsvColumn } from '../../csv.ts';
import type { HeatNetworkInput, HeatNetworkOutput } from './schemas.ts';

/** A heat network from its request. */
export function fromHeatNetworkInput(key: string, input: HeatNetworkInput): HeatNetwork {
  return { key, ...input, factors: input.factors ?? [] } as HeatNetwork;
}

/** A heat network for its answer. */
export function toHeatNetworkOutput({ factors, operators, ...network }: HeatNetwork): HeatNetworkOutput {
  return { ...network, ...(operators !== undefined && { operators: [...operators] }), factors: [...factors] };
}

/** The columns of a list as CSV; of the operators the newest, of the factors how many there are and the newest. */
export const HEAT_NETWORK_COLUMNS: readonly CsvColumn<HeatNetworkOutput>[] = [
  { header: 'key', value: ({ key }) => key },
  { header: 'name', value: ({ name }) => name },
  { header: 'operatedBy', value: (network) => operationsOf(network).at(-1)?.operatedBy },
  { header: 'source', value: ({ source }) => source },
  { header: 'factors', value: ({ factors }) => factors.length },
  { header: 'newestValue', value: ({ factors }) => factors.at(-1)?.value },
  { header: 'newestAt', value: ({ factors }) => factors.at(-1)?.at },
  { header: 'newestFrom', value: ({ factors }) => factors.at(-1)?.validFrom },
  { header: 'newestTo', value: ({ factors }) => factors.at(-1)?.validTo },
];
