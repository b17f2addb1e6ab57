import t from 'tap';
import { testApp } from '../../support/app.ts';
import { newestInstant } from '../../support/newest-instant.ts';

const service = await testApp(t);
const get = async (url: string) => (await service.send('GET', url, { scope: 'read' })).json();
const post = (body: object, query = '') => service.send('POST', `/v1/grid-intensity${query}`, { body });
const postCsv = (body: string) =>
  service.send('POST', '/v1/grid-intensity', { body, headers: { 'content-type': 'text/csv' } });

/** Half-hours in the shape of the national API. */
const halfHour = (from: string, to: string, intensity: object) => ({ from, to, intensity });

await service.send('PUT', '/v1/sites/S', { body: { name: 'S' } });
await service.send('PUT', '/v1/meters/E1', {
  body: { site: 'S', activity: 'electricity', unit: 'kWh', kind: 'interval' },
});
await service.send('PUT', '/v1/meters/E2', {
  body: { site: 'S', activity: 'electricity', unit: 'kWh', kind: 'billed' },
});

t.test(
  'an answer of the national API is taken as it comes; an actual value replaces a forecast, not the other way',
  async (t) => {
    const first = await post({
      data: [
        halfHour('2025-06-01T00:00Z', '2025-06-01T00:30Z', { forecast: 266, actual: null, index: 'moderate' }),
        halfHour('2025-06-01T00:30Z', '2025-06-01T01:00Z', { forecast: 250, actual: 240, index: 'moderate' }),
        halfHour('2025-06-01T01:00Z', '2025-06-01T01:30Z', { forecast: null, actual: null, index: 'moderate' }),
      ],
    });
    t.equal(first.statusCode, 201, first.body);
    t.match(first.json(), { new: 2, changed: 0, unchanged: 0 });
    const second = await post({
      data: [
        halfHour('2025-06-01T00:00Z', '2025-06-01T00:30Z', { forecast: 266, actual: 263 }),
        halfHour('2025-06-01T00:30Z', '2025-06-01T01:00Z', { forecast: 999 }),
      ],
    });
    t.match(second.json(), { new: 0, changed: 1, unchanged: 1 });
    t.strictSame((await get('/v1/grid-intensity')).data, [
      { region: 'GB', start: '2025-06-01T00:00:00Z', gPerKwh: 263, measure: 'actual' },
      { region: 'GB', start: '2025-06-01T00:30:00Z', gPerKwh: 240, measure: 'actual' },
    ]);
  },
);

t.test('regions however they are nested: below a time, or above it', async (t) => {
  const intensity = { forecast: 100, index: 'low' };
  const belowTime = { from: '2025-06-02T00:00Z', to: '2025-06-02T00:30Z', regions: [{ regionid: 8, intensity }] };
  t.match((await post({ data: [belowTime] })).json(), { new: 1 });
  const aboveTime = {
    regionid: 9,
    postcode: 'B1',
    data: [halfHour('2025-06-02T00:00Z', '2025-06-02T00:30Z', intensity)],
  };
  t.match((await post({ data: aboveTime })).json(), { new: 1 });
  const { data } = await get('/v1/grid-intensity?period=2025-06-02');
  t.strictSame(
    data.map(({ region }: { region: string }) => region),
    ['GB-8', 'GB-9'],
  );
});

t.test('a table of hours in kilograms: each hour is two half-hours', async (t) => {
  const text = 'datetime,Carbon Intensity [kg_CO2/kWh]\n2025-06-03 10:00:00,0.178\n2025-06-03 11:00:00,0.16\n';
  t.match((await postCsv(text)).json(), { new: 4 });
  const { data } = await get('/v1/grid-intensity?period=2025-06-03');
  t.strictSame(
    data.map(({ gPerKwh }: { gPerKwh: number }) => gPerKwh),
    [178, 178, 160, 160],
  );
});

