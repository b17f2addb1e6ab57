import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';
import { type MarketAnswer, marketOf, REGO, RESIDUAL } from '../../support/market.ts';
import { newestInstant } from '../../support/newest-instant.ts';

const service = await testApp(t);
const { put, instrument, market } = marketOf(service);
const { send } = service;
const bill = (meter: string, quantity: number) => ({ meter, period: '2025/26', quantity });
await put('residual-mixes/r2025', RESIDUAL);

t.test('self-use whose certificates are sold takes the residual mix on the market basis (rule C4)', async (t) => {
  await writeEstate(service, [
    { meter: 'IN', site: 'ROOF', kind: 'billed' },
    { meter: 'PV', site: 'ROOF', kind: 'billed', direction: 'generation', certificates: [{ status: 'sold' }] },
    { meter: 'OUT', site: 'ROOF', kind: 'billed', direction: 'export' },
  ]);
  await writeReadings(service, [bill('IN', 30_000), bill('PV', 10_000), bill('OUT', 4_000)]);
  const { total, data } = await market('site=ROOF&groupBy=line');
  t.match(total, {
    emissionsKgCo2e: { scope1: 0, scope2: 5_310, scope2Market: 9_000 + 1_800 },
    flags: ['certificates-sold'],
  });
  t.match(data.find(({ line }) => line === 'own-generation')?.emissionsKgCo2e, { scope2: 0, scope2Market: 1_800 });
  const generation = { site: 'ROOF', activity: 'electricity', unit: 'kWh', kind: 'billed', direction: 'generation' };
  await put('meters/PV', { ...generation, certificates: [{ status: 'kept' }] });
  t.match((await market('site=ROOF')).total.emissionsKgCo2e, { scope2: 5_310, scope2Market: 9_000 });
  await put('meters/PV', { ...generation, certificates: [{ status: 'kept' }, { from: '2026-01-01', status: 'sold' }] });
  const sold = 9_000 + (6_000 * 0.3 * 90) / 365;
  const dated = (await market('site=ROOF')).total.emissionsKgCo2e.scope2Market ?? 0;
  t.ok(Math.abs(dated - sold) < 0.001, `by date: ${dated}`);
});

t.test('only what is scope 2 gets a market figure: tenants and let sites do not (rules D1, D3)', async (t) => {
  await writeEstate(service, [
    { meter: 'MAIN', site: 'SHOP', kind: 'billed' },
    { meter: 'SUB', site: 'SHOP', kind: 'billed', parent: 'MAIN', tenant: [{ name: 'Café' }] },
    { meter: 'LET', site: 'LET', kind: 'billed' },
  ]);
  await send('PUT', '/v1/sites/LET', { body: { name: 'Let', control: [{ control: 'leased-out' }] } });
  await writeReadings(service, [bill('MAIN', 10_000), bill('SUB', 2_500), bill('LET', 5_000)]);
  await instrument('shared', { kWh: 7_500, meters: ['MAIN', 'LET'] });
  const { total } = await market('site=SHOP,LET&scopes=2');
  t.match(total, {
    emissionsKgCo2e: { scope2: 1_327.5, scope2Market: 1_125 },
    tiers: { certificates: { kWh: 3_750, share: 0.5 }, residualMix: { kWh: 3_750, share: 0.5 } },
  });
  const all = await market('site=SHOP,LET');
  t.equal(
    (all.total.emissionsKgCo2e.totalMarket ?? 0).toFixed(3),
    (all.total.emissionsKgCo2e.total - 202.5).toFixed(3),
    'scope 3 is the same on both bases',
  );
});

t.test('certificates of green gas are a memo beside scope 1, never in a total (rule B8)', async (t) => {
  await writeEstate(service, [{ meter: 'GAS', site: 'HALL', activity: 'natural-gas', kind: 'billed' }]);
  await writeReadings(service, [bill('GAS', 100_000)]);
  await instrument('rggo', {
    kind: 'green-gas',
    kWh: 100_000,
    factor: 0.001,
    meters: ['GAS'],
    certificateYear: undefined,
  });
  const { total } = await market('site=HALL');
  t.match(total, { emissionsKgCo2e: { scope1: 18_296, scope1Market: 100 }, greenGasKwh: 100_000 });
  t.equal(total.emissionsKgCo2e.total, 18_296 + 3_021);
  t.equal(total.emissionsKgCo2e.totalMarket, total.emissionsKgCo2e.total);
});

t.test('figures as of an earlier moment know the instruments of then', async (t) => {
  const known = await newestInstant(service.database.pool);
  await instrument('shared', { kWh: 15_000, meters: ['MAIN', 'LET'] });
  const scope2Market = async (query: string) => (await market(`site=SHOP${query}`)).total.emissionsKgCo2e.scope2Market;
  t.equal(await scope2Market(''), 0);
  t.equal(await scope2Market(`&asOf=${known}`), 1_125);
});

t.test('rows of every grouping add to the total on both bases', async (t) => {
  const groups = ['site', 'meter', 'activity', 'portfolio', 'scope', 'line', 'scope3Category'];
  const { total } = await market('');
  for (const group of groups) {
    const { data } = await market(`groupBy=${group}`);
    const used = data.filter(({ inTotal }) => inTotal !== false);
    for (const name of ['scope2', 'scope2Market', 'totalMarket', 'scope1Market'] as const) {
      const sum = used.reduce((kg, row) => kg + (row.emissionsKgCo2e[name] ?? 0), 0);
      t.ok(Math.abs(sum - (total.emissionsKgCo2e[name] ?? 0)) < 0.01, `${group} ${name}`);
    }
  }
});

t.test('400, 404: what contradicts itself is refused with its place', async (t) => {
  const cases: [object, string][] = [
    [{ meters: ['MAIN'] }, '/kWh'],
    [{ kWh: 1 }, '/meters'],
    [{ kWh: 1, meters: ['MAIN'], contract: 'C' }, '/contract'],
    [{ kWh: 1, meters: ['NONE'] }, '/meters/0'],
    [{ kWh: 1, meters: ['GAS'] }, '/meters/0'],
    [{ kWh: 1, meters: ['MAIN'], to: '2025-04-01' }, '/to'],
    [{ kWh: 1, meters: ['MAIN'], certificateYear: undefined }, '/certificateYear'],
    [{ kWh: 1, meters: ['MAIN'], kind: 'supplier-product' }, '/kWh'],
    [{ meters: ['MAIN'], kind: 'supplier-product', certificateYear: '2024/25' }, '/from'],
    [{ kWh: 1, meters: ['MAIN'], factor: -1 }, '/factor'],
  ];
  for (const [fields, pointer] of cases)
    t.match(
      (await put('instruments/bad', { ...REGO, ...fields })).json(),
      { status: 400, errors: [{ pointer }] },
      pointer,
    );
  t.match((await put('residual-mixes/other', RESIDUAL)).json(), {
    status: 400,
    errors: [{ pointer: '/from', code: 'overlapping' }],
  });
  t.match((await send('GET', '/v1/instruments/none')).json(), { status: 404, type: /unknown-instrument/ });
  t.match((await send('GET', '/v1/residual-mixes/none')).json(), { status: 404, type: /unknown-residual-mix/ });
  const csv = await send('GET', '/v1/instruments', { headers: { accept: 'text/csv' } });
  t.match(csv.body, /shared,shared,rego,15000,0,co2e/);
  t.equal((await ask<MarketAnswer>(service, '/v1/residual-mixes')).data.length, 1);
});
