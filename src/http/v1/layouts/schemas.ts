import { type Static, Type } from 'typebox';
import { RESOLUTIONS_MINUTES } from '../../../domain/interval-profile.ts';
import { BILL_ENDS } from '../../../domain/upload/bill-ends.ts';
import { DECIMAL_MARKS } from '../../../domain/upload/decimal-mark.ts';
import { PERIOD_NUMBERS } from '../../../domain/upload/hour-text.ts';
import {
  DATE_ORDERS,
  DAY_BASES,
  DELIMITERS,
  LABELS,
  QUALITY_MEANINGS,
  ROW_DATES,
  UPLOAD_CLOCKS,
} from '../../../domain/upload/layout.ts';
import { LIMITS } from '../../../limits.ts';
import { AsOfSchema } from '../../schemas/as-of.ts';
import { key, oneOf, text } from '../../schemas/atoms.ts';
import { pageSchema } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { arrangementSchema } from './arrangement-schemas.ts';
import { BILL_LAYOUT_EXAMPLE, LAYOUT_EXAMPLE } from './example.ts';

const closed = { additionalProperties: false } as const;

const headerText = (description: string) =>
  Type.String({
    description,
    maxLength: LIMITS.layoutHeaderLengthMax,
    pattern: '^[^\\p{Cc}\\p{Cs}]*$',
    'x-expects': `the text of a header, of at most ${LIMITS.layoutHeaderLengthMax} characters`,
  });

/** One column of a file. */
export const LayoutColumnSchema = Type.Object(
  {
    index: Type.Integer({
      description: 'Place of the column, from 0.',
      minimum: 0,
      maximum: LIMITS.layoutColumnsMax - 1,
      'x-unit': 'column',
    }),
    header: Type.Optional(headerText('Its header as the file has it. Absent in a file without a header line.')),
  },
  { $id: 'LayoutColumn', ...closed, description: 'One column of a file.' },
);

const column = (description: string) =>
  Type.Optional(Type.Unsafe<ColumnInput>({ ...ref(LayoutColumnSchema), description }));
const columns = (description: string, minItems = 1) =>
  Type.Array(ref(LayoutColumnSchema), { description, minItems, maxItems: LIMITS.layoutColumnsMax });

const ColumnsSchema = Type.Object(
  {
    meter: columns(
      'Columns that name the meter, the best first: a row is of the first that is not blank. Empty where the sender names the meter.',
      0,
    ),
    date: column('The date; required for day-rows and reading-rows.'),
    quality: column('Whether the row is actual or estimated; of a bill, both its reads.'),
    channel: column('What is measured, such as AI or RI.'),
    unit: column('The unit of the values.'),
    values: Type.Optional(columns('day-rows: the values of the day, in order of time.')),
    flags: Type.Optional(columns('day-rows: the flag of each value.')),
    repeatedHour: Type.Optional(
      columns('day-rows: the hour that autumn repeats, where it stands apart from the 48.', 0),
    ),
    total: column('day-rows: the sum of the day. bill-rows: the sum of months side by side.'),
    value: column('reading-rows: the value.'),
    time: column('reading-rows: the time of day, where the date stands alone.'),
    period: column('reading-rows: the number of the half-hour or hour, where there is no time.'),
    from: column('bill-rows: the first day of the bill. Required where there is no month.'),
    to: column('bill-rows: the last day that the bill prints. Required where there is no month.'),
    month: column('bill-rows: the whole month that the row is of.'),
    year: column('bill-rows: the year of the month, where it stands apart.'),
    quantity: column('bill-rows: what is billed. Required.'),
    invoice: column('bill-rows: the number of the invoice.'),
    cost: column('bill-rows: the net cost, in pounds.'),
    openingRead: column('bill-rows: how the opening read was made.'),
    closingRead: column('bill-rows: how the closing read was made.'),
    volume: column('bill-rows: the volume of gas that the quantity was made of.'),
    volumeUnit: column('bill-rows: the unit of the volume.'),
    calorificValue: column('bill-rows: the calorific value that the bill states.'),
    correctionFactor: column('bill-rows: the correction factor that the bill states.'),
  },
  { ...closed, description: 'Which column holds what.' },
);

const SkipRuleSchema = Type.Object(
  {
    column: ref(LayoutColumnSchema),
    texts: Type.Array(text('One text, in small letters.'), {
      description: 'The texts.',
      minItems: 1,
      maxItems: LIMITS.layoutSkipTextsMax,
      uniqueItems: true,
    }),
  },
  { ...closed, description: 'Rows that are no data: those whose cell has one of these texts.' },
);

