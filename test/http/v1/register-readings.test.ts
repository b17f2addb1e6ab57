import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';

const service = await testApp(t);
const { send } = service;
await writeEstate(service, [
  { meter: 'R', kind: 'register', dials: 5 },
  { meter: 'CT', kind: 'register', multiplier: 40 },
  { meter: 'GAS', kind: 'register', activity: 'natural-gas' },
  { meter: 'TWO', kind: 'register', serials: ['A', 'B'] },
  { meter: 'MIX', kind: 'register' },
  { meter: 'BILLS', kind: 'billed' },
  { meter: 'CREDIT', kind: 'billed' },
]);

type Day = { start: string; quantity: number | null; quality: string | null; origin: string | null };
type Answer = { registerReadings: object; days: object; conflicts: object[]; seq?: string };

const read = (meter: string, day: string, value: number, fields: object = {}) => ({
  meter,
  readAt: `${day}T09:00:00Z`,
  value,
  ...fields,
});
const slices = async (meter: string, period: string, resolution = 'month') =>
  (await ask<{ data: Day[] }>(service, `/v1/meters/${meter}/readings?period=${period}&resolution=${resolution}`)).data;
const quantities = async (meter: string, period: string) =>
  (await slices(meter, period)).map(({ quantity }) => quantity);
const post = async (readings: object[], mode = 'strict') =>
  send('POST', `/v1/readings?mode=${mode}`, { body: { readings } });

t.test('two reads make an advance, spread over its days; the same again writes nothing', async (t) => {
  const reads = [read('R', '2025-03-10', 10_000), read('R', '2025-04-20', 11_000)];
  t.match(await writeReadings(service, reads), {
    accepted: 2,
    registerReadings: { written: 2, unchanged: 0, kept: 0 },
    days: { new: 41 },
  });
  t.same(await quantities('R', '2025-03-01/2025-05-01'), [536.585366, 463.414634]);
  const [day] = await slices('R', '2025-03-10', 'day');
  t.match(day, { origin: 'register', quality: 'actual' });
  t.match(
    (await slices('R', '2025-04-20', 'day'))[0],
    { quantity: null },
    'a reading counts from the start of its day',
  );
  const again = await post(reads);
  t.equal(again.statusCode, 200);
  t.match(again.json(), { registerReadings: { written: 0, unchanged: 2 } });
  t.notOk('seq' in again.json());
});

t.test('a read between two others divides their days anew, and keeps what they were', async (t) => {
  t.match(await writeReadings(service, [read('R', '2025-04-01', 10_880)]), { days: { new: 0, changed: 41 } });
  t.same(await quantities('R', '2025-03-01/2025-05-01'), [880, 120]);
  const { rows } = await service.database.pool.query(
    "select count(*)::int as n from meter_day_revision r join meter m on m.id = r.meter_id where m.key = 'R'",
  );
  t.equal(rows[0]?.n, 41);
});

t.test('a correction supersedes the read of its day; a withdrawn read joins the days on both sides', async (t) => {
  await writeReadings(service, [read('R', '2025-04-01', 10_780)]);
  t.same(await quantities('R', '2025-03-01/2025-05-01'), [780, 220]);
  await writeReadings(service, [read('R', '2025-04-01', 10_780, { readType: 'W' })]);
  t.same(await quantities('R', '2025-03-01/2025-05-01'), [536.585366, 463.414634]);
  const { rows } = await service.database.pool.query(
    "select r.value::float as value, r.superseded_by is null as stands from register_reading r join meter m on m.id = r.meter_id where m.key = 'R' and r.day = '2025-04-01' order by r.id",
  );
  t.same(
    rows.map(({ value, stands }) => [value, stands]),
    [
      [10_880, false],
      [10_780, false],
      [10_780, true],
    ],
  );
});

