import t from 'tap';
import { GROUPS } from '../../../src/domain/figure-question.ts';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';

type Sums = {
  quantity?: { value: number | null; unit: string };
  selfUseKwh?: number;
  emissionsKgCo2e: Record<'scope1' | 'scope2' | 'total', number> | null;
  coverage: object | null;
  notQuantified: string[];
  incomplete?: true;
};
type Row = Sums & Record<string, unknown>;
type Answer = { data: Row[]; total: Sums; notices: string[] };
type Finding = { check: string; meter: string; start: string; end: string; seen: number; expected: number };

const service = await testApp(t);
const { send } = service;
const emissions = (query: string) => ask<Answer>(service, `/v1/emissions?${query}`);
const bill = (meter: string, quantity: number, period = '2024/25') => ({ meter, period, quantity });

await writeEstate(service, [
  { meter: 'EL', site: 'ROOF', kind: 'billed' },
  { meter: 'PV', site: 'ROOF', direction: 'generation', technology: 'solar' },
  { meter: 'OUT', site: 'ROOF', direction: 'export' },
  { meter: 'GAS', site: 'ENGINE', activity: 'natural-gas', kind: 'billed' },
  { meter: 'CHP', site: 'ENGINE', direction: 'generation', technology: 'chp', kind: 'billed' },
  { meter: 'CHP-OUT', site: 'ENGINE', direction: 'export', kind: 'billed' },
  { meter: 'SPENT', site: 'YARD', kind: 'billed' },
  { meter: 'CREDIT', site: 'YARD', activity: 'natural-gas', kind: 'billed' },
  { meter: 'OIL', site: 'YARD', activity: 'fuel-oil', unit: 'litre', kind: 'billed' },
]);
const sun = (meter: string, day: string, kWh: number) => ({ meter, day, resolutionMinutes: 1440, values: [kWh] });
await writeReadings(service, [
  bill('EL', 36_500),
  bill('GAS', 100_000),
  bill('CHP', 20_000),
  bill('CHP-OUT', 5_000),
  bill('SPENT', 0),
  bill('CREDIT', -0.000_001),
  bill('OIL', 1_000, '2013/14'),
  ...[100, 100, 100, 100].map((kWh, index) => sun('PV', `2025-06-0${index + 1}`, kWh)),
  ...[40, 130, 110, 40].map((kWh, index) => sun('OUT', `2025-06-0${index + 1}`, kWh)),
]);

t.test('a period of which no day is over has no figure, no coverage and a notice', async (t) => {
  for (const url of ['/v1/emissions?', '/v1/emissions?interval=quarter&basis=both&', '/v1/consumption?']) {
    const answer = await ask<Answer>(service, `${url}period=2031/32&groupBy=site`);
    t.match(answer, { data: [], period: { complete: false, elapsedDays: 0 } }, url);
    t.equal(answer.total.coverage, null);
    t.equal(answer.total.emissionsKgCo2e ?? null, null, 'null, and not 0');
    t.match(answer.notices, ['2031/32 has no day that is over: there is nothing to answer yet.']);
  }
  const today = await emissions('period=2026-11-22');
  t.match(today.notices, ['2026-11-22 has no day that is over: there is nothing to answer yet.']);
  const change = await send('GET', '/v1/emissions/change?period=2031/32&comparedWith=2024/25');
  t.match(change.json(), { status: 400, errors: [{ pointer: '?period', code: 'period-running' }] });
});

t.test('0 is a real 0; what has no factor is listed, and what has no data is null (rule A4)', async (t) => {
  const spent = await emissions('period=2024/25&meter=SPENT');
  t.match(spent.total, { quantity: { value: 0 }, emissionsKgCo2e: { scope2: 0, total: 0 }, notQuantified: [] });
  t.notOk(spent.total.incomplete);
  const oil = await emissions('period=2013/14&meter=OIL');
  t.match(oil.total.notQuantified, ['fuel-oil.combustion', 'fuel-oil.wtt']);
  t.ok(oil.total.incomplete, 'a litre of fuel oil has no factor before 2014');
  const silent = await emissions('period=2024/25&meter=OIL');
  t.match(silent.total, { quantity: { value: null }, emissionsKgCo2e: null, coverage: { missing: 1 } });
});

