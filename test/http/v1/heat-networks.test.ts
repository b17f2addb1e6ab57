import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';
import { newestInstant } from '../../support/newest-instant.ts';

const service = await testApp(t);
const { send } = service;

const FACTOR = {
  value: 0.1,
  at: 'delivered',
  lossShare: 0.2,
  upstreamIncluded: false,
  gases: 'co2e',
  evidence: { description: 'Carbon statement of the operator, May 2025', url: 'https://heat.example/2025' },
  validFrom: '2025-04-01',
  validTo: '2026-04-01',
};
const network = (key: string, factors: object[], fields: object = {}) =>
  send('PUT', `/v1/heat-networks/${key}`, {
    body: { name: `Network ${key}`, operatedBy: 'third-party', factors, ...fields },
  });

type Row = {
  emissionsKgCo2e: { scope2: number; scope3: number; total: number } | null;
  line?: string;
  flow?: string;
  period: { label: string };
  quantity: { value: number | null };
  flags?: string[];
  notQuantified: string[];
  heatAtNationalFactorsKgCo2e?: object;
  sets: string[];
};
type Answer = { data: Row[]; total: Row };
type Line = { line: string; start: string; exactKgCo2e: string; reason: string | null } & Record<string, unknown>;

/** A heat meter of 10,000 kWh in 2025/26 on a network, and its lines in a period. */
async function linesOn(key: string, meter: string, period = '2025/26'): Promise<Record<string, number | undefined>> {
  await writeEstate(service, [{ meter, site: meter, activity: 'district-heat', kind: 'billed', heatNetwork: key }]);
  await writeReadings(service, [{ meter, period: '2025/26', quantity: 10_000 }]);
  const { data } = await ask<Answer>(service, `/v1/emissions?period=${period}&meter=${meter}&groupBy=line`);
  return Object.fromEntries(data.map(({ line, emissionsKgCo2e }) => [line, emissionsKgCo2e?.total]));
}
const totalOf = async (meter: string, query = 'period=2025/26') =>
  (await ask<Answer>(service, `/v1/emissions?${query}&meter=${meter}`)).total;

t.test('201, 200, 204: a network comes back as it was sent, is listed, and ends', async (t) => {
  const created = await network('heatline', [FACTOR], { source: 'energy-from-waste' });
  t.equal(created.statusCode, 201);
  t.match(created.json(), { key: 'heatline', factors: [FACTOR] });
  t.equal((await network('heatline', [FACTOR], { source: 'energy-from-waste' })).statusCode, 200);
  const read = await send('GET', '/v1/heat-networks/heatline', { scope: 'read' });
  t.strictSame(read.json(), created.json());
  t.type(read.headers.etag, 'string');
  const csv = await send('GET', '/v1/heat-networks', { scope: 'read', headers: { accept: 'text/csv' } });
  t.match(csv.body, /heatline,Network heatline,third-party,energy-from-waste,1,0.1,delivered,2025-04-01,2026-04-01/);
  await network('gone', []);
  t.equal((await send('DELETE', '/v1/heat-networks/gone')).statusCode, 204);
  t.match((await send('GET', '/v1/heat-networks/gone')).json(), { status: 404, type: /unknown-heat-network/ });
});

t.test(
  'a delivered factor is divided by its loss share, and the national figure stands beside (rule B5)',
  async (t) => {
    t.match(await linesOn('heatline', 'H1'), { heat: 800, 'distribution-loss': 200, wtt: 334.1, 'wtt-loss': 17.6 });
    t.match(await totalOf('H1'), {
      emissionsKgCo2e: { scope2: 800, scope3: 551.7, total: 1351.7 },
      flags: ['heat-upstream-proxy'],
      heatAtNationalFactorsKgCo2e: { scope2: 1752.9, scope3: 94.5, total: 1847.4 },
      sets: ['heat-network.heatline', 'uk-2025'],
    });
    const { data } = await ask<{ data: Line[] }>(service, '/v1/emissions/explanation?period=2025/26&meter=H1');
    t.match(
      data.find(({ line }) => line === 'heat'),
      {
        rule: 'B5',
        factorKgCo2ePerUnit: '0.08',
        nationalKgCo2e: 1752.9,
        sources: [
          {
            set: 'heat-network.heatline',
            version: '2025-04-01',
            publisher: 'Network heatline',
            factorKgCo2ePerUnit: '0.1',
            source: 'Carbon statement of the operator, May 2025 <https://heat.example/2025>',
          },
        ],
      },
    );
  },
);

