import { Type } from 'typebox';
import { RESOLUTIONS_MINUTES } from '../../../domain/interval-profile.ts';
import { BILL_ENDS } from '../../../domain/upload/bill-ends.ts';
import { DECIMAL_MARKS } from '../../../domain/upload/decimal-mark.ts';
import { DATE_ORDERS, DAY_BASES, LABELS, ROW_DATES, UPLOAD_CLOCKS } from '../../../domain/upload/layout.ts';
import { VALUE_KINDS } from '../../../domain/upload/recognise/rising-values.ts';
import { FILE_SHAPES } from '../../../domain/upload/upload-report.ts';
import { key, oneOf } from '../../schemas/atoms.ts';

const closed = { additionalProperties: false } as const;
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T, description: string) =>
  Type.Union([schema, Type.Null()], { description });

/** Something that was decided about a file. */
export const DecisionSchema = Type.Object(
  {
    about: Type.String({ description: 'What was decided, such as meter, values, dateOrder, clock or label.' }),
    column: orNull(Type.String(), 'Header of the column that it is about; null when it is about the file.'),
    value: Type.String({ description: 'What was decided.' }),
    reason: Type.String({ description: 'What in the file shows it.' }),
    certainty: oneOf(
      ['certain', 'likely'],
      'certain: the file allows nothing else. likely: nothing in it speaks against it.',
    ),
  },
  { ...closed, description: 'One thing that was decided about a file.' },
);

const READ_AS = {
  shape: oneOf(
    FILE_SHAPES,
    'A row for each meter and day, a row for each reading, a row for each register read, a row for each bill, or a D0010 flow of register reads.',
  ),
  headerLine: Type.Union([Type.Integer({ 'x-unit': 'line' }), Type.Null()], {
    description: 'Line of the file that the header stands on; null in a file without one.',
    'x-unit': 'line',
  }),
  clock: orNull(
    oneOf(UPLOAD_CLOCKS, 'The clock of the times.'),
    'The clock of the times; null where each carries its offset, where the file has days alone, or where all clocks give the same.',
  ),
  label: orNull(
    oneOf(LABELS, 'What a time names.'),
    'Whether times name the start or the end of an interval; null where columns do.',
  ),
  dateOrder: orNull(
    oneOf(DATE_ORDERS, 'The order of the parts of a date.'),
    'How dates in numbers are written; null where every date shows it.',
  ),
  decisions: Type.Array(DecisionSchema, { description: 'What was decided about the file, and why.' }),
};

/** How a file was understood, and why. */
export const ReadAsSchema = Type.Object(
  {
    ...READ_AS,
    tables: Type.Optional(
      Type.Array(
        Type.Object(
          { file: Type.String({ description: 'Name of the member or sheet.' }), ...READ_AS },
          { ...closed, description: 'How one table was understood.' },
        ),
        {
          description:
            'How each member of an archive, or each sheet of a workbook, was understood; absent in a file that is one table. The members beside it are those of the first.',
        },
      ),
    ),
  },
  { ...closed, description: 'How the file was understood.' },
);

/** Something that a file leaves open. */
export const LayoutQuestionSchema = Type.Object(
  {
    parameter: oneOf(
      ['clock', 'label', 'dateOrder', 'dayBasis', 'rowDate', 'decimalMark', 'valuesAre', 'billEnd'],
      'Query parameter that answers the question.',
    ),
    question: Type.String({ description: 'The question.' }),
    options: Type.Array(
      Type.Object(
        {
          value: Type.String({ description: 'Value of the parameter.' }),
          meaning: Type.String({ description: 'What it means.' }),
        },
        { ...closed, description: 'An answer.' },
      ),
      { description: 'The answers that the file allows.' },
    ),
    reason: Type.String({ description: 'Why the file does not settle it.' }),
  },
  { $id: 'LayoutQuestion', ...closed, description: 'Something that a file leaves open and its sender has to say.' },
);

/** Query parameters that say how a file is to be read. */
export const LAYOUT_PARAMETERS = {
  clock: Type.Optional(
    oneOf(
      UPLOAD_CLOCKS,
      'By which clock the times run. local: the clock on the wall, with 46, 48 or 50 half-hours a day. utc and gmt48: UTC all year. local48: local, yet 48 half-hours on every day. Asked for where the file does not show it.',
    ),
  ),
  meter: Type.Optional(key('Key of the meter, for a file that has no column for it.')),
  label: Type.Optional(
    oneOf(
      LABELS,
      'Whether times name the start or the end of their interval. Asked for where the file does not show it.',
    ),
  ),
  dateOrder: Type.Optional(
    oneOf(
      DATE_ORDERS,
      'How dates in numbers are written: 26/10/2025, 10/26/2025 or 25-10-26. Asked for where the file does not show it.',
    ),
  ),
  dayBasis: Type.Optional(
    oneOf(
      DAY_BASES,
      'local: days run from midnight to midnight. gas-day: they run from 05:00, before October 2015 from 06:00; asked for where the hours of gas are counted without saying from when.',
    ),
  ),
  rowDate: Type.Optional(
    oneOf(
      ROW_DATES,
      'same-day: a row of a day is dated by that day. day-after: by the day after, when it was sent. Asked for where the file does not show it.',
    ),
  ),
  decimalMark: Type.Optional(
    oneOf(
      DECIMAL_MARKS,
      'What stands before decimals: point as in 1,234.5, comma as in 1.234,5. Asked for where a number such as 1,234 can be either and no other shows it.',
    ),
  ),
  valuesAre: Type.Optional(
    oneOf(
      VALUE_KINDS,
      'use: values are what was used in each interval. counter: they are what a counter shows, and the file is refused with advice. Asked for where the values of a meter only ever rise.',
    ),
  ),
  billEnd: Type.Optional(
    oneOf(
      BILL_ENDS,
      'inclusive: the last day that a bill prints is in it, as in 1 to 31 March. exclusive: it is the first day after, as in 1 March to 1 April. Asked for where the bills beside it do not show it.',
    ),
  ),
  resolutionMinutes: Type.Optional(
    Type.Unsafe<(typeof RESOLUTIONS_MINUTES)[number]>({
      type: 'integer',
      enum: [...RESOLUTIONS_MINUTES],
      description: 'Length of the intervals. Default: the commonest step between the rows of a meter.',
      'x-unit': 'minutes',
    }),
  ),
  replaceActual: Type.Optional(
    Type.Boolean({
      description:
        'true: what the file marks as estimated takes the place of actual values. By default those stay, and `keptActual` counts them.',
    }),
  ),
};
