import t from 'tap';
import type { BillAnswer, ReadAnswer } from '../../../src/http/v1/meter-totals/schemas.ts';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';

const service = await testApp(t);
await writeEstate(service, [{ meter: 'EL' }, { meter: 'CHAIN' }, { meter: 'R', kind: 'register', dials: 5 }]);

type Page<Row> = { data: Row[]; page: { nextCursor?: string } };
const bills = async (meter: string) => (await ask<Page<BillAnswer>>(service, `/v1/meters/${meter}/bills`)).data;
const reads = async (meter: string, query = '') =>
  ask<Page<ReadAnswer>>(service, `/v1/meters/${meter}/register-readings${query}`);
const intervals = (meter: string, from: number, to: number, kwh: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => {
    const day = `2025-03-${String(from + index).padStart(2, '0')}`;
    return { meter, day, resolutionMinutes: 1440, values: [kwh] };
  });

t.test(
  'G04: once intervals cover a bill it only reconciles: 3,138 against 3,100 is +38, +1.23 % (rule E1 c)',
  async (t) => {
    await writeReadings(service, [
      { meter: 'EL', period: '2025-03', quantity: 3_100, quality: 'actual', invoice: 'I-1', costGbp: 775.5 },
      ...intervals('EL', 1, 3, 150),
    ]);
    t.match(await bills('EL'), [{ use: 'used', reconciliation: null, invoice: 'I-1', costGbp: 775.5 }]);
    await writeReadings(service, intervals('EL', 4, 31, 96));
    const figure = await ask<{ total: { quantity: { value: number }; emissionsKgCo2e: { scope2: number } } }>(
      service,
      '/v1/emissions?period=2025-03&meter=EL',
    );
    t.match(figure.total, { quantity: { value: 3_138 }, emissionsKgCo2e: { scope2: 649.723 } });
    const [bill] = await bills('EL');
    t.match(bill, { use: 'covered', reconciliation: { intervals: 3_138, difference: 38, share: 0.012258 } });
    t.equal((100 * (bill?.reconciliation?.share ?? 0)).toFixed(2), '1.23');
  },
);

t.test('bills that are merged, in conflict, superseded, cancelled or credit notes say so', async (t) => {
  await writeReadings(service, [
    { meter: 'CHAIN', period: '2025-01', quantity: 5_000, quality: 'estimated' },
    { meter: 'CHAIN', period: '2025-02', quantity: -1_000, openingRead: 'estimated', closingRead: 'actual' },
    { meter: 'CHAIN', period: '2025-03', quantity: 400 },
    ...intervals('CHAIN', 1, 3, 150),
    { meter: 'CHAIN', period: '2025-04', quantity: 10, invoice: 'A' },
    { meter: 'CHAIN', period: '2025-05', quantity: 20 },
  ]);
  await writeReadings(service, [
    { meter: 'CHAIN', period: '2025-04', quantity: -10, invoice: 'B' },
    { meter: 'CHAIN', period: '2025-05', quantity: 21 },
  ]);
  const merged = { start: '2025-01-01', end: '2025-03-01', quantity: 4_000 };
  t.match(await bills('CHAIN'), [
    { quantity: 5_000, use: 'merged', openingRead: null, closingRead: 'estimated', total: merged },
    { quantity: -1_000, use: 'merged', total: merged },
    { quantity: 400, use: 'conflict' },
    { quantity: 10, use: 'cancelled', total: null, supersededAt: /^20/ },
    { quantity: -10, use: 'credit-note', total: null, supersededAt: null },
    { quantity: 20, use: 'superseded' },
    { quantity: 21, use: 'used', supersededAt: null },
  ]);
});

t.test('register readings say what became of them, page by page and as CSV', async (t) => {
  const read = (day: string, value: number, readType: string) => ({
    meter: 'R',
    readAt: `${day}T09:00:00Z`,
    value,
    readType,
  });
  await writeReadings(service, [
    read('2025-01-01', 99_990, 'actual'),
    read('2025-02-01', 60, 'estimated'),
    read('2025-03-01', 10, 'actual'),
    read('2025-04-01', 20, 'withdrawn'),
    read('2025-05-01', 40, 'estimated'),
  ]);
  await writeReadings(service, [read('2025-03-01', 12, 'actual')]);
  const { data } = await reads('R');
  t.match(data, [
    { value: 99_990, use: 'used', advance: null },
    { value: 60, use: 'overtaken', advance: null },
    { value: 10, use: 'superseded' },
    { value: 12, use: 'used', advance: { start: '2025-01-01', quantity: 22, quality: 'actual', overZero: true } },
    { value: 20, use: 'withdrawn' },
    { value: 40, use: 'used', advance: { start: '2025-03-01', quantity: 28, quality: 'estimated', overZero: false } },
  ]);
  const first = await reads('R', '?limit=4');
  const rest = await reads('R', `?limit=4&cursor=${first.page.nextCursor}`);
  t.same([...first.data, ...rest.data], data);
  t.notOk(rest.page.nextCursor);
  const csv = await service.send('GET', '/v1/meters/R/register-readings', { headers: { accept: 'text/csv' } });
  t.equal(csv.body.split('\r\n')[4]?.split(',').slice(1, 9).join(), '2025-03-01,,1,12,actual,used,2025-01-01,22');
});

t.test('404 for a meter that is not there, 400 for a cursor of another list', async (t) => {
  for (const list of ['bills', 'register-readings']) {
    t.equal((await service.send('GET', `/v1/meters/NONE/${list}`)).statusCode, 404);
    const { page } = await ask<Page<BillAnswer>>(service, '/v1/meters/CHAIN/bills?limit=1');
    t.equal((await service.send('GET', `/v1/meters/R/${list}?cursor=${page.nextCursor}`)).statusCode, 400);
  }
  t.equal((await service.send('GET', '/v1/meters/R/bills', { scope: null })).statusCode, 401);
});
