import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';
import { newestInstant } from '../../support/newest-instant.ts';

const service = await testApp(t);
await writeEstate(service, [
  { meter: 'OIL', activity: 'burning-oil', unit: 'litre', kind: 'billed' },
  { meter: 'WOOD', activity: 'wood-pellets', unit: 'tonne', kind: 'billed' },
  { meter: 'CUT', activity: 'wood-pellets', unit: 'tonne', kind: 'billed' },
  { meter: 'BOTH', activity: 'gas-oil', unit: 'litre', kind: 'billed' },
  { meter: 'LATE', activity: 'gas-oil', unit: 'litre', kind: 'billed' },
  { meter: 'EL' },
]);

const delivery = (meter: string, deliveredOn: string, quantity: number, more: object = {}) => ({
  meter,
  deliveredOn,
  quantity,
  ...more,
});
type Stored = { data: { quantity: number | null }[] };
const months = async (meter: string, period: string, asOf = '') =>
  (await ask<Stored>(service, `/v1/meters/${meter}/readings?period=${period}&resolution=month${asOf}`)).data.map(
    ({ quantity }) => quantity,
  );
const days = async (meter: string, period: string) =>
  (await ask<Stored>(service, `/v1/meters/${meter}/readings?period=${period}&resolution=day`)).data.map(
    ({ quantity }) => quantity,
  );
type Bill = {
  kind: string;
  start: string;
  quantity: number;
  use: string;
  total: { start: string; end: string } | null;
};
const bills = async (meter: string) => (await ask<{ data: Bill[] }>(service, `/v1/meters/${meter}/bills`)).data;
const moment = () => newestInstant(service.database.pool);
const refused = async (...readings: object[]) =>
  (await service.send('POST', '/v1/readings', { body: { readings } })).json();

t.test('a delivery lasts until the next, and until then its days are missing (rule B2)', async (t) => {
  await writeReadings(service, [delivery('WOOD', '2024-10-01', 9.2)]);
  const first = await moment();
  t.same(await months('WOOD', '2024-10-01/2025-01-01'), [null, null, null], 'nothing says yet how long it lasts');
  t.match(await bills('WOOD'), [{ kind: 'delivery', use: 'open', total: null }]);

  await writeReadings(service, [delivery('WOOD', '2025-01-01', 18)]);
  const second = await moment();
  // 92 days from 1 October to 1 January: 0.1 tonnes a day.
  t.same(await months('WOOD', '2024-10-01/2025-02-01'), [3.1, 3, 3.1, null]);
  t.match(await bills('WOOD'), [
    { use: 'used', quantity: 9.2, total: { start: '2024-10-01', end: '2025-01-01' } },
    { use: 'open', quantity: 18 },
  ]);

  await writeReadings(service, [delivery('WOOD', '2025-04-01', 6)]);
  // 90 days from 1 January to 1 April: 0.2 tonnes a day.
  t.same(await months('WOOD', '2025-01-01/2025-05-01'), [6.2, 5.6, 6.2, null]);
  t.same(await months('WOOD', '2024-10-01/2025-02-01', `&asOf=${first}`), [null, null, null, null]);
  t.same(await months('WOOD', '2024-10-01/2025-02-01', `&asOf=${second}`), [3.1, 3, 3.1, null], 'as it was known then');
});

t.test('a delivery that comes in between, its correction and its credit note move the days', async (t) => {
  await writeReadings(service, [delivery('OIL', '2025-01-01', 900), delivery('OIL', '2025-04-01', 100)]);
  t.same((await days('OIL', '2025-01-01/2025-01-02'))[0], 10, '900 litres in 90 days');

  await writeReadings(service, [delivery('OIL', '2025-02-01', 590, { invoice: 'B' })]);
  // 900 litres in the 31 days of January, 590 in the 59 of February and March.
  t.same(await months('OIL', '2025-01-01/2025-04-01'), [900, 280, 310]);
  await writeReadings(service, [delivery('OIL', '2025-02-01', 1180, { invoice: 'B' })]);
  t.same(await months('OIL', '2025-01-01/2025-04-01'), [900, 560, 620], 'the same invoice again is a correction');
  await writeReadings(service, [delivery('OIL', '2025-02-01', 590, { invoice: 'C' })]);
  t.same(await months('OIL', '2025-01-01/2025-04-01'), [900, 840, 930], 'a second lorry on that day');

  await writeReadings(service, [
    delivery('OIL', '2025-02-01', -1180, { invoice: 'B-CREDIT' }),
    delivery('OIL', '2025-02-01', -590, { invoice: 'C-CREDIT' }),
  ]);
  t.same((await days('OIL', '2025-01-01/2025-01-02'))[0], 10, 'both credited: January lasts until April again');
  t.same(
    (await bills('OIL')).map(({ use }) => use),
    ['used', 'superseded', 'cancelled', 'cancelled', 'credit-note', 'credit-note', 'open'],
  );
});

