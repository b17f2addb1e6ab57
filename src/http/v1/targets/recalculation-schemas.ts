import { Type } from 'typebox';
import { LIMITS } from '../../../limits.ts';
import { key } from '../../schemas/atoms.ts';
import { pageSchema } from '../../schemas/page-schemas.ts';
import { TARGET_PARAMS } from './schemas.ts';

const closed = { additionalProperties: false } as const;
const note = (description: string) => Type.String({ description, minLength: 1, maxLength: LIMITS.noteLengthMax });

const FIELDS = {
  emissionsKgCo2e: Type.Number({
    description: "What the site emitted in the target's base year; 0 where it did not exist then.",
    minimum: 0,
    maximum: 1e15,
    'x-unit': 'kgCO2e',
  }),
  source: note('What the figure rests on, such as the figures of the former owner.'),
  note: Type.Optional(note('What to know about it.')),
};
const EXAMPLE = { emissionsKgCo2e: 60000, source: 'Bills of 2019/20 handed over by the former contractor' };

/** What is stated of a site's base year, as it is written. */
export const StatedBaseYearInputSchema = Type.Object(FIELDS, {
  $id: 'StatedBaseYearInput',
  ...closed,
  description: 'What a site emitted in the base year of a target.',
  examples: [EXAMPLE],
});

/** The same, as it is read. */
export const StatedBaseYearSchema = Type.Object(
  { site: key('Key of the site.'), ...FIELDS },
  {
    $id: 'StatedBaseYear',
    ...closed,
    description: 'What a site emitted in the base year of a target, as stated.',
    examples: [{ site: 'DEPOT', ...EXAMPLE }],
  },
);

export const StatedBaseYearsSchema = pageSchema(
  StatedBaseYearSchema,
  'StatedBaseYears',
  'One page of what was stated of base years for a target, by site.',
  { site: 'DEPOT', ...EXAMPLE },
);

export const RECALCULATION_PARAMS = Type.Object({ ...TARGET_PARAMS.properties, site: key('Key of the site.') }, closed);

export const recalculationSchemas = [StatedBaseYearInputSchema, StatedBaseYearSchema, StatedBaseYearsSchema];