t.test('a delivered factor without a loss share leaves nothing for the losses, and says so (rule B5)', async (t) => {
  const { lossShare: _share, ...whole } = FACTOR;
  await network('whole', [whole]);
  t.match(await linesOn('whole', 'H2'), { heat: 1000, 'distribution-loss': 0, wtt: 334.1, 'wtt-loss': 17.6 });
  t.match(await totalOf('H2'), { flags: ['heat-loss-included', 'heat-upstream-proxy'], notQuantified: [] });
  const { data } = await ask<{ data: Line[] }>(service, '/v1/emissions/explanation?period=2025/26&meter=H2');
  t.match(data.find(({ line }) => line === 'distribution-loss')?.reason, /included/);
});

t.test('a generated factor takes the national losses; own upstream values take their place (rule B5)', async (t) => {
  const { lossShare: _share, ...whole } = FACTOR;
  await network('made', [{ ...whole, at: 'generated', upstreamValue: 0.01 }]);
  t.match(await linesOn('made', 'H3'), { heat: 1000, 'distribution-loss': 94.5, wtt: 100, 'wtt-loss': 17.6 });
  await network('all-in', [{ ...FACTOR, upstreamIncluded: true }]);
  t.match(await linesOn('all-in', 'H4'), { heat: 800, 'distribution-loss': 200, wtt: 0, 'wtt-loss': 0 });
  await network('own-upstream', [{ ...FACTOR, upstreamValue: 0.01 }]);
  t.match(await linesOn('own-upstream', 'H5'), { wtt: 80, 'wtt-loss': 20 });
});

t.test('expired evidence gives the national factor from its day on, flagged (rule B5)', async (t) => {
  await network('short', [{ ...FACTOR, validTo: '2025-07-01' }]);
  const before = await linesOn('short', 'H6', '2025-06-30');
  const after = await linesOn('short', 'H6', '2025-07-01');
  t.equal(before.heat, 2.192, '10,000 / 365 at 0.08');
  t.equal(after.heat, 4.802, '10,000 / 365 at 0.17529');
  t.strictSame((await totalOf('H6', 'period=2025-07-01')).flags, ['heat-factor-expired']);
  t.strictSame((await totalOf('H6', 'period=2025-06-30')).flags, ['heat-upstream-proxy']);
  const months = (await ask<Answer>(service, '/v1/emissions?period=2025/26&meter=H6&interval=month')).data;
  const sum = months.reduce((kg, row) => kg + (row.emissionsKgCo2e?.total ?? 0), 0);
  t.ok(Math.abs(sum - ((await totalOf('H6')).emissionsKgCo2e?.total ?? 0)) < 0.01, 'months add to the year');
});

t.test('energy-from-waste heat is never 0 by itself, nor by a factor without its allocation (rule B5)', async (t) => {
  await network('waste', [], { source: 'energy-from-waste' });
  t.match(await linesOn('waste', 'H7'), { heat: 1752.9, 'distribution-loss': 94.5 });
  const zero = { ...FACTOR, value: 0 };
  t.match((await network('waste', [zero])).json(), {
    status: 400,
    errors: [{ pointer: '/factors/0/evidence/allocation', code: 'missing' }],
  });
  const evidence = { ...FACTOR.evidence, allocation: 'All emissions go to waste disposal, by the permit of 2024' };
  t.equal((await network('waste', [{ ...zero, evidence }])).statusCode, 200);
  t.match(await totalOf('H7'), { emissionsKgCo2e: { scope2: 0 } });
});

t.test("heat of the council's own network has no lines (rule B6)", async (t) => {
  await network('own', [FACTOR], { operatedBy: 'council' });
  await linesOn('own', 'H8');
  const { data } = await ask<Answer>(service, '/v1/emissions?period=2025/26&meter=H8');
  t.match(data, [{ flow: 'own-heat-network', inTotal: false, emissionsKgCo2e: null }]);
});

