import t from 'tap';
import { testApp } from '../../support/app.ts';

const service = await testApp(t);

const put = (table: string, payload: string, query = 'source=A%20publication') =>
  service.send('PUT', `/v1/area-tables/${table}?${query}`, { body: payload, headers: { 'content-type': 'text/csv' } });
const get = async (url: string) => (await service.send('GET', url, { scope: 'read' })).json();
const site = (key: string, body: object) => service.send('PUT', `/v1/sites/${key}`, { body: { name: key, ...body } });

/** One meter a site with the same bill, so that kilograms count sites. */
async function meterOf(key: string, kWh: number) {
  await service.send('PUT', `/v1/meters/${key}-G`, {
    body: { site: key, activity: 'natural-gas', unit: 'kWh', kind: 'billed' },
  });
  return { meter: `${key}-G`, period: '2024/25', quantity: kWh };
}

await site('A', { postcode: 'CV1 5RR', floorAreaM2: 1000 });
await site('B', { postcode: 'CV1 2AA', floorAreaM2: 500 });
await site('C', { postcode: 'CV1 5RR' });
await site('D', { lsoa: 'E01000009' });
await site('LAMPS', {});
const readings = [];
for (const [key, kWh] of [
  ['A', 1000],
  ['B', 2000],
  ['C', 3000],
  ['D', 4000],
  ['LAMPS', 5000],
] as const)
  readings.push(await meterOf(key, kWh));
const posted = await service.send('POST', '/v1/readings', { body: { readings } });
t.equal(posted.statusCode, 201, posted.body);

t.test('without a table of deprivation the question is refused with what to do', async (t) => {
  const response = await service.send('GET', '/v1/emissions?period=2024/25&groupBy=imdDecile', { scope: 'read' });
  t.equal(response.statusCode, 404);
  t.match(response.json().detail, /upload an edition of the index with PUT \/v1\/area-tables/);
});

t.test('tables are kept whole, replaced, and the same again changes nothing', async (t) => {
  const text = 'pcds,lsoa21cd\nCV1 5RR,E01000001\nCV1 2AA,E01000002\n';
  const first = await put('postcodes-2025', text);
  t.equal(first.statusCode, 201, first.body);
  t.match(first.json(), { outcome: 'created', table: { kind: 'postcodes', geography: 2021, rows: 2 } });
  t.match((await put('postcodes-2025', text)).json(), { outcome: 'unchanged' });
  t.equal((await put('imd-2025', 'lsoa21,rank,decile\nE01000001,900,1\nE01000002,30000,10\n')).statusCode, 201);
  // Of 2011: it must never meet the postcodes, which are of 2021.
  await put('imd-2019', 'lsoa11,decile\nE01000001,4\nE01000009,7\n', 'source=IMD%202019&publishedOn=2019-09-26');
  await put(
    'imd-2025',
    'lsoa21,rank,decile\nE01000001,900,2\nE01000002,30000,10\n',
    'source=IMD&publishedOn=2025-10-30',
  );
  const list = await get('/v1/area-tables');
  t.strictSame(
    list.data.map(({ table, rows }: { table: string; rows: number }) => [table, rows]),
    [
      ['imd-2019', 2],
      ['imd-2025', 2],
      ['postcodes-2025', 2],
    ],
  );
  t.match(await get('/v1/area-tables/imd-2025'), { publishedOn: '2025-10-30', geography: 2021 });
});

t.test('a row given twice that says two things is refused, and nothing is kept', async (t) => {
  const response = await put('imd-x', 'lsoa21,decile\nE01000001,1\nE01000002,1\nE01000001,2\n');
  t.equal(response.statusCode, 400);
  t.match(response.json().detail, /E01000001 twice, as 1 and as 2/);
  t.equal((await service.send('GET', '/v1/area-tables/imd-x', { scope: 'read' })).statusCode, 404);
  const rows = await service.database.pool.query(
    'select from area_deprivation a left join area_table t on t.id = a.table_id where t.id is null',
  );
  t.equal(rows.rowCount, 0, 'nothing is left of it');
});

