import { type Static, Type } from 'typebox';
import { PATHWAY_LINES, type PathwayLine } from '../../../domain/projection/grid-pathway.ts';
import { LIMITS } from '../../../limits.ts';
import { AsOfSchema } from '../../schemas/as-of.ts';
import { key, localDay, oneOf, text } from '../../schemas/atoms.ts';
import { pageSchema } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { kgPerKwh, note } from '../../schemas/supply-atoms.ts';

const closed = { additionalProperties: false } as const;
const LINE_NAMES = Object.keys(PATHWAY_LINES) as PathwayLine[];

export const PathwayFactorSchema = Type.Object(
  {
    year: Type.Integer({
      description: 'Year of the edition that the number stands for: 2030 is used where the edition of 2030 would be.',
      minimum: 1990,
      maximum: 2199,
      'x-unit': 'year',
    }),
    line: oneOf(LINE_NAMES, 'Factor line of electricity.'),
    kgCo2ePerKwh: kgPerKwh('All gases as CO2e.'),
    kgCo2PerKwh: Type.Optional(kgPerKwh('The CO2 of it alone, for targets about CO2.')),
  },
  { $id: 'PathwayFactor', ...closed, description: 'What one kWh of electricity emits by one line in one year.' },
);

const FIELDS = {
  name: text('Name of the series.', LIMITS.nameLengthMax),
  basis: oneOf(
    ['published', 'assumed'],
    'published: a source publishes these numbers as they stand here. assumed: they are an assumption, of the council or of others.',
  ),
  source: note('Where the numbers are from, or what the assumption rests on.'),
  publishedOn: Type.Optional(localDay('Day of the publication.')),
  factors: Type.Array(ref(PathwayFactorSchema), {
    description:
      'One number for a year and line, without a year left out between the first and the last of a line. Lines that are left out stay at the newest published edition.',
    minItems: 1,
    maxItems: LIMITS.pathwayFactorsMax,
  }),
  notes: Type.Optional(note('What to know about it.')),
};

const EXAMPLE = {
  name: 'Halved by 2030',
  basis: 'assumed',
  source: 'An example: no pathway is shipped',
  factors: [
    { year: 2027, line: 'generation', kgCo2ePerKwh: 0.12 },
    { year: 2028, line: 'generation', kgCo2ePerKwh: 0.1 },
  ],
} as const;

/** A pathway as it is written. */
export const GridPathwayInputSchema = Type.Object(FIELDS, {
  $id: 'GridPathwayInput',
  ...closed,
  description: 'Grid factors of years to come. Replaces the whole series.',
  examples: [EXAMPLE],
});

/** A pathway as it is read. */
export const GridPathwaySchema = Type.Object(
  { asOf: Type.Optional(ref(AsOfSchema)), key: key("The council's own name of the series."), ...FIELDS },
  {
    $id: 'GridPathway',
    ...closed,
    description: 'Grid factors of years to come.',
    examples: [{ key: 'halved-2030', ...EXAMPLE }],
  },
);

export const GridPathwayPageSchema = pageSchema(GridPathwaySchema, 'GridPathwayPage', 'One page of the pathways.', {
  key: 'halved-2030',
  ...EXAMPLE,
});

export const gridPathwaySchemas = [
  PathwayFactorSchema,
  GridPathwayInputSchema,
  GridPathwaySchema,
  GridPathwayPageSchema,
];

export type GridPathwayInput = Static<typeof GridPathwayInputSchema>;
export type GridPathwayOutput = Static<typeof GridPathwaySchema>;
