import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';

const service = await testApp(t);
const { send } = service;
await writeEstate(service, [
  { meter: 'GAS', activity: 'natural-gas' },
  { meter: 'EL' },
  { meter: 'WATER', activity: 'water', unit: 'm3', returnToSewer: 0.9 },
]);
await writeReadings(service, [
  { meter: 'GAS', period: '2025/26', quantity: 100_000 },
  { meter: 'EL', period: '2025/26', quantity: 36_500 },
  { meter: 'WATER', period: '2025/26', quantity: 1_000 },
]);

type Category = { category: number; upstream: boolean; kgCo2e: number };
type Emissions = { scope1: number; scope2: number; scope3: number; total: number; scope3ByCategory: Category[] };
type Row = {
  scope3Category?: number | null;
  flow?: string;
  quantity: { value: number | null };
  emissionsKgCo2e: Emissions;
};
type Answer = {
  consolidationApproach: string;
  consolidationApplied?: object[];
  data: Row[];
  total: Row;
  notices: string[];
};
const emissions = (query: string) => ask<Answer>(service, `/v1/emissions?${query}`);
const controlled = (...control: object[]) => send('PUT', '/v1/sites/S', { body: { name: 'Site S', control } });
const settings = async (change: object) => {
  const { consolidationApproaches: _dated, ...held } = await ask<Record<string, unknown>>(service, '/v1/settings');
  if ('consolidationApproaches' in change) delete held.consolidationApproach;
  return send('PUT', '/v1/settings', { body: { ...held, ...change } });
};

/** Scope 1, scope 2, and each category with its upstream part, as short text. */
async function placed(query: string): Promise<string> {
  const kg = (await emissions(query)).total.emissionsKgCo2e;
  const categories = kg.scope3ByCategory.map(
    ({ category, upstream, kgCo2e }) => `${category}${upstream ? ' upstream' : ''} ${kgCo2e.toFixed(3)}`,
  );
  return [kg.scope1.toFixed(3), kg.scope2.toFixed(3), ...categories].join(' | ');
}

const GAS = 'period=2025/26&meter=GAS';
const EL = 'period=2025/26&meter=EL';
const WATER = 'period=2025/26&meter=WATER';

t.test('each control puts gas, electricity and water where the table says (rule D1)', async (t) => {
  const table: [control: string, gas: string, water: string][] = [
    ['operated', '18296.000 | 0.000 | 3 3021.000', '0.000 | 0.000 | 1 191.300 | 5 153.792'],
    ['leased-in', '0.000 | 0.000 | 8 18296.000 | 8 upstream 3021.000', '0.000 | 0.000 | 8 upstream 345.092'],
    ['leased-out', '0.000 | 0.000 | 13 18296.000 | 13 upstream 3021.000', '0.000 | 0.000 | 13 upstream 345.092'],
    ['outsourced', '0.000 | 0.000 | 1 18296.000 | 1 upstream 3021.000', '0.000 | 0.000 | 1 upstream 345.092'],
    ['investee', '0.000 | 0.000 | 15 18296.000 | 15 upstream 3021.000', '0.000 | 0.000 | 15 upstream 345.092'],
  ];
  for (const [control, gas, water] of table) {
    t.equal((await controlled({ control })).statusCode, 200);
    t.equal(await placed(GAS), gas, control);
    t.equal(await placed(WATER), water, control);
    t.equal((await emissions('period=2025/26')).total.emissionsKgCo2e.total.toFixed(3), '30619.192', control);
    const { data, total } = await emissions('period=2025/26&groupBy=scope3Category');
    for (const { scope3Category, emissionsKgCo2e: kg } of data) {
      const listed = total.emissionsKgCo2e.scope3ByCategory.filter(({ category }) => category === scope3Category);
      const sum = listed.reduce((all, { kgCo2e }) => all + kgCo2e, 0);
      t.equal((scope3Category === null ? 0 : kg.scope3).toFixed(3), sum.toFixed(3), `${control}: ${scope3Category}`);
    }
  }
});

t.test('outside needs a reason; its kWh are kept and nothing of it is reported', async (t) => {
  const refused = await controlled({ control: 'outside' });
  t.equal(refused.statusCode, 400);
  t.match(refused.json(), { errors: [{ pointer: '/control/0/reason', code: 'missing' }] });
  await controlled({ control: 'operated' }, { from: '2025-07-01', control: 'outside', reason: 'academised' });
  const { data, total } = await emissions(EL);
  t.match(total, { quantity: { value: 9_100 }, emissionsKgCo2e: { scope2: 1610.7 } });
  t.match(data, [
    { quantity: { value: 9_100 } },
    { flow: 'outside-boundary', quantity: { value: 27_400 }, inTotal: false },
  ]);
});

t.test('control counts by the day', async (t) => {
  await controlled({ control: 'operated' }, { from: '2025-07-01', control: 'leased-out', reason: 'let' });
  const kg = (await emissions('period=2025-06-30/2025-07-02&meter=EL&lines=generation')).total.emissionsKgCo2e;
  t.match(kg, { scope2: 17.7, scope3: 17.7, total: 35.4 });
});

