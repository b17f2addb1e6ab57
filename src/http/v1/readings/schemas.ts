import { type Static, Type } from 'typebox';
import { UNITS } from '../../../domain/activities.ts';
import { RESOLUTIONS_MINUTES } from '../../../domain/interval-profile.ts';
import { ORIGIN_NAMES, READING_RESOLUTIONS } from '../../../domain/stored-readings.ts';
import { LIMITS } from '../../../limits.ts';
import { AsOfSchema, asOf } from '../../schemas/as-of.ts';
import { instant, key, localDay, oneOf, text } from '../../schemas/atoms.ts';
import { PeriodSchema } from '../../schemas/figure-atoms.ts';
import { FaultSchema } from '../../schemas/problem-schema.ts';
import { ref } from '../../schemas/ref.ts';
import { period } from '../figures/query.ts';

const closed = { additionalProperties: false } as const;
const count = (description: string, unit: string) => Type.Integer({ description, minimum: 0, 'x-unit': unit });

/** One entry of a batch; which fields stand in it says what it is. */
export const ReadingEntrySchema = Type.Object(
  {
    meter: key('Key of the meter.'),
    day: Type.Optional(localDay('Day profile: the local day.')),
    resolutionMinutes: Type.Optional(
      Type.Integer({
        description: `Day profile: length of its intervals, one of ${RESOLUTIONS_MINUTES.join(', ')}; 1440 is one value for the day. Default 30.`,
        'x-unit': 'minutes',
      }),
    ),
    values: Type.Optional(
      Type.Array(Type.Union([Type.Number(), Type.Null()]), {
        description:
          "Day profile: one value per interval of that local day in order, in the meter's unit, null where missing. Half-hourly days have 48 values, 46 when the clocks go forward, 50 when they go back.",
        minItems: 1,
        maxItems: 1_500,
        'x-unit': "the meter's unit",
      }),
    ),
    start: Type.Optional(instant('Interval: its first instant.')),
    end: Type.Optional(instant('Interval: the instant it ends.')),
    period: Type.Optional(
      Type.String({
        description:
          'Billed period: its days, in the period grammar, such as 2024-07 or 2024-07-03/2024-08-05 (end exclusive).',
        minLength: 4,
        maxLength: 40,
      }),
    ),
    quantity: Type.Optional(
      Type.Number({
        description: "Interval or billed period: the consumption, in the meter's unit, at most six decimals.",
        'x-unit': "the meter's unit",
      }),
    ),
    quality: Type.Optional(
      oneOf(
        ['actual', 'estimated'],
        'Whether the data is measured or estimated. Default actual; for a billed period, whether its reads were actual.',
      ),
    ),
    invoice: Type.Optional(text('Billed period: number of the invoice.', LIMITS.labelLengthMax)),
    costGbp: Type.Optional(
      Type.Number({
        description: 'Billed period: net cost.',
        minimum: -100_000_000,
        maximum: 100_000_000,
        'x-unit': 'GBP',
      }),
    ),
  },
  {
    $id: 'ReadingEntry',
    ...closed,
    description:
      'A day profile (day, values), an interval (start, end, quantity) or a billed period (period, quantity).',
    examples: [
      { meter: '1200023305967', start: '2025-10-27T00:00:00+00:00', end: '2025-10-27T00:30:00+00:00', quantity: 0.75 },
      { meter: 'G-1', period: '2019/20', quantity: 11942414 },
    ],
  },
);

/** A batch of readings. */
export const ReadingsInputSchema = Type.Object(
  {
    readings: Type.Array(ref(ReadingEntrySchema), {
      description: 'The entries; they are stored as one change.',
      minItems: 1,
      maxItems: LIMITS.readingsItemsMax,
    }),
  },
  {
    $id: 'ReadingsInput',
    ...closed,
    description: 'A batch of meter data.',
    examples: [
      {
        readings: [
          {
            meter: '1200023305967',
            start: '2025-10-27T00:00:00+00:00',
            end: '2025-10-27T00:30:00+00:00',
            quantity: 0.75,
          },
          { meter: 'G-1', period: '2019/20', quantity: 11942414 },
        ],
      },
    ],
  },
);

/** A bill that is smaller than the intervals of its days. */
const ConflictSchema = Type.Object(
  {
    code: oneOf(['bill-below-intervals'], 'Kind of conflict.'),
    meter: Type.String({ description: 'Key of the meter.' }),
    start: localDay('First day of the bill.'),
    end: localDay('First day after it.'),
    billed: Type.Number({ description: "What the bill states, in the meter's unit.", 'x-unit': "the meter's unit" }),
    intervals: Type.Number({
      description: "What its intervals add up to, in the meter's unit.",
      'x-unit': "the meter's unit",
    }),
  },
  {
    $id: 'ReadingsConflict',
    ...closed,
    description: 'A bill smaller than its intervals: nothing of it is spread, the uncovered days are missing.',
  },
);

const written = (what: string) =>
  Type.Object(
    {
      new: count(`${what} that were not known before.`, what),
      changed: count(`${what} that say something else than before; the former state is kept.`, what),
      unchanged: count(`${what} that were stored already.`, what),
    },
    { ...closed, description: `What happened to ${what}.` },
  );

