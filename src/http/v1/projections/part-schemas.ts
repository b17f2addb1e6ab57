import { type TSchema, Type } from 'typebox';
import { ACTIVITIES, UNITS } from '../../../domain/activities.ts';
import { NOT_APPLIED } from '../../../services/projection/sort-measures.ts';
import { key, oneOf, text } from '../../schemas/atoms.ts';
import { PeriodSchema } from '../../schemas/figure-atoms.ts';
import { ref } from '../../schemas/ref.ts';
import { WEATHER_SUMS } from '../figures/weather-schemas.ts';
import { otherLine } from '../other-emissions/schemas.ts';

const closed = { additionalProperties: false } as const;

/** An amount of a year to come: what is expected, and between what it lies in four cases of five. */
function ranged(id: string, unit: string, of: string, example: object) {
  const amount = (description: string) => Type.Number({ description, 'x-unit': unit });
  return Type.Object(
    {
      expected: amount('Where the trend leads.'),
      low: amount('Lower end of the range.'),
      high: amount('Upper end of the range.'),
    },
    { $id: id, ...closed, description: of, examples: [example] },
  );
}

export const RangedKgSchema = ranged(
  'RangedKg',
  'kgCO2e',
  'Kilograms with the range of their trends: each lies in it with a likelihood of four fifths; together they are added at the same ends, which is wider.',
  { expected: 700000, low: 640000, high: 760000 },
);
export const RangedQuantitySchema = ranged(
  'RangedQuantity',
  'as in unit',
  'A quantity with the range of its trend. Equal ends: it is held, and no range is known.',
  { expected: 3500000, low: 3200000, high: 3800000 },
);
export const rangedKg = ref(RangedKgSchema);

const orNull = <Schema extends TSchema>(schema: Schema, description: string) =>
  Type.Union([schema, Type.Null()], { description });

/** What is carried on, and from which years. */
export const ProjectedSeriesSchema = Type.Object(
  {
    name: Type.String({ description: 'What `hold` calls it: the activity, or the stated line.' }),
    activity: Type.Optional(oneOf(ACTIVITIES, 'The activity.')),
    line: Type.Optional(otherLine('The line, where it is a stated one.')),
    unit: oneOf([...UNITS, 'kgCO2e'], 'Unit of its quantities.'),
    held: Type.Boolean({ description: 'True where it stays at its newest complete year.' }),
    years: Type.Array(
      Type.Object(
        {
          period: ref(PeriodSchema),
          quantity: Type.Number({
            description: 'What was used, in reference weather where that was asked.',
            'x-unit': 'as in unit',
          }),
        },
        { ...closed, description: 'One year.' },
      ),
      { description: 'The complete years that it is made of.' },
    ),
    slopePerYear: Type.Optional(
      Type.Number({ description: 'Change of the quantity from one year to the next.', 'x-unit': 'as in unit, a year' }),
    ),
    residual: Type.Optional(
      Type.Number({
        description: 'Standard deviation of the years about their line, with two fewer degrees of freedom than years.',
        'x-unit': 'as in unit',
      }),
    ),
    left: Type.Array(
      Type.Object(
        { period: ref(PeriodSchema), reason: Type.String({ description: 'Why it is not complete.' }) },
        { ...closed, description: 'One year.' },
      ),
      {
        description:
          'Years since its first one that are no points of it, and complete ones before that cannot be brought to the reference.',
      },
    ),
  },
  {
    $id: 'ProjectedSeries',
    ...closed,
    description: 'What is carried on, and from which years.',
    examples: [
      {
        name: 'natural-gas',
        activity: 'natural-gas',
        unit: 'kWh',
        held: false,
        years: [
          { period: { label: '2023/24', start: '2023-04-01', end: '2024-04-01' }, quantity: 1000000 },
          { period: { label: '2024/25', start: '2024-04-01', end: '2025-04-01' }, quantity: 960000 },
          { period: { label: '2025/26', start: '2025-04-01', end: '2026-04-01' }, quantity: 950000 },
        ],
        slopePerYear: -25000,
        residual: 12247.448714,
        left: [],
      },
    ],
  },
);

/** The pathway that factors of electricity go by. */
export const PathwayEchoSchema = Type.Object(
  {
    key: key('Key of the pathway.'),
    name: text('Its name.'),
    basis: oneOf(['published', 'assumed'], 'Whether a source publishes it, or it is an assumption.'),
    source: Type.String({ description: 'Where it is from.' }),
    usedFrom: orNull(
      Type.Integer({ description: 'First year of it that is used.', 'x-unit': 'year' }),
      'First year of it that is used, which is after the newest edition; null where all of it is before.',
    ),
    lastYear: Type.Integer({ description: 'Its last year, at which later years are held.', 'x-unit': 'year' }),
  },
  { $id: 'GridPathwayEcho', ...closed, description: 'The pathway that factors of electricity go by.' },
);

const WeatherYearSchema = Type.Object(
  { period: ref(PeriodSchema), ...WEATHER_SUMS },
  { $id: 'ProjectedWeatherYear', ...closed, description: 'How much of a year was brought to the reference.' },
);

/** The weather that years were brought to. */
export const ProjectionWeatherSchema = Type.Object(
  {
    reference: Type.Optional(key('Key of the reference degree days.')),
    referenceDegreeDays: Type.Optional(
      Type.Array(Type.Number({ 'x-unit': 'degree days' }), { description: 'Stated ones, January to December.' }),
    ),
    years: Type.Array(ref(WeatherYearSchema), { description: 'The years, with how much of each was brought there.' }),
  },
  { $id: 'ProjectionWeather', ...closed, description: 'The weather that years were brought to.' },
);

/** What every answer about years to come rests on. */
export const BASIS = {
  basedOn: ref(PeriodSchema),
  series: Type.Array(ref(ProjectedSeriesSchema), { description: 'What is carried on, and from which years.' }),
  weather: orNull(
    ref(ProjectionWeatherSchema),
    'The weather that years were brought to. Null: years are as they were measured, and a cold one counts as more use.',
  ),
  gridPathway: orNull(
    ref(PathwayEchoSchema),
    'The pathway that factors of electricity go by. Null: all factors are held at the newest edition.',
  ),
  newestEdition: Type.Integer({
    description: 'Year of the newest published edition of factors in use; later years have no published ones.',
    'x-unit': 'year',
  }),
};

export const MEASURES_COUNTED = {
  measures: Type.Array(key('Key of a measure.'), {
    description: 'Measures that are counted, in the order of their first days.',
  }),
  notCounted: Type.Array(
    Type.Object(
      {
        measure: key('Key of the measure.'),
        reason: oneOf(
          NOT_APPLIED,
          'done: it is in the meter data. begins-in-the-data: so is what it does from its first day on, which lies before the first year to come. no-use-in-the-base-year: the target counts nothing that its site used in the base year.',
        ),
      },
      { ...closed, description: 'One measure.' },
    ),
    { description: 'Measures that were asked for and are not counted.' },
  ),
};

export const projectionPartSchemas = [
  RangedKgSchema,
  RangedQuantitySchema,
  ProjectedSeriesSchema,
  PathwayEchoSchema,
  WeatherYearSchema,
  ProjectionWeatherSchema,
];
