import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeReadings } from '../../support/estate.ts';

type Sums = {
  quantity?: { value: number | null; unit: string };
  quantities?: { value: number; unit: string }[];
  selfUseKwh?: number;
  emissionsKgCo2e: {
    scope1: number;
    scope2: number;
    scope3: number;
    outsideOfScopes: number;
    total: number;
    scope3ByCategory: object[];
  } | null;
  coverage: {
    actual: number;
    estimated: number;
    missing: number;
    pending?: number;
    days: Record<string, number>;
  } | null;
  provisional?: string[];
  incomplete?: boolean;
  notQuantified: string[];
};
type Row = Sums & Record<string, unknown> & { period: { label: string }; flow?: string; inTotal?: boolean };
type Answer = {
  period: object;
  factors: { sets: string[]; applied: object[]; analysis?: boolean };
  lines: { included: string[]; excluded: string[] };
  data: Row[];
  total: Sums;
  notices: string[];
};

const service = await testApp(t);
const { send } = service;
const emissions = (query: string) => ask<Answer>(service, `/v1/emissions?${query}`);
const used = (rows: Row[]) => rows.filter((row) => row.inTotal !== false);

await send('PUT', '/v1/sites/HALL', {
  body: { name: 'Hall', category: 'office', portfolio: 'corporate', ward: 'Earlsdon' },
});
await send('PUT', '/v1/sites/POOL', {
  body: {
    name: 'Pool',
    category: 'leisure',
    control: [{ from: '2024-10-01', control: 'outsourced', reason: 'outsourced' }],
  },
});
await send('PUT', '/v1/sites/GONE', {
  body: { name: 'Depot', category: 'depot', closed: { on: '2024-07-01', reason: 'demolished' } },
});
const METERS: [string, object][] = [
  ['HALL-E', { site: 'HALL', activity: 'electricity', unit: 'kWh', kind: 'billed' }],
  ['HALL-G', { site: 'HALL', activity: 'natural-gas', unit: 'kWh', kind: 'billed' }],
  ['HALL-W', { site: 'HALL', activity: 'water', unit: 'm3', kind: 'billed' }],
  [
    'HALL-PV',
    {
      site: 'HALL',
      activity: 'electricity',
      unit: 'kWh',
      kind: 'billed',
      direction: 'generation',
      technology: 'solar',
    },
  ],
  ['HALL-X', { site: 'HALL', activity: 'electricity', unit: 'kWh', kind: 'billed', direction: 'export' }],
  ['HALL-SUB', { site: 'HALL', activity: 'electricity', unit: 'kWh', kind: 'billed', parent: 'HALL-E' }],
  ['POOL-G', { site: 'POOL', activity: 'natural-gas', unit: 'kWh', kind: 'billed' }],
  ['GONE-E', { site: 'GONE', activity: 'electricity', unit: 'kWh', kind: 'billed' }],
  ['HEAT', { site: 'HALL', activity: 'district-heat', unit: 'kWh', kind: 'billed' }],
  [
    'MOVED',
    {
      placements: [{ site: 'HALL' }, { from: '2024-06-15', site: 'POOL' }],
      activity: 'electricity',
      unit: 'kWh',
      kind: 'billed',
    },
  ],
];
for (const [key, body] of METERS) await send('PUT', `/v1/meters/${key}`, { body });
await writeReadings(service, [
  { meter: 'HALL-E', period: '2022-04', quantity: 1_000 },
  { meter: 'HALL-E', period: '2024/25', quantity: 100_000 },
  { meter: 'HALL-G', period: '2024/25', quantity: 200_000 },
  { meter: 'HALL-W', period: '2024/25', quantity: 1_000 },
  { meter: 'HALL-PV', period: '2024/25', quantity: 10_000 },
  { meter: 'HALL-X', period: '2024/25', quantity: 4_000 },
  { meter: 'HALL-SUB', period: '2024/25', quantity: 30_000 },
  { meter: 'POOL-G', period: '2024/25', quantity: 365_000 },
  { meter: 'GONE-E', period: '2024-04-01/2024-07-01', quantity: 9_100 },
  { meter: 'HEAT', period: '2024/25', quantity: 10_000 },
  { meter: 'MOVED', period: '2024/25', quantity: 36_500 },
]);

t.test('every grouping adds up to the total, to the gram', async (t) => {
  const { total } = await emissions('period=2024/25');
  for (const group of [
    'site',
    'meter',
    'activity',
    'portfolio',
    'category',
    'ward',
    'scope',
    'line',
    'scope3Category',
    'site,line',
    'interval',
  ]) {
    const query = group === 'interval' ? 'interval=month' : `groupBy=${group}`;
    const answer = await emissions(`period=2024/25&${query}`);
    t.strictSame(answer.total, total, `${group}: the same total`);
    const rows = used(answer.data);
    for (const scope of ['scope1', 'scope2', 'scope3', 'outsideOfScopes', 'total'] as const) {
      const sum = rows.reduce((kg, row) => kg + (row.emissionsKgCo2e?.[scope] ?? 0), 0);
      t.ok(Math.abs(sum - (total.emissionsKgCo2e?.[scope] ?? 0)) <= 0.0005 * (rows.length + 1), `${group}: ${scope}`);
    }
  }
});

