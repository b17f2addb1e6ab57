import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';

const service = await testApp(t);
const { send } = service;
await writeEstate(service, [
  { meter: 'G', activity: 'natural-gas', kind: 'billed' },
  { meter: 'E', kind: 'billed' },
]);
await writeReadings(service, [
  { meter: 'G', period: '2018/19', quantity: 1_000_000 },
  { meter: 'G', period: '2019/20', quantity: 1_000_000 },
  { meter: 'E', period: '2018/19', quantity: 100_000 },
  { meter: 'E', period: '2019/20', quantity: 100_000 },
]);
const put = async (address: string, fields: object) => {
  const body = { scope: 1, kgCo2e: 50_000, method: 'Litres', source: 'Fuel cards', ...fields };
  const response = await send('PUT', `/v1/other-emissions/${address}`, { body });
  if (response.statusCode !== 201) throw new Error(response.body);
};
await put('fleet/2018/19', { kgCo2e: 60_000 });
await put('fleet/2019-Q2', { kgCo2e: 12_000.25 });
await put('fleet/2019-Q3', { kgCo2e: 13_000.25 });
await put('fleet/2019-Q4', { kgCo2e: 12_500.25, provisional: true });
await put('fleet/2020-Q1', { kgCo2e: 12_500.25, outsideOfScopesKgCo2e: 900 });
await put('travel/2018/19', { scope: 3, scope3Category: 6, kgCo2e: 40_000, kgCo2: 39_000 });
await put('chargers/2018/19', { scope: 2, kgCo2e: 1_000, kgCo2eMarket: 250, kgCo2: 990 });
await put('chargers/2019/20', { scope: 2, kgCo2e: 1_100 });

type Sums = { scope1: number; scope2: number; scope3: number; outsideOfScopes: number; total: number };
type Market = { scope2Market?: number; totalMarket?: number };
type Total = {
  emissionsKgCo2e: (Sums & Market & { scope3ByCategory: object[] }) | null;
  missing: string[];
  notQuantified: string[];
  incomplete?: true;
  provisional?: string[];
};
type Row = Total & { part: string; line?: string; statedShare?: number; period: { label: string } };
type Footprint = { data: Row[]; totals: (Total & { period: { label: string } })[]; total: Total; notices: string[] };
const footprint = (query: string) => ask<Footprint>(service, `/v1/footprint?${query}`);
const part = ({ data }: Footprint, line: string) => data.find((row) => row.line === line);

// Factors of 2018: gas 0.18396 and WTT 0.02557; electricity 0.28307, losses 0.02413, WTT 0.04198 and 0.00358 kg a kWh.
t.test('a council total is the estate, to the gram as it is elsewhere, and what is stated (rule H8)', async (t) => {
  const answer = await footprint('period=2018/19');
  const estate = await ask<{ total: Total }>(service, '/v1/emissions?period=2018/19');
  t.strictSame(answer.data[0]?.emissionsKgCo2e, estate.total.emissionsKgCo2e);
  t.match(answer.data[0]?.emissionsKgCo2e, { scope1: 183_960, scope2: 28_307, scope3: 32_539 });
  t.match(answer.total, {
    emissionsKgCo2e: { scope1: 243_960, scope2: 29_307, scope3: 72_539, outsideOfScopes: 0, total: 345_806 },
    missing: [],
    incomplete: undefined,
  });
  t.strictSame(answer.total.emissionsKgCo2e?.scope3ByCategory, [
    { category: 3, upstream: false, kgCo2e: 32_539 },
    { category: 6, upstream: false, kgCo2e: 40_000 },
  ]);
  t.match(answer.notices[0], /Beside it stand, as the council states them: chargers, fleet, travel/);
});

t.test('a line without a figure is named, and never counted as nothing', async (t) => {
  const answer = await footprint('period=2019/20');
  t.match(part(answer, 'travel'), {
    emissionsKgCo2e: null,
    statedShare: 0,
    incomplete: true,
    notQuantified: ['travel'],
  });
  t.match(answer.total, { missing: ['travel'], incomplete: true });
  t.ok(answer.total.notQuantified.includes('travel'));
  t.ok(answer.notices.some((notice) => /travel has no figure for 2019\/20: state it with PUT/.test(notice)));
});

t.test('quarters make a year, to the gram; what is provisional in one is so in the whole', async (t) => {
  const answer = await footprint('period=2019/20&otherEmissions=fleet');
  t.match(part(answer, 'fleet'), {
    emissionsKgCo2e: { scope1: 50_001, outsideOfScopes: 900, total: 50_001 },
    statedShare: 1,
    provisional: ['stated-as-provisional'],
  });
  t.match(answer.total, { missing: [], provisional: ['stated-as-provisional'] });
  const half = await footprint('period=2018-10-01/2019-10-01&otherEmissions=fleet').catch(String);
  t.match(half, /period-cuts-figures/);
});

