import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';

const service = await testApp(t);
const { send } = service;
const TENANT = [{ name: 'Market Café', from: '2025-04-01', to: '2026-04-01' }];
await writeEstate(service, [
  { meter: 'MAIN' },
  { meter: 'SUB', parent: 'MAIN', tenant: TENANT },
  { meter: 'PLAIN', parent: 'MAIN' },
]);
await writeReadings(service, [
  { meter: 'MAIN', period: '2025/26', quantity: 10_000 },
  { meter: 'SUB', period: '2025/26', quantity: 2_500 },
  { meter: 'PLAIN', period: '2025/26', quantity: 1_000 },
]);

type Emissions = { scope1: number; scope2: number; scope3: number; total: number };
type Row = {
  meter?: string;
  scope3Category?: number | null;
  flow?: string;
  inTotal?: false;
  coverage?: { actual: number; estimated: number; missing: number };
  quantity: { value: number | null };
  emissionsKgCo2e: Emissions | null;
};
type Answer = { data: Row[]; total: Row; notices: string[] };
const emissions = (query: string) => ask<Answer>(service, `/v1/emissions?${query}`);

t.test("a tenant's part moves to category 13 with the same factors, and the total stays (rule D3)", async (t) => {
  const answer = await emissions('period=2025/26&lines=generation');
  t.match(answer.total, {
    quantity: { value: 10_000 },
    emissionsKgCo2e: { scope2: 1327.5, scope3: 442.5, total: 1770 },
    coverage: { actual: 1, missing: 0 },
  });
  t.strictSame(
    answer.notices.filter((notice) => /^tenant|^sub-/.test(notice)),
    [],
  );
  const byMeter = await emissions('period=2025/26&lines=generation&groupBy=meter');
  t.match(byMeter.data, [
    { meter: 'MAIN', quantity: { value: 7_500 }, emissionsKgCo2e: { scope2: 1327.5, scope3: 0 } },
    { meter: 'SUB', quantity: { value: 2_500 }, emissionsKgCo2e: { scope2: 0, scope3: 442.5 } },
    { meter: 'PLAIN', quantity: { value: 1_000 }, flow: 'sub-meter', inTotal: false },
  ]);
  const byCategory = await emissions('period=2025/26&groupBy=scope3Category');
  const sum = byCategory.data.reduce((kg, row) => kg + (row.emissionsKgCo2e?.total ?? 0), 0);
  t.equal(sum.toFixed(3), byCategory.total.emissionsKgCo2e?.total.toFixed(3));
  t.ok(byCategory.data.some((row) => row.scope3Category === 13));
});

t.test('the explanation has a line for what is taken out and one for where it goes', async (t) => {
  const { data } = await ask<{ data: Record<string, unknown>[] }>(
    service,
    '/v1/emissions/explanation?period=2025/26&lines=generation',
  );
  t.match(data, [
    { meter: 'MAIN', metered: 10_000, scope: 'scope2', tenant: null, rule: 'B1', emissionsKgCo2e: 1770 },
    { meter: 'SUB', metered: 2_500, scope: 'scope3', scope3Category: 13, tenant: 'Market Café', rule: 'D3' },
    { meter: 'MAIN', metered: -2_500, scope: 'scope2', tenant: 'Market Café', rule: 'D3', emissionsKgCo2e: -442.5 },
  ]);
});

t.test('a filter finds either side of the split', async (t) => {
  const main = await emissions('period=2025/26&lines=generation&meter=MAIN');
  t.match(main.total, { quantity: { value: 7_500 }, emissionsKgCo2e: { scope2: 1327.5, scope3: 0 } });
  const sub = await emissions('period=2025/26&lines=generation&meter=SUB');
  t.match(sub.total, { quantity: { value: 2_500 }, emissionsKgCo2e: { scope2: 0, scope3: 442.5 } });
  t.match(sub.total.coverage, { actual: 1 });
});

