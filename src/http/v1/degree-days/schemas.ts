import { type Static, Type } from 'typebox';
import { DEGREE_DAY_LIMITS, SOURCE_LENGTH_MAX } from '../../../domain/weather/degree-days.ts';
import { LIMITS } from '../../../limits.ts';
import { asOf } from '../../schemas/as-of.ts';
import { localDay, oneOf, text } from '../../schemas/atoms.ts';
import { PAGE_QUERY, pageSchema } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { baseTemperature, degreeDayKind, weatherRegion } from '../../schemas/weather-atoms.ts';

const closed = { additionalProperties: false } as const;
const UNIT = '°C days';

const SERIES = {
  region: weatherRegion('Region, as the publisher of the degree days names or numbers it.'),
  baseTemperatureC: baseTemperature('Base temperature; part of what the degree days are.'),
};
const source = text('Where the degree days come from: publisher and station, or own measurement.', SOURCE_LENGTH_MAX);
const month = Type.String({
  description: 'The month, where only its total is known.',
  pattern: '^(199\\d|2[01]\\d\\d)-(0[1-9]|1[0-2])$',
  'x-expects': 'a month written YYYY-MM, from 1990 to 2199',
});
const time = { day: Type.Optional(localDay('The day.')), month: Type.Optional(month) };

const DegreeDayEntrySchema = Type.Object(
  {
    ...time,
    degreeDays: Type.Number({
      description: 'Degree days of the day or month, at most six decimals. Never negative.',
      minimum: 0,
      maximum: DEGREE_DAY_LIMITS.perDayMax * 31,
      'x-unit': UNIT,
    }),
  },
  {
    $id: 'DegreeDayEntry',
    ...closed,
    description: 'Degree days of a day, or the total of a month.',
    examples: [{ day: '2025-01-14', degreeDays: 11.4 }],
  },
);

const TABLE_EXAMPLE = {
  region: 'midland',
  kind: 'heating',
  baseTemperatureC: 15.5,
  source: 'Weather station of the council, hourly means',
};

/** Degree days of one series. */
export const DegreeDayTableSchema = Type.Object(
  {
    ...SERIES,
    kind: Type.Optional(degreeDayKind('Below the base (heating), or above it (cooling). Default heating.')),
    source,
    values: Type.Array(ref(DegreeDayEntrySchema), {
      description: 'The values, in any order.',
      minItems: 1,
      maxItems: LIMITS.degreeDaysMax,
    }),
  },
  {
    $id: 'DegreeDayTable',
    ...closed,
    description: 'Degree days of one region to one base, laid over those that stand.',
    examples: [{ ...TABLE_EXAMPLE, values: [{ day: '2025-01-14', degreeDays: 11.4 }] }],
  },
);

const count = (description: string, unit: string) => Type.Integer({ description, minimum: 0, 'x-unit': unit });

export const DegreeDayOutcomeSchema = Type.Object(
  {
    values: Type.Object(
      {
        new: count('Days and months that had no value before.', 'values'),
        changed: count('Days and months whose value or source is another now; the former one is kept.', 'values'),
        unchanged: count('Values that stood already.', 'values'),
      },
      { ...closed, description: 'What became of the values.' },
    ),
    daysChanged: count(
      'Meter-days whose quantity is another, because totals are spread over these degree days; what they were is kept.',
      'meter-days',
    ),
    seq: Type.Optional(
      Type.String({ description: 'Clock reading of the change; absent when nothing new was written.' }),
    ),
  },
  {
    $id: 'DegreeDayOutcome',
    ...closed,
    description: 'What a table of degree days did.',
    examples: [{ values: { new: 1, changed: 0, unchanged: 0 }, daysChanged: 30, seq: '43' }],
  },
);

const ROW_EXAMPLE = { ...TABLE_EXAMPLE, day: '2025-01-14', degreeDays: 11.4 };

export const DegreeDaySchema = Type.Object(
  {
    ...SERIES,
    kind: degreeDayKind('Below the base (heating), or above it (cooling).'),
    ...time,
    degreeDays: Type.Number({ description: 'Degree days of the day or month.', 'x-unit': UNIT }),
    source,
  },
  {
    $id: 'DegreeDay',
    ...closed,
    description: 'Degree days of one region on one day, or in one month.',
    examples: [ROW_EXAMPLE],
  },
);

export const DegreeDayPageSchema = pageSchema(
  DegreeDaySchema,
  'DegreeDayPage',
  'One page of degree days, by region, kind, base, days before months, and time.',
  ROW_EXAMPLE,
);

export const DEGREE_DAY_QUERY = Type.Object(
  {
    region: Type.Optional(weatherRegion('Only this region.')),
    kind: Type.Optional(degreeDayKind('Only this kind.')),
    baseTemperatureC: Type.Optional(baseTemperature('Only this base temperature.')),
    resolution: Type.Optional(oneOf(['day', 'month'], 'Only values of days, or only totals of months.')),
    period: Type.Optional(
      Type.String({
        description:
          'Only days, and months that begin, in this period, in the period grammar, such as 2024-07 or 2024/25.',
        minLength: 4,
        maxLength: 40,
      }),
    ),
    asOf,
    ...PAGE_QUERY,
  },
  closed,
);

export const degreeDaySchemas = [
  DegreeDayEntrySchema,
  DegreeDayTableSchema,
  DegreeDayOutcomeSchema,
  DegreeDaySchema,
  DegreeDayPageSchema,
];

export type DegreeDayTable = Static<typeof DegreeDayTableSchema>;
export type DegreeDayOutput = Static<typeof DegreeDaySchema>;
export type DegreeDayOutcomeOutput = Static<typeof DegreeDayOutcomeSchema>;
export type DegreeDayQuery = Static<typeof DEGREE_DAY_QUERY>;
