import t from 'tap';
import { spansOfBills } from '../../src/domain/bill-spans.ts';
import { type ArrivingBill, judgeBill, readsOfBill, type StoredBilledPeriod } from '../../src/domain/billed-period.ts';
import { settleMeter } from '../../src/domain/settle-meter.ts';
import { daysOf } from '../support/memory-usage.ts';

const STORED: StoredBilledPeriod = {
  start: '2025-03-01',
  end: '2025-04-01',
  totalMicro: 3_100_000_000n,
  ...readsOfBill({ quality: 'A' }),
  id: '1',
  meterId: 1,
  volume: null,
  invoice: 'I-1',
  costGbp: null,
  credits: null,
};

const bill = (fields: Partial<ArrivingBill> = {}): ArrivingBill => {
  const { id: _id, credits: _credits, ...rest } = STORED;
  return { ...rest, replaces: null, ...fields };
};
const stored = (fields: Partial<StoredBilledPeriod>): StoredBilledPeriod => ({ ...STORED, ...fields });

const APRIL = { start: '2025-04-01', end: '2025-05-01' };
const OVERLAPPING = { start: '2025-03-31', end: '2025-05-01', invoice: 'I-2' };
const ESTIMATED = readsOfBill({ quality: 'E' });

t.test(
  'a bill corrects one of the same days, stands beside another rank, and else must not overlap (rules E1, E2)',
  async (t) => {
    t.same(judgeBill(bill(), [STORED]), { kind: 'same' });
    t.same(judgeBill(bill({ totalMicro: 1n }), [STORED]), { kind: 'replaces', stored: [STORED] });
    t.same(judgeBill(bill({ invoice: 'I-2' }), [STORED]), { kind: 'replaces', stored: [STORED] });
    t.same(judgeBill(bill(APRIL), [STORED]), { kind: 'new' });
    t.same(judgeBill(bill(OVERLAPPING), [STORED]), { kind: 'overlaps', stored: STORED });
    t.same(
      judgeBill(bill({ ...OVERLAPPING, ...ESTIMATED }), [STORED]),
      { kind: 'new' },
      'an estimate beside an actual',
    );
    t.same(judgeBill(bill(ESTIMATED), [STORED]), { kind: 'new' }, 'an estimate never replaces an actual');
    const estimate = stored(ESTIMATED);
    t.same(judgeBill(bill(), [estimate]), { kind: 'replaces', stored: [estimate] }, 'an actual replaces an estimate');
  },
);

t.test('a rebill takes the place of the bill with its invoice, or with the one it names (rule E1 e)', async (t) => {
  const longer = { end: '2025-04-03' };
  t.same(judgeBill(bill(longer), [STORED]), { kind: 'replaces', stored: [STORED] }, 'the same invoice, other days');
  t.same(judgeBill(bill({ ...longer, invoice: 'I-2', replaces: 'I-1' }), [STORED]), {
    kind: 'replaces',
    stored: [STORED],
  });
  t.same(judgeBill(bill({ invoice: 'I-2', replaces: 'I-9' }), [STORED]), { kind: 'unknown-invoice' });
  const april = stored({ ...APRIL, id: '2', invoice: 'I-3' });
  t.same(
    judgeBill(bill({ ...longer, invoice: 'I-2', replaces: 'I-1' }), [STORED, april]),
    { kind: 'overlaps', stored: april },
    'days of a third bill are no part of a rebill',
  );
});

t.test('a credit note cancels its bill, which does not come back when it is sent again (rule E1 e)', async (t) => {
  const credit = bill({ totalMicro: -3_100_000_000n, invoice: 'C-1' });
  t.same(judgeBill(credit, [STORED]), { kind: 'credits', stored: STORED });
  const kept: StoredBilledPeriod = { ...credit, id: '2', credits: { id: '1', invoice: 'I-1' } };
  t.same(judgeBill(credit, [kept]), { kind: 'same' }, 'the credit note again');
  t.same(judgeBill(bill(), [kept]), { kind: 'same' }, 'the cancelled bill again');
  t.same(judgeBill(bill({ invoice: 'I-4', totalMicro: 5n }), [kept]), { kind: 'new' }, 'the bill anew');
  t.same(spansOfBills([kept]), [], 'a credit note is no total of its days');
});

t.test('what a bill leaves out about its reads follows from its quality (rule F4)', async (t) => {
  t.same(readsOfBill({}), { quality: 'A', qualityStated: false, openingRead: 'A', closingRead: 'A' });
  t.same(readsOfBill({ quality: 'A' }), { quality: 'A', qualityStated: true, openingRead: 'A', closingRead: 'A' });
  t.same(readsOfBill({ quality: 'E' }), { quality: 'E', qualityStated: true, openingRead: null, closingRead: 'E' });
  t.match(readsOfBill({ openingRead: 'E' }), { quality: 'E', closingRead: 'A' });
  t.match(readsOfBill({ quality: 'A', openingRead: 'E' }), { quality: 'E', closingRead: 'A' }, 'a read says more');
  t.match(readsOfBill({ quality: 'E', openingRead: 'A', closingRead: 'A' }), { quality: 'A' });
});

t.test('estimated bills that an actual read makes good become one total (rule E3)', async (t) => {
  const january = stored({ start: '2025-01-01', end: '2025-02-01', totalMicro: 5_000_000_000n, ...ESTIMATED });
  const made = readsOfBill({ openingRead: 'E', closingRead: 'A' });
  const february = stored({ start: '2025-02-01', end: '2025-03-01', totalMicro: -1_000_000_000n, ...made });
  t.match(spansOfBills([january, february]), [
    { span: { start: '2025-01-01', end: '2025-03-01', totalMicro: 4_000_000_000n, quality: 'A', rank: 3 } },
  ]);
  t.same(
    spansOfBills([february]).map(({ span }) => [span.rank, span.totalMicro]),
    [[6, -1_000_000_000n]],
    'without the bills before it, it stays an estimate',
  );
  const december = stored({ start: '2024-12-01', end: '2025-01-01', totalMicro: 1_000_000n, ...ESTIMATED });
  const [chain] = spansOfBills([february, december, january]);
  t.match(
    chain,
    { span: { start: '2024-12-01', end: '2025-03-01', totalMicro: 4_001_000_000n } },
    'back to the last actual read',
  );
  const actual = stored({ ...december, ...readsOfBill({ quality: 'A' }) });
  t.same(
    spansOfBills([actual, january, february]).map(({ span }) => [span.start, span.end, span.rank]),
    [
      ['2025-01-01', '2025-03-01', 3],
      ['2024-12-01', '2025-01-01', 3],
    ],
  );
  const days = daysOf('2025-01-01/2025-03-01');
  const spans = spansOfBills([january, february]).map(({ span }) => span);
  const settled = settleMeter({ meterId: 1, stored: new Map(), received: new Map(), spans, days }).days;
  const inMonth = (month: string) =>
    settled.reduce((sum, { day, quantityMicro }) => sum + (day.startsWith(month) ? (quantityMicro ?? 0n) : 0n), 0n);
  t.same([inMonth('2025-01'), inMonth('2025-02')], [2_101_694_915n, 1_898_305_085n]);
  t.equal(settled[0]?.quantityMicro, 67_796_610n);
  t.equal(settled[0]?.estimatedMicro, null, 'actual');
});
