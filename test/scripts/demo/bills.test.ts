import t from 'tap';
import { type BillPlan, billsOf, EVERY_MONTH, QUARTERS } from '../../../scripts/demo/bills.ts';
import { demoEstate } from '../../../scripts/demo/demo-estate.ts';

const billed = demoEstate().meters.flatMap(({ key, data, dataFrom }) =>
  data.kind === 'billed' ? [{ key, dataFrom, bills: data.bills('2026-11-21') }] : [],
);

t.test('the bills of a meter follow one another without a gap, and each is above zero', async (t) => {
  for (const { key, dataFrom, bills } of billed) {
    t.ok(bills.length > 3, key);
    const starts = [dataFrom, ...bills.map(({ end }) => end)].slice(0, -1);
    t.strictSame(
      bills.map(({ start }) => start),
      starts,
      key,
    );
    t.strictSame(
      bills.filter(({ quantity }) => !(quantity > 0)),
      [],
      key,
    );
  }
});

t.test('some bills are estimated, few of all', async (t) => {
  const all = billed.flatMap(({ bills }) => bills);
  const estimated = all.filter(({ quality }) => quality === 'estimated');
  t.ok(estimated.length > 10 && estimated.length < all.length * 0.1, `${estimated.length} of ${all.length}`);
  t.equal(new Set(all.map(({ invoice }) => invoice)).size, all.length);
});

const PLAN: BillPlan = {
  series: () => Float64Array.of(10),
  span: { start: '2024-04-01', end: null },
  months: EVERY_MONTH,
  delayDays: 10,
  decimals: 0,
  seed: 1,
  invoice: 'T',
  estimates: true,
};

t.test('a bill comes once it is due, and the next one puts an estimate right', async (t) => {
  t.equal(billsOf(PLAN, '2024-05-10').length, 0);
  t.strictSame(billsOf(PLAN, '2024-05-11'), [
    { start: '2024-04-01', end: '2024-05-01', quantity: 300, quality: 'actual', invoice: 'T-20240501' },
  ]);
  const years = billsOf({ ...PLAN, span: { start: '2024-04-01', end: '2044-04-01' } }, '2044-05-01');
  t.ok(years.some(({ quality }) => quality === 'estimated'));
  t.equal(years.at(-1)?.end, '2044-04-01');
  t.equal(
    years.reduce((sum, { quantity }) => sum + quantity, 0),
    7305 * 10,
  );
});

t.test('quarterly bills are cut at the quarters, and a site that shuts has a last bill on that day', async (t) => {
  const bills = billsOf({ ...PLAN, months: QUARTERS, span: { start: '2024-04-01', end: '2024-08-15' } }, '2025-01-01');
  t.strictSame(
    bills.map(({ start, end }) => [start, end]),
    [
      ['2024-04-01', '2024-07-01'],
      ['2024-07-01', '2024-08-15'],
    ],
  );
});