t.test('a credit of less than half a gram is printed as 0 and never as -0', async (t) => {
  const csv = { headers: { accept: 'text/csv' } };
  const groups = GROUPS.filter((group) => group !== 'imdDecile');
  for (const query of ['', ...groups.map((group) => `&groupBy=${group}`), '&interval=month&basis=both']) {
    for (const accept of [{}, csv]) {
      const { statusCode, body } = await send('GET', `/v1/emissions?period=2024/25&site=YARD,ENGINE${query}`, accept);
      t.equal(statusCode, 200);
      t.notMatch(body, /[[:,]-0(\.0*)?[,}\]\r\n]/, query);
    }
  }
  const explained = await send('GET', '/v1/emissions/explanation?period=2024/25&meter=CREDIT');
  t.notMatch(explained.body, /"-0(\.0*)?"/);
});

t.test('electricity of combined heat and power is in no total: its fuel is (rule B4)', async (t) => {
  const { data, total } = await emissions('period=2024/25&site=ENGINE&groupBy=meter');
  t.match(total, { quantity: { value: 100_000, unit: 'kWh' }, notQuantified: [] });
  t.notOk('selfUseKwh' in total);
  t.strictSame(
    data.map((row) => [row.meter, row.flow ?? 'use', row.emissionsKgCo2e === null]),
    [
      ['GAS', 'use', false],
      ['CHP', 'generation', true],
      ['CHP-OUT', 'export', true],
    ],
  );
});

t.test('days on which more leaves a site than it generates are kept, and found (rule B4)', async (t) => {
  const { data, total } = await emissions('period=2025-06-01/2025-06-05&site=ROOF&activity=electricity&interval=day');
  t.strictSame(
    data.flatMap(({ selfUseKwh }) => (selfUseKwh === undefined ? [] : [selfUseKwh])),
    [60, -30, -10, 60],
  );
  t.match(total, { selfUseKwh: 80, emissionsKgCo2e: { scope1: 0 } });
  const quality = (query: string) => ask<{ unreconciled: Finding[] }>(service, `/v1/data-quality?${query}`);
  const found = { check: 'export-above-generation', meter: 'OUT', start: '2025-06-02', end: '2025-06-04' };
  t.match((await quality('period=2025-06&site=ROOF')).unreconciled, [{ ...found, seen: 240, expected: 200 }]);
  t.match((await quality('period=2025-06-03&meter=PV')).unreconciled, [{ start: '2025-06-03', seen: 110 }]);
  t.same((await quality('period=2024/25&site=ENGINE')).unreconciled, [], 'what a fuel makes is not weighed');
});

t.test('400: more rows than one answer has are asked for by fewer groups, or as CSV', async (t) => {
  const more = Array.from({ length: 8 }, (_, index) => ({
    meter: `MORE-${index}`,
    site: 'YARD',
    from: { on: '1995-01-01', reason: 'opened' },
  }));
  await writeEstate(service, more);
  const url = '/v1/emissions?period=1990-01-01/2030-01-01&interval=day&groupBy=meter';
  const rows = /the answer may have 2\d{5} rows: expected at most 200000/;
  const response = await send('GET', url);
  t.equal(response.statusCode, 400);
  t.match(response.json().detail, rows);
  t.match(response.json().detail, 'or for CSV (Accept: text/csv), which has up to 50000000');
  t.match(response.json().errors, [{ pointer: '?interval', code: 'too-many-rows' }]);
  const market = await send('GET', `${url}&basis=both`, { headers: { accept: 'text/csv' } });
  t.match([market.statusCode, market.json().detail], [400, rows], 'the market basis is worked out as a whole');
  t.notMatch(market.json().detail, 'CSV');
});
