import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask } from '../../support/estate.ts';

const service = await testApp(t);
const { send, database } = service;

const FLEET = { scope: 1, kgCo2e: 812450.5, method: 'Litres by the factors of 2024', source: 'Fuel cards' };
const put = (address: string, body: object) => send('PUT', `/v1/other-emissions/${address}`, { body });
const seq = async () => (await database.prisma.clock.findFirstOrThrow()).seq;
const momentOf = async (): Promise<string> => {
  const { rows } = await database.pool.query<{ at: string }>(
    `select to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from clock`,
  );
  return rows[0]?.at ?? '';
};

t.test('201, 200: a figure is written, comes back, and the same again changes nothing (rule H8)', async (t) => {
  const created = await put('fleet/2024%2F25', FLEET);
  t.equal(created.statusCode, 201, created.body);
  const period = { label: '2024/25', start: '2024-04-01', end: '2025-04-01' };
  t.strictSame(created.json(), { line: 'fleet', period, ...FLEET, provisional: false });
  const before = await seq();
  t.equal((await put('fleet/2024%2F25', FLEET)).statusCode, 200);
  t.equal((await put('fleet/2024-04-01%2F2025-04-01', FLEET)).statusCode, 200, 'the same days by another name');
  t.equal(await seq(), before);
  t.strictSame(await ask(service, '/v1/other-emissions/fleet/2024%2F25'), created.json());
});

t.test('the slash of a period may stand in an address as it is', async (t) => {
  t.equal((await put('fleet/2024/25', FLEET)).statusCode, 200);
  t.match(await ask(service, '/v1/other-emissions/fleet/2024/25?asOf=2026-11-22T12:00:00Z').catch(String), /asOf/);
  t.match(await ask(service, '/v1/other-emissions/fleet/2024-04-01/2025-04-01'), { kgCo2e: 812450.5 });
});

t.test('every member comes back as it was written, and only those that were', async (t) => {
  const body = {
    scope: 2,
    kgCo2e: 1000.5,
    kgCo2: 990,
    kgCo2eMarket: 0,
    outsideOfScopesKgCo2e: 12.25,
    method: 'kWh of public chargers',
    source: 'Charge point operator',
    note: 'Estimated for March',
    provisional: true,
  };
  const { json } = await put('charging/2024', body);
  t.strictSame(json(), {
    line: 'charging',
    period: { label: '2024', start: '2024-01-01', end: '2025-01-01' },
    ...body,
  });
});

t.test('what was stated is kept: a changed and a withdrawn figure are found as of before', async (t) => {
  const before = await momentOf();
  t.equal((await put('fleet/2024%2F25', { ...FLEET, kgCo2e: 800_000 })).statusCode, 200);
  const changed = await momentOf();
  t.equal((await send('DELETE', '/v1/other-emissions/fleet/2024%2F25')).statusCode, 204);
  const gone = await send('GET', '/v1/other-emissions/fleet/2024%2F25');
  t.equal(gone.json().type, 'urn:council-carbon:problem:unknown-other-emission');
  t.equal((await send('DELETE', '/v1/other-emissions/fleet/2024%2F25')).statusCode, 404);
  const then = (moment: string) => ask<object>(service, `/v1/other-emissions/fleet/2024%2F25?asOf=${moment}`);
  t.match(await then(before), { asOf: { requested: before }, kgCo2e: 812450.5 });
  t.match(await then(changed), { kgCo2e: 800_000 });
  t.match(await ask(service, `/v1/other-emissions?asOf=${before}&line=fleet`), { data: [{ line: 'fleet' }] });
});

t.test('a day of a line has one figure; other lines and other days have theirs', async (t) => {
  for (const quarter of ['2024-Q2', '2024-Q3']) t.equal((await put(`travel/${quarter}`, FLEET)).statusCode, 201);
  const refused = await put('travel/2024%2F25', FLEET);
  t.equal(refused.statusCode, 409);
  t.match(refused.json(), { detail: /'travel' is stated for 2024-Q2, which shares days with 2024\/25/ });
  t.equal((await put('travel/2024-07', FLEET)).statusCode, 409);
  t.equal((await put('travel/2024-Q2', { ...FLEET, kgCo2e: 1 })).statusCode, 200, 'its own days are no other figure');
  t.equal((await put('travel-abroad/2024%2F25', FLEET)).statusCode, 201);
  const { data } = await ask<{ data: { period: { label: string } }[] }>(service, '/v1/other-emissions?line=travel');
  t.same(
    data.map(({ period }) => period.label),
    ['2024-Q2', '2024-Q3'],
  );
});

t.test('lists go on where they ended, and are given as CSV', async (t) => {
  type Page = { data: { line: string }[]; page: { nextCursor: string } };
  const first = await ask<Page>(service, '/v1/other-emissions?limit=2');
  t.match(first.data, [{ line: 'charging' }, { line: 'travel' }]);
  const second = await ask<Page>(service, `/v1/other-emissions?limit=2&cursor=${first.page.nextCursor}`);
  t.match(second.data, [{ line: 'travel' }, { line: 'travel-abroad' }]);
  t.notOk(second.page.nextCursor);
  const csv = await send('GET', '/v1/other-emissions?line=charging', { headers: { accept: 'text/csv' } });
  t.match(csv.body, 'charging,2024,2024-01-01,2025-01-01,2,,1000.5,990,0,12.25,true,kWh of public chargers,');
});

const REFUSED: [string, string, object, string][] = [
  ['scope 3 without its category', 'x/2024%2F25', { scope: 3 }, '/scope3Category'],
  ['a category outside of scope 3', 'x/2024%2F25', { scope3Category: 6 }, '/scope3Category'],
  ['a market-based figure outside of scope 2', 'x/2024%2F25', { kgCo2eMarket: 5 }, '/kgCo2eMarket'],
  ['more CO2 than CO2e', 'x/2024%2F25', { kgCo2: 812450.6 }, '/kgCo2'],
  ['a negative figure', 'x/2024%2F25', { kgCo2e: -1 }, '/kgCo2e'],
  ['a figure without a source', 'x/2024%2F25', { source: undefined }, '/source'],
  ['days that are not over', 'x/2026%2F27', {}, '{period}'],
  ['more than a year', 'x/2022-04-01%2F2024-04-01', {}, '{period}'],
  ['no period', 'x/2024-25', {}, '{period}'],
  ['a line that is no key', 'my%20fleet/2024', {}, '{line}'],
  ['a line that is too long for a key', `${'x'.repeat(41)}/2024`, {}, '{line}'],
];
for (const [name, address, fields, pointer] of REFUSED) {
  t.test(`400: ${name}`, async (t) => {
    const response = await put(address, { ...FLEET, ...fields });
    t.equal(response.statusCode, 400, response.body);
    t.equal(response.json().errors?.[0]?.pointer, pointer, response.body);
  });
}

t.test('writing takes a key that may write the estate', async (t) => {
  const sent = await send('PUT', '/v1/other-emissions/x/2024', { scope: 'write-readings', body: FLEET });
  t.equal(sent.statusCode, 403);
});
