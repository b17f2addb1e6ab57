import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';

/** Combustion of a kWh of gas by the factors of the base year and of the year that is judged. */
const FACTOR = { '2019/20': 0.18385, '2025/26': 0.18296 } as const;
type Year = keyof typeof FACTOR;
/** A reading of gas that emits so many tonnes in a year. */
const tonnes = (meter: string, period: Year, amount: number) => ({
  meter,
  period,
  quantity: Number(((amount * 1000) / FACTOR[period]).toFixed(6)),
});

const service = await testApp(t);
const { send } = service;
const SITES = ['X', 'Y', 'Z', 'W', 'V'];
await writeEstate(
  service,
  SITES.map((site) => ({
    meter: `G-${site}`,
    site,
    activity: 'natural-gas',
    kind: 'billed',
    from: { on: site === 'W' ? '2024-04-01' : '2015-01-01', reason: 'opened' },
  })),
);
const site = (key: string, fields: object) => send('PUT', `/v1/sites/${key}`, { body: { name: key, ...fields } });
await site('Y', { control: [{ from: '2022-04-01', control: 'leased-out', reason: 'let' }] });
await site('Z', { closed: { on: '2021-04-01', reason: 'demolished' } });
const INSOURCED = [{ control: 'outsourced' }, { from: '2024-04-01', control: 'operated', reason: 'insourced' }];
await site('W', { control: INSOURCED });
await site('V', { opened: { on: '2024-04-01', reason: 'built' } });
await writeReadings(service, [
  tonnes('G-X', '2019/20', 1000),
  tonnes('G-Y', '2019/20', 200),
  tonnes('G-Z', '2019/20', 100),
  tonnes('G-X', '2025/26', 900),
  tonnes('G-Y', '2025/26', 150),
  tonnes('G-W', '2025/26', 55),
  tonnes('G-V', '2025/26', 50),
]);
const TARGET = {
  name: 'Estate',
  boundary: { kind: 'organisation', name: 'The council' },
  scopes: [1],
  lines: ['combustion'],
  baseline: { period: '2019/20', kind: 'computed' },
  milestones: [{ period: '2029/30', reductionPercent: 50 }],
  source: 'a test',
};
await send('PUT', '/v1/targets/estate', { body: TARGET });

type Judged = { period: { label: string }; status: string | null; reasons: string[]; actual: object };
type Progress = { recalculation: { status: string; sites: { site: string }[] }; data: Judged[]; notices: string[] };
const progress = (key = 'estate', query = '') => ask<Progress>(service, `/v1/targets/${key}/progress${query}`);
const year = ({ data }: Progress, label = '2025/26') => data.find(({ period }) => period.label === label);
const state = (key: string, place: string, body: object) =>
  send('PUT', `/v1/targets/${key}/recalculations/${place}`, { body });

t.test(
  'a joiner of whom no base year is known withholds the verdict, and says how to state it (rule D5)',
  async (t) => {
    const found = await progress();
    t.match(found.recalculation, { status: 'recalculation-incomplete', originalKgCo2e: 1_300_000 });
    t.match(year(found), {
      status: 'not-comparable',
      reasons: [/recalculation-incomplete: W \(insourced on 2024-04-01\)/],
    });
  },
);

t.test('a stated base year completes it: 1,300 t become 1,160 t, and 1,005 t are 13.4 % less (rule D5)', async (t) => {
  const made = await state('estate', 'W', { emissionsKgCo2e: 60_000, source: 'Bills of the contractor' });
  t.equal(made.statusCode, 201);
  t.match(made.json(), { site: 'W', emissionsKgCo2e: 60_000 });
  t.equal((await state('estate', 'W', { emissionsKgCo2e: 60_000, source: 'Bills of the contractor' })).statusCode, 200);
  const found = await progress();
  t.match(found.recalculation, {
    status: 'recalculated',
    method: 'all-year',
    significanceThreshold: 0.05,
    originalKgCo2e: 1_300_000,
    recalculatedKgCo2e: 1_160_000,
    effectKgCo2e: -140_000,
    effectPercent: -10.8,
  });
  t.match(
    found.recalculation.sites.sort((a, b) => (a.site < b.site ? -1 : 1)),
    [
      {
        site: 'W',
        changes: [{ on: '2024-04-01', reason: 'insourced', direction: 'joined' }],
        evidence: 'stated',
        effectKgCo2e: 60_000,
      },
      {
        site: 'Y',
        changes: [{ on: '2022-04-01', reason: 'let', direction: 'left' }],
        evidence: 'data',
        effectKgCo2e: -200_000,
      },
    ],
  );
  t.match(year(found), {
    status: 'off-track',
    actual: { reported: 1_005_000, comparable: 1_005_000 },
    baseline: { originalKgCo2e: 1_300_000, recalculatedKgCo2e: 1_160_000, status: 'recalculated' },
    changePercent: -13.4,
    allowedKgCo2e: 812_000,
  });
  t.match(found.notices.join(), /New editions of factors never recalculate it/);
});

