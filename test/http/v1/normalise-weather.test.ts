import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';
import { FINANCIAL_YEAR, monthlyBills, postMonths, STANDARD_YEAR } from '../../support/weather.ts';

const service = await testApp(t);
const GAS = { activity: 'natural-gas', kind: 'billed' };
const REFERENCE = STANDARD_YEAR.join(',');
/** 100 a day and 30 for each degree day: exactly. */
const exact = (degreeDays: readonly number[], base = 100) =>
  degreeDays.map((value, index) => base * ([30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31][index] ?? 0) + 30 * value);
const MILD = FINANCIAL_YEAR.map((value) => value - 20);

type Sums = { unit: string; measured: number; correction: number; normalisedShare: number };
type Row = {
  period: { label: string };
  quantity: { value: number };
  meter?: string;
  emissionsKgCo2e?: Record<string, number>;
  weather?: Sums[];
};
type Answer = {
  data: Row[];
  total: Row;
  weather: {
    normalised: Record<string, unknown>[];
    notNormalised: Record<string, unknown>[];
    knowledge: { seq: string };
  };
};
const of = (path: string) => ask<Answer>(service, `/v1/${path}`);

t.before(async () => {
  await writeEstate(service, [{ meter: 'GOOD', ...GAS }, { meter: 'BAD', ...GAS, site: 'B' }, { meter: 'LIGHT' }]);
  for (const site of ['S', 'B'])
    await service.send('PUT', `/v1/sites/${site}`, { body: { name: site, weatherRegion: 'midland' } });
  await postMonths(service, '2023-04', MILD);
  await postMonths(service, '2024-04', FINANCIAL_YEAR);
  await writeReadings(service, [
    ...monthlyBills(
      'GOOD',
      '2023-04',
      exact(MILD).map((value, index) => (index === 10 ? value + 100 : value)),
    ),
    ...monthlyBills('GOOD', '2024-04', exact(FINANCIAL_YEAR, 90)),
    ...monthlyBills('BAD', '2023-04', [9000, 100, 7000, 200, 9000, 300, 3000, 9000, 1500, 2000, 1600, 4000]),
    { meter: 'LIGHT', period: '2023/24', quantity: 36600 },
  ]);
  const body = {
    name: 'Standard year',
    source: 'www.vesma.com/std-year.htm',
    series: [{ region: 'midland', baseTemperatureC: 15.5, months: [...STANDARD_YEAR] }],
  };
  await service.send('PUT', '/v1/reference-degree-days/standard-year', { body });
});

t.test('only what answers to the weather is corrected: Q + slope × (reference − actual)', async (t) => {
  const answer = await of('consumption?period=2024/25&meter=GOOD&normalise=weather&reference=standard-year');
  // The year was the reference: nothing to correct. 90 a day and 30 for each of 2,462 degree days.
  t.equal(answer.total.quantity.value, 90 * 365 + 30 * 2462);
  t.strictSame(answer.total.weather, [{ unit: 'kWh', measured: 106710, correction: 0, normalisedShare: 1 }]);
  const warmer = await of(
    `consumption?period=2024/25&meter=GOOD&normalise=weather&referenceDegreeDays=${STANDARD_YEAR.map((month) => month - 10).join(',')}`,
  );
  t.equal(warmer.total.quantity.value, 106710 - 30 * 120, 'the base load stays');
  const one = await of('consumption?period=2024/25&meter=GOOD&normalise=weather&referenceDegreeDays=2021');
  t.equal(one.total.quantity.value, 106710 - 30 * 441);
});

t.test('emissions are those of the corrected quantity', async (t) => {
  const measured = await of('emissions?period=2024/25&meter=GOOD');
  const one = await of('emissions?period=2024/25&meter=GOOD&normalise=weather&referenceDegreeDays=2021');
  t.equal(measured.total.emissionsKgCo2e?.scope1, 19517.259);
  t.equal(one.total.emissionsKgCo2e?.scope1, Number((93480 * 0.1829).toFixed(3)));
  const lines = await of('emissions?period=2024/25&meter=GOOD&groupBy=line&normalise=weather&referenceDegreeDays=2021');
  t.strictSame(
    lines.data.map(({ weather }) => weather?.[0]?.correction),
    [-13230, -13230],
  );
});

t.test('months add to the year, and a month is the same however it is asked for', async (t) => {
  const query = `meter=GOOD&normalise=weather&reference=standard-year`;
  const total = await of(`consumption?period=2023-04-01/2025-04-01&${query}`);
  const months = await of(`consumption?period=2023-04-01/2025-04-01&interval=month&${query}`);
  const sum = months.data.reduce((value, row) => value + row.quantity.value, 0);
  t.ok(Math.abs(sum - total.total.quantity.value) < 1e-4, `${sum} and ${total.total.quantity.value}`);
  t.equal(total.weather.normalised.length, 2, 'each reporting year by its own fit');
  const february = await of(`consumption?period=2024-02&${query}`);
  t.equal(february.total.quantity.value, months.data[10]?.quantity.value);
  const day = await of(`consumption?period=2024-02-10&${query}`);
  t.ok(Math.abs(day.total.quantity.value - february.total.quantity.value / 29) < 1e-5);
});