t.test('a network that changes hands is the council’s until that day, and bought from it on (rule B6)', async (t) => {
  const operators = [{ operatedBy: 'council' }, { from: '2025-10-01', operatedBy: 'third-party' }];
  const fields = { operatedBy: undefined, operators };
  const written = await network('sold', [FACTOR], fields);
  t.match(written.json(), { operators });
  t.notHas(written.json(), 'operatedBy');
  t.match(await linesOn('sold', 'H10', '2025-10'), { heat: 67.945, 'distribution-loss': 16.986 });
  const { data } = await ask<Answer>(service, '/v1/emissions?period=2025/26&meter=H10&interval=month');
  const known = data.filter(({ quantity }) => quantity.value !== null);
  const months = (flow?: string) => known.filter((row) => row.flow === flow).map(({ period }) => period.label);
  t.strictSame(months('own-heat-network'), ['2025-04', '2025-05', '2025-06', '2025-07', '2025-08', '2025-09']);
  t.strictSame(months(), ['2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03']);
  const change = '/v1/emissions/change?period=2025/26&comparedWith=2024/25&meter=H10';
  await writeReadings(service, [{ meter: 'H10', period: '2024/25', quantity: 10_000 }]);
  t.match(await ask(service, change), {
    total: { parts: { use: 0 } },
    departures: [{ reason: 'network-handover', on: '2025-10-01', part: 'boundary' }],
  });
});

t.test('a network has one operator or operators by date, the first of them since ever', async (t) => {
  const refused = async (fields: object) => (await network('odd', [], { operatedBy: undefined, ...fields })).json();
  t.match(await refused({}), { status: 400, errors: [{ pointer: '/operatedBy', code: 'missing' }] });
  const later = { from: '2025-10-01', operatedBy: 'council' };
  t.match(await refused({ operators: [later] }), {
    errors: [{ pointer: '/operators/0/from', code: 'not-applicable' }],
  });
  const operators = [{ operatedBy: 'third-party' }, later];
  t.match(await refused({ operators, operatedBy: 'council' }), {
    errors: [{ pointer: '/operatedBy', code: 'ambiguous' }],
  });
  t.match(await refused({ operators: [...operators, { ...later, from: '2024-10-01' }] }), {
    errors: [{ pointer: '/operators/2/from', code: 'wrong-order' }],
  });
});

t.test('a factor of CO2 alone is labelled, and CO2 alone takes no factor of all gases (rule A6)', async (t) => {
  await network('carbon', [{ ...FACTOR, gases: 'co2' }]);
  await linesOn('carbon', 'H9');
  t.match((await totalOf('H9')).flags, ['co2-only-factor']);
  t.match(await totalOf('H1', 'period=2025/26&gas=co2&scopes=2'), { notQuantified: ['district-heat.heat'] });
  t.match(await totalOf('H9', 'period=2025/26&gas=co2&scopes=2'), { emissionsKgCo2e: { scope2: 800 } });
});

t.test('a figure asked as of an earlier moment takes the factor that was known then', async (t) => {
  const known = await newestInstant(service.database.pool);
  await network('heatline', [{ ...FACTOR, value: 0.2 }], { source: 'energy-from-waste' });
  t.match(await totalOf('H1'), { emissionsKgCo2e: { scope2: 1600 } });
  t.match(await totalOf('H1', `period=2025/26&asOf=${known}`), { emissionsKgCo2e: { scope2: 800 } });
});

t.test('400, 409: what contradicts itself is refused, and a network that meters name stays', async (t) => {
  const cases: [object[], string][] = [
    [[{ ...FACTOR, validTo: '2025-04-01' }], '/factors/0/validTo'],
    [[FACTOR, { ...FACTOR, validFrom: '2026-01-01', validTo: '2027-01-01' }], '/factors/1/validFrom'],
    [[{ ...FACTOR, at: 'generated' }], '/factors/0/lossShare'],
    [[{ ...FACTOR, upstreamIncluded: true, upstreamValue: 0.1 }], '/factors/0/upstreamValue'],
    [[{ ...FACTOR, evidence: undefined }], '/factors/0/evidence'],
    [[{ ...FACTOR, lossShare: 1.2 }], '/factors/0/lossShare'],
  ];
  for (const [factors, pointer] of cases)
    t.match((await network('bad', factors)).json(), { status: 400, errors: [{ pointer }] }, pointer);
  t.match((await network('council', [])).json(), { status: 400, errors: [{ pointer: '{network}' }] });
  const meter = { site: 'H1', activity: 'district-heat', unit: 'kWh', heatNetwork: 'nowhere' };
  t.match((await send('PUT', '/v1/meters/H10', { body: meter })).json(), {
    status: 400,
    errors: [{ pointer: '/heatNetwork', code: 'unknown-heat-network' }],
  });
  t.match((await send('DELETE', '/v1/heat-networks/heatline')).json(), { status: 409, detail: /H1/ });
});
