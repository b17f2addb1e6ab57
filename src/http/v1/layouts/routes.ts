import { keyedRoutes } from '../../keyed-routes.ts';
import { fromLayoutInput, LAYOUT_COLUMNS, toLayoutOutput } from './convert.ts';
import { LayoutInputSchema, LayoutPageSchema, LayoutSchema } from './schemas.ts';

/** `/v1/layouts` */
export const layoutRoutes = keyedRoutes({
  path: 'layouts',
  param: 'layout',
  names: ['Layout', 'Layouts'],
  words: ['a layout', 'layouts'],
  tag: 'Meter data',
  describe: {
    put: "Keeps how a supplier's files are read, or replaces it whole. Files with exactly its header, and files sent with its name, are then read by it without a question. Sending the same again changes nothing; what it was before is kept.",
    list: 'The layouts that are kept, by name.',
    remove: 'Ends the layout. What was read by it stays as it was read.',
    key: 'Name of the layout.',
  },
  input: LayoutInputSchema,
  output: LayoutSchema,
  page: LayoutPageSchema,
  from: fromLayoutInput,
  to: toLayoutOutput,
  columns: LAYOUT_COLUMNS,
});
