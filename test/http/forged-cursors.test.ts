import t from 'tap';
import { type CursorFilters, encodeCursor } from '../../src/http/cursor.ts';
import { fromChangesQuery } from '../../src/http/v1/changes/convert.ts';
import { fromFactorQuery } from '../../src/http/v1/factors/convert.ts';
import { fromOfficialRowsQuery } from '../../src/http/v1/factors/upload-convert.ts';
import { fromMeterQuery } from '../../src/http/v1/meters/convert.ts';
import { fromSiteQuery } from '../../src/http/v1/sites/convert.ts';
import { fromTargetQuery } from '../../src/http/v1/targets/convert.ts';
import { testApp } from '../support/app.ts';
import { writeEstate, writeReadings } from '../support/estate.ts';
import { operationsOf } from '../support/operations.ts';

const service = await testApp(t);
await writeEstate(service, [{ meter: 'E1' }, { meter: 'G1', activity: 'natural-gas', kind: 'billed' }]);
await writeReadings(service, [{ meter: 'G1', period: '2023/24', quantity: 1_000 }]);
await service.send('PUT', '/v1/targets/own', {
  body: {
    name: 'Half',
    boundary: { kind: 'organisation', name: 'Example council' },
    scopes: [1],
    baseline: { period: '2023/24', kind: 'computed' },
    milestones: [{ period: '2030/31', reductionPercent: 50 }],
    source: 'A decision',
  },
});
const of = { set: 'uk-2025', version: '1' };
const now = String((await service.database.pool.query('select now()::text as now')).rows[0]?.now)
  .replace(' ', 'T')
  .replace(/\+00$/, 'Z');

/** What a list is asked, what its cursors are bound to when it is asked no more, and a position that it could have given. */
type List = {
  query?: Record<string, string>;
  params?: Record<string, string>;
  filters: CursorFilters;
  position: string[];
};

const LISTS: Readonly<Record<string, List>> = {
  '/v1/area-tables': { filters: { asOf: undefined }, position: ['a'] },
  '/v1/benchmarks': { filters: { asOf: undefined }, position: ['a', '1'] },
  '/v1/certificates': { filters: {}, position: ['a'] },
  '/v1/changes': { filters: { ...fromChangesQuery({}) }, position: ['1'] },
  '/v1/calorific-values': {
    filters: { zone: null, period: undefined, asOf: undefined },
    position: ['SC', '2025-01-01'],
  },
  '/v1/degree-days': { filters: {}, position: ['a', 'heating', '15.5', 'day', '2025-01-01'] },
  '/v1/emissions/explanation': {
    query: { period: '2024/25' },
    filters: { period: '2024/25' },
    position: [now, '1'],
  },
  '/v1/factor-sets/{set}/versions/{version}/rows': {
    params: of,
    filters: { ...fromOfficialRowsQuery(of, {}), asOf: undefined },
    position: ['1'],
  },
  '/v1/factors': { filters: { ...fromFactorQuery({}), asOf: undefined }, position: ['a', 'b', '1'] },
  '/v1/grid-intensity': {
    filters: { region: null, period: undefined, asOf: undefined },
    position: ['a', '2025-01-01T00:00:00.000Z'],
  },
  '/v1/grid-pathways': { filters: { asOf: undefined }, position: ['a'] },
  '/v1/heat-networks': { filters: { asOf: undefined }, position: ['a'] },
  '/v1/instruments': { filters: { asOf: undefined }, position: ['a'] },
  '/v1/layouts': { filters: { asOf: undefined }, position: ['a'] },
  '/v1/measures': { filters: { asOf: undefined }, position: ['a'] },
  '/v1/meters': { filters: { ...fromMeterQuery({}) }, position: ['a'] },
  '/v1/meters/{meter}/bills': {
    params: { meter: 'E1' },
    filters: { meter: 'E1' },
    position: [`2025-01-01 ${'1'.padStart(20, '0')}`],
  },
  '/v1/meters/{meter}/register-readings': {
    params: { meter: 'E1' },
    filters: { meter: 'E1' },
    position: [`2025-01-01 ${'1'.padStart(20, '0')}`],
  },
  '/v1/closures': { filters: { asOf: undefined }, position: ['a'] },
  '/v1/other-emissions': { filters: { line: undefined, asOf: undefined }, position: ['a'] },
  '/v1/operational-ratings': {
    query: { period: '2024/25' },
    filters: { period: '2024/25' },
    position: ['a'],
  },
  '/v1/reference-degree-days': { filters: { asOf: undefined }, position: ['a'] },
  '/v1/residual-mixes': { filters: { asOf: undefined }, position: ['a'] },
  '/v1/sites': { filters: { ...fromSiteQuery({}) }, position: ['a'] },
  '/v1/statements': { filters: { status: undefined }, position: ['1'] },
  '/v1/targets': { filters: { ...fromTargetQuery({}) }, position: ['a'] },
  '/v1/targets/{target}/versions': {
    params: { target: 'own' },
    filters: { target: 'own', asOf: undefined },
    position: ['1'],
  },
  '/v1/targets/{target}/offsets': {
    params: { target: 'own' },
    filters: { target: 'own', asOf: undefined },
    position: ['a'],
  },
  '/v1/targets/{target}/recalculations': {
    params: { target: 'own' },
    filters: { target: 'own', asOf: undefined },
    position: ['A'],
  },
  '/v1/targets/{target}/allocation': {
    params: { target: 'own' },
    query: { by: 'site' },
    filters: { target: 'own', by: 'site', part: undefined, sharesOf: undefined, asOf: undefined },
    position: ['1 A'],
  },
  '/v1/uploads': { filters: { status: null }, position: ['1'] },
  '/v1/weather-fits': { filters: {}, position: ['a'] },
};