t.test('export, generation and sub-meters are shown beside the total and are in none', async (t) => {
  const answer = await emissions('period=2024/25&groupBy=meter&site=HALL&activity=electricity');
  const beside = answer.data.filter((row) => row.inTotal === false);
  t.strictSame(
    beside.map((row) => [row.meter, row.flow, row.quantity?.value, row.emissionsKgCo2e]),
    [
      ['HALL-PV', 'generation', 10_000, null],
      ['HALL-SUB', 'sub-meter', 30_000, null],
      ['HALL-X', 'export', 4_000, null],
    ],
  );
  const ownUse = answer.data.find((row) => row.meter === null);
  t.match(ownUse, { selfUseKwh: 6_000, quantity: { value: 6_000 }, emissionsKgCo2e: { total: 0 } });
  // 75 of 365 days of MOVED at HALL: 7,500 kWh.
  t.equal(answer.total.quantity?.value, 100_000 + 6_000 + 7_500);
});

t.test('energy and water are never added', async (t) => {
  const { total } = await emissions('period=2024/25');
  t.strictSame(
    total.quantities?.map(({ unit }) => unit),
    ['kWh', 'm3'],
  );
  t.notOk('quantity' in total);
});

t.test('control moves lines to scope 3 from its own day, upstream lines with them', async (t) => {
  const half = await emissions('period=2024/25&site=POOL&activity=natural-gas&interval=month');
  const kg = (label: string) => half.data.find((row) => row.period.label === label)?.emissionsKgCo2e;
  t.match(kg('2024-09'), { scope1: 5_487, scope3: 906.3, scope3ByCategory: [{ category: 3, upstream: false }] });
  t.match(kg('2024-10'), {
    scope1: 0,
    scope3ByCategory: [
      { category: 1, upstream: false, kgCo2e: 5_669.9 },
      { category: 1, upstream: true, kgCo2e: 936.51 },
    ],
  });
});

t.test(
  'a demolished site expects nothing after its last day, and a moved meter counts at each site by date',
  async (t) => {
    const gone = await emissions('period=2024/25&site=GONE');
    t.match(gone.total, { quantity: { value: 9_100 }, coverage: { actual: 1, missing: 0, days: { expected: 91 } } });
    const later = await emissions('period=2024-08&site=GONE');
    t.strictSame([later.data, later.total.coverage, later.total.emissionsKgCo2e], [[], null, null]);
    const moved = await emissions('period=2024-06&meter=MOVED&groupBy=site');
    t.strictSame(
      moved.data.map((row) => [row.site, row.quantity?.value]),
      [
        ['HALL', 1_400],
        ['POOL', 1_600],
      ],
    );
  },
);

t.test('the district heat of a public network has its four lines', async (t) => {
  const answer = await emissions('period=2025/26&meter=HEAT&groupBy=line');
  t.strictSame(
    used(answer.data).map((row) => row.line),
    ['distribution-loss', 'heat', 'wtt', 'wtt-loss'],
  );
  const known = await emissions('period=2024/25&meter=HEAT');
  t.equal(known.total.emissionsKgCo2e?.scope2, 1_796.5);
});

t.test('scopes and lines choose what is in the figures, and the answer says what is left out', async (t) => {
  const scope2 = await emissions('period=2024/25&activity=electricity&scopes=2');
  t.match(scope2.lines, {
    included: ['generation'],
    excluded: ['own-generation', 'td-losses', 'wtt-generation', 'wtt-td', 'outside-of-scopes'],
  });
  t.equal(scope2.total.emissionsKgCo2e?.scope3, 0);
  const lines = await emissions('period=2024/25&activity=electricity&lines=generation,td-losses');
  t.strictSame(lines.lines.included, ['generation', 'td-losses']);
});

t.test('a fixed set is marked as analysis, and one that is not held is refused', async (t) => {
  const answer = await emissions('period=2024/25&activity=natural-gas&factors=2019@1.03');
  t.match(answer.factors, { sets: ['uk-2019'], analysis: true });
  const response = await send('GET', '/v1/emissions?period=2024/25&factors=2019@9.99');
  t.match(response.json(), { status: 400, errors: [{ pointer: '?factors' }] });
});

