import { keyedRoutes } from '../../keyed-routes.ts';
import { fromMeasureInput, MEASURE_COLUMNS, toMeasure } from './convert.ts';
import { MeasureInputSchema, MeasurePageSchema, MeasureSchema } from './schemas.ts';

/** `/v1/measures` */
export const measureRoutes = keyedRoutes({
  path: 'measures',
  param: 'measure',
  names: ['Measure', 'Measures'],
  words: ['a measure', 'measures'],
  tag: 'Targets',
  describe: {
    put: 'Makes the measure or replaces it whole: something that may be done at a site, and what it would change. No figure of the past rests on it. Sending the same again changes nothing, and what stood before is kept.',
    list: 'The measures that stand, or stood at a moment, by key.',
    remove: 'Ends the measure. What stood is kept, and is found with `asOf`.',
    key: "The council's own name of the measure.",
  },
  input: MeasureInputSchema,
  output: MeasureSchema,
  page: MeasurePageSchema,
  from: fromMeasureInput,
  to: toMeasure,
  columns: MEASURE_COLUMNS,
});