const HOSTILE = [
  '',
  'x',
  '-1',
  '1e9',
  '1.5',
  'NaN',
  'Infinity',
  '2025-02-30',
  '2025-13-01',
  '0000-01-01',
  '999999-01-01',
  '0000-01-01T00:00:00Z',
  '2025-01-01T25:00:00Z',
  '9'.repeat(18),
  '9'.repeat(40),
  `2025-01-01 ${'9'.repeat(20)}`,
  "'; drop table meter; --",
  '\ud800',
  'é'.repeat(3_000),
];

const listPaths = operationsOf(service.app.swagger()).flatMap(({ method, path, operation }) =>
  method === 'GET' && operation.parameters?.some(({ name }) => name === 'cursor') === true ? [path] : [],
);

function urlOf(path: string, { params = {}, query = {}, filters }: List, position: readonly string[]): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  return `${filled}?${new URLSearchParams({ ...query, cursor: encodeCursor(filters, position) })}`;
}

t.test('no position in a cursor of any list comes to more than a refusal', async (t) => {
  t.strictSame(listPaths.toSorted(), Object.keys(LISTS).toSorted(), 'every list of the document is here');
  for (const [path, list] of Object.entries(LISTS)) {
    const good = await service.send('GET', urlOf(path, list, list.position));
    t.equal(good.statusCode, 200, `${path} takes a position of its own: ${good.body.slice(0, 300)}`);
    const shorter = await service.send('GET', urlOf(path, list, list.position.slice(1)));
    t.equal(shorter.statusCode, 400, `${path} takes no position that lacks a part`);
    for (const at of list.position.keys()) {
      for (const text of HOSTILE) {
        const { statusCode, body } = await service.send('GET', urlOf(path, list, list.position.with(at, text)));
        const isRefused = statusCode === 400 && JSON.parse(body).errors?.[0]?.pointer === '?cursor';
        t.ok(
          statusCode === 200 || isRefused,
          `${path}, part ${at} '${text.slice(0, 40)}': ${statusCode} ${body.slice(0, 200)}`,
        );
      }
    }
  }
});

t.test('a day, a number and an instant are refused where text stands for them', async (t) => {
  for (const [path, at] of [
    ['/v1/calorific-values', 1],
    ['/v1/degree-days', 2],
    ['/v1/degree-days', 4],
    ['/v1/emissions/explanation', 0],
    ['/v1/emissions/explanation', 1],
    ['/v1/factor-sets/{set}/versions/{version}/rows', 0],
    ['/v1/grid-intensity', 1],
    ['/v1/meters/{meter}/bills', 0],
    ['/v1/statements', 0],
    ['/v1/targets/{target}/versions', 0],
    ['/v1/uploads', 0],
  ] as const) {
    const list = LISTS[path];
    const forged = list === undefined ? '' : urlOf(path, list, list.position.with(at, 'x'));
    const response = await service.send('GET', forged);
    t.equal(response.statusCode, 400, path);
    t.match(response.json(), { type: /invalid-cursor/, errors: [{ pointer: '?cursor' }] }, path);
  }
});
