import t from 'tap';
import { minutesOfDay } from '../../../src/domain/calendar.ts';
import { addDays, type LocalDay } from '../../../src/domain/local-day.ts';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';
import { postDays } from '../../support/weather.ts';

const service = await testApp(t);

type Outcome = {
  estimated: { start: string; end: string; method: string; quantity: number }[];
  left: object[];
  daysWritten: number;
  daysEnded: number;
};
type Slice = { quantity: number | null; origin: string; estimates?: { method: string; inputs: object }[] };
type Figure = { data: { quantity: { value: number | null }; coverage: { missing: number; estimated: number } }[] };

const START = '2023-04-01';
const END = '2025-04-01';
const daysBetween = (start: LocalDay, end: LocalDay): LocalDay[] => {
  const days: LocalDay[] = [];
  for (let day = start; day < end; day = addDays(day, 1)) days.push(day);
  return days;
};
/** Degree days of the tests: cold in winter, with a pattern of seven days in it. */
function degreeDaysOf(day: LocalDay): number {
  const month = Number(day.slice(5, 7));
  const cold = [12, 11, 9, 6, 3, 1, 0, 0, 2, 6, 9, 11][month - 1] ?? 0;
  return cold + (Number(day.slice(8)) % 7) / 2;
}
const usedOn = (day: LocalDay): number => 100 + 30 * degreeDaysOf(day);
const sumOf = (days: readonly LocalDay[], amountOf: (day: LocalDay) => number): number =>
  Math.round(days.reduce((sum, day) => sum + amountOf(day), 0) * 1e6) / 1e6;

const EDGES = { from: { on: START, reason: 'built' }, to: { on: END, reason: 'closed' } };
const gas = (meter: string, fields: object = {}) => ({
  meter,
  activity: 'natural-gas',
  unit: 'kWh',
  ...EDGES,
  ...fields,
});
const GAP = { start: '2025-02-03', end: '2025-02-15' };
const LONG = { start: '2024-11-01', end: '2025-01-10' };
const daily = (meter: string, days: readonly LocalDay[], amountOf = usedOn) =>
  days.map((day) => ({ meter, day, resolutionMinutes: 1440, values: [amountOf(day)] }));
const outside = ({ start, end }: { start: LocalDay; end: LocalDay }) =>
  daysBetween(START, END).filter((day) => day < start || day >= end);
const gapDays = daysBetween(GAP.start, GAP.end);

const estimate = async (meter: string, period = `${GAP.start}/${GAP.end}`): Promise<Outcome> =>
  (await service.send('POST', '/v1/estimates', { scope: 'write-readings', body: { period, meters: [meter] } })).json();
const slices = async (meter: string, period: string): Promise<Slice[]> =>
  (await ask<{ data: Slice[] }>(service, `/v1/meters/${meter}/readings?period=${period}&resolution=day`)).data;
const figure = async (meter: string, query = '') =>
  (await ask<Figure>(service, `/v1/consumption?meter=${meter}&period=2025-02${query}`)).data[0];
const postDegreeDays = (start: LocalDay, end: LocalDay) =>
  postDays(service, start, daysBetween(start, end).map(degreeDaysOf));

await service.send('PUT', '/v1/sites/S', { body: { name: 'Heated', weatherRegion: 'midland' } });
await service.send('PUT', '/v1/sites/NOWHERE', { body: { name: 'In no region' } });
const METERS = [
  gas('GAS'),
  gas('LONG'),
  gas('NOREGION', { site: 'NOWHERE' }),
  gas('COOKING', { heatingShare: 0 }),
  gas('M3', { unit: 'm3' }),
];
for (const { meter, ...fields } of METERS)
  await service.send('PUT', `/v1/meters/${meter}`, { body: { site: 'S', kind: 'interval', ...fields } });
for (const { meter } of METERS) await writeReadings(service, daily(meter, outside(meter === 'LONG' ? LONG : GAP)));
await postDegreeDays(START, GAP.start);
await postDegreeDays(GAP.end, END);

t.test('without degree days in the gap it goes by the year before', async (t) => {
  t.match((await estimate('GAS')).estimated, [{ ...GAP, method: 'year-before' }]);
});