t.test('months add up to the year, and consumption is split alike', async (t) => {
  const months = await emissions('period=2025/26&interval=month&lines=generation');
  const counted = months.data.filter((row) => row.flow === undefined);
  t.equal(counted.length, 12);
  const scope2 = counted.reduce((kg, row) => kg + (row.emissionsKgCo2e?.scope2 ?? 0), 0);
  t.ok(Math.abs(scope2 - 1327.5) < 0.0005 * 12, 'to the rounding of each month');
  const used = await ask<Answer>(service, '/v1/consumption?period=2025/26&groupBy=meter');
  t.match(used.data, [{ meter: 'MAIN', quantity: { value: 7_500 } }, { meter: 'SUB', quantity: { value: 2_500 } }, {}]);
});

t.test('outside the tenancy the sub-meter is a sub-meter, from the day on', async (t) => {
  await writeReadings(service, [
    { meter: 'MAIN', period: '2026-04-01/2026-05-01', quantity: 300 },
    { meter: 'SUB', period: '2026-04-01/2026-05-01', quantity: 100 },
  ]);
  const april = await emissions('period=2026-03-31/2026-04-02&groupBy=meter&interval=day');
  t.match(
    april.data
      .filter(({ quantity }) => quantity.value !== null)
      .map(({ meter, flow, quantity }) => [meter, flow ?? 'use', quantity.value]),
    [
      ['MAIN', 'use', 20.547945],
      ['SUB', 'use', 6.849315],
      ['PLAIN', 'sub-meter', 2.739726],
      ['MAIN', 'use', 10],
      ['SUB', 'sub-meter', 3.333333],
    ],
  );
});

t.test('days without the sub-meter stay with the council and are said', async (t) => {
  await writeEstate(service, [
    { meter: 'M2', site: 'T' },
    { meter: 'S2', site: 'T', parent: 'M2', tenant: TENANT, from: { on: '2025-04-01', reason: 'opened' } },
  ]);
  await writeReadings(service, [
    { meter: 'M2', period: '2025-04-01/2025-05-01', quantity: 3_000 },
    { meter: 'S2', period: '2025-04-01/2025-04-21', quantity: 1_000 },
  ]);
  const answer = await emissions('period=2025-04&site=T&groupBy=meter');
  t.match(answer.data, [
    { meter: 'M2', quantity: { value: 2_000 } },
    { meter: 'S2', quantity: { value: 1_000 } },
  ]);
  t.match(answer.total, { quantity: { value: 3_000 }, coverage: { missing: 0 } });
  t.match(answer.notices.join('\n'), /tenant-split-incomplete: S2 has no data on 10 days on which M2 above it has/);
});

t.test(
  'days without the main count the tenant and miss the council, a negative remainder is kept and said',
  async (t) => {
    await writeEstate(service, [
      { meter: 'M3', site: 'U', from: { on: '2025-04-01', reason: 'opened' } },
      { meter: 'S3', site: 'U', parent: 'M3', tenant: TENANT },
    ]);
    await writeReadings(service, [
      { meter: 'M3', period: '2025-04-01/2025-04-11', quantity: 100 },
      { meter: 'S3', period: '2025-04-01/2025-05-01', quantity: 450 },
    ]);
    const answer = await emissions('period=2025-04&site=U&groupBy=meter');
    t.match(answer.data, [
      { meter: 'M3', quantity: { value: -50 } },
      { meter: 'S3', quantity: { value: 450 } },
    ]);
    t.match(answer.total, { quantity: { value: 400 }, coverage: { actual: 0.3333, missing: 0.6667 } });
    t.match(
      answer.notices.join('\n'),
      /sub-exceeds-main: on 10 days, the first 2025-04-01, the tenants' sub-meters read 50 kWh more than M3/,
    );
  },
);

t.test('a tenant of a tenant comes out of the part above it, and a leased-out site keeps its category', async (t) => {
  await send('PUT', '/v1/sites/V', { body: { name: 'Let in part', control: [{ control: 'outsourced' }] } });
  await writeEstate(service, [
    { meter: 'M4', site: 'W' },
    { meter: 'S4', site: 'W', parent: 'M4', tenant: TENANT },
    { meter: 'SS4', site: 'W', parent: 'S4', tenant: [{ ...TENANT[0], name: 'Kiosk', scope3Category: 1 }] },
  ]);
  await writeReadings(service, [
    { meter: 'M4', period: '2025/26', quantity: 10_000 },
    { meter: 'S4', period: '2025/26', quantity: 4_000 },
    { meter: 'SS4', period: '2025/26', quantity: 1_000 },
  ]);
  const answer = await emissions('period=2025/26&site=W&lines=generation&groupBy=meter');
  t.match(
    answer.data.map(({ meter, quantity }) => [meter, quantity.value]),
    [
      ['M4', 6_000],
      ['S4', 3_000],
      ['SS4', 1_000],
    ],
  );
  t.equal(answer.total.quantity.value, 10_000);
});

