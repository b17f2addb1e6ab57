import t from 'tap';
import { DEFAULT_SETTINGS } from '../../../src/domain/reference/default-settings.ts';
import { testApp } from '../../support/app.ts';

const { send, database } = await testApp(t);

const SETTINGS = {
  organisation: 'Coventry City Council',
  reportingYearStart: '04-01',
  consolidationApproach: 'operational-control',
  reportedLines: ['combustion', 'generation'],
  returnToSewer: 0.95,
  missingShareMax: 0.05,
  estimatedShareMax: 0.2,
  significanceThreshold: 0.05,
  restatementThreshold: 0.04,
  checks: DEFAULT_SETTINGS.checks,
  estimation: DEFAULT_SETTINGS.estimation,
  weather: DEFAULT_SETTINGS.weather,
  gas: DEFAULT_SETTINGS.gas,
  displayEnergy: DEFAULT_SETTINGS.displayEnergy,
};

const OPERATIONAL = { approach: 'operational-control' };
const FINANCIAL = { approach: 'financial-control' };
const SINCE_2020 = { ...FINANCIAL, from: '2020-04-01' };

t.test('200: there are settings from the start', async (t) => {
  const response = await send('GET', '/v1/settings', { scope: 'read' });
  t.equal(response.statusCode, 200);
  t.match(response.json(), { reportingYearStart: '04-01', reportedLines: ['all'], returnToSewer: 0.9 });
});

t.test('200: settings come back as they were sent; the same again changes nothing', async (t) => {
  const response = await send('PUT', '/v1/settings', { body: SETTINGS });
  t.equal(response.statusCode, 200);
  t.strictSame(response.json(), SETTINGS);
  t.strictSame((await send('GET', '/v1/settings')).json(), SETTINGS);
  const count = await database.prisma.settingsVersion.count();
  await send('PUT', '/v1/settings', { body: SETTINGS });
  t.equal(await database.prisma.settingsVersion.count(), count);
});

t.test('200: what is left out of the checks and the estimation takes its default', async (t) => {
  const { checks: _checks, estimation: _estimation, weather: _weather, gas: _gas, ...plain } = SETTINGS;
  const body = { ...plain, checks: { overdue: { registerDays: 40 } } };
  const put = (await send('PUT', '/v1/settings', { body })).json();
  t.equal(put.checks.overdue.registerDays, 40);
  t.equal(put.checks.overdue.amrDays, 10);
  t.strictSame(put.estimation, SETTINGS.estimation);
  t.strictSame(put.weather, SETTINGS.weather);
  t.strictSame(put.gas, SETTINGS.gas);
  t.strictSame((await send('GET', '/v1/settings')).json(), put);
});

t.test('200: an approach by date comes back with the one that holds today', async (t) => {
  const dated = [OPERATIONAL, SINCE_2020];
  const { consolidationApproach: _approach, ...plain } = SETTINGS;
  const body = { ...plain, consolidationApproaches: dated };
  const put = await send('PUT', '/v1/settings', { body });
  t.equal(put.statusCode, 200);
  t.match(put.json(), { consolidationApproach: 'financial-control', consolidationApproaches: dated });
  const again = await send('PUT', '/v1/settings', { body: put.json() });
  t.strictSame(again.json(), put.json(), 'what is read can be written');
});

t.test('several writers at once leave one current version', async (t) => {
  const responses = await Promise.all(
    [0.1, 0.2, 0.3, 0.4, 0.5, 0.6].map((returnToSewer) =>
      send('PUT', '/v1/settings', { body: { ...SETTINGS, returnToSewer } }),
    ),
  );
  t.ok(responses.every(({ statusCode }) => statusCode === 200));
  t.equal(await database.prisma.settingsVersion.count({ where: { supersededBy: null } }), 1);
});

t.test('400: settings that cannot be are refused whole', async (t) => {
  const faulty: [object, string][] = [
    [{ returnToSewer: 1.1 }, '/returnToSewer'],
    [{ returnToSewer: null }, '/returnToSewer'],
    [{ gas: { conversion: { assumedCalorificValue: 37 } } }, '/gas/conversion/assumedCalorificValue'],
    [{ gas: { conversion: { assumedCalorificValue: 43.1 } } }, '/gas/conversion/assumedCalorificValue'],
    [{ reportingYearStart: '04-02' }, '/reportingYearStart'],
    [{ reportingYearStart: '13-01' }, '/reportingYearStart'],
    [{ consolidationApproach: 'equity-share' }, '/consolidationApproach'],
    [{ consolidationApproach: undefined }, '/consolidationApproach'],
    [{ consolidationApproaches: [{ approach: 'financial-control' }] }, '/consolidationApproaches'],
    [{ consolidationApproaches: [FINANCIAL, { approach: 'operational-control' }] }, '/consolidationApproaches/1/from'],
    [
      { consolidationApproaches: [SINCE_2020, { ...FINANCIAL, from: '2024-04-01' }] },
      '/consolidationApproaches/0/from',
    ],
    [{ consolidationApproaches: [OPERATIONAL, SINCE_2020] }, '/consolidationApproach'],
    [{ reportedLines: ['all', 'combustion'] }, '/reportedLines'],
    [{ reportedLines: ['smoke'] }, '/reportedLines/0'],
    [{ organisation: undefined }, '/organisation'],
    [{ checks: { spikes: {} } }, '/checks/spikes'],
    [{ checks: { spike: { times: 3 } } }, '/checks/spike/times'],
    [{ checks: { spike: { historyDays: 1.5 } } }, '/checks/spike/historyDays'],
    [{ checks: { dayTotal: { lowTimes: '0.3' } } }, '/checks/dayTotal/lowTimes'],
    [{ estimation: { linear: { hoursMax: 7 } } }, '/estimation/linear/hoursMax'],
  ];
  for (const [change, pointer] of faulty) {
    const response = await send('PUT', '/v1/settings', { body: { ...SETTINGS, ...change } });
    t.equal(response.statusCode, 400, JSON.stringify(change));
    t.match(response.json(), { errors: [{ pointer }] });
  }
});

t.test('401 and 403: only admin changes settings', async (t) => {
  t.equal((await send('PUT', '/v1/settings', { scope: null, body: SETTINGS })).statusCode, 401);
  t.equal((await send('PUT', '/v1/settings', { scope: 'write-estate', body: SETTINGS })).statusCode, 403);
});