/** What a batch did. */
export const ReadingsOutcomeSchema = Type.Object(
  {
    accepted: count('Entries accepted.', 'entries'),
    refused: Type.Array(ref(FaultSchema), { description: 'Why entries were refused, in lenient mode.' }),
    days: written('meter-days'),
    billedPeriods: Type.Object(
      {
        written: count('Billed periods written.', 'bills'),
        unchanged: count('Billed periods stored already.', 'bills'),
      },
      { ...closed, description: 'What happened to billed periods.' },
    ),
    keptActual: count('Intervals in which an estimate arrived and the stored actual value was kept.', 'intervals'),
    conflicts: Type.Array(ref(ConflictSchema), { description: 'Evidence that contradicts itself.' }),
    seq: Type.Optional(
      Type.String({ description: 'Clock reading of the change; absent when nothing new was written.' }),
    ),
  },
  {
    $id: 'ReadingsOutcome',
    ...closed,
    description: 'What a batch of meter data did.',
    examples: [
      {
        accepted: 2,
        refused: [],
        days: { new: 367, changed: 0, unchanged: 0 },
        billedPeriods: { written: 1, unchanged: 0 },
        keptActual: 0,
        conflicts: [],
        seq: '42',
      },
    ],
  },
);

export const READINGS_MODE = Type.Object(
  {
    mode: Type.Optional(
      oneOf(
        ['strict', 'lenient'],
        'strict (default): all entries are stored, or none. lenient: the good ones are, every refused one is reported.',
      ),
    ),
  },
  closed,
);

const minutes = (description: string) =>
  Type.Integer({ description, minimum: 0, 'x-unit': 'minutes', 'x-aggregation': 'sum' });

const STORED_EXAMPLE = {
  start: '2025-10-26',
  end: '2025-10-27',
  quantity: 50,
  quality: 'actual',
  origin: 'interval',
  actualMinutes: 1500,
  estimatedMinutes: 0,
  missingMinutes: 0,
};

/** One slice of what is stored. */
export const StoredReadingSchema = Type.Object(
  {
    start: Type.String({ description: 'First day, or first instant of an interval (UTC).' }),
    end: Type.String({ description: 'First day after, or the instant the interval ends.' }),
    quantity: Type.Union([Type.Number(), Type.Null()], {
      description: "Quantity in the meter's unit; null where nothing is known.",
      'x-unit': "the meter's unit",
      'x-aggregation': 'sum',
    }),
    quality: Type.Unsafe<'actual' | 'estimated' | 'mixed' | null>({
      type: ['string', 'null'],
      enum: ['actual', 'estimated', 'mixed', null],
      description: 'Quality of what is known; null where nothing is.',
    }),
    origin: Type.Unsafe<(typeof ORIGIN_NAMES)[number] | null>({
      type: ['string', 'null'],
      enum: [...ORIGIN_NAMES, null],
      description: 'Kind of evidence the quantity comes from.',
    }),
    actualMinutes: minutes('Minutes covered by actual data.'),
    estimatedMinutes: minutes('Minutes covered by estimated data.'),
    missingMinutes: minutes('Minutes without data.'),
  },
  {
    $id: 'StoredReading',
    ...closed,
    description: 'What is stored of a meter for one slice of time.',
    examples: [STORED_EXAMPLE],
  },
);

/** What is stored of a meter. */
export const StoredReadingsSchema = Type.Object(
  {
    meter: Type.String({ description: 'Key of the meter.' }),
    unit: oneOf(UNITS, 'Unit of the quantities.'),
    resolution: oneOf(READING_RESOLUTIONS, 'Length of the slices.'),
    period: ref(PeriodSchema),
    asOf: Type.Optional(ref(AsOfSchema)),
    data: Type.Array(ref(StoredReadingSchema), {
      description: 'Every slice of the period up to today, the missing ones too.',
    }),
  },
  {
    $id: 'StoredReadings',
    ...closed,
    description: 'What is stored of a meter.',
    examples: [
      {
        meter: '1200023305967',
        unit: 'kWh',
        resolution: 'day',
        period: { label: '2025-10-26', start: '2025-10-26', end: '2025-10-27' },
        data: [STORED_EXAMPLE],
      },
    ],
  },
);

export const STORED_QUERY = Type.Object(
  { period, resolution: Type.Optional(oneOf(READING_RESOLUTIONS, 'Length of the slices. Default day.')), asOf },
  closed,
);
export const STORED_PARAMS = Type.Object({ meter: key('Key of the meter.') }, closed);

export const readingsSchemas = [
  ReadingEntrySchema,
  ReadingsInputSchema,
  ConflictSchema,
  ReadingsOutcomeSchema,
  StoredReadingSchema,
  StoredReadingsSchema,
];

export type ReadingsOutcome = Static<typeof ReadingsOutcomeSchema>;
export type StoredReadings = Static<typeof StoredReadingsSchema>;
export type StoredReading = Static<typeof StoredReadingSchema>;