t.test('400: a tenant without a meter above, two at a time, or one that ends before it begins', async (t) => {
  const put = async (body: object) =>
    (await send('PUT', '/v1/meters/X', { body: { site: 'S', activity: 'electricity', unit: 'kWh', ...body } })).json();
  t.match(await put({ tenant: TENANT }), { status: 400, errors: [{ pointer: '/tenant', code: 'not-applicable' }] });
  const ends = [{ name: 'A', from: '2025-04-01', to: '2025-04-01' }];
  t.match(await put({ parent: 'MAIN', tenant: ends }), { status: 400, errors: [{ pointer: '/tenant/0/to' }] });
  const both = [
    { name: 'A', from: '2025-04-01' },
    { name: 'B', from: '2025-10-01' },
  ];
  t.match(await put({ parent: 'MAIN', tenant: both }), { status: 400, errors: [{ pointer: '/tenant/1/from' }] });
  const read = await send('GET', '/v1/meters/SUB');
  t.strictSame(read.json().tenant, [{ ...TENANT[0], kind: 'tenancy', scope3Category: 13 }]);
});

t.test('a tenant without a meter has a share by floor area, and every grouping adds up (rule D3)', async (t) => {
  const areas = [{ areaM2: 2_000 }, { from: '2025-10-01', areaM2: 2_500 }];
  const hub = { name: 'Hub', floorAreas: areas };
  t.equal((await send('PUT', '/v1/sites/HUB', { body: hub })).statusCode, 201);
  const tenant = [
    { name: 'Advice', from: '2025-04-01', floorAreaM2: 500 },
    { name: 'Museum', from: '2025-07-01', to: '2026-01-01', share: 0.1, scope3Category: 1 },
  ];
  const meter = { site: 'HUB', activity: 'electricity', unit: 'kWh', tenant };
  t.equal((await send('PUT', '/v1/meters/HUB-E', { body: meter })).statusCode, 201);
  await writeReadings(service, [{ meter: 'HUB-E', period: '2025/26', quantity: 36_500 }]);
  t.strictSame((await send('GET', '/v1/meters/HUB-E')).json().tenant, [
    { ...tenant[0], kind: 'tenancy', scope3Category: 13 },
    { ...tenant[1], kind: 'tenancy' },
  ]);
  // 183 days at a quarter and 182 at a fifth; 184 days at a tenth.
  const [advice, museum] = [183 * 25 + 182 * 20, 184 * 10];
  const of = (kWh: number) => Number((kWh * 0.177).toFixed(3));
  const { total, data } = await emissions('period=2025/26&site=HUB&lines=generation&groupBy=scope3Category');
  t.match(total, {
    quantity: { value: 36_500 },
    emissionsKgCo2e: { scope2: of(36_500 - advice - museum), scope3: of(advice + museum), total: of(36_500) },
    coverage: { estimated: 0.2755, missing: 0, days: { expected: 365, actual: 365 } },
    flags: ['estimated-by-floor-area'],
  });
  t.match(
    data.map(({ scope3Category, emissionsKgCo2e: kg, coverage }) => [scope3Category, kg?.total, coverage?.estimated]),
    [
      [13, of(advice), 1],
      [1, of(museum), 1],
      [null, of(36_500 - advice - museum), 0],
    ],
  );
  const months = await emissions('period=2025/26&site=HUB&lines=generation&interval=month&groupBy=scope');
  const sum = months.data.reduce((kg, row) => kg + (row.emissionsKgCo2e?.total ?? 0), 0);
  t.ok(Math.abs(sum - of(36_500)) < 0.0005 * 36, 'to the rounding of each row');
  const used = await ask<Answer>(service, '/v1/consumption?period=2025/26&site=HUB&groupBy=meter');
  t.match(used.data, [{ meter: 'HUB-E', quantity: { value: 36_500 } }]);
});

