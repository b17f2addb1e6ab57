import { keyedRoutes } from '../../keyed-routes.ts';
import { fromInstrumentInput, INSTRUMENT_COLUMNS, toInstrumentOutput } from './convert.ts';
import { InstrumentInputSchema, InstrumentPageSchema, InstrumentSchema } from './schemas.ts';

/** `/v1/instruments` */
export const instrumentRoutes = keyedRoutes({
  path: 'instruments',
  param: 'instrument',
  names: ['Instrument', 'Instruments'],
  words: ['an instrument', 'instruments'],
  tag: 'Bought energy',
  describe: {
    put: 'Makes the instrument or replaces it whole: certificates, an agreement or a product, with the meters or the contract it covers and its evidence. Figures use it with `basis=market`. Sending the same again changes nothing; what it was before is kept.',
    list: 'The instruments, by key, whether they are used or not. Figures asked with `basis=market` say why one is not.',
    remove: 'Ends the instrument. Figures as of earlier moments keep it.',
    key: 'Key of the instrument.',
  },
  input: InstrumentInputSchema,
  output: InstrumentSchema,
  page: InstrumentPageSchema,
  from: fromInstrumentInput,
  to: toInstrumentOutput,
  columns: INSTRUMENT_COLUMNS,
});
