import { type Static, Type } from 'typebox';
import { ACTIVITIES, UNITS } from '../../../domain/activities.ts';
import { FIT_REFUSALS } from '../../../domain/weather/fit-meter.ts';
import { AsOfSchema, asOf } from '../../schemas/as-of.ts';
import { instant, key, localDay, oneOf } from '../../schemas/atoms.ts';
import { PAGE_QUERY, pageSchema } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { baseTemperature, degreeDayKind, weatherRegion } from '../../schemas/weather-atoms.ts';

const closed = { additionalProperties: false } as const;

const measure = (description: string, unit: string) => Type.Number({ description, 'x-unit': unit });
const METER_UNIT = "the meter's unit";
const orNull = (description: string, unit: string) =>
  Type.Union([Type.Number({ 'x-unit': unit, description: 'The value.' }), Type.Null()], { description });

const LineSchema = Type.Object(
  {
    basePerDay: measure('Use of a day that does not answer to the weather. Rounded to six decimals.', METER_UNIT),
    slopePerDegreeDay: measure('Use for each degree day. Rounded to six decimals.', METER_UNIT),
    points: Type.Integer({ description: 'Points that it goes through.', 'x-unit': 'points' }),
    rSquared: orNull('Coefficient of determination; null where all quantities are the same.', 'share of one'),
    cvRmse: orNull(
      'Root mean square error over the mean quantity, adjusted for the two coefficients; null where the mean is not above 0.',
      'share of one',
    ),
    slopeStandardError: measure('Standard error of the slope.', METER_UNIT),
    slopeT: orNull('Slope over its standard error; null where every point lies on the line.', 'standard errors'),
  },
  { $id: 'WeatherLine', ...closed, description: 'quantity = base × days + slope × degree days.' },
);

const POINT_FIELDS = {
  start: localDay('First day.'),
  end: localDay('First day no longer.'),
  source: oneOf(
    ['month', 'span'],
    'A calendar month by its measured days, or the total of a bill or of two register readings.',
  ),
  days: Type.Integer({ description: 'Measured days.', 'x-unit': 'days' }),
  degreeDays: measure('Degree days of those days.', '°C days'),
  quantity: measure('What was used on them.', METER_UNIT),
  fitted: orNull('What the line says; null where there is no line.', METER_UNIT),
  residual: orNull('Quantity less what the line says.', METER_UNIT),
};

const PointSchema = Type.Object(POINT_FIELDS, {
  $id: 'WeatherPoint',
  ...closed,
  description: 'One point of a fit.',
});

const FIT_FIELDS = {
  meter: key('Key of the meter.'),
  site: Type.Optional(key('Key of the site it belongs to at the end of the period.')),
  activity: oneOf(ACTIVITIES, 'What it measures.'),
  unit: oneOf(UNITS, 'Unit of its quantities.'),
  period: Type.Object(
    { start: localDay('First day.'), end: localDay('First day no longer.') },
    { ...closed, description: 'The period that it is fitted over.' },
  ),
  degreeDays: Type.Optional(
    Type.Object(
      {
        region: weatherRegion('Region of the site.'),
        kind: degreeDayKind('Kind of degree days.'),
        baseTemperatureC: baseTemperature('Base temperature.'),
      },
      { ...closed, description: 'The degree days it is set against; absent where none hold for it.' },
    ),
  ),
  accepted: Type.Boolean({ description: 'Whether figures may be corrected by it.' }),
  refusal: Type.Optional(
    Type.Object(
      {
        code: oneOf(FIT_REFUSALS, 'Kind of reason.'),
        detail: Type.String({ description: 'The reason, with the value and what was expected.' }),
      },
      { ...closed, description: 'Why it may not; absent where it may.' },
    ),
  ),
  measuredDays: Type.Integer({
    description: 'Days of the period that are measured: whole, and nothing of them estimated or apportioned.',
    'x-unit': 'days',
  }),
  line: Type.Optional(ref(LineSchema)),
};

const FIT_EXAMPLE = {
  meter: 'G-1',
  site: 'CH-001',
  activity: 'natural-gas' as const,
  unit: 'kWh' as const,
  period: { start: '2024-04-01', end: '2025-04-01' },
  degreeDays: { region: 'midland', kind: 'heating' as const, baseTemperatureC: 15.5 },
  accepted: true,
  measuredDays: 365,
  line: {
    basePerDay: 100,
    slopePerDegreeDay: 30,
    points: 12,
    rSquared: 0.98,
    cvRmse: 0.06,
    slopeStandardError: 1.2,
    slopeT: 25,
  },
};

const KNOWLEDGE = Type.Object(
  {
    seq: Type.String({ description: 'The newest change that was known.' }),
    recordedAt: instant('When that change was recorded, in UTC.'),
  },
  { ...closed, description: 'What it was made from.' },
);
const KNOWLEDGE_EXAMPLE = { seq: '1042', recordedAt: '2025-07-31T15:12:09.481200Z' };

/** How one meter answers to the weather, with what that was told from. */
export const WeatherFitSchema = Type.Object(
  {
    asOf: Type.Optional(ref(AsOfSchema)),
    ...FIT_FIELDS,
    knowledge: KNOWLEDGE,
    points: Type.Array(ref(PointSchema), { description: 'What the line was told from, in order of time.' }),
  },
  {
    $id: 'WeatherFit',
    ...closed,
    description: 'How a meter answers to the weather.',
    examples: [
      {
        ...FIT_EXAMPLE,
        knowledge: KNOWLEDGE_EXAMPLE,
        points: [
          {
            start: '2024-04-01',
            end: '2024-05-01',
            source: 'month' as const,
            days: 30,
            degreeDays: 233,
            quantity: 10010,
            fitted: 9990,
            residual: 20,
          },
        ],
      },
    ],
  },
);

const FitRowSchema = Type.Object(FIT_FIELDS, {
  $id: 'WeatherFitRow',
  ...closed,
  description: 'How one of several meters answers to the weather.',
});

export const WeatherFitPageSchema = pageSchema(
  FitRowSchema,
  'WeatherFitPage',
  'One page of fits, by key of the meter.',
  FIT_EXAMPLE,
);

export const FIT_PARAMS = Type.Object({ meter: key('Key of the meter.') }, closed);

const period = Type.Optional(
  Type.String({
    description:
      'Period to fit over, in the period grammar. Default: the newest reporting year that has ended. A period still running is fitted up to yesterday.',
    minLength: 4,
    maxLength: 40,
  }),
);
const base = Type.Optional(baseTemperature('Base temperature of the degree days. Default: that of the settings.'));

export const FIT_QUERY = Type.Object({ period, baseTemperatureC: base, asOf }, closed);
export const FITS_QUERY = Type.Object(
  { site: Type.Optional(key('Only meters of this site.')), period, baseTemperatureC: base, asOf, ...PAGE_QUERY },
  closed,
);

export const weatherFitSchemas = [LineSchema, PointSchema, WeatherFitSchema, FitRowSchema, WeatherFitPageSchema];

export type WeatherFitOutput = Static<typeof WeatherFitSchema>;
export type WeatherFitRow = Static<typeof FitRowSchema>;
export type WeatherPointOutput = Static<typeof PointSchema>;
export type FitQuery = Static<typeof FIT_QUERY>;