t.test('the explanation tells the share, and the CSV and a receipt with it', async (t) => {
  const path = '/v1/emissions/explanation?period=2025-08&site=HUB&lines=generation';
  const { data } = await ask<{ data: Record<string, unknown>[] }>(service, path);
  t.match(data, [
    { metered: 3_100, scope: 'scope2', tenant: null, rule: 'B1' },
    { metered: -775, scope: 'scope2', tenant: 'Advice', tenantShare: '0.25', rule: 'D3' },
    { metered: 775, scope3Category: 13, tenant: 'Advice', flags: ['estimated-by-floor-area'] },
    { metered: -310, tenant: 'Museum' },
    {
      metered: 310,
      scope3Category: 1,
      tenant: 'Museum',
      tenantShare: '0.1',
      evidence: { parts: [{ quantity: 3_100 }] },
    },
  ]);
  const csv = await send('GET', path, { headers: { accept: 'text/csv' } });
  t.match(csv.body, /Advice,775,.*,0\.25,D3/);
  const question = { period: '2025-08', site: 'HUB' };
  const receipt = await send('POST', '/v1/receipts', { body: question });
  t.equal(receipt.statusCode, 200);
  const verified = await send('POST', '/v1/receipts/verify', { body: receipt.json() });
  t.match(verified.json(), { result: 'equal' });
});

t.test('400: shares above the whole, no floor area on a day, and what does not go together', async (t) => {
  const put = async (tenant: object[], fields: object = {}) => {
    const body = { site: 'HUB', activity: 'electricity', unit: 'kWh', tenant, ...fields };
    return (await send('PUT', '/v1/meters/HUB-X', { body })).json();
  };
  const large = { name: 'Large', floorAreaM2: 1_900 };
  t.match(await put([large, { name: 'Small', from: '2025-04-01', share: 0.1 }]), {
    status: 400,
    errors: [{ pointer: '/tenant', code: 'shares-exceed-whole', detail: /'Large', 'Small' have 1.05 of site 'HUB'/ }],
  });
  await send('PUT', '/v1/sites/BARE', { body: { name: 'Bare', floorAreas: [{ from: '2025-10-01', areaM2: 100 }] } });
  const early = { name: 'Early', from: '2025-04-01', floorAreaM2: 50 };
  t.match(await put([early], { site: 'BARE' }), {
    errors: [
      {
        pointer: '/tenant/0/floorAreaM2',
        code: 'missing-floor-area',
        detail: /'BARE' has no floor area on 2025-04-01/,
      },
    ],
  });
  t.match(await put([{ ...large, share: 0.1 }]), { errors: [{ pointer: '/tenant/0/share', code: 'ambiguous' }] });
  t.match(await put([{ ...large, kind: 'resale' }]), {
    errors: [{ pointer: '/tenant/0/kind', code: 'not-applicable' }],
  });
  t.match(await put([large], { parent: 'MAIN' }), { errors: [{ pointer: '/tenant', code: 'not-applicable' }] });
  t.match(await put([{ name: 'None', share: 0 }]), { status: 400 });
  const site = async (floorAreas: object[]) =>
    (await send('PUT', '/v1/sites/HUB', { body: { name: 'Hub', floorAreas } })).json();
  t.match(await site([{ areaM2: 400 }]), {
    status: 400,
    errors: [{ pointer: '/floorAreas', code: 'shares-exceed-whole', detail: /meter 'HUB-E': 'Advice' have 1.25/ }],
  });
  t.match(await site([]), { errors: [{ pointer: '/floorAreas', code: 'missing-floor-area' }] });
});

t.test('a share that begins is boundary in the change of two periods, and the rest is compared', async (t) => {
  await writeReadings(service, [{ meter: 'HUB-E', period: '2024/25', quantity: 36_500 }]);
  const path =
    '/v1/emissions/change?period=2025/26&comparedWith=2024/25&site=HUB&lines=generation&groupBy=scope3Category';
  const change = await ask<{ total: { parts: Record<string, number> }; data: { parts: Record<string, number> }[] }>(
    service,
    `${path}&factors=2025`,
  );
  t.match(change.total.parts, { boundary: 0, use: 0, factor: 0 });
  t.same(new Set(change.data.map(({ parts }) => parts.boundary)), new Set([-1779.735, 325.68, 1454.055]));
});
