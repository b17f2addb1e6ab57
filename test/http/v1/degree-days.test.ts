import t from 'tap';
import { testApp } from '../../support/app.ts';
import { STANDARD_YEAR } from '../../support/weather.ts';

const service = await testApp(t);

const SERIES = { region: 'midland', baseTemperatureC: 15.5, source: 'Station A' };
const post = (values: object[], series: object = {}) =>
  service.send('POST', '/v1/degree-days', { body: { ...SERIES, ...series, values } });
const postCsv = (payload: string) =>
  service.send('POST', '/v1/degree-days', { body: payload, headers: { 'content-type': 'text/csv' } });
const list = (query: string, headers = {}) =>
  service.send('GET', `/v1/degree-days${query}`, { scope: 'read', headers });

t.test('a table is laid over what stands, as one change; what stood is found again', async (t) => {
  const first = await post([
    { day: '2025-01-01', degreeDays: 11.4 },
    { day: '2025-01-02', degreeDays: 0 },
  ]);
  t.equal(first.statusCode, 201, first.body);
  t.match(first.json(), { values: { new: 2, changed: 0, unchanged: 0 }, daysChanged: 0 });
  const between = new Date().toISOString();
  const second = await post([
    { day: '2025-01-02', degreeDays: 12 },
    { day: '2025-01-01', degreeDays: 11.4 },
  ]);
  t.match(second.json(), { values: { new: 0, changed: 1, unchanged: 1 } });
  t.equal((await post([{ day: '2025-01-02', degreeDays: 12 }])).statusCode, 200);

  const now = (await list('?period=2025-01')).json();
  t.strictSame(
    now.data.map(({ day, degreeDays }: { day: string; degreeDays: number }) => [day, degreeDays]),
    [
      ['2025-01-01', 11.4],
      ['2025-01-02', 12],
    ],
  );
  const then = (await list(`?period=2025-01&asOf=${between}`)).json();
  t.equal(then.data[1].degreeDays, 0, 'a 0 is a 0');
});

t.test('region, kind and base make a series; months stand beside days', async (t) => {
  await post([{ day: '2024-06-01', degreeDays: 3 }], { kind: 'cooling', baseTemperatureC: 18 });
  await post([{ day: '2024-06-01', degreeDays: 1 }]);
  await post([{ day: '2024-06-01', degreeDays: 2 }], { region: '6' });
  const months = STANDARD_YEAR.map((degreeDays, index) => ({
    month: `2023-${String(index + 1).padStart(2, '0')}`,
    degreeDays,
  }));
  t.equal((await post(months, { baseTemperatureC: 18.3 })).statusCode, 201);
  t.equal((await list('?period=2024-06')).json().data.length, 3);
  t.equal((await list('?period=2024-06&kind=cooling')).json().data[0].degreeDays, 3);
  t.equal((await list('?region=6')).json().data[0].degreeDays, 2);
  t.match((await list('?resolution=month&limit=1')).json().data, [{ month: '2023-01', baseTemperatureC: 18.3 }]);
});

t.test('CSV goes in and comes out in the same columns, in pages', async (t) => {
  const table = [
    'region,kind,baseTemperatureC,day,month,degreeDays,source',
    'severn,heating,15.5,2025-02-01,,10.25,Station B',
    'severn,heating,15.5,2025-02-02,,9,Station B',
    'severn,heating,15.5,,2025-01,400,Station B',
    '',
  ].join('\r\n');
  const stored = await postCsv(table);
  t.equal(stored.statusCode, 201, stored.body);
  const csv = await list('?region=severn', { accept: 'text/csv' });
  t.equal(csv.body, table);
  const first = (await list('?region=severn&limit=2')).json();
  const rest = (await list(`?region=severn&limit=2&cursor=${first.page.nextCursor}`)).json();
  t.same([first.data.length, rest.data.length, rest.page], [2, 1, {}]);
  t.equal(
    (await postCsv('source,degreeDays,day,region,baseTemperatureC\nX,1,2025-03-01,severn,15.5\n')).statusCode,
    201,
  );
});

