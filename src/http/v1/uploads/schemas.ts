import { type Static, Type } from 'typebox';
import { UPLOAD_CLOCKS } from '../../../domain/upload/layout.ts';
import { LIMITS } from '../../../limits.ts';
import { UPLOAD_MODES, UPLOAD_STATUSES } from '../../../services/uploads/ports.ts';
import { instant, key, localDay, oneOf, text } from '../../schemas/atoms.ts';
import { ref } from '../../schemas/ref.ts';
import { ProgressSchema } from './progress-schema.ts';
import { LAYOUT_PARAMETERS, LayoutQuestionSchema, ReadAsSchema } from './recognition-schemas.ts';
import { UndoneSchema } from './undone-schema.ts';

const closed = { additionalProperties: false } as const;
const count = (description: string, unit: string) => Type.Integer({ description, minimum: 0, 'x-unit': unit });
const textOrNull = (description: string) => Type.Union([Type.String(), Type.Null()], { description });

/** Media types a file may be sent as; what it is shows in its bytes. */
export const UPLOAD_MEDIA_TYPES = [
  'text/csv',
  'text/tab-separated-values',
  'text/plain',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/zip',
  'application/gzip',
  'application/octet-stream',
] as const;

/** A row that was refused. */
export const UploadRefusalSchema = Type.Object(
  {
    file: textOrNull(
      'Where in the file: the member of an archive, the sheet of a workbook; null in a file that is one table.',
    ),
    line: Type.Integer({
      description: 'Line of the file, or row of the sheet, counted from 1.',
      minimum: 0,
      'x-unit': 'line',
    }),
    column: textOrNull('Header of the column; null when the row as a whole is at fault.'),
    value: textOrNull('What stood there.'),
    code: Type.String({ description: 'What kind of fault, stable.' }),
    detail: Type.String({ description: 'The reason, and what was expected, in words.' }),
  },
  { $id: 'UploadRefusal', ...closed, description: 'A row of a file that was refused.' },
);

/** What became of the rows of a file. */
export const RowsSchema = Type.Object(
  {
    read: count('Rows of the file, without its header and blank lines.', 'rows'),
    accepted: count('Rows that are good.', 'rows'),
    refused: count('Rows that are not.', 'rows'),
    skipped: count(
      'Rows of reactive energy, demand, or a direction that the meter does not have, and rows that are no readings: totals, headers that come again, remarks. The notices say which.',
      'rows',
    ),
  },
  { ...closed, description: 'What became of the rows.' },
);

/** What became of meter-days. */
export const DaysSchema = Type.Object(
  {
    new: count('Meter-days that were not known before.', 'meter-days'),
    changed: count('Meter-days that say something else than before; the former state is kept.', 'meter-days'),
    unchanged: count('Meter-days that were stored already.', 'meter-days'),
    refused: count('Meter-days that contradict themselves or what is stored.', 'meter-days'),
  },
  { ...closed, description: 'What became of the meter-days that the rows make.' },
);

const ZerosSchema = Type.Object(
  {
    values: count(
      'Values that are zero. They are stored as they came: a zero is a reading, a blank is none.',
      'values',
    ),
    meters: Type.Array(
      Type.Object(
        {
          meter: Type.String({ description: 'Key of the meter.' }),
          values: count('Its values that are zero.', 'values'),
          longestRunIntervals: count('The longest run of zeros, in intervals of the file.', 'intervals'),
        },
        { ...closed, description: 'The zeros of one meter.' },
      ),
      { description: 'Meters with zeros, the longest run first; at most 100.' },
    ),
  },
  { ...closed, description: 'Zeros: some suppliers write them where a value is missing.' },
);

/** Something to know that refused nothing. */
export const NoticeSchema = Type.Object(
  {
    code: Type.String({ description: 'What kind of notice, stable.' }),
    detail: Type.String({ description: 'What to know, in words.' }),
  },
  { ...closed, description: 'Something to know that refused nothing.' },
);

/** How many refusals there are, listed or not. */
export const RefusalCount = count('Refused rows and refused meter-days together.', 'refusals');

const RECEIVED = {
  readAs: ReadAsSchema,
  rows: RowsSchema,
  meters: count('Meters that the file has values of.', 'meters'),
  days: DaysSchema,
  registerReadings: Type.Object(
    {
      written: count('Register readings written.', 'readings'),
      unchanged: count('Register readings stored already.', 'readings'),
      kept: count('Register readings not stored, because a later or an actual one of their day stands.', 'readings'),
      refused: count('Register readings that contradict others of their register.', 'readings'),
    },
    { ...closed, description: 'What happened to register readings.' },
  ),
  bills: Type.Object(
    {
      written: count('Bills written, corrections and credit notes among them.', 'bills'),
      unchanged: count('Bills stored already.', 'bills'),
      refused: count('Bills that overlap others of their meter.', 'bills'),
    },
    { ...closed, description: 'What happened to bills.' },
  ),
  valuesAccepted: count('Values in accepted rows.', 'values'),
  keptActual: count('Intervals in which an estimate arrived and the actual value was kept.', 'intervals'),
  zeros: ZerosSchema,
  period: Type.Union(
    [
      Type.Object(
        { start: localDay('First day with a value.'), end: localDay('First day after the last with a value.') },
        { ...closed, description: 'The days of the file.' },
      ),
      Type.Null(),
    ],
    { description: 'The days that the file has values of; null when it has none.' },
  ),
  seq: textOrNull('Clock reading of the change; null when nothing new was stored.'),
  notices: Type.Array(NoticeSchema, { description: 'What to know of the file.' }),
  refusalCount: RefusalCount,
};

