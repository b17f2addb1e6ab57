import { type Static, Type } from 'typebox';
import { LIMITS } from '../../../limits.ts';
import { localDay } from '../../schemas/atoms.ts';
import { ref } from '../../schemas/ref.ts';
import { LAYOUT_EXAMPLE } from '../layouts/example.ts';
import { LayoutInputSchema } from '../layouts/schemas.ts';
import { DecisionSchema, LayoutQuestionSchema } from './recognition-schemas.ts';
import { DaysSchema, NoticeSchema, RowsSchema, UploadRefusalSchema } from './schemas.ts';

const closed = { additionalProperties: false } as const;
const count = (description: string, unit: string) => Type.Integer({ description, minimum: 0, 'x-unit': unit });
const quantity = (description: string) => Type.Number({ description, 'x-unit': 'the unit of the values' });

const { accepted, refused, ...counted } = RowsSchema.properties;
const DryRunRowsSchema = Type.Object(
  { ...counted, accepted: Type.Optional(accepted), refused: Type.Optional(refused) },
  {
    ...closed,
    description: 'What becomes of the rows; while a question is open, only what its answer does not change.',
  },
);

const ControlTotalSchema = Type.Object(
  {
    meter: Type.String({ description: 'Key of the meter.' }),
    month: Type.String({ description: 'The month of local days, YYYY-MM.' }),
    unit: Type.String({ description: 'Unit of the quantity.' }),
    quantity: quantity('Exact sum of the values.'),
    values: count('Values.', 'values'),
    estimated: count('Values that are estimates; they are among the values.', 'values'),
    missing: count('Intervals of these days without a value.', 'intervals'),
    days: count('Days with a value.', 'days'),
    firstDay: localDay('First day with a value.'),
    lastDay: localDay('Last day with a value.'),
  },
  { ...closed, description: 'What the file comes to for one meter and month.' },
);

const TotalsSchema = Type.Object(
  {
    rowsAgree: count('Rows whose total is the sum of their values, rounded as the total is.', 'rows'),
    rowsDiffer: count('Rows whose total is not.', 'rows'),
    differences: Type.Array(
      Type.Object(
        {
          line: count('Line of the file.', 'line'),
          total: quantity('The total of the supplier.'),
          sum: quantity('What the values add up to.'),
          difference: quantity('The total less the sum.'),
        },
        { ...closed, description: 'A row whose total is not the sum of its values.' },
      ),
      { description: 'The first rows that differ, at most 100.' },
    ),
  },
  { ...closed, description: "The supplier's own totals, held against the values beside them." },
);

const TableSchema = Type.Object(
  {
    file: Type.Union([Type.String(), Type.Null()], {
      description: 'The member of an archive or the sheet of a workbook; null in a file that is one table.',
    }),
    keptLayout: Type.Union([Type.String(), Type.Null()], {
      description: 'Name of the kept layout that it is read by; null where it was recognised.',
    }),
    layout: ref(LayoutInputSchema),
    decisions: Type.Array(DecisionSchema, { description: 'What was decided about it, and why.' }),
  },
  { ...closed, description: 'How a table is read. Its layout can be kept as it stands.' },
);

const EXAMPLE = {
  sha256: '3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea',
  bytes: 71_040,
  tables: [
    {
      file: null,
      keptLayout: null,
      layout: LAYOUT_EXAMPLE,
      decisions: [
        {
          about: 'dateOrder',
          column: 'Date',
          value: 'day-first',
          reason: "Only so are all of them dates up to today, such as '31/10/2025'.",
          certainty: 'certain',
        },
      ],
    },
  ],
  questions: [],
  rows: { read: 1_489, accepted: 1_488, refused: 1, skipped: 0 },
  skipped: [],
  meters: [{ meter: '1200023305967', rows: 1_488 }],
  unknownMeters: [{ text: '1900001059817', code: 'unknown-meter', rows: 1 }],
  unknownMeterRows: 1,
  controlTotals: [
    {
      meter: '1200023305967',
      month: '2025-10',
      unit: 'kWh',
      quantity: 9_412.305,
      values: 1_488,
      estimated: 2,
      missing: 2,
      days: 31,
      firstDay: '2025-10-01',
      lastDay: '2025-10-31',
    },
  ],
  controlTotalsTruncated: false,
  days: { new: 31, changed: 0, unchanged: 0, refused: 0 },
  totals: null,
  notices: [],
  refusalCount: 1,
  refusals: [
    {
      file: null,
      line: 702,
      column: 'MPAN',
      value: '1900001059817',
      code: 'unknown-meter',
      detail:
        "There is no meter with the key, serial number or alias '1900001059817': add it first, or give the meter that it means this alias",
    },
  ],
  refusalsTruncated: false,
};

/** What a file says, without anything of it being stored. */
export const DryRunSchema = Type.Object(
  {
    sha256: Type.String({ description: 'SHA-256 of the file as it was received.' }),
    bytes: count('Length of the file as it was received.', 'bytes'),
    tables: Type.Array(TableSchema, {
      description: 'How each table of the file is read. A data flow of register reads is no table.',
    }),
    questions: Type.Array(ref(LayoutQuestionSchema), {
      description: 'What the file leaves open. An upload without the answers is refused.',
    }),
    rows: Type.Optional(DryRunRowsSchema),
    skipped: Type.Array(
      Type.Object(
        {
          channel: Type.String({ description: 'The channel, or what else the rows are.' }),
          rows: count('Rows that are left out.', 'rows'),
        },
        { ...closed, description: 'Rows that are left out, of one kind.' },
      ),
      { description: 'Rows that are left out.' },
    ),
    meters: Type.Array(
      Type.Object(
        { meter: Type.String({ description: 'Key of the meter.' }), rows: count('Its rows.', 'rows') },
        { ...closed, description: 'A meter of the file.' },
      ),
      { description: 'The meters that the file has rows of, by key.' },
    ),
    unknownMeters: Type.Array(
      Type.Object(
        {
          text: Type.String({ description: 'What stands in the file.' }),
          code: Type.String({ description: 'Why it names no meter.' }),
          rows: count('Rows with it.', 'rows'),
        },
        { ...closed, description: 'A text that names no meter, or more than one.' },
      ),
      { description: 'Texts that name no meter, those with the most rows first; at most 1,000.' },
    ),
    unknownMeterRows: count('All rows whose meter is not known.', 'rows'),
    controlTotals: Type.Optional(
      Type.Array(ControlTotalSchema, {
        description: `What the file comes to by meter and month; at most ${LIMITS.dryRunControlTotalsMax}. Absent while a question is open.`,
      }),
    ),
    controlTotalsTruncated: Type.Optional(Type.Boolean({ description: 'Whether there are more than are listed.' })),
    days: Type.Optional(DaysSchema),
    totals: Type.Union([TotalsSchema, Type.Null()], {
      description: "The supplier's own totals, held against the values; null where there are none.",
    }),
    notices: Type.Array(NoticeSchema, { description: 'What to know of the file.' }),
    refusalCount: count('Refused rows.', 'rows'),
    refusals: Type.Array(ref(UploadRefusalSchema), {
      description: `The refused rows, in order of the file; the first ${LIMITS.uploadRefusalsMax}.`,
    }),
    refusalsTruncated: Type.Boolean({ description: 'Whether there are more refusals than are listed.' }),
  },
  {
    $id: 'DryRun',
    ...closed,
    description:
      'What a file says, without anything of it being stored. While a question is open, what its answer would change is absent.',
    examples: [EXAMPLE],
  },
);

export const dryRunSchemas = [DryRunSchema];

export type DryRunAnswer = Static<typeof DryRunSchema>;
