import { keyedRoutes } from '../../keyed-routes.ts';
import { fromGridPathwayInput, GRID_PATHWAY_COLUMNS, toGridPathway } from './convert.ts';
import { GridPathwayInputSchema, GridPathwayPageSchema, GridPathwaySchema } from './schemas.ts';

/** `/v1/grid-pathways` */
export const gridPathwayRoutes = keyedRoutes({
  path: 'grid-pathways',
  param: 'gridPathway',
  names: ['GridPathway', 'GridPathways'],
  words: ['a grid pathway', 'grid pathways'],
  tag: 'Targets',
  describe: {
    put: 'Makes the series or replaces it whole: what a kWh of electricity will emit in years to come, as a source publishes or the council assumes it. Only projections use it, and only where it is named. None is shipped.',
    list: 'The grid pathways that stand, or stood at a moment, by key.',
    remove: 'Ends the series. What stood is kept, and is found with `asOf`.',
    key: "The council's own name of the series.",
  },
  input: GridPathwayInputSchema,
  output: GridPathwaySchema,
  page: GridPathwayPageSchema,
  from: fromGridPathwayInput,
  to: toGridPathway,
  columns: GRID_PATHWAY_COLUMNS,
});
