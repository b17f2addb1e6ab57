import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';

const service = await testApp(t);
const { send } = service;
await writeEstate(service, [
  { meter: 'G-HALL', activity: 'natural-gas', kind: 'billed', site: 'HALL' },
  { meter: 'E-HALL', kind: 'billed', site: 'HALL' },
  { meter: 'G-SCHOOL', activity: 'natural-gas', kind: 'billed', site: 'SCHOOL' },
]);
const site = (key: string, fields: object) => send('PUT', `/v1/sites/${key}`, { body: { name: key, ...fields } });
await site('HALL', { category: 'office', portfolio: 'corporate' });
await site('SCHOOL', { category: 'school', portfolio: 'schools' });
for (const period of ['2024/25', '2025/26'])
  await writeReadings(service, [
    { meter: 'G-HALL', period, quantity: 300_000 },
    { meter: 'E-HALL', period, quantity: 100_000 },
    { meter: 'G-SCHOOL', period, quantity: 200_000 },
  ]);

const TARGET = {
  name: 'Half by 2030/31',
  scopes: [1, 2],
  baseline: { period: '2024/25', kind: 'computed' },
  milestones: [{ period: '2030/31', reductionPercent: 50 }],
  source: 'A decision',
};
type Progress = {
  start: { emissionsKgCo2e: number };
  data: { actualKgCo2e: number | null; gapKgCo2e: number | null; status: string | null; reasons: string[] }[];
};
const put = (key: string, fields: object, part?: object) => {
  const boundary = { kind: 'organisation', name: 'Example council', ...(part === undefined ? {} : { part }) };
  return send('PUT', `/v1/targets/${key}`, { body: { ...TARGET, boundary, ...fields } });
};
const progress = (key: string) => ask<Progress>(service, `/v1/targets/${key}/progress`);

t.test('a part of the estate is what the same filters of a figure take, to the gram', async (t) => {
  const parts: [object, string][] = [
    [{ sites: ['SCHOOL'] }, 'site=SCHOOL'],
    [{ categories: ['office'] }, 'category=office'],
    [
      { portfolios: ['corporate', 'schools'], activities: ['natural-gas'] },
      'portfolio=corporate,schools&activity=natural-gas',
    ],
  ];
  for (const [part, query] of parts) {
    t.equal((await put('part', {}, part)).statusCode < 300, true);
    t.match((await send('GET', '/v1/targets/part')).json(), { boundary: { part } });
    const { start, data } = await progress('part');
    const figure = async (period: string) =>
      (
        await ask<{ total: { emissionsKgCo2e: { total: number } } }>(
          service,
          `/v1/emissions?period=${period}&scopes=1,2&${query}`,
        )
      ).total.emissionsKgCo2e.total;
    t.equal(start.emissionsKgCo2e, await figure('2024/25'), query);
    t.equal(data[1]?.actualKgCo2e, await figure('2025/26'), query);
  }
  const { start } = await progress('part');
  t.equal(start.emissionsKgCo2e, 91_450, '500,000 kWh of gas at 0.1829');
});

t.test('404: a part of a site that there is not', async (t) => {
  const refused = await put('nowhere', {}, { sites: ['HALL', 'HAL'] });
  t.equal(refused.statusCode, 404);
  t.match(refused.json(), { errors: [{ pointer: '/boundary/part/sites/1', code: 'unknown-site' }] });
  t.equal((await send('GET', '/v1/targets/nowhere')).statusCode, 404);
});

t.test('400: a label that no site has, named where the target names it', async (t) => {
  await put('label', {}, { portfolios: ['leisure'] });
  const refused = await send('GET', '/v1/targets/label/progress');
  t.equal(refused.statusCode, 400);
  t.match(refused.json(), { errors: [{ pointer: '/boundary/part/portfolios', code: 'unknown-portfolio' }] });
  t.equal((await put('label', {}, {})).statusCode, 400, 'a part of nothing at all is none');
});

t.test('a published baseline of something else is not comparable, and the path is shown (rules H5, H6)', async (t) => {
  const baseline = {
    ...{ period: '2024/25', kind: 'published', emissionsKgCo2e: 120_000, source: 'The annual report' },
    ...{ scopes: [1, 2, 3], otherSources: ['fleet'], boundary: { part: { portfolios: ['corporate'] } } },
  };
  t.equal((await put('published', { baseline })).statusCode, 201);
  t.match((await send('GET', '/v1/targets/published')).json(), { baseline });
  const { data } = await progress('published');
  t.match(data[1], {
    allowedKgCo2e: 110_000,
    status: 'not-comparable',
    gapKgCo2e: null,
    changePercent: null,
    reasons: [
      'the scopes differ: the baseline is of scopes 1, 2 and 3, the actual figures are of scopes 1 and 2',
      'the boundary differs: the baseline is of portfolio corporate, the actual figures are of the whole estate',
      'the sources differ: the baseline is of metered energy and water with fleet, the actual figures are of metered energy and water alone',
    ],
  });
  t.type(data[1]?.actualKgCo2e, 'number');
});
