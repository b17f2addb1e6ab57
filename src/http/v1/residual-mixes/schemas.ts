import { type Static, Type } from 'typebox';
import { LIMITS } from '../../../limits.ts';
import { AsOfSchema } from '../../schemas/as-of.ts';
import { key, localDay, text } from '../../schemas/atoms.ts';
import { pageSchema } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { gasBasis, kgPerKwh, note } from '../../schemas/supply-atoms.ts';

const closed = { additionalProperties: false } as const;

const FIELDS = {
  publisher: text('Who publishes it.', LIMITS.nameLengthMax),
  gasBasis: gasBasis('Gases that the factor counts. CO2 alone is flagged in figures of CO2e.'),
  from: localDay('First day of use it holds for.'),
  to: localDay('First day it holds no longer for.'),
  factor: kgPerKwh('Emissions of one kWh that nobody has claimed.'),
  source: note('Where the number was read.'),
  licence: note('By which licence it may be used.'),
};

const EXAMPLE = {
  publisher: 'Example publisher',
  gasBasis: 'co2',
  from: '2025-04-01',
  to: '2026-04-01',
  factor: 0.3,
  source: 'An example: no residual mix is shipped',
  licence: 'An example',
};

/** A residual mix as it is written. */
export const ResidualMixInputSchema = Type.Object(FIELDS, {
  $id: 'ResidualMixInput',
  ...closed,
  description: 'What electricity emits that nobody has claimed, on some days. Replaces the whole of it.',
  examples: [EXAMPLE],
});

/** A residual mix as it is read. */
export const ResidualMixSchema = Type.Object(
  { asOf: Type.Optional(ref(AsOfSchema)), key: key('Key of the residual mix.'), ...FIELDS },
  {
    $id: 'ResidualMix',
    ...closed,
    description: 'What electricity emits that nobody has claimed, on some days.',
    examples: [{ key: 'residual-2025', ...EXAMPLE }],
  },
);

export const ResidualMixPageSchema = pageSchema(
  ResidualMixSchema,
  'ResidualMixPage',
  'One page of the residual mixes.',
  {
    key: 'residual-2025',
    ...EXAMPLE,
  },
);

export const residualMixSchemas = [ResidualMixInputSchema, ResidualMixSchema, ResidualMixPageSchema];

export type ResidualMixInput = Static<typeof ResidualMixInputSchema>;
export type ResidualMixOutput = Static<typeof ResidualMixSchema>;
