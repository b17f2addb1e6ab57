import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';

const service = await testApp(t);
const { send, database } = service;
await writeEstate(service, [{ meter: 'G', activity: 'natural-gas', kind: 'billed' }]);
await writeReadings(service, [
  { meter: 'G', period: '2019/20', quantity: 1_000_000 },
  { meter: 'G', period: '2020/21', quantity: 900_000 },
  { meter: 'G', period: '2021/22', quantity: 700_000 },
]);
const state = async (line: string, period: string, kgCo2e: number) => {
  const body = { scope: 1, kgCo2e, method: 'Litres', source: 'Fuel cards' };
  const response = await send('PUT', `/v1/other-emissions/${line}/${period}`, { body });
  if (response.statusCode > 201) throw new Error(response.body);
};
const TARGET = {
  name: 'Estate and fleet',
  boundary: { kind: 'organisation', name: 'Example council' },
  scopes: [1],
  otherEmissions: ['fleet'],
  baseline: { period: '2019/20', kind: 'computed' },
  milestones: [{ period: '2029/30', reductionPercent: 60 }],
  budgets: [{ start: '2020-04-01', end: '2030-04-01', kgCo2e: 2_000_000, source: 'Cabinet' }],
  source: 'Cabinet',
};
const put = (key: string, fields: object = {}) => send('PUT', `/v1/targets/${key}`, { body: { ...TARGET, ...fields } });
type Amount = { parts?: object[]; status?: string | null; reasons?: string[]; actualKgCo2e?: number };
type Year = Amount & { period: { label: string }; cumulative?: object; provisional: string[] };
type Review = { differenceKgCo2e: number; causes: object[] };
type Progress = { start: Amount & { emissionsKgCo2e: number }; data: Year[]; baselineReview?: Review };
const progress = (key: string, query = '') => ask<Progress>(service, `/v1/targets/${key}/progress${query}`);
const year = ({ data }: Progress, label: string) => data.find(({ period }) => period.label === label);
const momentOf = async (): Promise<string> => {
  const { rows } = await database.pool.query<{ at: string }>(
    `select to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from clock`,
  );
  return rows[0]?.at ?? '';
};

await state('fleet', '2019/20', 100_000);
await state('fleet', '2020/21', 90_000);

t.test('what a target covers beside the estate comes back, and is told part by part (rule H8)', async (t) => {
  t.match((await put('own')).json(), { otherEmissions: ['fleet'] });
  const answer = await progress('own');
  t.equal(answer.start.emissionsKgCo2e, 283_850);
  t.strictSame(answer.start.parts, [
    { part: 'estate', kgCo2e: 183_850 },
    { part: 'other', line: 'fleet', kgCo2e: 100_000, statedShare: 1 },
  ]);
  t.match(year(answer, '2020/21'), {
    actualKgCo2e: 255_483,
    allowedKgCo2e: 266_819,
    gapKgCo2e: -11_336,
    status: 'on-track',
    parts: [{ kgCo2e: 165_483 }, { line: 'fleet', kgCo2e: 90_000 }],
    cumulative: { allowedKgCo2e: 266_819, actualKgCo2e: 255_483 },
  });
});

t.test('a target of the estate alone has no parts, and no fleet', async (t) => {
  await put('estate', { otherEmissions: [] });
  const answer = await progress('estate');
  t.equal(answer.start.emissionsKgCo2e, 183_850);
  t.notOk(year(answer, '2020/21')?.parts);
  t.notOk((await send('GET', '/v1/targets/estate')).json().otherEmissions);
});

t.test('a year without a figure has no verdict; with one it has, and as of before it still has none', async (t) => {
  const before = await progress('own');
  t.match(year(before, '2021/22'), { status: 'not-comparable', reasons: [/fleet has no figure for 2021\/22/] });
  t.notOk(year(before, '2021/22')?.cumulative);
  const moment = await momentOf();
  await state('fleet', '2021-Q2', 20_000);
  t.match(year(await progress('own'), '2021/22'), {
    status: 'insufficient-data',
    actualKgCo2e: 148_212,
    reasons: [/fleet is stated for 91 of the 365 days of 2021\/22/],
  });
  for (const quarter of ['2021-Q3', '2021-Q4', '2022-Q1']) await state('fleet', quarter, 20_000);
  t.match(year(await progress('own'), '2021/22'), { status: 'on-track', actualKgCo2e: 208_212 });
  t.match(year(await progress('own', `?asOf=${moment}`), '2021/22'), { status: 'not-comparable' });
});

t.test('a frozen baseline keeps what was stated then, and lists what came later (rule H5)', async (t) => {
  const frozenAt = await momentOf();
  await put('frozen', { otherEmissions: ['fleet', 'leaks'], baseline: { ...TARGET.baseline, frozenAt } });
  t.match(year(await progress('frozen'), '2020/21')?.reasons, [/leaks has no figure for 2019\/20/, /2020\/21/]);
  await state('fleet', '2019/20', 101_000);
  await state('leaks', '2019/20', 500);
  const answer = await progress('frozen');
  t.equal(answer.start.emissionsKgCo2e, 283_850);
  t.match(answer.baselineReview, {
    differenceKgCo2e: 1_500,
    causes: [
      { cause: 'late-data', differenceKgCo2e: 500 },
      { cause: 'corrected-data', differenceKgCo2e: 1_000 },
    ],
  });
});

t.test('400: an area has no stated lines of its own', async (t) => {
  const boundary = { kind: 'region', name: 'A region' };
  const refused = await put('area', { boundary, baseline: { period: '2016', kind: 'unstated' } });
  t.equal(refused.statusCode, 400);
  t.match(refused.json(), { errors: [{ pointer: '/otherEmissions' }] });
});
