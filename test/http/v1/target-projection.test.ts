import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';
import { FINANCIAL_YEAR, monthlyBills, postMonths, STANDARD_YEAR } from '../../support/weather.ts';

const service = await testApp(t);
const { send, database } = service;
await writeEstate(service, [
  { meter: 'G', site: 'HALL', activity: 'natural-gas', kind: 'billed' },
  { meter: 'E', site: 'HALL', kind: 'billed' },
]);
const used = (meter: string, quantities: number[]) =>
  quantities.map((quantity, index) => ({ meter, period: `${2023 + index}/${24 + index}`, quantity }));
await writeReadings(service, [
  ...used('G', [1_100_000, 1_000_000, 900_000]),
  ...used('E', [300_000, 330_000, 300_000]),
]);
const TARGET = {
  name: 'Half by 2030/31',
  boundary: { kind: 'organisation', name: 'Example council' },
  scopes: [1, 2],
  baseline: { period: '2023/24', kind: 'computed' },
  milestones: [{ period: '2030/31', reductionPercent: 50 }],
  source: 'Cabinet',
};
const put = (key: string, fields: object = {}) => send('PUT', `/v1/targets/${key}`, { body: { ...TARGET, ...fields } });
await put('own');
const factors = [
  { year: 2027, line: 'generation', kgCo2ePerKwh: 0.12 },
  { year: 2028, line: 'generation', kgCo2ePerKwh: 0.1 },
];
await send('PUT', '/v1/grid-pathways/halved', {
  body: { name: 'Halved', basis: 'assumed', source: 'Strategy', factors },
});

type Ranged = { expected: number; low: number; high: number };
type Year = { period: { label: string }; projected: Ranged; gap: Ranged; measuresKgCo2e: number; sets: string[] };
type Projection = {
  basedOn: { label: string };
  series: { name: string; held: boolean; slopePerYear?: number; years: object[] }[];
  data: Year[];
  budget: object;
  notCounted: object[];
  notices: string[];
};
const projection = (query = '', key = 'own') => ask<Projection>(service, `/v1/targets/${key}/projection${query}`);
const year = ({ data }: Projection, label: string) => data.find(({ period }) => period.label === label);
const momentOf = async (): Promise<string> => {
  const { rows } = await database.pool.query<{ at: string }>(
    `select to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from clock`,
  );
  return rows[0]?.at ?? '';
};

t.test('years to come are carried on from the base year to the last milestone, without a status', async (t) => {
  const answer = await projection();
  t.equal(answer.basedOn.label, '2025/26');
  t.same(
    answer.data.map(({ period }) => period.label),
    ['2026/27', '2027/28', '2028/29', '2029/30', '2030/31'],
  );
  t.match(answer.series, [
    { name: 'electricity', held: false, slopePerYear: 0 },
    { name: 'natural-gas', held: false, slopePerYear: -100_000, residual: 0 },
  ]);
  t.match(year(answer, '2026/27'), {
    allowedKgCo2e: 206_913.226,
    projected: { expected: 186_445.6, low: 168_418.649, high: 204_472.551 },
    gap: { expected: -20_467.626 },
    sets: [/^uk-2026@/],
  });
  t.notOk(JSON.stringify(answer).includes('on-track'));
  t.ok(answer.notices.some((notice) => /held at the newest published edition, of 2026/.test(notice)));
});

t.test('the budget is everything emitted and expected against everything allowed (rule H1)', async (t) => {
  // 2024/25 and 2025/26 were emitted: 1,000,000 kWh × 0.1829 + 330,000 × 0.20705, and 900,000 × 0.18296 + 300,000 × 0.177.
  t.match((await projection()).budget, {
    from: '2024/25',
    to: '2030/31',
    emittedKgCo2e: 468_990.5,
    // 145,848 and four steps of 18,231 kg less each, and five times 40,597.6 of electricity.
    projected: { expected: 749_918 },
  });
});

