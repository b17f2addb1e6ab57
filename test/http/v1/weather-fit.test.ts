import t from 'tap';
import { addMonths } from '../../../src/domain/local-day.ts';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';
import { dailyReadings, FINANCIAL_YEAR, monthlyBills, postDays, postMonths } from '../../support/weather.ts';

const service = await testApp(t);
const GAS = { activity: 'natural-gas', kind: 'billed' };

type Fit = {
  asOf?: { requested: string };
  accepted: boolean;
  refusal?: { code: string; detail: string };
  measuredDays: number;
  line: Record<string, number | null>;
  points: Record<string, number | string>[];
  period: { start: string; end: string };
  knowledge: { seq: string };
};
const fitOf = (meter: string, query = '?period=2024/25') =>
  ask<Fit>(service, `/v1/meters/${meter}/weather-fit${query}`);

/** 100 kWh a day and 30 for each degree day, and some that neither explains. */
const USED = [10290, 7430, 5410, 4060, 4620, 5390, 8710, 10850, 13680, 14650, 13460, 11810];

const daysOf = (meter: string) =>
  USED.flatMap((quantity, index) => dailyReadings(meter, addMonths('2024-04-01', index), quantity));

t.before(async () => {
  await writeEstate(service, [
    { meter: 'BILLS', ...GAS },
    { meter: 'DAYS', ...GAS },
    { meter: 'ALMOST', ...GAS },
    { meter: 'SHORT', ...GAS },
    { meter: 'YEAR', ...GAS },
    { meter: 'GUESSED', ...GAS },
    { meter: 'FLAT', ...GAS },
    { meter: 'NOISE', ...GAS },
    { meter: 'COLD', ...GAS },
    { meter: 'HEAT-PUMP', activity: 'electricity', kind: 'billed', heatingShare: 0.7 },
    { meter: 'LIGHT', activity: 'electricity', kind: 'billed' },
    { meter: 'KITCHEN', ...GAS, heatingShare: 0 },
    { meter: 'ELSEWHERE', ...GAS, site: 'E' },
  ]);
  await service.send('PUT', '/v1/sites/S', { body: { name: 'S', weatherRegion: 'midland' } });
  await postMonths(service, '2024-04', FINANCIAL_YEAR);
  await writeReadings(service, [
    ...monthlyBills('BILLS', '2024-04', USED),
    ...daysOf('DAYS'),
    ...daysOf('ALMOST').map((day, index) => (index === 70 ? { ...day, quality: 'estimated' } : day)),
    ...monthlyBills('SHORT', '2024-04', USED.slice(0, 10)),
    { meter: 'YEAR', period: '2024/25', quantity: 110360 },
    ...monthlyBills('GUESSED', '2024-04', USED).map((bill, index) =>
      index % 4 === 0 ? { ...bill, quality: 'estimated' } : bill,
    ),
    ...monthlyBills('FLAT', '2024-04', [3000, 3100, 3010, 3050, 3120, 2980, 3110, 2990, 3100, 3080, 2820, 3060]),
    ...monthlyBills('NOISE', '2024-04', [9000, 100, 7000, 200, 9000, 300, 3000, 9000, 15000, 2000, 16000, 4000]),
    ...monthlyBills(
      'COLD',
      '2024-04',
      FINANCIAL_YEAR.map((degreeDays) => 20000 - 30 * degreeDays),
    ),
    ...monthlyBills(
      'HEAT-PUMP',
      '2024-04',
      FINANCIAL_YEAR.map((degreeDays) => 1000 + 5 * degreeDays),
    ),
    ...monthlyBills('LIGHT', '2024-04', FINANCIAL_YEAR),
    ...monthlyBills('KITCHEN', '2024-04', USED),
    ...monthlyBills('ELSEWHERE', '2024-04', USED),
  ]);
});

t.test('a year of bills gives base, slope and how good they are', async (t) => {
  const fit = await fitOf('BILLS');
  t.equal(fit.accepted, true, JSON.stringify(fit.refusal));
  // Worked with fractions: docs/calculation/weather.md.
  t.strictSame(fit.line, {
    basePerDay: 99.383431,
    slopePerDegreeDay: 30.077058,
    points: 12,
    rSquared: 0.994574,
    cvRmse: 0.031866,
    slopeStandardError: 0.690299,
    slopeT: 43.571071,
  });
  t.match(fit.points[0], {
    start: '2024-04-01',
    end: '2024-05-01',
    source: 'span',
    days: 30,
    degreeDays: 233,
    quantity: 10290,
  });
  const unexplained = fit.points.reduce(
    (sum, { residual, degreeDays }) => sum + Number(residual) * Number(degreeDays),
    0,
  );
  t.ok(Math.abs(unexplained) < 0.01, 'what is left has nothing of the weather in it');
  t.equal(fit.measuredDays, 365);
  t.match(fit.knowledge.seq, /^\d+$/);
  t.strictSame((await fitOf('BILLS', '?period=2024-04-01/2025-04-01')).line, fit.line);
});

t.test('measured days are gathered into months, and give the same', async (t) => {
  const fit = await fitOf('DAYS');
  t.match(fit.points[0], { source: 'month', days: 30, degreeDays: 233, quantity: 10290 });
  t.ok(Math.abs(Number(fit.line.slopePerDegreeDay) - 30.077058) < 1e-5);
  const without = await fitOf('ALMOST');
  t.equal(without.measuredDays, 364, 'an estimate is no evidence');
  t.equal(without.points.length, 11, 'of a month whose degree days are a total, no part can be taken');
});

