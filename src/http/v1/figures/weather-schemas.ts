import { type Static, Type } from 'typebox';
import { UNITS } from '../../../domain/activities.ts';
import { NOT_CORRECTED } from '../../../domain/weather/correct-use.ts';
import { instant, key, localDay, oneOf, share } from '../../schemas/atoms.ts';
import { ref } from '../../schemas/ref.ts';
import { baseTemperature, weatherRegion } from '../../schemas/weather-atoms.ts';

const closed = { additionalProperties: false } as const;
const METER_UNIT = "the meter's unit";
const measure = (description: string) => Type.Number({ description, 'x-unit': METER_UNIT });
const unit = oneOf(UNITS, 'Unit of the quantities beside it.');

const SumsSchema = Type.Object(
  {
    unit,
    measured: measure('Measured use of the heating meters.'),
    correction: measure('What reference weather adds to it; already in the quantity.'),
    normalisedShare: Type.Union(
      [share('Share of the measured use that was brought to reference weather.'), Type.Null()],
      {
        description: 'Share of the measured use that was brought to reference weather; null where that use is 0.',
      },
    ),
  },
  { $id: 'WeatherSums', ...closed, description: 'How much of a quantity was brought to reference weather.' },
);

/** What a row or total says where reference weather is asked for. */
export const WEATHER_SUMS = {
  weather: Type.Optional(
    Type.Array(ref(SumsSchema), {
      description: 'Heating meters in it, by unit, where `normalise=weather` is asked; absent where there are none.',
    }),
  ),
};

const FIT_PERIOD = Type.Object(
  { start: localDay('First day.'), end: localDay('First day no longer.') },
  { ...closed, description: 'The period that the meter was fitted over.' },
);

const METER_FIELDS = {
  meter: key('Key of the meter.'),
  fitPeriod: FIT_PERIOD,
  unit,
  days: Type.Integer({ description: 'Known days.', 'x-unit': 'days' }),
  measured: measure('Measured use of those days.'),
};

const NormalisedSchema = Type.Object(
  {
    ...METER_FIELDS,
    region: weatherRegion('Weather region.'),
    slopePerDegreeDay: measure('Use for each degree day, by the fit.'),
    correction: measure('What reference weather adds.'),
  },
  { $id: 'NormalisedMeter', ...closed, description: 'A meter that was brought to reference weather.' },
);

const NotNormalisedSchema = Type.Object(
  {
    ...METER_FIELDS,
    code: oneOf(NOT_CORRECTED, 'Kind of reason.'),
    detail: Type.String({ description: 'The reason.' }),
  },
  {
    $id: 'NotNormalisedMeter',
    ...closed,
    description: 'A heating meter, or days of it, left as measured, with the reason.',
  },
);

/** The weather that an answer was brought to. */
export const WeatherAnswerSchema = Type.Object(
  {
    reference: Type.Optional(key('Key of the reference degree days.')),
    referenceDegreeDays: Type.Optional(
      Type.Array(Type.Number({ description: 'Degree days.', 'x-unit': '°C days' }), {
        description: 'What the question states: one for the whole period, or twelve, January to December.',
      }),
    ),
    baseTemperatureC: baseTemperature('Base temperature of the degree days.'),
    fitPeriod: Type.Optional(FIT_PERIOD),
    knowledge: Type.Object(
      {
        seq: Type.String({ description: 'The newest change that was known.' }),
        recordedAt: instant('When that change was recorded, in UTC.'),
      },
      { ...closed, description: 'What fits and degree days were made from.' },
    ),
    normalised: Type.Array(ref(NormalisedSchema), {
      description: 'Meters brought to it, by key and period of the fit.',
    }),
    notNormalised: Type.Array(ref(NotNormalisedSchema), {
      description: 'Heating meters, and days of them, that could not be: they are in the figure as measured.',
    }),
  },
  {
    $id: 'WeatherAnswer',
    ...closed,
    description: 'The weather that the figure was brought to, and which meters were.',
  },
);

export const weatherAnswerSchemas = [SumsSchema, NormalisedSchema, NotNormalisedSchema, WeatherAnswerSchema];

export type WeatherAnswerOutput = Static<typeof WeatherAnswerSchema>;
export type WeatherSumsOutput = Static<typeof SumsSchema>;
