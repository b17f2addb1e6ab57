import { keyedRoutes } from '../../keyed-routes.ts';
import { fromResidualMixInput, RESIDUAL_MIX_COLUMNS, toResidualMixOutput } from './convert.ts';
import { ResidualMixInputSchema, ResidualMixPageSchema, ResidualMixSchema } from './schemas.ts';

/** `/v1/residual-mixes` */
export const residualMixRoutes = keyedRoutes({
  path: 'residual-mixes',
  param: 'residualMix',
  names: ['ResidualMix', 'ResidualMixes'],
  words: ['a residual mix', 'residual mixes'],
  tag: 'Bought energy',
  describe: {
    put: 'Makes the residual mix or replaces it whole. On its days, electricity that no instrument covers takes its factor in figures on the market basis. None is shipped. Two mixes cannot hold on one day.',
    list: 'The residual mixes, by key.',
    remove: 'Ends the residual mix. Figures as of earlier moments keep it.',
    key: 'Key of the residual mix.',
  },
  input: ResidualMixInputSchema,
  output: ResidualMixSchema,
  page: ResidualMixPageSchema,
  from: fromResidualMixInput,
  to: toResidualMixOutput,
  columns: RESIDUAL_MIX_COLUMNS,
});
