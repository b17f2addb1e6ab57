import { type Static, Type } from 'typebox';
import { BILL_USES } from '../../../domain/bill-uses.ts';
import { READ_TYPE_NAMES } from '../../../domain/registers/read-types.ts';
import { READ_USES } from '../../../domain/registers/read-uses.ts';
import { instant, key, localDay, oneOf } from '../../schemas/atoms.ts';
import { PAGE_QUERY, pageSchema } from '../../schemas/page-schemas.ts';

const closed = { additionalProperties: false } as const;
const METER_UNIT = "the meter's unit";
const QUALITIES = ['actual', 'estimated'] as const;

const quantity = (description: string) => Type.Number({ description, 'x-unit': METER_UNIT });
const orNull = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema, description: string) =>
  Type.Union([schema, Type.Null()], { description });

const KEPT = {
  recordedAt: instant('When it was stored.'),
  upload: orNull(Type.String(), 'Number of the upload it came in; null where it came as JSON.'),
  supersededAt: orNull(instant('The instant.'), 'When another took its place; null while it stands.'),
};

const KEPT_EXAMPLE = { recordedAt: '2025-04-02T08:15:00.000Z', upload: null, supersededAt: null };

const BILL_EXAMPLE = {
  kind: 'bill',
  start: '2025-03-01',
  end: '2025-04-01',
  quantity: 3100,
  quality: 'actual',
  qualityStated: true,
  openingRead: 'actual',
  closingRead: 'actual',
  invoice: 'INV-1',
  costGbp: 775.5,
  use: 'covered',
  total: { start: '2025-03-01', end: '2025-04-01', quantity: 3100 },
  reconciliation: { intervals: 3138, difference: 38, share: 0.012258 },
  ...KEPT_EXAMPLE,
};

/** A bill, and what became of it. */
export const ListedBillSchema = Type.Object(
  {
    kind: oneOf(
      ['bill', 'delivery'],
      'delivery: fuel that came on `start`; `total` says how long it lasted, where that is known.',
    ),
    start: localDay('First day of the bill, or the day of the delivery.'),
    end: localDay('First day after it.'),
    quantity: quantity('What it states.'),
    quality: oneOf(QUALITIES, 'Actual between two actual reads.'),
    qualityStated: Type.Boolean({ description: 'False where the bill did not say and counts as actual.' }),
    openingRead: orNull(
      oneOf(QUALITIES, 'The read.'),
      'How the read was made that it begins with; null: as the bill before it ends.',
    ),
    closingRead: oneOf(QUALITIES, 'How the read was made that it ends with.'),
    invoice: orNull(Type.String(), 'Number of the invoice.'),
    costGbp: orNull(Type.Number({ description: 'Net cost.', 'x-unit': 'GBP' }), 'Net cost, where it was given.'),
    use: oneOf(
      BILL_USES,
      'used: its remainder is spread over the days that nothing better covers. merged: with the estimated bills before it, or the actual one after it, one total. covered: better evidence knows all its days, it only reconciles. conflict: smaller than its intervals, nothing is spread. open: a delivery that nothing comes after yet; its days are missing. superseded: another took its place. cancelled: by a credit note. credit-note: cancels another.',
    ),
    total: orNull(
      Type.Object(
        { start: localDay('First day.'), end: localDay('First day after.'), quantity: quantity('Its total.') },
        { ...closed, description: 'The total of a span.' },
      ),
      'The total that it is part of; null where it does not count.',
    ),
    reconciliation: orNull(
      Type.Object(
        {
          intervals: quantity('What better evidence adds up to.'),
          difference: quantity('That less the total.'),
          share: orNull(
            Type.Number({ description: 'The share.', 'x-unit': 'share of one' }),
            'The difference as a share of the total; null where that is 0.',
          ),
        },
        { ...closed, description: 'A bill beside its intervals.' },
      ),
      'Where better evidence covers all its days: how the two compare.',
    ),
    ...KEPT,
  },
  { $id: 'ListedBill', ...closed, description: 'A bill as it came, and what became of it.', examples: [BILL_EXAMPLE] },
);

const READ_EXAMPLE = {
  readAt: '2025-04-20T08:00:00.000Z',
  day: '2025-04-20',
  serial: 'F75A 00802',
  register: '1',
  value: 11000,
  readType: 'actual',
  use: 'used',
  advance: { start: '2025-03-10', end: '2025-04-20', quantity: 1000, quality: 'actual', overZero: false },
  ...KEPT_EXAMPLE,
};

/** A register reading, and what became of it. */
export const ListedReadSchema = Type.Object(
  {
    readAt: instant('When it was read.'),
    day: localDay('The local day from whose start it counts.'),
    serial: Type.String({ description: 'Serial of the device; empty where none is known.' }),
    register: Type.String({ description: 'Register of the device.' }),
    value: Type.Number({ description: 'What the dials showed.', 'x-unit': 'units of the dials' }),
    readType: oneOf(READ_TYPE_NAMES, 'How it was made.'),
    use: oneOf(
      READ_USES,
      'used: an advance begins or ends on it. alone: no other read stands beside it. overtaken: an estimate between two actual reads. contradicted: an estimate that an actual read shows to be wrong. queried, withdrawn: kept, and not used. superseded: another took its place.',
    ),
    advance: orNull(
      Type.Object(
        {
          start: localDay('Day of the read before it.'),
          end: localDay('Its own day.'),
          quantity: quantity('What the register counted, times the multiplier.'),
          quality: oneOf(QUALITIES, 'Actual between two actual reads.'),
          overZero: Type.Boolean({ description: 'Whether the dials turned over zero in between.' }),
        },
        { ...closed, description: 'What a register counted between two reads.' },
      ),
      'The advance that ends on it.',
    ),
    ...KEPT,
  },
  {
    $id: 'ListedRegisterReading',
    ...closed,
    description: 'A register reading as it came, and what became of it.',
    examples: [READ_EXAMPLE],
  },
);

export const BillPageSchema = pageSchema(ListedBillSchema, 'BillPage', 'One page of the bills.', BILL_EXAMPLE);
export const ReadPageSchema = pageSchema(
  ListedReadSchema,
  'RegisterReadingPage',
  'One page of the register readings.',
  READ_EXAMPLE,
);

export const TOTALS_PARAMS = Type.Object({ meter: key('Key of the meter.') }, closed);
export const TOTALS_QUERY = Type.Object(PAGE_QUERY, closed);

export const meterTotalsSchemas = [ListedBillSchema, BillPageSchema, ListedReadSchema, ReadPageSchema];

export type BillAnswer = Static<typeof ListedBillSchema>;
export type ReadAnswer = Static<typeof ListedReadSchema>;
