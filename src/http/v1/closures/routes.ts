import { keyedRoutes } from '../../keyed-routes.ts';
import { CLOSURE_COLUMNS, fromClosureInput, toClosure } from './convert.ts';
import { ClosureInputSchema, ClosurePageSchema, ClosureSchema } from './schemas.ts';

/** `/v1/closures` */
export const closureRoutes = keyedRoutes({
  path: 'closures',
  param: 'closure',
  names: ['Closure', 'Closures'],
  words: ['a closure', 'closures'],
  tag: 'Sites',
  describe: {
    put: 'Days on which sites are closed while others work, such as school holidays. Working days among them are like each other and like no other day, for the estimation of gaps and for the checks; an estimate that stands is made anew when estimating is asked for again. Sending the same again changes nothing, and what stood before is kept.',
    list: 'The closures that stand, or stood at a moment, by key.',
    remove: 'Ends the closure. What stood is kept, and is found with `asOf`.',
    key: "The council's own name of the closure.",
  },
  input: ClosureInputSchema,
  output: ClosureSchema,
  page: ClosurePageSchema,
  from: fromClosureInput,
  to: toClosure,
  columns: CLOSURE_COLUMNS,
});