t.test('each reason for which a fit is refused is said with the value and what was expected', async (t) => {
  const reasons: [string, string, RegExp][] = [
    ['SHORT', 'too-little-measured', /306 of 365 days are measured.*at least 90 %/],
    ['YEAR', 'too-few-points', /there are 1 months or totals of spans: expected at least 8/],
    ['GUESSED', 'too-little-measured', /estimated and apportioned days are no evidence/],
    ['NOISE', 'slope-not-significant', /standard errors above 0: expected at least 2/],
    ['COLD', 'slope-not-positive', /the slope is -/],
    ['LIGHT', 'not-heating', /expected heating fuel or heat, or a heatingShare above 0/],
    ['KITCHEN', 'not-heating', /heatingShare 0/],
    ['ELSEWHERE', 'no-weather-region', /give its site a weatherRegion/],
  ];
  for (const [meter, code, detail] of reasons) {
    const { accepted, refusal } = await fitOf(meter);
    t.equal(accepted, false, meter);
    t.equal(refusal?.code, code, `${meter}: ${refusal?.detail}`);
    t.match(refusal?.detail, detail);
  }
  const half = await fitOf('BILLS', '?period=2024/25-Q1');
  t.equal(half.refusal?.code, 'period-too-short');
  t.match((await fitOf('FLAT')).refusal?.code, /slope-not-significant|r-squared-too-low|slope-not-positive/);
  t.equal((await fitOf('BILLS', '?period=2023/24')).refusal?.code, 'too-little-measured');
  t.equal((await fitOf('BILLS', '?period=2024/25&baseTemperatureC=18')).refusal?.code, 'degree-days-missing');
});

t.test('electricity is fitted where it declares that it heats', async (t) => {
  const fit = await fitOf('HEAT-PUMP');
  t.equal(fit.accepted, true, JSON.stringify(fit.refusal));
  t.ok(Number(fit.line.slopePerDegreeDay) > 4.9);
});

t.test('the bar is a setting, the region one where the site names none', async (t) => {
  const before = (await service.send('GET', '/v1/settings')).json();
  const body = { ...before, weatherRegion: 'midland', weather: { fit: { cvRmseMax: 0.03 } } };
  const put = await service.send('PUT', '/v1/settings', { body });
  t.equal(put.statusCode, 200, put.body);
  t.equal(put.json().weather.fit.rSquaredMin, 0.75, 'what is left out keeps its default');
  const strict = await fitOf('ELSEWHERE');
  t.equal(strict.refusal?.code, 'cvrmse-too-high');
  t.match(strict.refusal?.detail, 'CV(RMSE) is 0.0319: expected at most 0.03');
  await service.send('PUT', '/v1/settings', { body: before });
  t.equal((await fitOf('ELSEWHERE')).refusal?.code, 'no-weather-region');
});

t.test('as it was known: the fit of before a correction', async (t) => {
  const before = await fitOf('BILLS');
  const between = new Date().toISOString();
  await postMonths(service, '2024-04', [333]);
  const after = await fitOf('BILLS');
  t.not(after.line.slopePerDegreeDay, before.line.slopePerDegreeDay);
  t.not(after.knowledge.seq, before.knowledge.seq);
  const { asOf, ...then } = await fitOf('BILLS', `?period=2024/25&asOf=${between}`);
  t.match(asOf, { requested: between });
  t.strictSame(then, before, 'knowledge and all');
  await postMonths(service, '2024-04', [233]);
});

t.test('without a period: the newest reporting year that has ended', async (t) => {
  const { period } = await fitOf('BILLS', '');
  t.strictSame(period, { start: '2025-04-01', end: '2026-04-01' });
  t.equal((await service.send('GET', '/v1/meters/BILLS/weather-fit?period=2027/28')).statusCode, 400);
  t.equal((await service.send('GET', '/v1/meters/NONE/weather-fit')).statusCode, 404);
});

t.test('the fits of a site in one list, and as CSV; the points of a fit as CSV', async (t) => {
  const { data } = await ask<{ data: { meter: string; accepted: boolean }[] }>(
    service,
    '/v1/weather-fits?period=2024/25&site=S',
  );
  t.strictSame(
    data.filter(({ accepted }) => accepted).map(({ meter }) => meter),
    ['ALMOST', 'BILLS', 'DAYS', 'HEAT-PUMP'],
  );
  t.notOk(
    data.some(({ meter }) => meter === 'LIGHT'),
    'what does not heat is not in it',
  );
  const first = (await service.send('GET', '/v1/weather-fits?period=2024/25&limit=2')).json();
  const next = (
    await service.send('GET', `/v1/weather-fits?period=2024/25&limit=2&cursor=${first.page.nextCursor}`)
  ).json();
  t.strictSame(
    [...first.data, ...next.data].map(({ meter }: { meter: string }) => meter),
    ['ALMOST', 'BILLS', 'COLD', 'DAYS'],
  );
  const headers = { accept: 'text/csv' };
  const csv = await service.send('GET', '/v1/weather-fits?period=2024/25&site=E', { headers });
  t.match(csv.body, /ELSEWHERE,E,natural-gas,kWh,2024-04-01,2025-04-01,,,false,no-weather-region,/);
  const points = await service.send('GET', '/v1/meters/BILLS/weather-fit?period=2024/25', { headers });
  t.equal(points.body.split('\r\n')[1], '2024-04-01,2024-05-01,span,30,233,10290,9989.457488,300.542512');
});

t.test('days of degree days let a month count without one of its days', async (t) => {
  await postDays(
    service,
    '2024-06-01',
    Array.from({ length: 30 }, (_, index) => (index < 17 ? 3 : 2)),
  );
  const fit = await fitOf('ALMOST');
  const june = fit.points.find(({ start }) => start === '2024-06-01');
  t.match(june, { days: 29, degreeDays: 74 });
});