/** A record, as an answer shows it. */
export const UPLOAD_EXAMPLE = {
  id: '12',
  status: 'stored',
  mode: 'strict',
  clock: 'local',
  mediaType: 'text/csv',
  fileName: 'half-hourly-2025-10.csv',
  receivedAt: '2025-11-03T09:12:44.120Z',
  finishedAt: '2025-11-03T09:12:44.671Z',
  sha256: '3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea',
  bytes: 8_214,
  keptAt: '2025-11-03T09:12:44.552Z',
  fileRemovedAt: null,
  retryOf: null,
  progress: null,
  undone: null,
  reason: null,
  readAs: {
    shape: 'day-rows',
    headerLine: 1,
    clock: 'local',
    label: null,
    dateOrder: null,
    decisions: [
      {
        about: 'clock',
        column: null,
        value: 'local',
        reason: 'The row of 2025-10-26, when the clocks go back, has 50 values.',
        certainty: 'certain',
      },
    ],
  },
  rows: { read: 31, accepted: 31, refused: 0, skipped: 0 },
  meters: 1,
  days: { new: 31, changed: 0, unchanged: 0, refused: 0 },
  registerReadings: { written: 0, unchanged: 0, kept: 0, refused: 0 },
  bills: { written: 0, unchanged: 0, refused: 0 },
  valuesAccepted: 1_490,
  keptActual: 0,
  zeros: { values: 2, meters: [{ meter: '1200023305967', values: 2, longestRunIntervals: 1 }] },
  period: { start: '2025-10-01', end: '2025-11-01' },
  seq: '43',
  notices: [],
  refusalCount: 0,
  refusals: [],
  refusalsTruncated: false,
};

/** One delivered file. */
export const UploadSchema = Type.Object(
  {
    id: Type.String({ description: 'Number of the upload.' }),
    status: oneOf(
      UPLOAD_STATUSES,
      'receiving: on its way. processing: safely kept, and waiting to be read or being read. stored: its readings are in every figure. nothing-new: all of it was stored before. refused: nothing of it is stored. failed: it was not received to its end, and nothing of it is stored. undone: it was stored, and taken back since.',
    ),
    mode: oneOf(UPLOAD_MODES, 'Whether one refused row refuses the file.'),
    clock: Type.Union([oneOf(UPLOAD_CLOCKS, 'The clock.'), Type.Null()], {
      description: 'The clock that the sender named.',
    }),
    mediaType: Type.String({ description: 'Media type it was sent as.' }),
    fileName: textOrNull('Name of the file, where the sender gave it.'),
    receivedAt: instant('When it began to arrive.'),
    finishedAt: Type.Union([instant('The instant.'), Type.Null()], {
      description: 'When all was done; null until then.',
    }),
    sha256: textOrNull(
      'SHA-256 of the file as it was received, compressed if it came so; null where it did not arrive whole.',
    ),
    bytes: Type.Union([count('Bytes.', 'bytes'), Type.Null()], {
      description: 'Length of the file as it was received.',
    }),
    keptAt: Type.Union([instant('The instant.'), Type.Null()], {
      description: 'When the last byte of the file was safely kept; null where it is not kept, or not any more.',
    }),
    fileRemovedAt: Type.Union([instant('The instant.'), Type.Null()], {
      description:
        'When the bytes of the file were removed, because they had been kept for `keptFileDays`; null where they were not.',
    }),
    retryOf: textOrNull('The upload whose file this one read once more; null where the file was sent.'),
    progress: Type.Union([ProgressSchema, Type.Null()], { description: 'How far it is; null when it is over.' }),
    undone: Type.Union([ref(UndoneSchema), Type.Null()], {
      description: 'When and by whom it was taken back, and what that did; null while it stands.',
    }),
    reason: textOrNull('Why the file as a whole was refused, or failed.'),
    ...Type.Partial(Type.Object(RECEIVED)).properties,
    refusals: Type.Array(ref(UploadRefusalSchema), {
      description: `The refused rows, in order of the file; the first ${LIMITS.uploadRefusalsMax}.`,
    }),
    refusalsTruncated: Type.Boolean({ description: 'Whether there are more refusals than are listed.' }),
  },
  {
    $id: 'Upload',
    ...closed,
    description: 'One delivered file and what became of it. What was read of it is absent while it is unread.',
    examples: [UPLOAD_EXAMPLE],
  },
);

export const UPLOAD_QUERY = Type.Object(
  {
    ...LAYOUT_PARAMETERS,
    mode: Type.Optional(
      oneOf(
        UPLOAD_MODES,
        'strict (default): one refused row and nothing is stored. lenient: the good rows are stored, every refused one is reported.',
      ),
    ),
    layout: Type.Optional(
      key('Name of the kept layout that the file has. What else is said of the file stands over it.'),
    ),
    dryRun: Type.Optional(
      Type.Boolean({
        description: 'true: the file is read to its end and nothing of it is stored, no record either. Default false.',
      }),
    ),
    fileName: Type.Optional(
      text(
        'Name of the file, for the record. Where nothing in the file names its meter, and this name names one known meter, the file is of that meter.',
        LIMITS.uploadFileNameLengthMax,
      ),
    ),
  },
  closed,
);

export const UPLOAD_PARAMS = Type.Object(
  {
    id: Type.String({
      description: 'Number of the upload.',
      pattern: '^[1-9]\\d{0,17}$',
      'x-expects': 'the number of an upload',
    }),
  },
  closed,
);

export const uploadSchemas = [LayoutQuestionSchema, UndoneSchema, UploadRefusalSchema, UploadSchema];

export type UploadQuery = Static<typeof UPLOAD_QUERY>;
export type UploadAnswer = Static<typeof UploadSchema>;