t.test('a meter that cannot be corrected stays as measured, and is named with its share and reason', async (t) => {
  const answer = await of('consumption?period=2023/24&groupBy=meter&normalise=weather&reference=standard-year');
  const rows = new Map(answer.data.map((row) => [row.meter, row]));
  t.equal(rows.get('LIGHT')?.weather, undefined, 'what does not heat has no weather');
  t.equal(rows.get('LIGHT')?.quantity.value, 36600);
  t.equal(rows.get('BAD')?.quantity.value, 46700);
  t.match(rows.get('BAD')?.weather, [{ measured: 46700, correction: 0, normalisedShare: 0 }]);
  t.match(rows.get('GOOD')?.weather, [{ normalisedShare: 1 }]);
  const good = rows.get('GOOD')?.weather?.[0];
  t.equal(rows.get('GOOD')?.quantity.value, (good?.measured ?? 0) + (good?.correction ?? 0));
  t.ok(Math.abs((good?.correction ?? 0) - 30 * 240) < 60, String(good?.correction));
  t.match(answer.weather.notNormalised, [
    { meter: 'BAD', code: 'slope-not-positive', measured: 46700, days: 366, fitPeriod: { start: '2023-04-01' } },
  ]);
  t.match(answer.weather.normalised, [
    { meter: 'GOOD', region: 'midland', fitPeriod: { start: '2023-04-01', end: '2024-04-01' } },
  ]);
  const share = (good?.measured ?? 0) / ((good?.measured ?? 0) + 46700);
  t.equal(answer.total.weather?.[0]?.normalisedShare, Number(share.toFixed(4)));
});

t.test('where no heating meter can be corrected it is refused, with the reason of each', async (t) => {
  const response = await service.send(
    'GET',
    '/v1/emissions?period=2023/24&site=B&normalise=weather&reference=standard-year',
  );
  t.equal(response.statusCode, 422, response.body);
  const { type, errors } = response.json();
  t.equal(type, 'urn:council-carbon:problem:not-normalisable');
  t.match(errors, [{ pointer: '?normalise', code: 'slope-not-positive', detail: /^meter 'BAD': the slope is/ }]);
  const light = await of('consumption?period=2023/24&meter=LIGHT&normalise=weather&reference=standard-year');
  t.equal(light.total.quantity.value, 36600, 'where nothing heats there is nothing to refuse');
});

t.test('a stated period of the fit holds for all days', async (t) => {
  const answer = await of(
    'consumption?period=2024-02&meter=GOOD&normalise=weather&reference=standard-year&fitPeriod=2024/25',
  );
  t.match(answer.weather, {
    fitPeriod: { start: '2024-04-01', end: '2025-04-01' },
    normalised: [{ slopePerDegreeDay: 30 }],
  });
  t.equal(answer.total.quantity.value, 30 * (342 - 20) + 2800 + 100 + 30 * 20);
});

t.test('as it was known', async (t) => {
  const url = 'consumption?period=2024/25&meter=GOOD&normalise=weather&reference=standard-year';
  const before = await of(url);
  const between = new Date().toISOString();
  await postMonths(service, '2025-03', [300]);
  const after = await of(url);
  t.not(after.total.quantity.value, before.total.quantity.value);
  const then = await of(`${url}&asOf=${between}`);
  t.strictSame([then.total, then.weather], [before.total, before.weather]);
  await postMonths(service, '2025-03', [297]);
});

t.test('a question that does not say what it is to be brought to, or says it twice', async (t) => {
  const base = '/v1/consumption?period=2024/25';
  const refusals: [string, string][] = [
    [`${base}&normalise=weather`, '?reference'],
    [`${base}&normalise=weather&reference=a&referenceDegreeDays=2000`, '?reference'],
    [`${base}&normalise=weather&referenceDegreeDays=1,2,3`, '?referenceDegreeDays'],
    [`${base}&interval=month&normalise=weather&referenceDegreeDays=2000`, '?referenceDegreeDays'],
    [`${base}&reference=standard-year`, '?reference'],
    [`${base}&fitPeriod=2023/24`, '?fitPeriod'],
    [`${base}&normalise=weather&reference=standard-year&fitPeriod=2023`, ''],
    [`${base}&normalise=weather&reference=standard-year&estimates=exclude`, '?estimates'],
    [`${base}&normalise=cold&reference=standard-year`, '?normalise'],
  ];
  for (const [url, pointer] of refusals) {
    const response = await service.send('GET', url, { scope: 'read' });
    if (pointer === '') continue;
    t.equal(response.statusCode, 400, `${url}: ${response.body}`);
    t.equal(response.json().errors?.[0]?.pointer, pointer, response.body);
  }
  t.equal((await service.send('GET', `${base}&normalise=weather&reference=none`)).statusCode, 404);
});

t.test('as CSV with the same figures', async (t) => {
  const csv = await service.send(
    'GET',
    `/v1/emissions?period=2024/25&meter=GOOD&normalise=weather&referenceDegreeDays=${REFERENCE}`,
    {
      headers: { accept: 'text/csv' },
    },
  );
  const [header = '', row = ''] = csv.body.split('\r\n');
  t.match(header, /,weatherMeasured,weatherCorrection,normalisedShare$/);
  t.match(row, /,106710,0,1$/);
  const plain = await service.send('GET', '/v1/emissions?period=2024/25', { headers: { accept: 'text/csv' } });
  t.notMatch(plain.body, 'normalisedShare');
});