t.test('where the sites stand, how that is known, and why where it is not', async (t) => {
  const places = await get('/v1/area-tables/imd-2025/places');
  t.strictSame(places.data, [
    { site: 'A', postcode: 'CV1 5RR', lsoa: 'E01000001', via: 'postcodes-2025', rank: 900, imdDecile: 2 },
    { site: 'B', postcode: 'CV1 2AA', lsoa: 'E01000002', via: 'postcodes-2025', rank: 30000, imdDecile: 10 },
    { site: 'C', postcode: 'CV1 5RR', lsoa: 'E01000001', via: 'postcodes-2025', rank: 900, imdDecile: 2 },
    { site: 'D', imdDecile: null, reason: 'no-postcode-or-lsoa' },
    { site: 'LAMPS', imdDecile: null, reason: 'no-postcode-or-lsoa' },
  ]);
  const older = await get('/v1/area-tables/imd-2019/places');
  t.strictSame(
    older.data.map(({ site, imdDecile }: { site: string; imdDecile: number | null }) => [site, imdDecile]),
    [
      ['A', null],
      ['B', null],
      ['C', null],
      ['D', 7],
      ['LAMPS', null],
    ],
    'postcodes of 2021 do not lead to areas of 2011',
  );
});

t.test('emissions by decile: the newest index, every site in a row, marked where few', async (t) => {
  const answer = await get('/v1/emissions?period=2024/25&groupBy=imdDecile&lines=combustion');
  t.match(answer.deprivation, { table: { table: 'imd-2025' }, note: /It shows neither|it shows neither/ });
  const rows = answer.data.map(
    (row: { imdDecile: number | null; sites: number; floorAreaM2: number | null; quantity: { value: number } }) => [
      row.imdDecile,
      row.sites,
      row.floorAreaM2,
      row.quantity.value,
    ],
  );
  t.strictSame(rows, [
    [2, 2, 1000, 4000],
    [10, 1, 500, 2000],
    [null, 2, null, 9000],
  ]);
  t.match(answer.data[0], { fewSites: true, sitesWithoutFloorArea: 1 });
  t.equal(answer.total.quantity.value, 15000);
  const kg = (sums: { emissionsKgCo2e: { scope1: number } }) => sums.emissionsKgCo2e.scope1;
  t.equal(
    answer.data.reduce((sum: number, row: never) => sum + Math.round(kg(row) * 1000), 0),
    kg(answer.total) * 1000,
  );

  const named = await get('/v1/consumption?period=2024/25&groupBy=imdDecile&imdTable=imd-2019');
  t.strictSame(
    named.data.map(({ imdDecile }: { imdDecile: number | null }) => imdDecile),
    [7, null],
  );
  const csv = await service.send('GET', '/v1/emissions?period=2024/25&groupBy=imdDecile', {
    scope: 'read',
    headers: { accept: 'text/csv' },
  });
  t.match(csv.body.split('\r\n')[0], /imdDecile,sites,floorAreaM2,sitesWithoutFloorArea,fewSites/);

  const pair = 'period=2024/25&comparedWith=2023/24';
  const change = await get(`/v1/emissions/change?${pair}&groupBy=imdDecile&lines=combustion`);
  t.match(change.data, [
    { imdDecile: 2, fewSites: true },
    { imdDecile: 10, fewSites: true },
    { imdDecile: null, fewSites: true },
  ]);
  const bySite = await get(`/v1/emissions/change?${pair}&groupBy=site&lines=combustion`);
  t.notOk(bySite.data.some((row: object) => 'fewSites' in row));
});

t.test('a table that is replaced or deleted still answers as of before', async (t) => {
  const { recordedAt } = (
    await service.database.pool.query('select to_json(c.recorded_at) #>> \'{}\' as "recordedAt" from clock c')
  ).rows[0];
  const question = '/v1/emissions?period=2024/25&groupBy=imdDecile';
  const before = await get(question);
  await put('imd-2025', 'lsoa21,decile\nE01000001,5\n', 'source=IMD&publishedOn=2025-10-30');
  t.equal((await get(question)).data[0].imdDecile, 5);
  const then = await get(`${question}&asOf=${encodeURIComponent(recordedAt)}`);
  t.strictSame(then.data, before.data);
  t.equal((await service.send('DELETE', '/v1/area-tables/imd-2025')).statusCode, 204);
  t.equal((await get(question)).deprivation.table.table, 'imd-2019');
  t.strictSame((await get(`${question}&asOf=${encodeURIComponent(recordedAt)}`)).data, before.data);
});
