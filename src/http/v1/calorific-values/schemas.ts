import { type Static, Type } from 'typebox';
import { CALORIFIC_VALUE_LIMITS, ZONE_PATTERN } from '../../../domain/gas/calorific-values.ts';
import { CALORIFIC_VALUE_BAND } from '../../../domain/gas/gas-factors.ts';
import { LIMITS } from '../../../limits.ts';
import { asOf } from '../../schemas/as-of.ts';
import { localDay } from '../../schemas/atoms.ts';
import { PAGE_QUERY, pageSchema } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';

const closed = { additionalProperties: false } as const;
const EXAMPLE = { zone: 'WM', day: '2025-10-26', mjPerM3: 39.4 };

/** The code of a local distribution zone of gas. */
export function zone(description: string) {
  return Type.String({
    description,
    pattern: ZONE_PATTERN,
    'x-expects': 'the code of a local distribution zone, such as WM',
  });
}

export const CalorificValueSchema = Type.Object(
  {
    zone: zone('Local distribution zone, such as WM for the West Midlands.'),
    day: localDay('The day.'),
    mjPerM3: Type.Number({
      description: 'Gross calorific value of the gas, at most six decimals.',
      minimum: CALORIFIC_VALUE_LIMITS.from,
      maximum: CALORIFIC_VALUE_LIMITS.to,
      'x-unit': 'MJ/m3',
    }),
  },
  {
    $id: 'CalorificValue',
    ...closed,
    description: 'Gross calorific value of the gas of one zone on one day.',
    examples: [EXAMPLE],
  },
);

/** A table of daily calorific values. */
export const CalorificTableSchema = Type.Object(
  {
    values: Type.Array(ref(CalorificValueSchema), {
      description: 'The values, in any order.',
      minItems: 1,
      maxItems: LIMITS.calorificValuesMax,
    }),
  },
  {
    $id: 'CalorificTable',
    ...closed,
    description: 'Daily calorific values, laid over those that stand.',
    examples: [{ values: [EXAMPLE] }],
  },
);

const count = (description: string, unit: string) => Type.Integer({ description, minimum: 0, 'x-unit': unit });

export const CalorificOutcomeSchema = Type.Object(
  {
    values: Type.Object(
      {
        new: count('Days of a zone that had no value before.', 'values'),
        changed: count('Days of a zone whose value is another now; the former one is kept.', 'values'),
        unchanged: count('Values that stood already.', 'values'),
      },
      { ...closed, description: 'What became of the values.' },
    ),
    daysChanged: count('Meter-days whose energy is another by these values; what they were is kept.', 'meter-days'),
    outsideBand: Type.Array(ref(CalorificValueSchema), {
      description: `Values outside ${CALORIFIC_VALUE_BAND.from} to ${CALORIFIC_VALUE_BAND.to} MJ/m3, where gas of the network stands. They are taken, and should be looked at.`,
    }),
    seq: Type.Optional(
      Type.String({ description: 'Clock reading of the change; absent when nothing new was written.' }),
    ),
  },
  {
    $id: 'CalorificOutcome',
    ...closed,
    description: 'What a table of calorific values did.',
    examples: [{ values: { new: 1, changed: 0, unchanged: 0 }, daysChanged: 30, outsideBand: [], seq: '43' }],
  },
);

export const CalorificPageSchema = pageSchema(
  CalorificValueSchema,
  'CalorificValuePage',
  'One page of daily calorific values, by zone and day.',
  EXAMPLE,
);

export const CALORIFIC_QUERY = Type.Object(
  {
    zone: Type.Optional(zone('Only values of this zone.')),
    period: Type.Optional(
      Type.String({
        description: 'Only days of this period, in the period grammar, such as 2024-07 or 2024/25.',
        minLength: 4,
        maxLength: 40,
      }),
    ),
    asOf,
    ...PAGE_QUERY,
  },
  closed,
);

export const calorificSchemas = [
  CalorificValueSchema,
  CalorificTableSchema,
  CalorificOutcomeSchema,
  CalorificPageSchema,
];

export type CalorificTable = Static<typeof CalorificTableSchema>;
export type CalorificValueOutput = Static<typeof CalorificValueSchema>;
export type CalorificOutcomeOutput = Static<typeof CalorificOutcomeSchema>;
