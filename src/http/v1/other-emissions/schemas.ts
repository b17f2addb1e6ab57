import { type Static, Type } from 'typebox';
import { LIMITS } from '../../../limits.ts';
import { AsOfSchema, asOf } from '../../schemas/as-of.ts';
import { PeriodSchema } from '../../schemas/figure-atoms.ts';
import { PAGE_QUERY, pageSchema } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { note } from '../../schemas/supply-atoms.ts';

const closed = { additionalProperties: false } as const;

/** A line of the council's own, such as `fleet`. */
export const otherLine = (description: string) =>
  Type.String({
    description,
    minLength: 1,
    maxLength: LIMITS.otherLineLengthMax,
    pattern: '^[A-Za-z0-9][A-Za-z0-9._:~-]*$',
    'x-expects': `a key of 1 to ${LIMITS.otherLineLengthMax} letters, digits and . _ : ~ - that begins with a letter or digit`,
  });

const kilograms = (description: string, unit = 'kgCO2e') =>
  Type.Number({ description, minimum: 0, maximum: 1e15, 'x-unit': unit });

const category = Type.Integer({
  description: 'Category of scope 3, 1 to 15; required in scope 3, and refused in the others.',
  minimum: 1,
  maximum: 15,
  'x-unit': 'category number',
});

const FIELDS = {
  scope: Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)], {
    description: 'The scope it is reported in.',
    'x-unit': 'scope number',
  }),
  scope3Category: Type.Optional(category),
  kgCo2e: kilograms('What was emitted in the period, all gases as CO2e; 0 where there was nothing.'),
  kgCo2: Type.Optional(kilograms('The CO2 of it alone, for answers about CO2. Absent: not known.', 'kgCO2')),
  kgCo2eMarket: Type.Optional(
    kilograms('Of scope 2: the same on the market basis. Absent: not known, and no market-based total without it.'),
  ),
  outsideOfScopesKgCo2e: Type.Optional(kilograms('Biogenic CO2 beside it, in no total.')),
  method: note('How the figure was reached, such as litres by the factors of the year.'),
  source: note('Where it is from, such as fuel card data of a supplier.'),
  note: Type.Optional(note('What to know about it.')),
};
const provisional = Type.Boolean({ description: 'True where the figure is expected to be replaced.' });

const EXAMPLE = {
  scope: 1,
  kgCo2e: 812450.5,
  method: 'Litres of diesel and petrol by the factors of 2024',
  source: 'Fuel card statements, April 2024 to March 2025',
};

/** A figure as it is written. */
export const OtherEmissionInputSchema = Type.Object(
  { ...FIELDS, provisional: Type.Optional(provisional) },
  {
    $id: 'OtherEmissionInput',
    ...closed,
    description:
      'What the council states of emissions that no meter measures, for one line and period. Replaces the whole figure. Absent: not provisional.',
    examples: [EXAMPLE],
  },
);

const OUTPUT_EXAMPLE = {
  line: 'fleet',
  period: { label: '2024/25', start: '2024-04-01', end: '2025-04-01' },
  ...EXAMPLE,
  provisional: false,
};

/** A figure as it is read. */
export const OtherEmissionSchema = Type.Object(
  {
    asOf: Type.Optional(ref(AsOfSchema)),
    line: otherLine("The council's own name of the line."),
    period: ref(PeriodSchema),
    ...FIELDS,
    provisional,
  },
  {
    $id: 'OtherEmission',
    ...closed,
    description: 'What the council states of emissions that no meter measures, for one line and period.',
    examples: [OUTPUT_EXAMPLE],
  },
);

export const OtherEmissionPageSchema = pageSchema(
  OtherEmissionSchema,
  'OtherEmissionPage',
  'One page of the figures, by line and first day.',
  OUTPUT_EXAMPLE,
);

export const OTHER_EMISSION_PARAMS = Type.Object(
  {
    line: otherLine("The council's own name of the line, such as fleet, travel or refrigerants."),
    period: Type.String({
      description:
        'At most a year of the period grammar. The slash of a financial year is written %2F in an address: 2024%2F25.',
      minLength: 4,
      maxLength: 40,
      examples: ['2024/25'],
    }),
  },
  closed,
);

export const OTHER_EMISSION_QUERY = Type.Object(
  { line: Type.Optional(otherLine('Only figures of this line.')), asOf, ...PAGE_QUERY },
  closed,
);

export const otherEmissionSchemas = [OtherEmissionInputSchema, OtherEmissionSchema, OtherEmissionPageSchema];

export type OtherEmissionInput = Static<typeof OtherEmissionInputSchema>;
export type OtherEmissionOutput = Static<typeof OtherEmissionSchema>;
export type OtherEmissionParams = Static<typeof OTHER_EMISSION_PARAMS>;