t.test('a running year says how far it goes, counts what is not yet due apart, and is provisional', async (t) => {
  const answer = await emissions('period=2026/27&meter=HALL-E');
  t.match(answer.period, { complete: false, elapsedDays: 235 });
  t.match(answer.total.coverage, { days: { expected: 235, pending: 45, missing: 190 } });
  t.match(answer.total, {
    quantity: { value: null },
    emissionsKgCo2e: null,
    provisional: ['supplier-data-pending', 'year-running'],
  });
});

t.test('a single day and a part of a month of which nothing is known are missing, not a failure', async (t) => {
  for (const period of ['2023-05-17', '2023-05-03/2023-05-20', '2023-05-17/2023-08-02']) {
    const { total } = await emissions(`period=${period}&meter=HALL-E`);
    t.match(total, { quantity: { value: null }, emissionsKgCo2e: null, coverage: { actual: 0, missing: 1 } }, period);
  }
});

t.test('factors that are not published yet are stood in for, and said', async (t) => {
  service.clock.now = new Date('2028-01-15T12:00:00Z');
  await writeReadings(service, [{ meter: 'HALL-E', period: '2027-04', quantity: 1_000 }]);
  const answer = await emissions('period=2027-04&meter=HALL-E');
  t.match(answer.factors.applied, [{ set: 'uk-2026', provisional: true }]);
  t.match(answer.total.provisional, ['factor-set-not-published']);
  t.match(answer.notices.join(' '), /not published yet: uk-2026 stands in/);
  service.clock.now = new Date('2026-11-22T12:00:00Z');
});

t.test('a missing scope 1 factor makes the total incomplete, and nothing is filled in from a later set', async (t) => {
  await writeReadings(service, [{ meter: 'HALL-G', period: '2009/10', quantity: 1_000 }]);
  const { total } = await emissions('period=2009/10&meter=HALL-G');
  t.match(total, {
    incomplete: true,
    notQuantified: ['natural-gas.combustion', 'natural-gas.wtt'],
    emissionsKgCo2e: { total: 0 },
  });
});

t.test('the consumption answer carries no emissions, and names activities even when grouped by site', async (t) => {
  const answer = await ask<Answer>(service, '/v1/consumption?period=2024/25&groupBy=site');
  t.ok(answer.data.every((row) => row.activity !== undefined && !('emissionsKgCo2e' in row)));
  const hall = answer.data.find((row) => row.site === 'HALL' && row.activity === 'water');
  t.match(hall, { quantity: { value: 1_000, unit: 'm3' } });
});

const REFUSED: [string, string, RegExp][] = [
  ['period=2024-25', '?period', /write 2024\/25/],
  ['period=2024/26', '?period', /did you mean 2024\/25/],
  ['period=yesterday', '?period', /expected 2024\/25/],
  ['period=2025-04-01/2024-04-01', '?period', /end is exclusive and later/],
  ['period=2024-02-30', '?period', /grammar/],
  ['period=2024-07/2024-09', '?period', /grammar/],
  ['period=2024-05-03/2025-05-03&interval=year', '?interval', /reporting-year or interval=calendar-year/],
  ['period=2024&groupBy=colour', '?groupBy', /expected any of site/],
  ['period=2024&activity=steam', '?activity', /expected any of electricity/],
  ['period=2024&scopes=4', '?scopes', /expected any of 1, 2, 3, outside/],
  ['period=2024&factors=newest', '?factors', /reporting-year, calendar-year, blended/],
  ['period=1990-01-01/2150-01-01', '?period', /expected at most 14640/],
  ['period=2024&site=,', '?site', /between every two commas/],
  ['', '?period', /period/],
  ['period=2024&colour=red', '?colour', /colour/],
];
for (const [query, pointer, says] of REFUSED) {
  t.test(`400: ${query || 'no period'} is refused with its place and what was expected`, async (t) => {
    const response = await send('GET', `/v1/emissions?${query}`);
    t.equal(response.statusCode, 400);
    const { errors, detail } = response.json() as { errors?: { pointer: string; detail: string }[]; detail: string };
    t.equal(errors?.[0]?.pointer, pointer);
    t.match(`${errors?.[0]?.detail} ${detail}`, says);
  });
}

t.test('404: a filter that names nothing', async (t) => {
  t.equal((await send('GET', '/v1/emissions?period=2024&site=NO-SUCH')).statusCode, 404);
  t.equal((await send('GET', '/v1/emissions?period=2024&meter=NO-SUCH')).statusCode, 404);
});

t.test('304: an unchanged answer costs nothing, and any write renews it', async (t) => {
  const url = '/v1/emissions?period=2024/25';
  const { etag } = (await send('GET', url)).headers;
  t.equal((await send('GET', url, { headers: { 'if-none-match': String(etag) } })).statusCode, 304);
  await writeReadings(service, [{ meter: 'HALL-E', period: '2023-04', quantity: 1 }]);
  t.equal((await send('GET', url, { headers: { 'if-none-match': String(etag) } })).statusCode, 200);
});