t.test('a pathway takes the place of the grid factors that it states, after the newest edition', async (t) => {
  const answer = await projection('?gridPathway=halved');
  t.match(year(answer, '2026/27')?.projected, { expected: 186_445.6 });
  t.match(year(answer, '2027/28'), { projected: { expected: 164_817 }, sets: ['grid-pathway.halved@2027', /uk-2026/] });
  t.match(year(answer, '2030/31')?.projected, { expected: 103_924, low: 72_924, high: 137_075.075 });
  t.match(answer, { gridPathway: { key: 'halved', basis: 'assumed', usedFrom: 2027, lastYear: 2028 } });
  t.ok(answer.notices.some((notice) => /ends with 2028; later years are held there/.test(notice)));
  t.equal((await send('GET', '/v1/targets/own/projection?gridPathway=none')).statusCode, 404);
});

t.test('planned measures are counted; ideas by name; what is done or has begun is in the data', async (t) => {
  const measure = (key: string, fields: object) =>
    send('PUT', `/v1/measures/${key}`, {
      body: {
        name: key,
        kind: 'insulation',
        site: 'HALL',
        status: 'planned',
        from: '2027-04-01',
        changes: [{ activity: 'natural-gas', percent: -10 }],
        source: 'Survey',
        ...fields,
      },
    });
  await measure('roof', {});
  await measure('idea', { status: 'idea' });
  await measure('done', { status: 'done' });
  await measure('begun', { from: '2025-10-01' });
  const answer = await projection();
  // A tenth of 700,000 kWh at 0.18231.
  t.match(year(answer, '2027/28'), { measuresKgCo2e: -12_761.7, projected: { expected: 155_452.9 } });
  t.equal(year(answer, '2026/27')?.measuresKgCo2e, 0);
  t.match(answer, { measures: ['roof'], notCounted: [{ measure: 'begun', reason: 'begins-in-the-data' }] });
  const named = await projection('?measures=idea,done,roof');
  t.match(named, { measures: ['idea', 'roof'], notCounted: [{ measure: 'done', reason: 'done' }] });
  // 10 % of what 10 % left: 19 % of 700,000 kWh.
  t.equal(year(named, '2027/28')?.measuresKgCo2e, -24_247.23);
  t.equal(year(await projection('?measures=none'), '2027/28')?.measuresKgCo2e, 0);
  t.equal((await send('GET', '/v1/targets/own/projection?measures=nothing')).statusCode, 404);
});

t.test('CSV has the years', async (t) => {
  const { body } = await send('GET', '/v1/targets/own/projection?measures=none', { headers: { accept: 'text/csv' } });
  const rows = body.trim().split('\r\n');
  t.equal(rows.length, 6);
  t.match(rows[1], /^2026\/27,2026-04-01,2027-04-01,false,206913\.226,186445\.6,0,186445\.6,168418\.649,204472\.551,/);
});

t.test('422: fewer than three complete comparable years are too few, and what lacks them is named', async (t) => {
  await send('PUT', '/v1/meters/H', { body: { site: 'HALL', activity: 'district-heat', unit: 'kWh', kind: 'billed' } });
  const before = await momentOf();
  await writeReadings(service, used('H', [0, 50_000, 60_000]).slice(1));
  const refused = await send('GET', '/v1/targets/own/projection');
  t.equal(refused.statusCode, 422);
  t.match(refused.json(), {
    type: /not-projectable$/,
    errors: [{ pointer: '?hold', code: 'too-few-years', detail: /^district-heat has too few.*2024\/25, 2025\/26/ }],
  });
  const held = await projection('?hold=district-heat&measures=none');
  t.match(
    held.series.find(({ name }) => name === 'district-heat'),
    { held: true, years: [{ quantity: 60_000 }] },
  );
  t.ok(held.notices.some((notice) => /without a trend or a range: district-heat/.test(notice)));
  t.equal((await send('GET', '/v1/targets/own/projection?hold=coal')).statusCode, 400);
  t.match(await projection(`?asOf=${before}&measures=none`), {
    basedOn: { label: '2025/26' },
    asOf: { requested: before },
  });
});

