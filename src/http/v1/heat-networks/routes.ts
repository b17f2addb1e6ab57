import { keyedRoutes } from '../../keyed-routes.ts';
import { fromHeatNetworkInput, HEAT_NETWORK_COLUMNS, toHeatNetworkOutput } from './convert.ts';
import { HeatNetworkInputSchema, HeatNetworkPageSchema, HeatNetworkSchema } from './schemas.ts';

/** `/v1/heat-networks` */
export const heatNetworkRoutes = keyedRoutes({
  path: 'heat-networks',
  param: 'network',
  names: ['HeatNetwork', 'HeatNetworks'],
  words: ['a heat network', 'heat networks'],
  tag: 'Bought energy',
  describe: {
    put: 'Makes the network or replaces it whole. Meters of district heat name it in `heatNetwork`; its own factors then stand in place of the national one, with the national figure beside. Sending the same again changes nothing; what it was before is kept.',
    list: 'The heat networks, by key.',
    remove: 'Ends the network. One that meters still name is not deleted.',
    key: 'Key of the network, as meters name it.',
  },
  input: HeatNetworkInputSchema,
  output: HeatNetworkSchema,
  page: HeatNetworkPageSchema,
  from: fromHeatNetworkInput,
  to: toHeatNetworkOutput,
  columns: HEAT_NETWORK_COLUMNS,
});