/** Members of a layout; those that another shape has, or that say nothing, are absent. */
const MEMBERS = {
  shape: oneOf(
    ['day-rows', 'reading-rows', 'bill-rows'],
    'A row for each meter and day, a row for each reading, or a row for each bill.',
  ),
  delimiter: Type.Optional(oneOf(DELIMITERS, 'What stands between two cells. Default: a comma.')),
  headerLine: Type.Optional(
    Type.Integer({
      description: 'Line that the header stands on, from 1. Absent for files without a header line.',
      minimum: 1,
      maximum: LIMITS.layoutHeaderLineMax,
      'x-unit': 'line',
    }),
  ),
  header: Type.Optional(
    Type.Array(headerText('One header.'), {
      description:
        'The whole header line. A file that has exactly this header is read by the layout without being asked for. Absent: only files sent with `layout` and its name are.',
      minItems: 1,
      maxItems: LIMITS.layoutColumnsMax,
    }),
  ),
  arrangement: Type.Optional(arrangementSchema(ref(LayoutColumnSchema), headerText('The header of the column.'))),
  columns: ColumnsSchema,
  qualityMeans: Type.Optional(
    oneOf(QUALITY_MEANINGS, 'What the quality says: which it is (default), or whether the value is an estimate.'),
  ),
  unit: Type.Optional(text('The unit of the values where the header names it, in small letters.')),
  volumeUnit: Type.Optional(text('bill-rows: the unit of the volumes where the header names it, in small letters.')),
  decimalMark: Type.Optional(
    oneOf(
      DECIMAL_MARKS,
      'What stands before decimals. Absent: it makes no difference, and a number such as 1,234 is refused.',
    ),
  ),
  dateOrder: Type.Optional(
    oneOf(
      DATE_ORDERS,
      'Which part of a date comes first. Absent: every date shows it; of bills, as it is told from their dates.',
    ),
  ),
  clock: Type.Optional(oneOf(UPLOAD_CLOCKS, 'The clock of the times. Absent: every time carries its offset.')),
  billEnd: Type.Optional(
    oneOf(
      BILL_ENDS,
      'bill-rows: whether the last day that a bill prints is in it (inclusive) or the first day after it (exclusive). Absent: the bills beside it show it, or it is asked.',
    ),
  ),
  dayBasis: Type.Optional(oneOf(DAY_BASES, 'Whether a day is a local day (default) or a gas day, from 05:00.')),
  skip: Type.Optional(
    Type.Array(SkipRuleSchema, { description: 'Rows that are no data.', maxItems: LIMITS.layoutSkipRulesMax }),
  ),
  resolutionMinutes: Type.Optional(
    Type.Unsafe<(typeof RESOLUTIONS_MINUTES)[number]>({
      type: 'integer',
      enum: [...RESOLUTIONS_MINUTES],
      description: 'Length of the intervals; required for day-rows. Absent: the commonest step between rows.',
      'x-unit': 'minutes',
    }),
  ),
  openEnded: Type.Optional(
    Type.Boolean({ description: 'day-rows: the values end the row, so that a row may have more or fewer of them.' }),
  ),
  firstMinute: Type.Optional(
    Type.Unsafe<number>({
      type: 'integer',
      enum: [0, 300, 360],
      description: 'day-rows: minutes after midnight at which the first value begins. Default 0.',
      'x-unit': 'minutes',
    }),
  ),
  rowDate: Type.Optional(
    oneOf(ROW_DATES, 'day-rows: whether the date is that of the values (default), or of the day after.'),
  ),
  periodNumbers: Type.Optional(
    oneOf(
      PERIOD_NUMBERS,
      'reading-rows: what the numbers of the column `period` are. counted (default): the intervals of the day in turn. hours-ending, hours-starting: hours on the wall by their end (1 to 24) or their start (0 to 23), of which autumn has one twice.',
    ),
  ),
  daily: Type.Optional(Type.Boolean({ description: 'reading-rows: a row is the value of a whole day.' })),
  label: Type.Optional(oneOf(LABELS, 'reading-rows: whether times name the start or the end of an interval.')),
};

/** A layout as it is written, and as a dry run proposes it. */
export const LayoutInputSchema = Type.Object(MEMBERS, {
  $id: 'LayoutInput',
  ...closed,
  description: 'How a file is read. It is what a dry run of the file proposes.',
  examples: [LAYOUT_EXAMPLE, BILL_LAYOUT_EXAMPLE],
});

/** A kept layout. */
export const LayoutSchema = Type.Object(
  { asOf: Type.Optional(ref(AsOfSchema)), name: key('Name of the layout.'), ...MEMBERS },
  {
    $id: 'Layout',
    ...closed,
    description: 'A kept layout.',
    examples: [
      { name: 'supplier-half-hourly', ...LAYOUT_EXAMPLE },
      { name: 'supplier-bills', ...BILL_LAYOUT_EXAMPLE },
    ],
  },
);

export const LayoutPageSchema = pageSchema(LayoutSchema, 'LayoutPage', 'One page of the layouts.', {
  name: 'supplier-half-hourly',
  ...LAYOUT_EXAMPLE,
});

export const layoutSchemas = [LayoutColumnSchema, LayoutInputSchema, LayoutSchema, LayoutPageSchema];

export type ColumnInput = Static<typeof LayoutColumnSchema>;
export type LayoutInput = Static<typeof LayoutInputSchema>;
export type LayoutOutput = Static<typeof LayoutSchema>;