t.test('a read that runs backwards is refused, with the read before it; over zero it is taken', async (t) => {
  const refused = await post([read('R', '2025-05-20', 10_900)]);
  t.equal(refused.statusCode, 422);
  t.match(refused.json(), {
    errors: [{ pointer: '/readings/0/value', code: 'register-runs-backwards', detail: /11000 on 2025-04-20/ }],
  });
  const lenient = await post([read('R', '2025-05-19', 10_900), read('R', '2025-05-20', 11_010)], 'lenient');
  t.match(lenient.json(), {
    accepted: 1,
    refused: [{ pointer: '/readings/0/value' }],
    registerReadings: { written: 1 },
  });
  await writeReadings(service, [read('GAS', '2025-01-01', 10), read('GAS', '2025-02-01', 41)]);
  const slip = await post([read('GAS', '2025-03-01', 40)]);
  t.match(slip.json(), { errors: [{ detail: /a number of dials for the meter/ }] });
  await writeEstate(service, [{ meter: 'TURN', kind: 'register', dials: 4 }]);
  await writeReadings(service, [read('TURN', '2025-01-01', 9_990), read('TURN', '2025-01-21', 10)]);
  t.same(await quantities('TURN', '2025-01'), [20]);
});

t.test('the multiplier counts, and reads and intervals of one batch settle together', async (t) => {
  const half = (value: number) => new Array(48).fill(value);
  await writeReadings(service, [
    read('CT', '2025-06-01', 100),
    read('CT', '2025-07-01', 130),
    { meter: 'CT', day: '2025-06-10', values: half(2) },
    { meter: 'CT', period: '2025-07', quantity: 310 },
  ]);
  t.same(await quantities('CT', '2025-06-01/2025-08-01'), [1_200, 310]);
  t.equal((await slices('CT', '2025-06-10', 'day'))[0]?.quantity, 96);
  t.equal((await slices('CT', '2025-06-11', 'day'))[0]?.quantity, 38.068965, '1,104 over 29 days');
  const conflict = (await writeReadings(service, [
    { meter: 'CT', day: '2025-06-11', values: half(40) },
  ])) as unknown as Answer;
  t.match(conflict.conflicts, [{ code: 'register-below-intervals', billed: 1_200, intervals: 2_016 }]);
});

t.test('estimated reads stand until an actual one overtakes them (rule E3)', async (t) => {
  await writeReadings(service, [
    read('MIX', '2025-01-01', 0),
    read('MIX', '2025-02-01', 310, { readType: 'D' }),
    read('MIX', '2025-03-01', 590, { readType: 'estimated' }),
  ]);
  t.match(await slices('MIX', '2025-01'), [{ quantity: 310, quality: 'estimated', origin: 'register' }]);
  await writeReadings(service, [read('MIX', '2025-03-01', 118)]);
  t.match(await slices('MIX', '2025-01-01/2025-03-01'), [
    { quantity: 62, quality: 'actual' },
    { quantity: 56, quality: 'actual' },
  ]);
});

t.test('the same letter means another thing for gas and for electricity', async (t) => {
  t.match(await writeReadings(service, [read('GAS', '2025-03-01', 60, { readType: 'S' })]), { accepted: 1 });
  t.match(await slices('GAS', '2025-02'), [{ quality: 'estimated' }]);
  const letter = await post([read('GAS', '2025-04-01', 70, { readType: 'D' })]);
  t.match(letter.json(), {
    errors: [
      { pointer: '/readings/0/readType', code: 'unknown-read-type', detail: /'D' is no read type of natural-gas/ },
    ],
  });
});

t.test('an exchange names its devices, and day and night registers add up (rule E10)', async (t) => {
  const missing = await post([read('TWO', '2025-01-01', 5)]);
  t.match(missing.json(), { errors: [{ pointer: '/readings/0/serial', code: 'required' }] });
  const of = (serial: string, register: string) => ({ serial, register });
  await writeReadings(service, [
    read('TWO', '2025-01-01', 1_000, of('A', 'DAY')),
    read('TWO', '2025-01-01', 500, of('A', 'NIGHT')),
    read('TWO', '2025-01-16', 1_150, { ...of('A', 'DAY'), readType: 'final' }),
    read('TWO', '2025-01-16', 530, { ...of('A', 'NIGHT'), readType: 'final' }),
    read('TWO', '2025-01-16', 0, { ...of('B', 'DAY'), readType: 'initial' }),
    read('TWO', '2025-01-16', 0, { ...of('B', 'NIGHT'), readType: 'initial' }),
    read('TWO', '2025-02-01', 160, of('B', 'DAY')),
    read('TWO', '2025-02-01', 32, of('B', 'NIGHT')),
  ]);
  t.same(await quantities('TWO', '2025-01'), [372]);
  t.equal((await slices('TWO', '2025-01-15', 'day'))[0]?.quantity, 12);
});