t.test('what data tells of a joiner needs no statement', async (t) => {
  t.equal((await send('DELETE', '/v1/targets/estate/recalculations/W')).statusCode, 204);
  const meter = { site: 'W', activity: 'natural-gas', unit: 'kWh', kind: 'billed' };
  await send('PUT', '/v1/meters/G-W', { body: { ...meter, from: { on: '2015-01-01', reason: 'opened' } } });
  await writeReadings(service, [tonnes('G-W', '2019/20', 60)]);
  const found = await progress();
  t.match(found.recalculation, { status: 'recalculated', recalculatedKgCo2e: 1_160_000 });
  t.match(
    found.recalculation.sites.find((entry) => entry.site === 'W'),
    { evidence: 'data', baseYearKgCo2e: 60_000 },
  );
});

t.test('in the year of a transfer a site counts for all of it or not at all; reports stay by the day', async (t) => {
  await site('W', {
    control: [{ control: 'outsourced' }, { from: '2025-10-01', control: 'operated', reason: 'insourced' }],
  });
  const actual = year(await progress())?.actual as { reported: number; comparable: number };
  t.equal(actual.comparable, 1_005_000);
  t.ok(actual.reported > 950_000 && actual.reported < 1_005_000, 'W by the day');
  await site('W', { control: INSOURCED });
});

t.test('a leaver that stays in the scopes of a target is no transfer for it', async (t) => {
  await send('PUT', '/v1/targets/all-scopes', { body: { ...TARGET, scopes: [1, 2, 3] } });
  const found = await progress('all-scopes');
  t.match(found.recalculation, { status: 'none', sites: [], recalculatedKgCo2e: 1_360_000 });
  t.match(year(found), { actual: { reported: 1_155_000, comparable: 1_155_000 } });
});

t.test('transfers below the threshold move nothing', async (t) => {
  const settings = await ask<object>(service, '/v1/settings');
  await send('PUT', '/v1/settings', { body: { ...settings, significanceThreshold: 0.11 } });
  const found = await progress();
  t.match(found.recalculation, { status: 'below-threshold', effectPercent: -10.8, recalculatedKgCo2e: 1_300_000 });
  t.match(year(found), { baseline: { recalculatedKgCo2e: 1_300_000 }, changePercent: -22.7 });
  await send('PUT', '/v1/settings', { body: settings });
});

t.test('a published baseline knows nothing of single sites until it is stated', async (t) => {
  const baseline = { period: '2019/20', kind: 'published', emissionsKgCo2e: 1_300_000, source: 'Report' };
  await send('PUT', '/v1/targets/published', { body: { ...TARGET, baseline } });
  t.match(year(await progress('published')), { status: 'not-comparable', reasons: [/Y \(let on 2022-04-01\)/] });
  await state('published', 'Y', { emissionsKgCo2e: 200_000, source: 'Report, annex' });
  t.match(year(await progress('published')), { changePercent: -13.4 });
});

t.test('statements are listed, kept through a new wording, and readable as of before', async (t) => {
  const list = (query = '') =>
    ask<{ data: object[]; asOf?: object }>(service, `/v1/targets/published/recalculations${query}`);
  t.match(await list(), { data: [{ site: 'Y', emissionsKgCo2e: 200_000, source: 'Report, annex' }] });
  const { asOf: before } = await ask<{ asOf: { seq: string } }>(service, '/v1/targets/published/progress');
  const { rows } = await service.database.pool.query(
    `select to_char(recorded_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from change where seq = $1`,
    [before.seq],
  );
  await send('PUT', '/v1/targets/published', {
    body: {
      ...TARGET,
      name: 'New wording',
      baseline: { period: '2019/20', kind: 'published', emissionsKgCo2e: 1_300_000, source: 'Report' },
    },
  });
  t.equal((await list()).data.length, 1, 'a new wording keeps them');
  await send('DELETE', '/v1/targets/published/recalculations/Y');
  t.strictSame((await list()).data, []);
  t.match(await list(`?asOf=${rows[0].at}`), { data: [{ site: 'Y' }], asOf: { seq: before.seq } });
  t.match(year(await progress('published', `?asOf=${rows[0].at}`)), { changePercent: -13.4 });
  t.match(year(await progress('published')), { status: 'not-comparable' });
});

t.test('what cannot be stated is refused', async (t) => {
  const body = { emissionsKgCo2e: 1, source: 'x' };
  t.match((await state('estate', 'NOWHERE', body)).json(), { status: 404, type: /unknown-site/ });
  t.match((await state('nothing', 'W', body)).json(), { status: 404, type: /unknown-target/ });
  t.match((await state('wmca-2041', 'W', body)).json(), { status: 422, type: /not-comparable/ });
  t.match((await state('estate', 'W', { emissionsKgCo2e: 1 })).json(), { errors: [{ pointer: '/source' }] });
  t.equal((await send('DELETE', '/v1/targets/estate/recalculations/W')).statusCode, 404);
});

t.test('the CSV of progress carries both amounts and both baselines', async (t) => {
  const response = await send('GET', '/v1/targets/estate/progress', { headers: { accept: 'text/csv' } });
  t.match(response.body, /comparableKgCo2e,baselineKgCo2e,recalculatedBaselineKgCo2e,changePercent/);
  t.match(response.body, /2025\/26.*,1005000,1300000,1160000,-13\.4,/);
});
