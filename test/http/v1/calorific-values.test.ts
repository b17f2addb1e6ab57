import t from 'tap';
import { testApp } from '../../support/app.ts';

const service = await testApp(t);

const post = (values: object[]) => service.send('POST', '/v1/calorific-values', { body: { values } });
const postCsv = (payload: string) =>
  service.send('POST', '/v1/calorific-values', { body: payload, headers: { 'content-type': 'text/csv' } });
const value = (zone: string, day: string, mjPerM3: number) => ({ zone, day, mjPerM3 });

t.test('a table is laid over what stands, as one change', async (t) => {
  const first = await post([value('WM', '2025-10-01', 39.4), value('WM', '2025-10-02', 39.5)]);
  t.equal(first.statusCode, 201);
  t.match(first.json(), { values: { new: 2, changed: 0, unchanged: 0 }, outsideBand: [] });

  const second = await post([value('WM', '2025-10-02', 39.6), value('WM', '2025-10-01', 39.4)]);
  t.match(second.json(), { values: { new: 0, changed: 1, unchanged: 1 } });
  t.equal(Number(second.json().seq), Number(first.json().seq) + 1);

  const same = await post([value('WM', '2025-10-02', 39.6)]);
  t.equal(same.statusCode, 200);
  t.strictSame(same.json(), { values: { new: 0, changed: 0, unchanged: 1 }, daysChanged: 0, outsideBand: [] });

  const { rows } = await service.database.pool.query(
    `select c.mj_per_m3, c.superseded_by is null as current from calorific_value c where c.day = '2025-10-02' order by c.change_id`,
  );
  t.strictSame(
    rows,
    [
      { mj_per_m3: '39.5', current: false },
      { mj_per_m3: '39.6', current: true },
    ],
    'the former value is kept',
  );
});

t.test('a value outside the band of the network is taken and returned', async (t) => {
  const response = await post([value('NW', '2025-10-01', 37.4), value('NW', '2025-10-02', 43)]);
  t.strictSame(response.json().outsideBand, [value('NW', '2025-10-01', 37.4)]);
});

t.test('CSV, plain and as published', async (t) => {
  const plain = await postCsv('day,zone,mjPerM3\r\n2025-09-01,EA,39.1\r\n2025-09-02,EA,39.2\r\n');
  t.equal(plain.statusCode, 201, plain.body);
  const published = await postCsv(
    [
      'Applicable At,Applicable For,Data Item,Value,Generated Time,Quality Indicator',
      '02/09/2025 10:30:23,01/09/2025,"Calorific Value, LDZ(SC)",39.3,02/09/2025 10:32:01,',
      '02/09/2025 10:30:23,01/09/2025,"Calorific Value, LDZ(SC)",39.7,05/09/2025 10:32:01,',
      '02/09/2025 10:30:23,01/09/2025,"Calorific Value, Campbeltown",38.1,02/09/2025 10:32:01,',
    ].join('\n'),
  );
  t.match(published.json(), { values: { new: 1 } }, published.body);
  const list = await service.send('GET', '/v1/calorific-values?period=2025-09', { scope: 'read' });
  t.strictSame(list.json().data, [
    value('EA', '2025-09-01', 39.1),
    value('EA', '2025-09-02', 39.2),
    value('SC', '2025-09-01', 39.7),
  ]);
});

t.test('the list comes in pages and as CSV', async (t) => {
  await post([value('SW', '2025-01-01', 39), value('SW', '2025-01-02', 39.1), value('SW', '2025-01-03', 39.2)]);
  const url = '/v1/calorific-values?zone=SW&limit=2';
  const first = (await service.send('GET', url, { scope: 'read' })).json();
  t.equal(first.data.length, 2);
  const rest = (await service.send('GET', `${url}&cursor=${first.page.nextCursor}`, { scope: 'read' })).json();
  t.strictSame(rest, { data: [value('SW', '2025-01-03', 39.2)], page: {} });
  const csv = await service.send('GET', '/v1/calorific-values?zone=SW&period=2025-01-03', {
    scope: 'read',
    headers: { accept: 'text/csv' },
  });
  t.equal(csv.body, 'zone,day,mjPerM3\r\nSW,2025-01-03,39.2\r\n');
});

t.test('what is no calorific value is refused whole, with its place', async (t) => {
  const refusals: [object[], string, string][] = [
    [[value('WM', '2025-10-05', 39.4), value('WM', '2025-10-05', 39.5)], '/values/1/mjPerM3', 'conflicting-values'],
    [[value('WM', '2026-11-23', 39.4)], '/values/0/day', 'in-the-future'],
    [[value('WM', '2025-02-30', 39.4)], '/values/0/day', 'invalid'],
    [[value('wm', '2025-10-05', 39.4)], '/values/0/zone', 'invalid'],
    [[value('WM', '2025-10-05', 11.1)], '/values/0/mjPerM3', 'invalid'],
    [[value('WM', '2025-10-05', 39.1234567)], '/values/0/mjPerM3', 'value-out-of-range'],
  ];
  for (const [values, pointer, code] of refusals) {
    const response = await post(values);
    t.equal(response.statusCode, 400, response.body);
    const [fault] = response.json().errors;
    t.equal(fault.pointer, pointer, response.body);
    if (code !== 'invalid') t.equal(fault.code, code);
  }
  const tables: [string, string][] = [
    ['zone,day\nWM,2025-10-05\n', '/1'],
    ['zone,day,mjPerM3\nWM,2025-10-05,much\n', '/2/mjPerM3'],
    ['zone,day,mjPerM3\nWM,2025-10-05,\n', '/2/mjPerM3'],
    ['zone,day,mjPerM3\nWM,05/10/2025,39\n', '/2/day'],
    ['zone,day,mjPerM3\n"WM,2025-10-05,39\n', ''],
  ];
  for (const [text, pointer] of tables) {
    const response = await postCsv(text);
    t.equal(response.statusCode, 400, response.body);
    t.equal(response.json().errors?.[0]?.pointer, pointer, response.body);
  }
  t.equal((await postCsv('zone,day,mjPerM3\n')).statusCode, 400, 'a table without rows');
  t.equal((await service.send('POST', '/v1/calorific-values', { scope: 'read', body: {} })).statusCode, 403);
  const kept = await service.send('GET', '/v1/calorific-values?period=2025-10-05', { scope: 'read' });
  t.strictSame(kept.json().data, [], 'nothing half-stored');
});

t.test('two tables at once: one after the other', async (t) => {
  const responses = await Promise.all(
    [39.1, 39.2, 39.3, 39.4].map((mjPerM3) => post([value('NT', '2025-06-01', mjPerM3)])),
  );
  t.ok(responses.every(({ statusCode }) => statusCode === 201));
  const { rows } = await service.database.pool.query(
    `select count(*)::int as all, count(*) filter (where c.superseded_by is null)::int as current from calorific_value c where c.zone = 'NT'`,
  );
  t.strictSame(rows, [{ all: 4, current: 1 }]);
});
