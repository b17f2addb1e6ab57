import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';

const service = await testApp(t);
const { send } = service;
await writeEstate(service, [{ meter: 'G', activity: 'natural-gas', kind: 'billed' }]);
await send('PUT', '/v1/sites/LEFT', {
  body: { name: 'Let in 2023', control: [{ from: '2023-06-01', control: 'leased-out', reason: 'let' }] },
});

type Year = {
  period: { label: string };
  allowedKgCo2e: number;
  actualKgCo2e: number | null;
  gapKgCo2e: number | null;
  status: string | null;
  reasons: string[];
  alreadyExceeds?: boolean;
  atLeastKg?: number;
};
type Progress = { start: { emissionsKgCo2e: number }; status: string | null; data: Year[]; notices: string[] };

/** 1 kWh of gas in these years is about 0.18 kg; quantities chosen so that the arithmetic stays readable. */
await writeReadings(service, [
  { meter: 'G', period: '2019/20', quantity: 1_000_000 },
  { meter: 'G', period: '2020/21', quantity: 900_000 },
  { meter: 'G', period: '2021/22', quantity: 700_000 },
  { meter: 'G', period: '2022/23', quantity: 950_000 },
  { meter: 'G', period: '2024-04-01/2024-10-01', quantity: 900_000 },
]);

const ESTATE = {
  name: 'Sixty per cent by 2029/30',
  boundary: { kind: 'organisation', name: 'Example council' },
  scopes: [1],
  baseline: { period: '2019/20', kind: 'computed' },
  milestones: [{ period: '2029/30', reductionPercent: 60 }],
  source: 'Cabinet, 1 March 2021',
};
const progress = (key: string) => ask<Progress>(service, `/v1/targets/${key}/progress`);
const year = (answer: Progress, label: string) => answer.data.find((row) => row.period.label === label);

t.test('201, 200: a target is written whole, comes back, and the same again changes nothing', async (t) => {
  const created = await send('PUT', '/v1/targets/estate', { body: ESTATE });
  t.equal(created.statusCode, 201);
  t.match(created.json(), {
    key: 'estate',
    ...ESTATE,
    status: 'adopted',
    gas: 'co2e',
    path: 'linear',
    yearBasis: 'reporting',
  });
  t.equal((await send('PUT', '/v1/targets/estate', { body: ESTATE })).statusCode, 200);
  t.equal(await service.database.prisma.targetVersion.count({ where: { target: { key: 'estate' } } }), 1);
  t.strictSame((await send('GET', '/v1/targets/estate', { scope: 'read' })).json(), created.json());
});

t.test(
  'progress: the path is linear, the gap is actual less allowed, and every complete year has a verdict',
  async (t) => {
    const answer = await progress('estate');
    t.equal(answer.start.emissionsKgCo2e, 183_850);
    t.match(year(answer, '2019/20'), { allowedKgCo2e: 183_850, actualKgCo2e: 183_850, status: null });
    t.match(year(answer, '2020/21'), {
      allowedKgCo2e: 172_819,
      actualKgCo2e: 165_483,
      gapKgCo2e: -7_336,
      status: 'on-track',
    });
    t.match(year(answer, '2021/22'), { allowedKgCo2e: 161_788, actualKgCo2e: 128_212, status: 'on-track' });
    t.match(year(answer, '2022/23'), {
      allowedKgCo2e: 150_757,
      actualKgCo2e: 173_413,
      status: 'off-track',
      gapKgCo2e: 22_656,
    });
    t.equal(year(answer, '2029/30')?.allowedKgCo2e, 73_540);
    t.equal(answer.data.length, 11);
  },
);

t.test('a year without its data gets no verdict, and says when the known part is too much already', async (t) => {
  const answer = await progress('estate');
  t.match(year(answer, '2023/24'), { status: 'insufficient-data', actualKgCo2e: null, gapKgCo2e: null });
  t.match(year(answer, '2024/25'), { status: 'insufficient-data', alreadyExceeds: true, atLeastKg: 164_610 - 128_695 });
  t.match(year(answer, '2024/25')?.reasons, [/of the year is missing, at most 5 % may be/]);
  t.match(year(answer, '2026/27'), { status: null });
});

t.test('a structural leaver of weight moves the baseline of the later years', async (t) => {
  await send('PUT', '/v1/meters/L', { body: { site: 'LEFT', activity: 'natural-gas', unit: 'kWh', kind: 'billed' } });
  await writeReadings(service, [
    { meter: 'L', period: '2019/20', quantity: 100_000 },
    { meter: 'L', period: '2022/23', quantity: 100_000 },
  ]);
  const answer = await progress('estate');
  t.match(year(answer, '2022/23')?.status, 'off-track');
  t.match(year(answer, '2023/24'), {
    status: 'insufficient-data',
    baseline: { originalKgCo2e: 202_235, recalculatedKgCo2e: 183_850, status: 'recalculated' },
  });
});

t.test('422: an area target is refused without an index, naming both ways', async (t) => {
  const response = await send('GET', '/v1/targets/wmca-2041/progress');
  t.equal(response.statusCode, 422);
  t.match(response.json(), { type: /baseline-outside-data$/, detail: /emissionsKgCo2e.*rebasing/ });
});