t.test('422: what will be bought is in no data', async (t) => {
  await put('market', { basis: 'market' });
  const refused = await send('GET', '/v1/targets/market/projection');
  t.match(refused.json(), { status: 422, type: /not-projectable$/, detail: /market basis/ });
});

t.test('in reference weather a mild first winter is no growth; a year without degree days is left out', async (t) => {
  await writeEstate(service, [{ meter: 'C', site: 'COLD', activity: 'natural-gas', kind: 'billed' }]);
  await send('PUT', '/v1/sites/COLD', { body: { name: 'Cold', weatherRegion: 'midland' } });
  const days = (first: number) =>
    FINANCIAL_YEAR.map((_, month) => new Date(Date.UTC(first, month + 4, 0)).getUTCDate());
  const bills = (first: number, base: number, more: number) =>
    FINANCIAL_YEAR.map((degreeDays, month) => base * (days(first)[month] ?? 0) + 30 * (degreeDays + more));
  // So much a day, and 30 kWh for each degree day: 2,222, 2,462 and 2,582 of them in a year; of 2022/23 none are known.
  for (const [first, base, more] of [
    [2022, 100, 0],
    [2023, 100, -20],
    [2024, 90, 0],
    [2025, 80, 10],
  ] as const) {
    await writeReadings(service, monthlyBills('C', `${first}-04`, bills(first, base, more)));
    if (first > 2022)
      await postMonths(
        service,
        `${first}-04`,
        FINANCIAL_YEAR.map((degreeDays) => degreeDays + more),
      );
  }
  const boundary = { kind: 'organisation', name: 'Example council', part: { sites: ['COLD'] } };
  await put('cold', { boundary, scopes: [1] });
  type Weathered = Projection & { weather: { years: { weather?: object[] }[] } | null; data: { parts: object[] }[] };
  const ask = async (query: string) => (await projection(query, 'cold')) as Weathered;
  const measured = await ask('?measures=none&trendYears=3');
  // 103,260, 106,710 and 106,660 kWh: 1,700 more each year.
  t.match(measured.series, [{ years: [{ quantity: 103_260 }, { quantity: 106_710 }, { quantity: 106_660 }] }]);
  t.match(measured, { weather: null, series: [{ slopePerYear: 1_700 }] });
  const normalised = await ask(`?measures=none&normalise=weather&referenceDegreeDays=${STANDARD_YEAR.join(',')}`);
  // 366 × 100, 365 × 90 and 365 × 80, and 73,860 for the weather of the reference: 3,700 less each year.
  t.match(normalised.series, [
    {
      ...{ slopePerYear: -3_700, residual: 40.824829 },
      left: [{ period: { label: '2022/23' }, reason: /degree days/ }],
      years: [{ quantity: 110_460 }, { quantity: 106_710 }, { quantity: 103_060 }],
    },
  ]);
  // 106,743 1/3 − 2 × 3,700, ± 3.078 × 40.824829 × √(1 + 1/3 + 2); at 0.18231.
  t.match(year(normalised, '2026/27'), {
    projected: { expected: 18_111.283, low: 18_069.457, high: 18_153.109 },
    parts: [{ quantity: { expected: 99_343.333333, low: 99_113.912759, high: 99_572.753908 } }],
  });
  t.match(normalised.weather, {
    years: [
      { period: { label: '2023/24' }, weather: [{ measured: 103_260, correction: 7_200, normalisedShare: 1 }] },
      { period: { label: '2024/25' }, weather: [{ correction: 0 }] },
      { period: { label: '2025/26' }, weather: [{ measured: 106_660, correction: -3_600 }] },
    ],
  });
  t.ok(normalised.notices.every((notice) => !/as they were measured/.test(notice)));
});
