import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';

const service = await testApp(t);
const { send } = service;
const gas = { activity: 'natural-gas' as const, kind: 'billed' as const };
await writeEstate(service, [
  { meter: 'G-HALL', site: 'HALL', ...gas },
  { meter: 'G-POOL', site: 'POOL', ...gas },
  { meter: 'G-SCHOOL', site: 'SCHOOL', ...gas },
  { meter: 'G-NEW', site: 'NEW', ...gas },
  { meter: 'G-GAP', site: 'GAP', ...gas, from: { on: '2023-04-01', reason: 'built' } },
]);
const site = (key: string, fields: object) =>
  send('PUT', `/v1/sites/${key}`, { body: { name: `${key} itself`, ...fields } });
await site('HALL', { category: 'office', portfolio: 'corporate' });
await site('POOL', {
  category: 'leisure',
  portfolios: [{ portfolio: 'leisure' }, { from: '2024-04-01', portfolio: 'corporate' }],
});
await site('SCHOOL', { category: 'school', portfolio: 'schools' });
await site('NEW', { category: 'school', portfolio: 'schools', opened: { on: '2024-04-01', reason: 'built' } });
await site('GAP', { category: 'depot' });
for (const [period, hall, pool, school] of [
  ['2023/24', 100_000, 100_000, 100_001],
  ['2024/25', 90_000, 120_000, 80_000],
  ['2025/26', 80_000, 80_000, 80_000],
] as const)
  await writeReadings(service, [
    { meter: 'G-HALL', period, quantity: hall },
    { meter: 'G-POOL', period, quantity: pool },
    { meter: 'G-SCHOOL', period, quantity: school },
  ]);
await writeReadings(service, [
  { meter: 'G-NEW', period: '2024/25', quantity: 10_000 },
  { meter: 'G-NEW', period: '2025/26', quantity: 10_000 },
  { meter: 'G-GAP', period: '2024/25', quantity: 5_000 },
  { meter: 'G-GAP', period: '2025/26', quantity: 5_000 },
]);

const TARGET = {
  name: 'Half by 2030/31',
  boundary: { kind: 'organisation', name: 'Example council' },
  scopes: [1],
  baseline: { period: '2023/24', kind: 'computed' },
  milestones: [{ period: '2030/31', reductionPercent: 50 }],
  source: 'A decision',
};
const put = (key: string, fields: object = {}) => send('PUT', `/v1/targets/${key}`, { body: { ...TARGET, ...fields } });
await put('half');

type Amounts = { allowedKgCo2e: number; actualKgCo2e: number | null; gapKgCo2e: number | null };
type Budget = { allowedKgCo2e: number; usedKgCo2e: number | null; atLeastKgCo2e: number };
type Year = Amounts & { period: { label: string }; share: number; status: string | null; reasons: string[] };
type Part = {
  part: string | null;
  kind: string;
  name?: string;
  share: number;
  notAllocated?: string;
  sitesWithoutBaseline?: string[];
  baselineKgCo2e: number | null;
  budget: Budget;
  years: Year[];
};
type Allocation = {
  asOf: { requested?: string; seq: string };
  whole: { baselineKgCo2e: number; parts: number; budget: Budget; years: (Amounts & { period: { label: string } })[] };
  notices: string[];
  data: Part[];
  page: { nextCursor?: string };
};
const allocation = (key: string, query: string) => ask<Allocation>(service, `/v1/targets/${key}/allocation?${query}`);
const grams = (values: readonly (number | null)[]): number =>
  values.reduce((total: number, kg) => total + Math.round((kg ?? 0) * 1000), 0);

t.test(
  'parts add up to the whole to the gram in every year, in what is allowed, emitted, apart and in budgets',
  async (t) => {
    const progress = await ask<{ data: Amounts[] }>(service, '/v1/targets/half/progress');
    for (const by of ['site', 'portfolio', 'category']) {
      const { whole, data } = await allocation('half', `by=${by}`);
      t.equal(whole.parts, data.length);
      t.equal(grams(data.map((part) => part.baselineKgCo2e)), grams([whole.baselineKgCo2e]), by);
      t.equal(
        data.reduce((total, { share }) => total + Math.round(share * 1e6), 0),
        1e6,
      );
      whole.years.forEach((year, index) => {
        const of = (member: keyof Amounts) => grams(data.map(({ years }) => years[index]?.[member] ?? null));
        t.equal(year.allowedKgCo2e, progress.data[index]?.allowedKgCo2e, 'the whole is what progress says');
        t.equal(of('allowedKgCo2e'), grams([year.allowedKgCo2e]), `${by}, ${year.period.label}: allowed`);
        t.equal(of('actualKgCo2e'), grams([year.actualKgCo2e]), `${by}, ${year.period.label}: actual`);
      });
      t.equal(grams(data.map(({ budget }) => budget.allowedKgCo2e)), grams([whole.budget.allowedKgCo2e]));
      for (const { budget, years } of data)
        t.equal(grams(years.slice(1).map((year) => year.allowedKgCo2e)), grams([budget.allowedKgCo2e]));
    }
  },
);

