import { type Static, Type } from 'typebox';
import { METHOD_NAMES } from '../../domain/estimation/methods.ts';
import { localDay, oneOf } from './atoms.ts';

const closed = { additionalProperties: false } as const;
const unitOfMeter = { 'x-unit': "the meter's unit" };

const CORRECTION_UNIT = 'm3 at reference conditions per m3 metered';
const factor = (what: string, unit: string) =>
  Type.Optional(
    Type.Number({
      description: `${what} by which the volumes of gas became the energy that it was made of.`,
      'x-unit': unit,
    }),
  );

/** What an estimate was made of. */
const INPUTS = Type.Object(
  {
    before: Type.Optional(Type.Number({ description: 'The value measured before the gap.', ...unitOfMeter })),
    after: Type.Optional(Type.Number({ description: 'The value measured after it.', ...unitOfMeter })),
    days: Type.Optional(
      Type.Array(localDay('A day.'), { description: 'The like days whose values were taken the mean of.' }),
    ),
    ratio: Type.Optional(
      Type.Number({ description: 'How the days before the gap compare with a year earlier.', 'x-unit': 'ratio' }),
    ),
    daysCompared: Type.Optional(Type.Integer({ description: 'Days the ratio rests on.', 'x-unit': 'days' })),
    daysEarlier: Type.Optional(Type.Integer({ description: 'How much earlier values were taken.', 'x-unit': 'days' })),
    basePerDay: Type.Optional(
      Type.Number({ description: 'Quantity a day that does not answer to the weather, by the fit.', ...unitOfMeter }),
    ),
    slopePerDegreeDay: Type.Optional(
      Type.Number({
        description: 'Quantity for each degree day, by the fit.',
        'x-unit': "the meter's unit per °C day",
      }),
    ),
    degreeDays: Type.Optional(Type.Number({ description: 'Degree days of the day.', 'x-unit': '°C days' })),
    degreeDaySource: Type.Optional(Type.String({ description: 'Where these come from.' })),
    fitFrom: Type.Optional(localDay('First day of the period that the meter was fitted over.')),
    fitTo: Type.Optional(localDay('First day after it.')),
    region: Type.Optional(Type.String({ description: 'Region of the degree days.' })),
    baseTemperatureC: Type.Optional(Type.Number({ description: 'Their base temperature.', 'x-unit': '°C' })),
    correctionFactorLowest: factor('Lowest correction factor', CORRECTION_UNIT),
    correctionFactorHighest: factor('Highest correction factor', CORRECTION_UNIT),
    calorificValueLowest: factor('Lowest calorific value', 'MJ/m3'),
    calorificValueHighest: factor('Highest calorific value', 'MJ/m3'),
    assumedCalorificDays: Type.Optional(
      Type.Integer({ description: 'Days among them whose calorific value was assumed.', 'x-unit': 'days' }),
    ),
  },
  { ...closed, description: 'What it was made of.' },
);

/** How a stretch of a meter's time was estimated by this service. */
export const OwnEstimateSchema = Type.Object(
  {
    method: oneOf(METHOD_NAMES, 'How it was estimated.'),
    start: Type.String({ description: 'The instant it begins (UTC).' }),
    end: Type.String({ description: 'The instant it ends.' }),
    inputs: INPUTS,
  },
  {
    $id: 'OwnEstimate',
    ...closed,
    description: 'How this service estimated a stretch of time that no evidence covers.',
    examples: [
      {
        method: 'linear',
        start: '2025-06-17T09:00:00Z',
        end: '2025-06-17T10:00:00Z',
        inputs: { before: 2, after: 2.6 },
      },
    ],
  },
);

export type OwnEstimateOutput = Static<typeof OwnEstimateSchema>;
