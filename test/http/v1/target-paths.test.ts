import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';

const service = await testApp(t);
const { send } = service;
await writeEstate(service, [{ meter: 'G', activity: 'natural-gas', kind: 'billed' }]);
await writeReadings(service, [{ meter: 'G', period: '2024/25', quantity: 100_000 }]);

type Year = { period: { label: string }; allowedKgCo2e: number; milestone: boolean };

const TARGET = {
  name: 'Council estate',
  boundary: { kind: 'organisation', name: 'Example council' },
  scopes: [1],
  baseline: { period: '2019/20', kind: 'published', emissionsKgCo2e: 1_000_000, source: 'The annual report' },
  source: 'Cabinet, 1 March 2021',
};

const KINDS: [name: string, path: object, allowed: Record<string, number>][] = [
  [
    'linear',
    { milestones: [{ period: '2029/30', reductionPercent: 60 }] },
    { '2019/20': 1_000_000, '2024/25': 700_000, '2029/30': 400_000 },
  ],
  [
    'constantRate',
    { yearlyReductionPercent: 12.5, milestones: [{ period: '2029/30' }] },
    // 0.875³ and 0.875¹⁰ of 1,000 t.
    { '2019/20': 1_000_000, '2022/23': 669_921.875, '2029/30': 263_075.576 },
  ],
  [
    'steps',
    {
      milestones: [
        { period: '2022/23', reductionPercent: 20 },
        { period: '2029/30', reductionPercent: 50 },
      ],
    },
    { '2021/22': 1_000_000, '2022/23': 800_000, '2028/29': 800_000, '2029/30': 500_000 },
  ],
  [
    'own',
    {
      allowances: [
        { period: '2020/21', emissionsKgCo2e: 930_000 },
        { period: '2021/22', reductionPercent: 11 },
        { period: '2022/23', emissionsKgCo2e: 812_000 },
      ],
      milestones: [{ period: '2022/23' }],
    },
    { '2020/21': 930_000, '2021/22': 890_000, '2022/23': 812_000 },
  ],
  [
    'linear',
    { milestones: [{ period: '2029/30', netZero: true, residualPercent: 10 }] },
    { '2024/25': 550_000, '2029/30': 100_000 },
  ],
];
for (const [path, fields, allowed] of KINDS) {
  t.test(`${path}: is kept as it was written, and allows by its kind (rules H1, H7)`, async (t) => {
    const key = `kind-${path}`;
    const body = { ...TARGET, path, ...fields };
    t.equal((await send('PUT', `/v1/targets/${key}`, { body })).statusCode < 300, true);
    t.match((await send('GET', `/v1/targets/${key}`)).json(), body);
    t.equal((await send('PUT', `/v1/targets/${key}`, { body })).statusCode, 200);
    const { data } = await ask<{ data: Year[] }>(service, `/v1/targets/${key}/progress`);
    const found = new Map(data.map(({ period, allowedKgCo2e }) => [period.label, allowedKgCo2e]));
    for (const [year, kg] of Object.entries(allowed)) t.equal(found.get(year), kg, `${path} ${year}`);
  });
}

t.test('400: a path that lacks what it needs', async (t) => {
  const refused: [object, string][] = [
    [{ path: 'zigzag', milestones: [{ period: '2029/30', reductionPercent: 60 }] }, '/path'],
    [
      { path: 'constantRate', yearlyReductionPercent: 0, milestones: [{ period: '2029/30' }] },
      '/yearlyReductionPercent',
    ],
    [{ path: 'own', milestones: [{ period: '2029/30', reductionPercent: 60 }] }, '/allowances'],
    [{ milestones: [{ period: '2029/30', reductionPercent: 60, residualKg: 5 }] }, '/milestones/0'],
  ];
  for (const [fields, pointer] of refused) {
    const response = await send('PUT', '/v1/targets/wrong', { body: { ...TARGET, ...fields } });
    t.equal(response.statusCode, 400, pointer);
    t.ok((response.json() as { errors: { pointer: string }[] }).errors.some((fault) => fault.pointer === pointer));
  }
});