t.test('each site has its share of the baseline, its years and a verdict by its own data', async (t) => {
  const { data, notices } = await allocation('half', 'by=site');
  t.same(
    data.map(({ part }) => part),
    ['GAP', 'HALL', 'NEW', 'POOL', 'SCHOOL'],
  );
  const [gap, hall, built, pool] = data;
  t.match(hall, { kind: 'site', name: 'HALL itself', share: 0.333332, baselineKgCo2e: 18_292.893 });
  // 100,000 kWh at 0.18292893 kg, and a fourteenth of it less in each year.
  t.match(hall?.years.map(({ allowedKgCo2e, status }) => [allowedKgCo2e, status]).slice(0, 4), [
    [18_292.893, null],
    [16_986.258, 'on-track'],
    [15_679.623, 'on-track'],
    [14_372.987, null],
  ]);
  t.match(pool?.years[1], { status: 'off-track', actualKgCo2e: 21_948 });
  t.match(built, { share: 0, notAllocated: 'not-in-baseline', baselineKgCo2e: null });
  t.match(gap, { share: 0, notAllocated: 'no-data', baselineKgCo2e: null });
  t.match(built?.years[1], { allowedKgCo2e: 0, status: 'not-comparable', reasons: [/no share/] });
  t.match(gap?.years[1]?.actualKgCo2e, 914.5, 'what it emits counts all the same');
  t.ok(notices.some((notice) => /^2 of 5 parts have no share/.test(notice)));
});

t.test('a site stays in the portfolio that it was in, with its allowance and its emissions', async (t) => {
  const { data } = await allocation('half', 'by=portfolio');
  t.same(
    data.map(({ part }) => part),
    ['corporate', 'leisure', 'schools', null],
  );
  t.match(data[1]?.years[1], { actualKgCo2e: 21_948 }, 'the pool is read where its baseline is');
  t.match(data[2], { sitesWithoutBaseline: ['NEW'] });
  t.match(data[3], { share: 0, notAllocated: 'no-data', sitesWithoutBaseline: ['GAP'] });
});

t.test('a building manager asks for one part, which is the same as among all', async (t) => {
  const all = await allocation('half', 'by=site');
  const own = await allocation('half', 'by=site&part=POOL');
  t.strictSame(own.data, [all.data[3]]);
  t.strictSame(own.whole, all.whole);
  const unknown = await send('GET', '/v1/targets/half/allocation?by=site&part=NONE');
  t.equal(unknown.statusCode, 400);
  t.match(unknown.json(), { errors: [{ pointer: '?part', code: 'unknown-part' }] });
});

t.test('pages come to the whole list, as JSON and as CSV with a row for each year of each part', async (t) => {
  const all = await allocation('half', 'by=site');
  const parts: Part[] = [];
  let cursor = '';
  do {
    const page = await allocation('half', `by=site&limit=2${cursor}`);
    parts.push(...page.data);
    cursor = page.page.nextCursor === undefined ? '' : `&cursor=${page.page.nextCursor}`;
  } while (cursor !== '');
  t.strictSame(parts, all.data);
  const csv = await send('GET', '/v1/targets/half/allocation?by=site&limit=2', { headers: { accept: 'text/csv' } });
  const lines = csv.body.trim().split('\r\n');
  t.equal(lines.length, 1 + 2 * all.whole.years.length);
  t.match(lines[0], /^part,kind,name,baselineKgCo2e,shareOfBaseline,notAllocated,period,/);
  t.match(csv.headers.link, /rel="next"/);
});

t.test('asOf: an allocation is what it was, and says when', async (t) => {
  const before = await allocation('half', 'by=site');
  const at = new Date().toISOString();
  await writeReadings(service, [{ meter: 'G-GAP', period: '2023/24', quantity: 50_000 }]);
  const now = await allocation('half', 'by=site');
  t.not(now.data[0]?.share, 0);
  const then = await allocation('half', `by=site&asOf=${encodeURIComponent(at)}`);
  const allowed = ({ data }: Allocation) => data.map(({ years }) => years.map((year) => year.allowedKgCo2e));
  t.strictSame(allowed(then), allowed(before));
  t.equal(then.asOf.requested, at);
});