t.test('energy sold over a private wire is category 3, all lines of it (rule D1)', async (t) => {
  await controlled({ control: 'operated' });
  const body = {
    site: 'S',
    activity: 'electricity',
    unit: 'kWh',
    parent: 'EL',
    tenant: [{ name: 'Works', kind: 'resale' }],
  };
  t.match((await send('PUT', '/v1/meters/WIRE', { body })).json(), {
    tenant: [{ name: 'Works', kind: 'resale', scope3Category: 3 }],
  });
  await writeReadings(service, [{ meter: 'WIRE', period: '2025/26', quantity: 10_000 }]);
  t.equal(await placed('period=2025/26&activity=electricity&lines=generation'), '0.000 | 4690.500 | 3 1770.000');
  t.equal(await placed('period=2025/26&meter=WIRE'), '0.000 | 0.000 | 3 2454.000');
  const leased = { ...body, tenant: [{ name: 'Works', kind: 'resale', leaseType: 'finance' }] };
  t.match((await send('PUT', '/v1/meters/WIRE', { body: leased })).json(), {
    errors: [{ pointer: '/tenant/0/leaseType', code: 'not-applicable' }],
  });
});

t.test(
  'financial control is refused while a lease states no kind, and a lease without one under it (rule D2)',
  async (t) => {
    await controlled({ control: 'leased-out' });
    const refused = await settings({ consolidationApproach: 'financial-control' });
    t.equal(refused.statusCode, 422);
    t.match(refused.json(), { type: /lease-type-missing/, detail: /site S do not state/ });
    t.match(await emissions(GAS), { consolidationApproach: 'operational-control' }, 'nothing has changed');
    await controlled({ control: 'leased-out', leaseType: 'operating' });
    t.equal((await settings({ consolidationApproach: 'financial-control' })).statusCode, 200);
    const again = await controlled({ control: 'leased-out' });
    t.equal(again.statusCode, 400);
    t.match(again.json(), { errors: [{ pointer: '/control/0/leaseType', code: 'missing' }] });
    const meter = { site: 'S', activity: 'electricity', unit: 'kWh', parent: 'EL', tenant: [{ name: 'Café' }] };
    t.match((await send('PUT', '/v1/meters/CAFE', { body: meter })).json(), {
      errors: [{ pointer: '/tenant/0/leaseType', code: 'missing' }],
    });
    const strange = await controlled({ control: 'outsourced', leaseType: 'finance' });
    t.match(strange.json(), { errors: [{ pointer: '/control/0/leaseType', code: 'not-applicable' }] });
  },
);

t.test('under financial control the lease decides (rule D2)', async (t) => {
  const own = '18296.000 | 0.000 | 3 3021.000';
  const let13 = '0.000 | 0.000 | 13 18296.000 | 13 upstream 3021.000';
  const rented8 = '0.000 | 0.000 | 8 18296.000 | 8 upstream 3021.000';
  const table: [period: object, placed: string][] = [
    [{ control: 'leased-out', leaseType: 'operating' }, own],
    [{ control: 'leased-out', leaseType: 'finance' }, let13],
    [{ control: 'leased-in', leaseType: 'operating' }, rented8],
    [{ control: 'leased-in', leaseType: 'finance' }, own],
    [{ control: 'operated' }, own],
    [{ control: 'operated', leaseType: 'operating' }, rented8],
    [{ control: 'outsourced' }, '0.000 | 0.000 | 1 18296.000 | 1 upstream 3021.000'],
  ];
  for (const [period, expected] of table) {
    t.equal((await controlled(period)).statusCode, 200);
    t.equal(await placed(GAS), expected, JSON.stringify(period));
  }
  await controlled({ control: 'leased-out', leaseType: 'operating' });
  const { data } = await ask<{ data: object[] }>(service, `/v1/emissions/explanation?${GAS}&lines=combustion`);
  t.match(data, [{ control: 'leased-out', leaseType: 'operating', scope: 'scope1', emissionsKgCo2e: 18296 }]);
});

t.test('an approach holds from a day on, and answers say which', async (t) => {
  const dated = [{ approach: 'operational-control' }, { from: '2025-10-01', approach: 'financial-control' }];
  t.equal((await settings({ consolidationApproaches: dated })).statusCode, 200);
  const answer = await emissions(EL);
  t.match(answer, {
    consolidationApproach: 'financial-control',
    consolidationApplied: [
      { approach: 'operational-control', from: '2025-04-01', to: '2025-10-01' },
      { approach: 'financial-control', from: '2025-10-01', to: '2026-04-01' },
    ],
  });
  t.match(answer.notices.join(), /drawn in more than one way in 2025\/26/);
  const kg = (await emissions('period=2025-09-30/2025-10-02&meter=EL&lines=generation')).total.emissionsKgCo2e;
  t.match(kg, { scope2: 12.851, scope3: 12.851 });
  t.match(await emissions('period=2025-06&meter=EL'), { consolidationApproach: 'operational-control' });
});

t.test("a tenant's part follows the lease, too", async (t) => {
  await controlled({ control: 'operated' });
  await settings({ consolidationApproach: 'financial-control' });
  const tenant = (leaseType: string) => [{ name: 'Works', leaseType }];
  const body = { site: 'S', activity: 'electricity', unit: 'kWh', parent: 'EL' };
  await send('PUT', '/v1/meters/WIRE', { body: { ...body, tenant: tenant('finance') } });
  t.equal(await placed('period=2025/26&activity=electricity&lines=generation'), '0.000 | 4690.500 | 13 1770.000');
  await send('PUT', '/v1/meters/WIRE', { body: { ...body, tenant: tenant('operating') } });
  t.equal(await placed('period=2025/26&activity=electricity&lines=generation'), '0.000 | 6460.500');
});
