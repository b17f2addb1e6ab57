import t from 'tap';
import { testApp } from '../../support/app.ts';
import { newestInstant } from '../../support/newest-instant.ts';

const service = await testApp(t);
const { send } = service;
const get = async (url: string) => (await send('GET', url, { scope: 'read' })).json();

const USE = {
  use: 'office',
  name: 'Office (invented)',
  electricityKwhPerM2: 80.5,
  fossilThermalKwhPerM2: 100,
  siteCategories: ['office'],
};
const EDITION = { source: 'Invented for these tests', validFrom: '2024-01-01', uses: [USE] };
const put = (edition: string, fields: object = {}) =>
  send('PUT', `/v1/benchmarks/invented/${edition}`, { body: { ...EDITION, ...fields } });

t.test('201, 200: an edition is kept as it was sent; the same again writes nothing', async (t) => {
  const made = await put('1');
  t.equal(made.statusCode, 201, made.body);
  t.strictSame(made.json(), { table: 'invented', edition: '1', ...EDITION, conversions: [] });
  const seq = async () => (await service.database.pool.query('select c.seq from clock c')).rows[0].seq;
  const before = await seq();
  t.equal((await put('1')).statusCode, 200);
  t.equal(await seq(), before);
  t.strictSame(await get('/v1/benchmarks/invented/1'), made.json());
});

t.test('409: an edition is never edited, not even after it was withdrawn', async (t) => {
  const changed = { uses: [{ ...USE, electricityKwhPerM2: 81 }] };
  t.match((await put('1', changed)).json(), { status: 409, detail: /never edited/ });
  await put('withdrawn', { validFrom: '2020-01-01' });
  t.equal((await send('DELETE', '/v1/benchmarks/invented/withdrawn')).statusCode, 204);
  t.equal((await send('DELETE', '/v1/benchmarks/invented/withdrawn')).statusCode, 404);
  t.match(await get('/v1/benchmarks/invented/withdrawn'), {
    status: 404,
    type: 'urn:council-carbon:problem:unknown-benchmarks',
  });
  t.equal((await put('withdrawn', { validFrom: '2020-01-02' })).statusCode, 409);
  t.equal((await put('withdrawn', { validFrom: '2020-01-01' })).statusCode, 201, 'the same content stands again');
  await send('DELETE', '/v1/benchmarks/invented/withdrawn');
});

t.test('409: no two editions of a table are valid from one day', async (t) => {
  t.match((await put('2')).json(), { status: 409, detail: /edition '1'/, errors: [{ pointer: '/validFrom' }] });
  t.equal((await put('2', { validFrom: '2025-01-01' })).statusCode, 201);
});

t.test('400: what contradicts itself names the place', async (t) => {
  const conversion = { activity: 'lpg', kgCo2PerKwh: 0.25, source: 'Invented' };
  const faulty: [object, string, string][] = [
    [{ uses: [] }, '/uses', 'wrong-count'],
    [{ uses: [USE, USE] }, '/uses/1/use', 'repeated'],
    [{ uses: [USE, { ...USE, use: 'b' }] }, '/uses/1/siteCategories/0', 'repeated'],
    [
      { uses: [{ ...USE, electricityKwhPerM2: 0, fossilThermalKwhPerM2: 0 }] },
      '/uses/0/electricityKwhPerM2',
      'out-of-range',
    ],
    [{ uses: [{ ...USE, electricityKwhPerM2: -1 }] }, '/uses/0/electricityKwhPerM2', 'out-of-range'],
    [{ conversions: [{ ...conversion, activity: 'electricity' }] }, '/conversions/0/activity', 'not-applicable'],
    [{ conversions: [{ ...conversion, activity: 'water' }] }, '/conversions/0/activity', 'not-applicable'],
    [{ conversions: [{ ...conversion, heatNetwork: 'n' }] }, '/conversions/0/heatNetwork', 'not-applicable'],
    [{ conversions: [conversion, conversion] }, '/conversions/1/activity', 'repeated'],
    [{ validFrom: '2024-02-30' }, '/validFrom', 'wrong-format'],
  ];
  for (const [fields, pointer, code] of faulty) {
    const refused = await put('bad', fields);
    t.equal(refused.statusCode, 400, JSON.stringify(fields));
    t.match(refused.json(), { errors: [{ pointer, code }] });
  }
  t.equal((await send('GET', '/v1/benchmarks/invented/bad')).statusCode, 404);
});

t.test('the list goes by table and edition, page by page, as CSV by use, and as of a moment', async (t) => {
  await send('PUT', '/v1/benchmarks/a-table/9', { body: EDITION });
  const names = (answer: { data: { table: string; edition: string }[] }) =>
    answer.data.map(({ table, edition }) => `${table} ${edition}`);
  const all = await get('/v1/benchmarks');
  t.strictSame(names(all), ['a-table 9', 'invented 1', 'invented 2']);
  const first = await get('/v1/benchmarks?limit=2');
  t.strictSame(names(first), ['a-table 9', 'invented 1']);
  t.strictSame(names(await get(`/v1/benchmarks?limit=2&cursor=${first.page.nextCursor}`)), ['invented 2']);
  t.equal((await send('GET', `/v1/benchmarks?asOf=2026-01-01&cursor=${first.page.nextCursor}`)).statusCode, 400);
  const csv = await send('GET', '/v1/benchmarks', { headers: { accept: 'text/csv' } });
  t.equal(
    csv.body.split('\r\n')[1],
    'a-table,9,2024-01-01,office,Office (invented),80.5,100,office,Invented for these tests',
  );
  const known = await newestInstant(service.database.pool);
  await send('DELETE', '/v1/benchmarks/a-table/9');
  t.strictSame(names(await get('/v1/benchmarks')), ['invented 1', 'invented 2']);
  const then = `asOf=${encodeURIComponent(known)}`;
  t.strictSame(names(await get(`/v1/benchmarks?${then}`)), names(all));
  t.match(await get(`/v1/benchmarks/a-table/9?${then}`), { validFrom: '2024-01-01' });
});