t.test('a published baseline is divided by the data of its year, or of the year that is asked for', async (t) => {
  const baseline = { period: '2023/24', kind: 'published', emissionsKgCo2e: 100_000, source: 'A report' };
  await put('published', { baseline });
  const own = await allocation('published', 'by=category');
  t.equal(own.whole.baselineKgCo2e, 100_000);
  t.equal(grams(own.data.map((part) => part.baselineKgCo2e)), 100_000_000);
  await put('old', { baseline: { ...baseline, period: '2008/09' } });
  const refused = await send('GET', '/v1/targets/old/allocation?by=category');
  t.equal(refused.statusCode, 422);
  t.match(refused.json(), {
    type: /baseline-outside-data$/,
    detail: /meter data for 2008-04-01.*sharesOf a year with data/,
  });
  const by = await allocation('old', 'by=category&sharesOf=2023/24');
  t.same(
    by.data.map(({ share }) => share),
    own.data.map(({ share }) => share),
  );
  t.ok(by.notices.some((notice) => /divided by what the data of 2023\/24 says/.test(notice)));
  for (const [key, sharesOf] of [
    ['half', '2023/24'],
    ['old', '2026/27'],
  ])
    t.match((await send('GET', `/v1/targets/${key}/allocation?by=site&sharesOf=${sharesOf}`)).json(), {
      status: 400,
      errors: [{ pointer: '?sharesOf' }],
    });
  await put('fleet', { baseline: { ...baseline, otherSources: ['fleet'] } });
  const foreign = await send('GET', '/v1/targets/fleet/allocation?by=site');
  t.match(foreign.json(), { type: /not-comparable$/, detail: /the sources differ/ });
});

t.test('a target of an area is refused as its progress is, or allocated pro-rata', async (t) => {
  const area = {
    boundary: { kind: 'city', name: 'City' },
    baseline: { period: '2016', kind: 'published', source: 'x' },
  };
  await put('area', { ...area, yearBasis: 'calendar', status: 'reference' });
  t.match((await send('GET', '/v1/targets/area/allocation?by=site')).json(), { type: /baseline-outside-data$/ });
  const rebasing = { period: '2023', index: 0.8, source: 'Area statistics' };
  await put('area', { ...area, yearBasis: 'calendar', status: 'reference', rebasing });
  const { data, whole, notices } = await allocation('area', 'by=site');
  t.equal(
    grams(data.map(({ years }) => years[2]?.allowedKgCo2e ?? null)),
    grams([whole.years[2]?.allowedKgCo2e ?? null]),
  );
  t.match(notices[0], /^Pro-rata/);
  t.ok(data.every(({ years }) => years.every(({ status }) => status === null)));
});

t.test('a stated line that the target covers is a part of its own', async (t) => {
  const body = { scope: 1, kgCo2e: 30_000, method: 'Litres', source: 'Fuel cards' };
  for (const period of ['2023/24', '2024/25'])
    t.equal((await send('PUT', `/v1/other-emissions/fleet/${period}`, { body })).statusCode, 201);
  await put('wide', { otherEmissions: ['fleet'] });
  const { data, whole } = await allocation('wide', 'by=category');
  t.match(data.at(-1), { part: 'fleet', kind: 'line', baselineKgCo2e: 30_000 });
  t.equal(grams(data.map((part) => part.baselineKgCo2e)), grams([whole.baselineKgCo2e]));
  t.ok(
    data.at(-1)?.years.every(({ status }) => status === null),
    'a line has no coverage to judge it by',
  );
});

t.test('a sale takes the share of a site to those that stay, once the baseline is recalculated', async (t) => {
  await site('SCHOOL', { category: 'school', portfolio: 'schools', closed: { on: '2025-10-01', reason: 'sold' } });
  const { data, whole } = await allocation('half', 'by=site');
  const school = data.find(({ part }) => part === 'SCHOOL');
  t.match(
    school?.years.map(({ share }) => share > 0),
    [true, true, false, false],
  );
  whole.years.forEach((year, index) => {
    const allowed = data.map(({ years }) => years[index]?.allowedKgCo2e ?? null);
    t.equal(grams(allowed), grams([year.allowedKgCo2e]), year.period.label);
  });
  t.match(school?.years[2], { allowedKgCo2e: 0, comparableKgCo2e: null });
});
