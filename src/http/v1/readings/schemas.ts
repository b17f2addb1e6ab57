import { type Static, Type } from 'typebox';
import { UNITS } from '../../../domain/activities.ts';
import { CONFLICT_CODES } from '../../../domain/span-totals.ts';
import { ORIGIN_NAMES, READING_RESOLUTIONS } from '../../../domain/stored-readings.ts';
import { AsOfSchema, asOf } from '../../schemas/as-of.ts';
import { key, localDay, oneOf } from '../../schemas/atoms.ts';
import { OwnEstimateSchema } from '../../schemas/estimate-schemas.ts';
import { PeriodSchema } from '../../schemas/figure-atoms.ts';
import { FaultSchema } from '../../schemas/problem-schema.ts';
import { ref } from '../../schemas/ref.ts';
import { period } from '../figures/query.ts';
import { GasConversionSchema } from './conversion-schemas.ts';
import { ReadingEntrySchema, ReadingsInputSchema } from './entry-schemas.ts';

const closed = { additionalProperties: false } as const;
const count = (description: string, unit: string) => Type.Integer({ description, minimum: 0, 'x-unit': unit });

/** A total that is smaller than the intervals of its days. */
const ConflictSchema = Type.Object(
  {
    code: oneOf(CONFLICT_CODES, 'Kind of conflict.'),
    meter: Type.String({ description: 'Key of the meter.' }),
    start: localDay('First day of the bill, or of the advance between two register readings.'),
    end: localDay('First day after it.'),
    billed: Type.Number({
      description: "What the bill or the register states, in the meter's unit.",
      'x-unit': "the meter's unit",
    }),
    intervals: Type.Number({
      description: "What its intervals add up to, in the meter's unit.",
      'x-unit': "the meter's unit",
    }),
  },
  {
    $id: 'ReadingsConflict',
    ...closed,
    description:
      'A bill, or an advance of a register, smaller than its intervals: nothing of it is spread, the uncovered days are missing.',
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

const NoticeSchema = Type.Object(
  {
    code: Type.String({ description: 'What it is about, stable.' }),
    detail: Type.String({ description: 'The notice, in words.' }),
  },
  { ...closed, description: 'Something that the sender should know although nothing was refused for it.' },
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
    registerReadings: Type.Object(
      {
        written: count('Register readings written.', 'readings'),
        unchanged: count('Register readings stored already.', 'readings'),
        kept: count(
          'Register readings not stored, because a later one of their day or an actual one stands.',
          'readings',
        ),
      },
      { ...closed, description: 'What happened to register readings.' },
    ),
    keptActual: count('Intervals in which an estimate arrived and the stored actual value was kept.', 'intervals'),
    conflicts: Type.Array(ref(ConflictSchema), { description: 'Evidence that contradicts itself.' }),
    notices: Type.Array(NoticeSchema, { description: 'What the sender should know, each once.' }),
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
        registerReadings: { written: 0, unchanged: 0, kept: 0 },
        keptActual: 0,
        conflicts: [],
        notices: [],
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
    unit: Type.Optional(
      oneOf(
        UNITS,
        'Unit of the quantity, where it is not that of the answer: a day known from a bill or register alone, or an estimate, beside intervals that are volumes of gas.',
      ),
    ),
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
    estimates: Type.Optional(
      Type.Array(ref(OwnEstimateSchema), {
        description: 'How this service estimated parts of it. Absent where it did not, and for months.',
      }),
    ),
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
    unit: oneOf(
      UNITS,
      'Unit of the quantities. Gas is in gross kWh; its intervals are in the unit in which they came.',
    ),
    resolution: oneOf(READING_RESOLUTIONS, 'Length of the slices.'),
    period: ref(PeriodSchema),
    asOf: Type.Optional(ref(AsOfSchema)),
    data: Type.Array(ref(StoredReadingSchema), {
      description: 'Every slice of the period up to today, the missing ones too.',
    }),
    conversions: Type.Optional(
      Type.Array(ref(GasConversionSchema), {
        description: 'Gas: how its volumes became kWh, as far as they share days with the period.',
      }),
    ),
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
  GasConversionSchema,
  StoredReadingsSchema,
];

export type ReadingsOutcome = Static<typeof ReadingsOutcomeSchema>;
export type StoredReadings = Static<typeof StoredReadingsSchema>;
export type StoredReading = Static<typeof StoredReadingSchema>;