t.test('the wrong day is mended by naming the invoice that is replaced', async (t) => {
  await writeReadings(service, [
    delivery('LATE', '2025-01-01', 310, { invoice: 'L1' }),
    delivery('LATE', '2025-02-01', 100, { invoice: 'L2' }),
  ]);
  await writeReadings(service, [delivery('LATE', '2025-03-04', 100, { invoice: 'L2', replaces: 'L2' })]);
  // 62 days from 1 January to 4 March: 5 litres a day.
  t.same(await months('LATE', '2025-01-01/2025-03-01'), [155, 140]);
});

t.test('what a year cuts off a delivery is apportioned (rule F4)', async (t) => {
  await writeReadings(service, [delivery('CUT', '2025-03-02', 7), delivery('CUT', '2025-05-11', 1)]);
  type Figure = { total: { quantity: { value: number }; coverage: { apportioned?: number } } };
  // 70 days, 0.1 tonnes a day: 30 of them lie in 2024/25. A tonne of pellets is 5,193 kWh gross in the editions of both years.
  const year = await ask<Figure>(service, '/v1/consumption?meter=CUT&period=2024/25');
  t.equal(year.total.quantity.value, 3 * 5_193);
  t.equal(year.total.coverage.apportioned !== undefined && year.total.coverage.apportioned > 0, true);
  const whole = await ask<Figure>(service, '/v1/consumption?meter=CUT&period=2025-03-02/2025-05-11');
  t.equal(whole.total.quantity.value, 7 * 5_193);
  t.notHas(whole.total.coverage, 'apportioned');
});

t.test('a bill that begins ends the delivery before it, and covers no day on which one came', async (t) => {
  await writeReadings(service, [
    delivery('BOTH', '2025-01-01', 310),
    { meter: 'BOTH', period: '2025-02-01/2025-03-01', quantity: 280 },
    delivery('BOTH', '2025-03-11', 100),
  ]);
  t.same(await months('BOTH', '2025-01-01/2025-03-01'), [310, 280]);
  t.same(
    (await days('BOTH', '2025-03-01/2025-03-12')).every((quantity) => quantity === null),
    true,
    'nothing between',
  );
  t.match(await refused({ meter: 'BOTH', period: '2025-03', quantity: 5 }), {
    errors: [{ code: 'overlapping-billed-period' }],
  });
});

t.test('a delivery of nothing says that the fuel before it was used up', async (t) => {
  await writeReadings(service, [delivery('LATE', '2025-04-05', 0, { invoice: 'EMPTY' })]);
  // 100 litres from 4 March to 5 April: 32 days.
  t.same((await days('LATE', '2025-03-04/2025-03-05'))[0], 3.125);
  t.same(await days('LATE', '2025-04-05/2025-04-07'), [null, null], 'after it nothing is known');
});

t.test('a delivery that cannot be one is refused with its reason', async (t) => {
  for (const [entry, code] of [
    [delivery('EL', '2025-01-01', 1), 'not-applicable'],
    [delivery('OIL', '2027-01-01', 1), 'in-the-future'],
    [delivery('OIL', '2025-02-30', 1), 'invalid-day'],
    [{ meter: 'OIL', deliveredOn: '2025-01-01' }, 'required'],
    [delivery('OIL', '2025-01-01', 1, { quality: 'estimated' }), 'unexpected-field'],
  ] as const) {
    const problem = await refused(entry);
    t.ok([400, 422].includes(problem.status), code);
    if (problem.status === 422) t.match(problem.errors[0], { code });
  }
});