t.test('an area target with a re-basing index is answered pro-rata and labelled so', async (t) => {
  const body = {
    name: 'Region',
    boundary: { kind: 'region', name: 'Example region' },
    status: 'reference',
    yearBasis: 'calendar',
    scopes: [1],
    baseline: { period: '2016', kind: 'published', source: 'Regional plan' },
    milestones: [
      { period: '2022', reductionPercent: 36 },
      { period: '2027', reductionPercent: 69 },
    ],
    rebasing: { period: '2022', index: 0.82, source: 'Area statistics' },
    source: 'Regional plan',
  };
  t.equal((await send('PUT', '/v1/targets/region', { body })).statusCode, 201);
  const answer = await progress('region');
  // The estate's 2022/23, times the 31 % that 2027 allows, over the 82 % at which the area stood.
  const start = answer.start.emissionsKgCo2e;
  t.equal(year(answer, '2027/28')?.allowedKgCo2e, Math.round((start * 31_000) / 82) / 1000);
  t.equal(
    answer.notices[0],
    "Pro-rata: the region's pathway applied to the council's buildings. It is not a measure of the region's progress.",
    'of a share that nobody states nothing is said',
  );
  t.equal(answer.status, null, 'a published target of an area has no status of its own');
  t.ok(answer.data.every(({ status }) => status === null));
  t.match(year(answer, '2024/25'), { alreadyExceeds: true }, 'what the figures say is shown all the same');
  const adopted = { ...body, status: 'adopted', boundary: { ...body.boundary, estateSharePercent: 0.7 } };
  await send('PUT', '/v1/targets/region', { body: adopted });
  const own = await progress('region');
  t.equal(year(own, '2024/25')?.status, 'insufficient-data', 'one that the council has made its own has');
  t.match(own.notices[0], /about 0\.7 % of the city/);
  t.equal(answer.data[0]?.period.label, '2022/23');
});

t.test('an estate of 10,000 t in 2022/23 may emit 3,780.488 t in 2027/28, and not 3,100 (rule H3)', async (t) => {
  await send('PUT', '/v1/sites/TEN', { body: { name: 'Ten thousand tonnes' } });
  await send('PUT', '/v1/meters/T', { body: { site: 'TEN', activity: 'natural-gas', unit: 'kWh', kind: 'billed' } });
  // At 0.18254 kg these are 10,000,000.000 kg.
  await writeReadings(service, [{ meter: 'T', period: '2022/23', quantity: 54_782_513.421716 }]);
  const body = {
    name: 'Region, read against one site',
    boundary: { kind: 'region', name: 'Example region', part: { sites: ['TEN'] } },
    status: 'reference',
    yearBasis: 'calendar',
    scopes: [1],
    baseline: { period: '2016', kind: 'published', source: 'Regional plan' },
    milestones: [{ period: '2027', reductionPercent: 69 }],
    rebasing: { period: '2022', index: 0.82, source: 'Area statistics' },
    source: 'Regional plan',
  };
  const { rebasing: _index, ...without } = body;
  await send('PUT', '/v1/targets/ten', { body: without });
  t.equal((await send('GET', '/v1/targets/ten/progress')).statusCode, 422);
  await send('PUT', '/v1/targets/ten', { body });
  const answer = await progress('ten');
  t.equal(answer.start.emissionsKgCo2e, 10_000_000);
  t.equal(year(answer, '2027/28')?.allowedKgCo2e, 3_780_487.805);
});

const REFUSED: [string, object, string][] = [
  ['an own target without scopes', { ...ESTATE, scopes: [] }, '/scopes'],
  [
    'a milestone before the baseline',
    { ...ESTATE, milestones: [{ period: '2018/19', reductionPercent: 5 }] },
    '/milestones/0/period',
  ],
  [
    'a milestone that says two things',
    { ...ESTATE, milestones: [{ period: '2030/31', reductionPercent: 5, netZero: true }] },
    '/milestones/0',
  ],
  [
    'a milestone that is no year',
    { ...ESTATE, milestones: [{ period: '2030-06', reductionPercent: 5 }] },
    '/milestones/0/period',
  ],
  [
    'a published figure without a source',
    { ...ESTATE, baseline: { period: '2019/20', kind: 'published', emissionsKgCo2e: 5 } },
    '/baseline/source',
  ],
  [
    'more than all',
    { ...ESTATE, milestones: [{ period: '2030/31', reductionPercent: 101 }] },
    '/milestones/0/reductionPercent',
  ],
];
for (const [name, body, pointer] of REFUSED) {
  t.test(`400: ${name}`, async (t) => {
    const response = await send('PUT', '/v1/targets/wrong', { body });
    t.equal(response.statusCode, 400);
    t.ok(
      (response.json() as { errors: { pointer: string }[] }).errors.some((fault) => fault.pointer === pointer),
      response.body,
    );
    t.equal((await send('GET', '/v1/targets/wrong')).statusCode, 404);
  });
}

t.test('lists name the published targets, page by page, and filter', async (t) => {
  const first = (await send('GET', '/v1/targets?limit=2')).json() as {
    data: { key: string }[];
    page: { nextCursor: string };
  };
  t.equal(first.data.length, 2);
  const second = (await send('GET', `/v1/targets?limit=2&cursor=${first.page.nextCursor}`)).json() as typeof first;
  t.ok((second.data[0]?.key ?? '') > (first.data[1]?.key ?? ''));
  const own = (await send('GET', '/v1/targets?boundary=organisation')).json() as typeof first;
  t.strictSame(
    own.data.map(({ key }) => key),
    ['estate'],
  );
});

t.test('204: a deleted target is gone, and what was promised is kept', async (t) => {
  t.equal((await send('DELETE', '/v1/targets/region')).statusCode, 204);
  t.equal((await send('GET', '/v1/targets/region')).statusCode, 404);
  t.equal((await send('DELETE', '/v1/targets/region')).statusCode, 404);
  t.equal(await service.database.prisma.targetVersion.count({ where: { target: { key: 'region' } } }), 2);
});