t.test('what are no degree days is refused whole, with its place', async (t) => {
  const refusals: [object[], object, string, string][] = [
    [[{ day: '2025-05-01', degreeDays: -1 }], {}, '/values/0/degreeDays', 'invalid'],
    [[{ day: '2025-05-01', degreeDays: 71 }], {}, '/values/0/degreeDays', 'value-out-of-range'],
    [[{ day: '2025-05-01', degreeDays: 1.1234567 }], {}, '/values/0/degreeDays', 'value-out-of-range'],
    [[{ degreeDays: 1 }], {}, '/values/0', 'ambiguous'],
    [[{ day: '2025-05-01', month: '2025-05', degreeDays: 1 }], {}, '/values/0', 'ambiguous'],
    [[{ day: '2026-11-22', degreeDays: 1 }], {}, '/values/0/day', 'in-the-future'],
    [[{ month: '2026-11', degreeDays: 1 }], {}, '/values/0/month', 'in-the-future'],
    [[{ day: '2025-02-30', degreeDays: 1 }], {}, '/values/0/day', 'invalid'],
    [
      [
        { day: '2025-05-01', degreeDays: 1 },
        { day: '2025-05-01', degreeDays: 2 },
      ],
      {},
      '/values/1/degreeDays',
      'conflicting-values',
    ],
    [[{ day: '2025-05-01', degreeDays: 1 }], { source: ' ' }, '/source', 'invalid'],
    [
      [{ day: '2025-05-01', degreeDays: 1 }],
      { baseTemperatureC: 15.555 },
      '/values/0/baseTemperatureC',
      'value-out-of-range',
    ],
  ];
  for (const [values, series, pointer, code] of refusals) {
    const response = await post(values, series);
    t.equal(response.statusCode, 400, response.body);
    const [fault] = response.json().errors;
    t.equal(fault.pointer, pointer, response.body);
    if (code !== 'invalid') t.equal(fault.code, code);
  }
  const tables: [string, string][] = [
    ['region,baseTemperatureC,day,degreeDays\nX,15.5,2025-05-01,1\n', '/1'],
    ['region,baseTemperatureC,source,degreeDays\nX,15.5,S,1\n', '/1'],
    ['region,baseTemperatureC,source,day,degreeDays\nX,15.5,S,2025-05-01,\n', '/2/degreeDays'],
    ['region,baseTemperatureC,source,day,degreeDays\nX,15.5,,2025-05-01,1\n', '/2/source'],
    ['region,baseTemperatureC,source,day,degreeDays\nX,15.5,S,01/05/2025,1\n', '/2/day'],
    ['region,kind,baseTemperatureC,source,day,degreeDays\nX,warm,15.5,S,2025-05-01,1\n', '/2/kind'],
  ];
  for (const [text, pointer] of tables) {
    const response = await postCsv(text);
    t.equal(response.statusCode, 400, response.body);
    t.equal(response.json().errors?.[0]?.pointer, pointer, response.body);
  }
  t.strictSame((await list('?period=2025-05')).json().data, [], 'nothing half-stored');
  t.equal((await service.send('POST', '/v1/degree-days', { scope: 'read', body: {} })).statusCode, 403);
  const forged = Buffer.from(JSON.stringify(['x', 'a', 'b', 'c', 'd', 'e'])).toString('base64url');
  t.equal((await list(`?cursor=${forged}`)).statusCode, 400);
});

t.test('reference degree days: written, read as they stood, listed, deleted', async (t) => {
  const url = '/v1/reference-degree-days/standard-year';
  const body = {
    name: 'Standard year',
    source: 'www.vesma.com/std-year.htm',
    series: [{ region: 'midland', baseTemperatureC: 15.5, months: [...STANDARD_YEAR] }],
  };
  t.equal((await service.send('PUT', url, { body })).statusCode, 201);
  const between = new Date().toISOString();
  t.equal((await service.send('PUT', url, { body })).statusCode, 200);
  const other = {
    ...body,
    series: [{ ...body.series[0], months: [...STANDARD_YEAR.slice(0, 7), 45, 83, 177, 275, 346] }],
  };
  t.equal((await service.send('PUT', url, { body: other })).statusCode, 200);
  const read = async (query = '') => (await service.send('GET', `${url}${query}`, { scope: 'read' })).json();
  t.match(await read(), { key: 'standard-year', series: [{ kind: 'heating', months: other.series[0]?.months }] });
  t.equal((await read(`?asOf=${between}`)).series[0].months[7], 44);
  const csv = await service.send('GET', '/v1/reference-degree-days', {
    scope: 'read',
    headers: { accept: 'text/csv' },
  });
  t.match(csv.body, 'standard-year,midland,heating,15.5,8,45,www.vesma.com/std-year.htm\r\n');
  t.equal(
    (await service.send('PUT', url, { body: { ...body, series: [body.series[0], body.series[0]] } })).statusCode,
    400,
  );
  t.equal((await service.send('DELETE', url)).statusCode, 204);
  t.equal(
    (await service.send('GET', url, { scope: 'read' })).json().type,
    'urn:council-carbon:problem:unknown-reference',
  );
  t.equal((await read(`?asOf=${between}`)).series[0].months[7], 44, 'what stood is found again');
});