t.test('422: a period that cuts a figure is refused with what to ask instead', async (t) => {
  const response = await send('GET', '/v1/footprint?period=2018-07');
  t.equal(response.statusCode, 422);
  t.match(response.json(), {
    type: 'urn:council-carbon:problem:period-cuts-figures',
    detail: /chargers is stated for 2018\/19, which 2018-07 cuts: ask for a period that holds it whole/,
    errors: [{ pointer: '?period' }, {}, {}],
  });
  const quarter = await footprint('period=2019-Q3&otherEmissions=fleet');
  t.equal(quarter.total.emissionsKgCo2e?.scope1, 59_213.911, '92 of 366 days of the gas, and the quarter of the fleet');
});

t.test('years stand side by side, each with its parts and its total', async (t) => {
  const answer = await footprint('period=2018-04-01/2020-04-01&interval=year&otherEmissions=fleet');
  t.same(
    answer.data.map((row) => [row.period.label, row.line ?? row.part]),
    [
      ['2018/19', 'estate'],
      ['2018/19', 'fleet'],
      ['2019/20', 'estate'],
      ['2019/20', 'fleet'],
    ],
  );
  t.same(
    answer.totals.map(({ period, emissionsKgCo2e }) => [period.label, emissionsKgCo2e?.scope1]),
    [
      ['2018/19', 243_960],
      ['2019/20', 233_851],
    ],
  );
  t.equal(answer.total.emissionsKgCo2e?.scope1, 477_811);
});

t.test('scopes leave out lines that are never in them', async (t) => {
  const answer = await footprint('period=2018/19&scopes=1');
  t.same(
    answer.data.map((row) => row.line ?? row.part),
    ['estate', 'fleet'],
  );
  t.match(answer.total.emissionsKgCo2e, { scope1: 243_960, scope2: 0, scope3: 0, total: 243_960 });
});

t.test('the market basis stands beside where every line of scope 2 has one, and says which has none', async (t) => {
  const answer = await footprint('period=2018/19&basis=market&otherEmissions=chargers');
  const { scope2, scope2Market = 0, total, totalMarket = 0 } = answer.total.emissionsKgCo2e ?? ({} as Sums & Market);
  const estate = answer.data[0]?.emissionsKgCo2e;
  t.equal(scope2, 29_307);
  t.equal(scope2Market, (estate?.scope2Market ?? 0) + 250);
  t.equal(totalMarket - scope2Market, total - scope2);
  const later = await footprint('period=2019/20&basis=market&otherEmissions=chargers');
  t.ok(later.total.notQuantified.includes('chargers.market'));
});

t.test('CO2 alone takes the stated CO2, and a figure without one is not quantified', async (t) => {
  const answer = await footprint('period=2018/19&gas=co2&otherEmissions=fleet,travel');
  t.match(part(answer, 'travel')?.emissionsKgCo2e, { scope3: 39_000 });
  t.match(part(answer, 'fleet'), { notQuantified: ['fleet.co2'], incomplete: true });
  t.same(answer.total.missing, ['fleet'], 'scopes 1 and 2 of the estate have their CO2');
});

t.test('a council total can be asked as of before a figure was known', async (t) => {
  const { rows } = await service.database.pool.query<{ at: string }>(
    `select to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from clock`,
  );
  const before = rows[0]?.at ?? '';
  await put('travel/2019/20', { scope: 3, scope3Category: 6, kgCo2e: 44_000 });
  t.match((await footprint('period=2019/20')).total, { missing: [] });
  const then = await ask<Footprint & { asOf: object }>(service, `/v1/footprint?period=2019/20&asOf=${before}`);
  t.match(then, { asOf: { requested: before }, total: { missing: ['travel'] } });
});

t.test('CSV has the parts, which add up', async (t) => {
  const { body } = await send('GET', '/v1/footprint?period=2018/19', { headers: { accept: 'text/csv' } });
  const [header = '', ...rows] = body.trim().split('\r\n');
  const at = header.split(',').indexOf('totalKgCo2e');
  t.equal(rows.length, 4);
  t.equal(
    rows.reduce((sum, row) => sum + Number(row.split(',')[at]), 0),
    345_806,
  );
});

t.test('400: a line of which nothing is stated', async (t) => {
  const response = await send('GET', '/v1/footprint?period=2018/19&otherEmissions=fleets');
  t.equal(response.statusCode, 400);
  t.match(response.json(), { detail: "nothing is stated of 'fleets': expected chargers, fleet, travel" });
});
