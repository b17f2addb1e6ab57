import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';

const service = await testApp(t);
const { send } = service;
const SINCE = { from: { on: '2025-04-01', reason: 'opened' } };
await writeEstate(service, [
  { meter: 'MAIN', ...SINCE },
  { meter: 'SUB-1', parent: 'MAIN', ...SINCE, tenant: [{ name: 'Café' }] },
  { meter: 'SUB-2', parent: 'MAIN', from: { on: '2025-05-01', reason: 'opened' } },
  { meter: 'BELOW', parent: 'SUB-1', ...SINCE },
  { meter: 'ALONE', ...SINCE },
]);
await writeReadings(service, [
  { meter: 'MAIN', period: '2025-04-01/2025-07-01', quantity: 9_100 },
  { meter: 'SUB-1', period: '2025-04', quantity: 1_000 },
  { meter: 'SUB-1', period: '2025-06', quantity: 2_000 },
  { meter: 'SUB-2', period: '2025-05-01/2025-06-01', quantity: 3_100 },
  { meter: 'SUB-2', period: '2025-06-01/2025-06-16', quantity: 1_500 },
  { meter: 'BELOW', period: '2025-04', quantity: 400 },
]);

type Row = {
  main: { quantity: number | null };
  subs: { meter: string; quantity: number | null; coverage: { missing: number } | null }[];
  subTotal: number | null;
  remainder: number | null;
  flags: string[];
};
type Balance = { meter: string; unit: string; asOf?: object; data: Row[] };
const balance = (meter: string, query: string) => ask<Balance>(service, `/v1/meters/${meter}/balance?${query}`);

t.test('the meter, the ones directly below it, and what is left, as metered', async (t) => {
  const { meter, unit, data } = await balance('MAIN', 'period=2025-04-01/2025-07-01&interval=month');
  t.same([meter, unit, data.length], ['MAIN', 'kWh', 3]);
  t.match(data[0], {
    main: { meter: 'MAIN', quantity: 3_000, coverage: { actual: 1 } },
    subs: [
      { meter: 'SUB-1', quantity: 1_000 },
      { meter: 'SUB-2', quantity: null, coverage: null },
    ],
    subTotal: 1_000,
    remainder: 2_000,
    flags: [],
  });
  t.match(data[1], { subTotal: 3_100, remainder: null, flags: ['incomplete'] }, 'missing is never zero');
  t.match(data[1]?.subs[0], { quantity: null, coverage: { missing: 1 } });
  t.match(data[2], { subTotal: 3_500, remainder: -500, flags: ['sub-exceeds-main', 'incomplete'] });
  t.match(data[2]?.subs[1], { coverage: { missing: 0.5 } });
});

t.test('by day and as a total; a meter without any below has no remainder', async (t) => {
  const days = await balance('MAIN', 'period=2025-04&interval=day');
  t.equal(days.data.length, 30);
  t.equal(days.data.reduce((sum, row) => sum + (row.remainder ?? 0), 0).toFixed(3), '2000.000');
  t.match((await balance('ALONE', 'period=2025/26')).data, [{ subs: [], subTotal: null, remainder: null }]);
  t.match((await balance('SUB-1', 'period=2025-04')).data, [{ subs: [{ meter: 'BELOW' }], remainder: 600 }]);
});

t.test('CSV has a line for each meter and one for the remainder', async (t) => {
  const csv = await send('GET', '/v1/meters/MAIN/balance?period=2025-06', { headers: { accept: 'text/csv' } });
  t.strictSame(csv.body.trim().split('\r\n').slice(1), [
    '2025-06,2025-06-01,2025-07-01,main,MAIN,3000,1,0,0,',
    '2025-06,2025-06-01,2025-07-01,sub,SUB-1,2000,1,0,0,',
    '2025-06,2025-06-01,2025-07-01,sub,SUB-2,1500,0.5,0,0.5,',
    '2025-06,2025-06-01,2025-07-01,remainder,,-500,,,,sub-exceeds-main incomplete',
  ]);
});

t.test('404 for no meter, 400 for no period, and as of a moment', async (t) => {
  t.match((await send('GET', '/v1/meters/NONE/balance?period=2025')).json(), { status: 404, type: /unknown-meter$/ });
  t.equal((await send('GET', '/v1/meters/MAIN/balance')).statusCode, 400);
  await writeReadings(service, [{ meter: 'SUB-1', period: '2025-05', quantity: 100 }]);
  const { rows } = await service.database.pool.query(
    'select c.recorded_at as at from change c order by c.seq desc offset 1 limit 1',
  );
  const before = await balance('MAIN', `period=2025-05&asOf=${rows[0].at.toISOString().replace('Z', '999Z')}`);
  t.match(before, { asOf: {}, data: [{ remainder: null }] });
  t.match(await balance('MAIN', 'period=2025-05'), { data: [{ remainder: -100 }] });
});