t.test('heating is estimated by the fit and the degree days of each day (rule E11)', async (t) => {
  t.equal((await postDegreeDays(GAP.start, GAP.end)).statusCode, 201);
  const outcome = await estimate('GAS');
  t.match(outcome, { estimated: [{ ...GAP, method: 'degree-days' }], daysWritten: gapDays.length, left: [] });
  t.equal(outcome.estimated[0]?.quantity, sumOf(gapDays, usedOn));
  const days = await slices('GAS', `${GAP.start}/${GAP.end}`);
  t.same(
    days.map(({ quantity }) => quantity),
    gapDays.map(usedOn),
  );
  t.match(days[0], {
    origin: 'estimate',
    estimates: [
      {
        method: 'degree-days',
        inputs: {
          basePerDay: 100,
          slopePerDegreeDay: 30,
          degreeDays: degreeDaysOf(GAP.start),
          degreeDaySource: 'made for a test',
          fitFrom: '2024-04-01',
          fitTo: '2025-04-01',
          region: 'midland',
          baseTemperatureC: 15.5,
        },
      },
    ],
  });
  t.match(await estimate('GAS'), { daysWritten: 0, daysEnded: 0 }, 'the same again changes nothing');
});

t.test('where the gap leaves too little of its year, the fit of the year before holds', async (t) => {
  const { estimated } = await estimate('LONG', `${LONG.start}/${LONG.end}`);
  t.match(estimated, [{ ...LONG, method: 'degree-days' }]);
  t.equal(estimated[0]?.quantity, sumOf(daysBetween(LONG.start, LONG.end), usedOn));
  const [first] = await slices('LONG', LONG.start);
  t.match(first?.estimates, [{ inputs: { fitFrom: '2023-04-01', fitTo: '2024-04-01' } }]);
});

t.test('a part of a gap is estimated as the gap is', async (t) => {
  const { estimated } = await estimate('LONG', '2024-12-24');
  t.match(estimated, [{ start: '2024-12-24', method: 'degree-days', quantity: usedOn('2024-12-24') }]);
});

t.test('what does not heat, or lies in no region, goes by the year before', async (t) => {
  t.match((await estimate('COOKING')).estimated, [{ method: 'year-before' }]);
  t.match((await estimate('NOREGION')).estimated, [{ method: 'year-before' }]);
});

t.test('a meter in cubic metres is fitted and estimated in kWh', async (t) => {
  const { estimated } = await estimate('M3');
  t.match(estimated, [{ ...GAP, method: 'degree-days' }]);
  const kwhPerM3 = (1.02264 * 39.5) / 3.6;
  t.ok(Math.abs((estimated[0]?.quantity ?? 0) - sumOf(gapDays, usedOn) * kwhPerM3) < 0.01);
});

t.test('estimates=exclude leaves it out; data that arrives takes its place', async (t) => {
  t.match(await figure('GAS'), { coverage: { missing: 0 } });
  t.match(await figure('GAS', '&estimates=exclude'), { coverage: { estimated: 0, missing: 0.4286 } });
  await writeReadings(
    service,
    daily('GAS', gapDays, () => 7),
  );
  t.match(await slices('GAS', GAP.start), [{ quantity: 7, origin: 'interval' }]);
  t.match(await estimate('GAS'), { estimated: [], daysWritten: 0 });
  t.match(await figure('GAS', '&estimates=exclude'), { coverage: { estimated: 0, missing: 0 } });
});

t.test('half-hours share their day evenly, and a day open in part gets its part', async (t) => {
  await writeEstate(service, [gas('HH', { site: 'S2' })]);
  await service.send('PUT', '/v1/sites/S2', { body: { name: 'Half-hourly', weatherRegion: 'midland' } });
  const halfHours = (day: LocalDay): number[] => {
    const count = minutesOfDay(day) / 30;
    return new Array<number>(count).fill(Number((usedOn(day) / count).toFixed(6)));
  };
  const half = (day: LocalDay) => ({ meter: 'HH', day, values: halfHours(day) });
  await writeReadings(
    service,
    outside(GAP)
      .filter((day) => day < '2025-02-02' || day > '2025-02-02')
      .map(half),
  );
  const evening = halfHours('2025-02-02').map((value, slot) => (slot < 24 ? value : null));
  await writeReadings(service, [{ meter: 'HH', day: '2025-02-02', values: evening }]);
  const { estimated } = await estimate('HH', '2025-02');
  t.match(estimated, [{ start: '2025-02-02', end: GAP.end, method: 'degree-days' }]);
  const [partial, whole] = await slices('HH', '2025-02-02/2025-02-04');
  t.equal(partial?.estimates?.length, 1);
  t.ok(Math.abs((partial?.quantity ?? 0) - usedOn('2025-02-02')) < 0.01, 'half of it measured, half by the model');
  t.ok(Math.abs((whole?.quantity ?? 0) - usedOn(GAP.start)) < 0.01);
});
