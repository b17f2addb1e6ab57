import { type Static, Type } from 'typebox';
import { SOURCE_LENGTH_MAX } from '../../../domain/weather/degree-days.ts';
import { LIMITS } from '../../../limits.ts';
import { AsOfSchema, asOf } from '../../schemas/as-of.ts';
import { key, text } from '../../schemas/atoms.ts';
import { PAGE_QUERY, pageSchema } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { baseTemperature, degreeDayKind, weatherRegion } from '../../schemas/weather-atoms.ts';

const closed = { additionalProperties: false } as const;
const MONTHS_MAX = 2200;

const ReferenceSeriesSchema = Type.Object(
  {
    region: weatherRegion('Region that they stand for.'),
    kind: Type.Optional(degreeDayKind('Below the base (heating), or above it (cooling). Written without: heating.')),
    baseTemperatureC: baseTemperature('Base temperature; part of what the degree days are.'),
    months: Type.Array(
      Type.Number({
        description: 'Long-term degree days of one month.',
        minimum: 0,
        maximum: MONTHS_MAX,
        'x-unit': '°C days',
      }),
      { description: 'January to December.', minItems: 12, maxItems: 12 },
    ),
  },
  {
    $id: 'ReferenceSeries',
    ...closed,
    description: 'Long-term degree days of one region to one base, by month.',
  },
);

const FIELDS = {
  name: text('What they are, with the years that they stand for.', LIMITS.nameLengthMax),
  source: text('Where they come from.', SOURCE_LENGTH_MAX),
  series: Type.Array(ref(ReferenceSeriesSchema), {
    description: 'One entry for each region, kind and base temperature.',
    minItems: 1,
    maxItems: LIMITS.referenceSeriesMax,
  }),
};

/** The published standard year of the Midlands, of which the sum is 2,462. */
const EXAMPLE = {
  name: 'Standard year at 15.5 °C',
  source: 'www.vesma.com/std-year.htm',
  series: [
    {
      region: 'midland',
      kind: 'heating',
      baseTemperatureC: 15.5,
      months: [395, 342, 297, 233, 151, 77, 42, 44, 83, 177, 275, 346],
    },
  ],
};

/** Reference degree days as they are written. */
export const ReferenceInputSchema = Type.Object(FIELDS, {
  $id: 'ReferenceDegreeDaysInput',
  ...closed,
  description: 'Long-term degree days that weather is compared with. Replaces the whole reference.',
  examples: [EXAMPLE],
});

/** Reference degree days as they are read. */
export const ReferenceSchema = Type.Object(
  { asOf: Type.Optional(ref(AsOfSchema)), key: key("The council's own name of the reference."), ...FIELDS },
  {
    $id: 'ReferenceDegreeDays',
    ...closed,
    description: 'Long-term degree days that weather is compared with.',
    examples: [{ key: 'standard-year', ...EXAMPLE }],
  },
);

export const ReferencePageSchema = pageSchema(
  ReferenceSchema,
  'ReferenceDegreeDaysPage',
  'One page of the references, by key.',
  { key: 'standard-year', ...EXAMPLE },
);

export const REFERENCE_PARAMS = Type.Object({ reference: key("The council's own name of the reference.") }, closed);
export const REFERENCE_QUERY = Type.Object({ asOf }, closed);
export const REFERENCES_QUERY = Type.Object({ asOf, ...PAGE_QUERY }, closed);

export const referenceSchemas = [ReferenceSeriesSchema, ReferenceInputSchema, ReferenceSchema, ReferencePageSchema];

export type ReferenceInput = Static<typeof ReferenceInputSchema>;
export type ReferenceOutput = Static<typeof ReferenceSchema>;
