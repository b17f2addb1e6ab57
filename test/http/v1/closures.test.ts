import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';
import { newestInstant } from '../../support/newest-instant.ts';

const service = await testApp(t);
const { send, database } = service;

const SUMMER = {
  name: 'Schools: summer holidays 2025',
  firstDay: '2025-07-23',
  lastDay: '2025-08-31',
  categories: ['school'],
};
const put = (key: string, body: object) => send('PUT', `/v1/closures/${key}`, { scope: 'write-estate', body });
const july = (day: number): string => `2025-07-${String(day).padStart(2, '0')}`;
const halves = (value: number) => new Array<number>(48).fill(value);
const momentOf = async (): Promise<string> => {
  return newestInstant(database.pool);
};

await send('PUT', '/v1/sites/SCHOOL', { body: { name: 'A school', category: 'school', portfolio: 'schools' } });
const EDGES = { from: { on: july(1), reason: 'built' }, to: { on: '2025-08-01', reason: 'closed' } };
await writeEstate(service, [{ meter: 'OFFICE', ...EDGES }]);
const meter = { site: 'SCHOOL', activity: 'electricity', unit: 'kWh', kind: 'interval', ...EDGES };
await send('PUT', '/v1/meters/M', { body: meter });
const days = Array.from({ length: 31 }, (_, index) => index + 1).filter((day) => day !== 24);
await writeReadings(
  service,
  ['M', 'OFFICE'].flatMap((key) =>
    days.map((day) => ({ meter: key, day: july(day), values: halves(day >= 23 ? 1 : 10) })),
  ),
);
type Outcome = { estimated: { quantity: number; method: string }[]; daysWritten: number };
const estimate = async (meter: string): Promise<Outcome> =>
  (
    await send('POST', '/v1/estimates', { scope: 'write-readings', body: { period: '2025-07', meters: [meter] } })
  ).json();

t.test('before a closure is known, a day of the holidays is like those of term', async (t) => {
  t.match(await estimate('M'), { estimated: [{ method: 'like-days', quantity: 264 }], daysWritten: 1 });
});

t.test('a closure is written, read, listed and the same again changes nothing', async (t) => {
  const created = await put('schools-summer-2025', SUMMER);
  t.equal(created.statusCode, 201, created.body);
  t.strictSame(created.json(), { key: 'schools-summer-2025', ...SUMMER });
  const { seq } = await database.prisma.clock.findFirstOrThrow();
  t.equal((await put('schools-summer-2025', SUMMER)).statusCode, 200);
  t.equal((await database.prisma.clock.findFirstOrThrow()).seq, seq);
  t.strictSame(await ask(service, '/v1/closures/schools-summer-2025'), created.json());
  const { data } = await ask<{ data: object[] }>(service, '/v1/closures');
  t.strictSame(data, [created.json()]);
  const csv = await send('GET', '/v1/closures', { scope: 'read', headers: { accept: 'text/csv' } });
  t.match(csv.body, 'schools-summer-2025,Schools: summer holidays 2025,2025-07-23,2025-08-31,,school,');
});

t.test('gaps and checks go by it when they are asked again; other sites as before (rules E11, E12)', async (t) => {
  t.match(await estimate('M'), { estimated: [{ method: 'like-days', quantity: 48 }], daysWritten: 1 });
  t.match(await estimate('OFFICE'), { estimated: [{ method: 'like-days', quantity: 264 }] });
  type Suspects = { suspects: { check: string; start: string }[] };
  const suspects = async (key: string) =>
    (await ask<Suspects>(service, `/v1/data-quality?period=2025-07&meter=${key}`)).suspects.map(({ check }) => check);
  t.notOk((await suspects('M')).includes('day-total'));
  t.ok((await suspects('OFFICE')).includes('day-total'));
});

t.test('what a closure was is kept, and a deleted one is found as of before', async (t) => {
  const before = await momentOf();
  t.equal(
    (await put('schools-summer-2025', { ...SUMMER, portfolios: ['schools'], sites: ['SCHOOL'] })).statusCode,
    200,
  );
  const changed = await momentOf();
  t.equal((await send('DELETE', '/v1/closures/schools-summer-2025', { scope: 'write-estate' })).statusCode, 204);
  t.equal(
    (await send('GET', '/v1/closures/schools-summer-2025')).json().type,
    'urn:council-carbon:problem:unknown-closure',
  );
  t.equal((await send('DELETE', '/v1/closures/schools-summer-2025', { scope: 'write-estate' })).statusCode, 404);
  const then = (moment: string) => ask<object>(service, `/v1/closures/schools-summer-2025?asOf=${moment}`);
  t.match(await then(before), { asOf: { requested: before }, key: 'schools-summer-2025', ...SUMMER });
  t.match(await then(changed), { sites: ['SCHOOL'], portfolios: ['schools'] });
  t.match(await ask(service, `/v1/closures?asOf=${before}`), { data: [{ key: 'schools-summer-2025' }] });
  t.match(await estimate('M'), { estimated: [{ quantity: 264 }] }, 'and its gap is estimated as before');
});

t.test('lists go on where they ended', async (t) => {
  for (const key of ['a', 'b', 'c']) await put(key, SUMMER);
  const first = await ask<{ data: { key: string }[]; page: { nextCursor: string } }>(service, '/v1/closures?limit=2');
  t.match(first.data, [{ key: 'a' }, { key: 'b' }]);
  t.match(await ask(service, `/v1/closures?limit=2&cursor=${first.page.nextCursor}`), { data: [{ key: 'c' }] });
});

t.test('what is no closure is refused, with its place', async (t) => {
  const refused = async (fields: object) => {
    const response = await put('x', { ...SUMMER, ...fields });
    return [response.statusCode, response.json().errors?.[0]?.pointer];
  };
  t.same(await refused({ lastDay: '2025-07-22' }), [400, '/lastDay']);
  t.same(await refused({ lastDay: '2026-07-24' }), [400, '/lastDay']);
  t.same(await refused({ firstDay: '23 July' }), [400, '/firstDay']);
  t.same(await refused({ categories: undefined }), [400, '/sites']);
  t.same(await refused({ categories: [] }), [400, '/categories']);
  t.same(await refused({ sites: ['SCHOOL', 'NONE'] }), [404, '/sites/1']);
  t.equal((await send('PUT', '/v1/closures/x', { scope: 'write-readings', body: SUMMER })).statusCode, 403);
  t.equal((await send('GET', '/v1/closures/x')).statusCode, 404);
});
