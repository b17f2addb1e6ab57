import { type Static, Type } from 'typebox';
import { METHOD_NAMES } from '../../domain/estimation/methods.ts';
import { localDay, oneOf } from './atoms.ts';

const closed = { additionalProperties: false } as const;
const unitOfMeter = { 'x-unit': "the meter's unit" };

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