t.test('what is no intensity is refused with its place, and nothing is kept', async (t) => {
  const at = (from: string, value: number) => ({
    data: [halfHour(from, from.replace(':00Z', ':30Z'), { actual: value })],
  });
  const wrong: [object, RegExp][] = [
    [at('2025-06-04T00:00Z', -1), /-1 is no intensity/],
    [at('2025-06-04T00:00Z', 5000), /5000 is no intensity/],
    [{ data: [halfHour('2025-06-04T00:10Z', '2025-06-04T00:40Z', { actual: 1 })] }, /begins no half-hour/],
    [{ data: [halfHour('2025-06-04T00:00Z', '2025-06-04T06:00Z', { actual: 1 })] }, /holds for 360 minutes/],
    [{ data: [halfHour('2027-06-04T00:00Z', '2027-06-04T00:30Z', { actual: 1 })] }, /in the future/],
    [{ data: [{ from: 'noon', intensity: { actual: 1 } }] }, /'noon' is not an instant/],
    [{ data: [] }, /holds no intensities/],
  ];
  for (const [body, message] of wrong) {
    const response = await post(body);
    t.equal(response.statusCode, 400, response.body);
    t.match(response.json().detail, message);
  }
  t.equal((await postCsv('datetime,intensity\n2025-06-04 00:00,high\n')).statusCode, 400);
  t.strictSame((await get('/v1/grid-intensity?period=2025-06-04')).data, []);
});

/** A day of 48 half-hours: 1 kWh each, but 3 kWh between two of them. */
const day = (from: number, to: number) => Array.from({ length: 48 }, (_, slot) => (slot >= from && slot < to ? 3 : 1));

t.test('each half-hour meets the intensity of its own time, summer time included', async (t) => {
  // Local midnight of 10 June is 23:00 UTC the day before: the night is clean, the day is not.
  const lines = Array.from({ length: 48 }, (_, slot) => {
    const start = new Date(Date.UTC(2025, 5, 9, 23) + slot * 1_800_000).toISOString();
    return `${start},${slot < 24 ? 50 : 250}`;
  });
  t.match((await postCsv(`from,actual\n${lines.join('\n')}\n`)).json(), { new: 48 });
  const readings = [
    { meter: 'E1', day: '2025-06-10', resolutionMinutes: 30, values: day(0, 24) },
    { meter: 'E1', day: '2025-06-11', resolutionMinutes: 30, values: day(0, 0) },
    { meter: 'E2', period: '2025-06-10/2025-06-11', quantity: 100 },
  ];
  const posted = await service.send('POST', '/v1/readings', { body: { readings } });
  t.equal(posted.statusCode, 201, posted.body);

  const { total, data, halfHours, timeMeanGPerKwh } = await get('/v1/emissions/time-matched?period=2025-06-10');
  t.strictSame(halfHours, { expected: 48, known: 48 });
  t.equal(timeMeanGPerKwh, 150);
  // 72 kWh at 50 g and 24 kWh at 250 g; 96 kWh at the mean of 150 g would be 14.4 kg.
  t.strictSame(total, {
    kWh: 96,
    kgCo2: 9.6,
    gPerKwh: 100,
    kgCo2AtTimeMean: 14.4,
    forecastShare: 0,
    withoutIntensityKwh: 0,
    withoutIntervalsKwh: 100,
  });
  t.equal(data.length, 1);

  const days = await get('/v1/emissions/time-matched?period=2025-06-10/2025-06-12&interval=day&groupBy=meter&meter=E1');
  t.match(days.data, [
    { period: { label: '2025-06-10' }, meter: 'E1', kWh: 96, kgCo2: 9.6 },
    { period: { label: '2025-06-11' }, meter: 'E1', kWh: 0, kgCo2: 0, gPerKwh: null, withoutIntensityKwh: 48 },
  ]);
  const official = await get('/v1/emissions?period=2025-06-10');
  t.equal(official.total.quantity.value, 196, 'the official figure is untouched by any of it');
});

t.test('as of before a correction the former intensity answers', async (t) => {
  const url = '/v1/emissions/time-matched?period=2025-06-10&meter=E1';
  const known = await newestInstant(service.database.pool);
  const before = await get(url);
  await postCsv('from,actual\n2025-06-09T23:00Z,1050\n');
  t.equal((await get(url)).total.kgCo2, 12.6);
  t.strictSame((await get(`${url}&asOf=${encodeURIComponent(known)}`)).total, before.total);
});

t.test('CSV, unknown names, and a question too large', async (t) => {
  const csv = await service.send('GET', '/v1/emissions/time-matched?period=2025-06-10&groupBy=site', {
    scope: 'read',
    headers: { accept: 'text/csv' },
  });
  t.match(csv.body, /^period,start,end,site,meter,kWh,kgCo2,gPerKwh/);
  t.match(csv.body, /2025-06-10,2025-06-10,2025-06-11,S,,96,12\.6/);
  t.equal((await get('/v1/emissions/time-matched?period=2025-06-10&site=X')).status, 404);
});
