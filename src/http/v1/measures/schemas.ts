import { type Static, Type } from 'typebox';
import { ACTIVITIES, UNITS } from '../../../domain/activities.ts';
import { MEASURE_KINDS, MEASURE_STATUSES } from '../../../domain/measures/measure.ts';
import { LIMITS } from '../../../limits.ts';
import { AsOfSchema } from '../../schemas/as-of.ts';
import { key, localDay, oneOf, text } from '../../schemas/atoms.ts';
import { pageSchema } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { note } from '../../schemas/supply-atoms.ts';

const closed = { additionalProperties: false } as const;

const ratio = (description: string, unit: string, maximum: number) =>
  Type.Number({ description, exclusiveMinimum: 0, maximum, 'x-unit': unit });

/** What takes the place of what is removed. */
export const ReplacementSchema = Type.Object(
  {
    activity: oneOf(ACTIVITIES, 'The activity of which an earlier change of the measure removes something.'),
    efficiency: ratio(
      'Heat (or light) from one kWh of it, at gross calorific value for fuels, such as 0.85 of a boiler.',
      'kWh per kWh',
      2,
    ),
    performance: ratio(
      'The same from one kWh of what takes its place, such as the seasonal performance factor 2.8 of a heat pump.',
      'kWh per kWh',
      20,
    ),
  },
  { $id: 'Replacement', ...closed, description: 'Adds what was removed, times efficiency, divided by performance.' },
);

/** What a measure changes of one activity. */
export const QuantityChangeSchema = Type.Object(
  {
    activity: oneOf(ACTIVITIES, 'The activity that changes.'),
    unit: Type.Optional(
      oneOf(UNITS, 'Unit of `perYear`, as figures count the activity. Absent: kWh; for water and waste water m3.'),
    ),
    from: Type.Optional(localDay('First day of this effect, where it is not that of the measure.')),
    perYear: Type.Optional(
      Type.Number({
        description: 'So much more in a whole year, or less where it is negative; never below nothing.',
        minimum: -1e9,
        maximum: 1e9,
        'x-unit': 'as in unit, a year',
      }),
    ),
    percent: Type.Optional(
      Type.Number({
        description: 'So much more of what is used without the measure, or less where it is negative.',
        minimum: -100,
        maximum: 1_000,
        'x-unit': 'percent',
      }),
    ),
    replaces: Type.Optional(ref(ReplacementSchema)),
  },
  {
    $id: 'QuantityChange',
    ...closed,
    description: 'What changes of one activity: exactly one of perYear, percent and replaces.',
    examples: [
      { activity: 'natural-gas', percent: -100 },
      { activity: 'electricity', replaces: { activity: 'natural-gas', efficiency: 0.85, performance: 2.8 } },
      { activity: 'electricity', perYear: -42000 },
    ],
  },
);

const FIELDS = {
  name: text('What is done.', LIMITS.nameLengthMax),
  kind: oneOf(
    MEASURE_KINDS,
    'closing takes all that the site uses from its first day on; handover gives the site to somebody else, which is a transfer and no saving. All others state their changes.',
  ),
  site: key('Key of the site.'),
  from: localDay('First day of the effect.'),
  to: Type.Optional(localDay('First day without it. Absent: for good.')),
  costGbp: Type.Optional(
    Type.Number({ description: 'What it costs, once.', minimum: 0, maximum: 1e12, 'x-unit': 'GBP' }),
  ),
  costYear: Type.Optional(
    Type.Integer({ description: 'Year of the prices of the cost.', minimum: 1990, maximum: 2199, 'x-unit': 'year' }),
  ),
  source: note('What the figures rest on, such as a survey with its date.'),
  notes: Type.Optional(note('What to know about it.')),
};
const changes = Type.Array(ref(QuantityChangeSchema), {
  description: 'What it changes, applied in this order. None for closing and handover.',
  maxItems: LIMITS.measureChangesMax,
});
const status = oneOf(
  MEASURE_STATUSES,
  'planned: counted where all planned measures are asked for. idea: counted where it is named. done: in the meter data, and counted nowhere else.',
);

const EXAMPLE = {
  name: 'Air source heat pump for the main building',
  kind: 'heat-pump',
  site: 'CH-001',
  status: 'planned',
  from: '2028-10-01',
  changes: [
    { activity: 'natural-gas', percent: -100 },
    { activity: 'electricity', replaces: { activity: 'natural-gas', efficiency: 0.85, performance: 2.8 } },
  ],
  costGbp: 640000,
  costYear: 2026,
  source: 'Feasibility study of May 2026',
} as const;

/** A measure as it is written. */
export const MeasureInputSchema = Type.Object(
  { ...FIELDS, status: Type.Optional(status), changes: Type.Optional(changes) },
  {
    $id: 'MeasureInput',
    ...closed,
    description: 'Something that may be done at a site. Replaces the whole measure. Absent: status idea, no changes.',
    examples: [EXAMPLE],
  },
);

const OUTPUT_EXAMPLE = {
  key: 'ch-001-heat-pump',
  ...EXAMPLE,
  changes: EXAMPLE.changes.map((change) => ({ ...change, unit: 'kWh' })),
};

/** A measure as it is read. */
export const MeasureSchema = Type.Object(
  {
    asOf: Type.Optional(ref(AsOfSchema)),
    key: key("The council's own name of the measure."),
    ...FIELDS,
    status,
    changes,
  },
  { $id: 'Measure', ...closed, description: 'Something that may be done at a site.', examples: [OUTPUT_EXAMPLE] },
);

export const MeasurePageSchema = pageSchema(MeasureSchema, 'MeasurePage', 'One page of the measures.', OUTPUT_EXAMPLE);

export const measureSchemas = [
  ReplacementSchema,
  QuantityChangeSchema,
  MeasureInputSchema,
  MeasureSchema,
  MeasurePageSchema,
];

export type MeasureInput = Static<typeof MeasureInputSchema>;
export type MeasureOutput = Static<typeof MeasureSchema>;