t.test('an actual bill makes the estimated one before it good (rule E3)', async (t) => {
  await writeReadings(service, [{ meter: 'BILLS', period: '2025-01', quantity: 5_000, quality: 'estimated' }]);
  t.match(await slices('BILLS', '2025-01'), [{ quantity: 5_000, quality: 'estimated' }]);
  const actual = {
    meter: 'BILLS',
    period: '2025-02',
    quantity: -1_000,
    openingRead: 'estimated',
    closingRead: 'actual',
  };
  t.match(await writeReadings(service, [actual]), { days: { new: 28, changed: 31 } });
  t.match(await slices('BILLS', '2025-01-01/2025-03-01'), [
    { quantity: 2_101.694915, quality: 'actual' },
    { quantity: 1_898.305085, quality: 'actual' },
  ]);
  t.equal((await slices('BILLS', '2025-01-01', 'day'))[0]?.quantity, 67.79661);
});

t.test('a credit note cancels its bill, a rebill takes its place, and nothing comes back', async (t) => {
  const bill = { meter: 'CREDIT', period: '2025-01', quantity: 5_000, invoice: 'I-1', costGbp: 1_250.5 };
  const credit = { meter: 'CREDIT', period: '2025-01', quantity: -5_000, invoice: 'C-1', costGbp: -1_250.5 };
  t.match(await writeReadings(service, [bill, credit]), { billedPeriods: { written: 2 } });
  t.same(await quantities('CREDIT', '2025-01'), [null]);
  t.match(await writeReadings(service, [bill, credit]), { billedPeriods: { written: 0, unchanged: 2 } });
  await writeReadings(service, [{ ...bill, quantity: 4_650, invoice: 'I-2' }]);
  t.same(await quantities('CREDIT', '2025-01'), [4_650]);
  await writeReadings(service, [
    { meter: 'CREDIT', period: '2025-01-01/2025-01-31', quantity: 4_500, invoice: 'I-3', replaces: 'I-2' },
  ]);
  t.same(await quantities('CREDIT', '2025-01'), [4_500]);
  t.match((await slices('CREDIT', '2025-01-31', 'day'))[0], { quantity: null }, 'the days it lost are missing again');
  const unknown = await post([{ ...bill, invoice: 'I-5', replaces: 'I-9' }]);
  t.match(unknown.json(), { errors: [{ pointer: '/readings/0/replaces', code: 'unknown-invoice' }] });
});

t.test('a read in the future, without a value or beside other shapes is refused', async (t) => {
  for (const [entry, fault] of [
    [read('R', '2027-01-01', 1), { pointer: '/readings/0/readAt', code: 'in-the-future' }],
    [
      { meter: 'R', readAt: '2025-08-01T09:00:00Z' },
      { pointer: '/readings/0/value', code: 'required' },
    ],
    [
      { ...read('R', '2025-08-01', 1), quantity: 3 },
      { pointer: '/readings/0/quantity', code: 'unexpected-field' },
    ],
    [read('R', '2025-08-01', 0.1234567), { pointer: '/readings/0/value', code: 'too-many-decimals' }],
    [read('R', '2025-08-01', 100_000), { pointer: '/readings/0/value', code: 'value-above-dials' }],
  ] as const) {
    const response = await post([entry]);
    t.equal(response.statusCode, 422);
    t.match(response.json(), { errors: [fault] });
  }
  const huge = await post([read('CT', '2025-08-01', 999_999_999_999)]);
  t.match(huge.json(), { errors: [{ code: 'value-out-of-range' }] });
});
