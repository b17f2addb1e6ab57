import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';

const service = await testApp(t);

type Slice = { start: string; quantity: number | null; unit?: string; origin: string | null; estimates?: object[] };
type Stored = { unit: string; data: Slice[] };
type Finding = { check: string; start: string; end: string; seen: number; expected: number; unit: string };
type Quality = Record<'conflicts' | 'unreconciled' | 'suspects', Finding[]>;

const EDGES = { from: { on: '2025-03-01', reason: 'built' }, to: { on: '2025-05-01', reason: 'closed' } };
const gasMeter = (meter: string, fields: object = {}) => ({
  meter,
  activity: 'natural-gas',
  unit: 'm3',
  ...EDGES,
  ...fields,
});
const readings = async (meter: string, period: string, resolution = 'day') =>
  ask<Stored>(service, `/v1/meters/${meter}/readings?period=${period}&resolution=${resolution}`);
const estimate = async (meter: string, period: string) =>
  (await service.send('POST', '/v1/estimates', { scope: 'write-readings', body: { period, meters: [meter] } })).json();
const quality = (meter: string, period: string) =>
  ask<Quality>(service, `/v1/data-quality?period=${period}&meter=${meter}`);
const march = (day: number): string => `2025-03-${String(day).padStart(2, '0')}`;
const halves = (value: number, missing: readonly number[] = []) =>
  Array.from({ length: 48 }, (_, slot) => (missing.includes(slot) ? null : value));
/** Days of March 2025 by number, the 30th with 46 half-hours. */
const marchDays = (meter: string, numbers: readonly number[], value: number) =>
  numbers.map((number) => ({ meter, day: march(number), values: halves(value).slice(0, number === 30 ? 46 : 48) }));
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

await writeEstate(service, [
  gasMeter('HH', { calorificZone: 'WM' }),
  gasMeter('HCF', { unit: 'hcf' }),
  gasMeter('DAILY', { unit: 'ft3' }),
  gasMeter('BILLED', { kind: 'billed' }),
  gasMeter('RECON'),
  gasMeter('BELOW'),
  gasMeter('REG'),
]);
await service.send('POST', '/v1/calorific-values', {
  body: {
    values: numbers(1, 31).map((day) => ({ zone: 'WM', day: march(day), mjPerM3: day < 12 ? 39 : 40 })),
  },
});

t.test('gaps of a volume meter are estimated in energy, by the factors of the days they are made of', async (t) => {
  await writeReadings(service, [
    ...marchDays('HH', [...numbers(1, 4), ...numbers(6, 11), ...numbers(13, 31)], 1),
    { meter: 'HH', day: march(5), values: halves(1, [20, 21]) },
  ]);
  const outcome = await estimate('HH', '2025-03');
  t.match(outcome, {
    estimated: [
      { start: march(5), method: 'linear', minutes: 60, unit: 'kWh' },
      { start: march(12), method: 'like-days', minutes: 1440 },
    ],
    daysWritten: 2,
  });
  // Half an hour is 1 m³ × 1.02264 × 39 / 3.6 kWh; the 12th is like the 10th and 11th (39), the 13th and 14th (40).
  t.equal(outcome.estimated[0].quantity, 22.1572);
  t.equal(outcome.estimated[1].quantity, 538.590432);
  const [fifth] = (await readings('HH', march(5))).data;
  t.equal(fifth?.quantity, 531.7728, 'as if it had been read whole');
  t.match(fifth?.estimates, [
    {
      method: 'linear',
      inputs: {
        before: 11.0786,
        after: 11.0786,
        correctionFactorLowest: 1.02264,
        correctionFactorHighest: 1.02264,
        calorificValueLowest: 39,
        calorificValueHighest: 39,
        assumedCalorificDays: 0,
      },
    },
  ]);
  const [twelfth] = (await readings('HH', march(12))).data;
  t.match(twelfth?.estimates, [
    {
      method: 'like-days',
      inputs: { days: [10, 11, 13, 14].map(march), calorificValueLowest: 39, calorificValueHighest: 40 },
    },
  ]);
});

t.test('beside intervals in cubic metres an estimate names its own unit', async (t) => {
  const { unit, data } = await readings('HH', march(5), 'interval');
  t.equal(unit, 'm3');
  t.match(data[19], { quantity: 1, origin: 'interval' });
  t.equal(data[19]?.unit, undefined);
  t.match(data[20], { quantity: 11.0786, origin: 'estimate', unit: 'kWh' });
});

t.test('feet, hundreds of feet and daily volumes alike; what is assumed is counted', async (t) => {
  await writeReadings(service, marchDays('HCF', [...numbers(1, 11), ...numbers(13, 31)], 1));
  const hundreds = await estimate('HCF', '2025-03');
  t.match(hundreds.estimated, [{ start: march(12), method: 'like-days', quantity: 1524.210816 }]);
  const [day] = (await readings('HCF', march(12))).data;
  t.match(day?.estimates, [{ inputs: { calorificValueLowest: 39.5, assumedCalorificDays: 4 } }]);
  await writeReadings(
    service,
    [...numbers(1, 11), ...numbers(13, 31)].map((number) => ({
      meter: 'DAILY',
      day: march(number),
      resolutionMinutes: 1440,
      values: [1000],
    })),
  );
  t.match((await estimate('DAILY', '2025-03')).estimated, [{ method: 'like-days', quantity: 317.543923 }]);
});

t.test('a meter known by bills of volumes is carried on by its days', async (t) => {
  await writeReadings(service, [{ meter: 'BILLED', period: '2025-03', volume: 310, calorificValue: 39.4 }]);
  const { estimated } = await estimate('BILLED', '2025-04');
  t.match(estimated, [{ method: 'accrual', start: '2025-04-01' }]);
  const [first] = (await readings('BILLED', '2025-04-01')).data;
  t.match(first?.estimates, [{ inputs: { calorificValueLowest: 39.4, assumedCalorificDays: 0 } }]);
  t.equal(first?.quantity, 111.922267, 'a day of the bill: 310 m³ × 1.02264 × 39.4 / 3.6 / 31');
});

t.test('an estimate gives way to the volume that arrives, converted', async (t) => {
  await writeReadings(service, marchDays('HH', [12], 2));
  t.match((await readings('HH', march(12))).data, [{ quantity: 1090.816, origin: 'interval' }]);
});

t.test('a bill of a volume is set against its intervals, in energy (rules E1, E12)', async (t) => {
  await writeReadings(service, [
    ...marchDays('RECON', numbers(1, 31), 1),
    { meter: 'RECON', period: '2025-03', volume: 1400, calorificValue: 39.5 },
  ]);
  const { unreconciled, conflicts } = await quality('RECON', '2025-03');
  t.same(conflicts, []);
  // 1486 m³ by the intervals: 86 m³ more, 965 kWh or 6.1 %.
  t.match(unreconciled, [
    {
      check: 'bill-against-intervals',
      start: march(1),
      end: '2025-04-01',
      seen: 16673.9,
      expected: 15708.9,
      unit: 'kWh',
    },
  ]);
  await writeReadings(service, [{ meter: 'RECON', period: '2025-03', volume: 1480, calorificValue: 39.5 }]);
  t.same((await quality('RECON', '2025-03')).unreconciled, [], '0.4 % are nothing');
});

t.test('a bill, or an advance of the register, below the intervals of a part of its days is a conflict', async (t) => {
  await writeReadings(service, [
    ...marchDays('BELOW', numbers(1, 10), 1),
    { meter: 'BELOW', period: '2025-03', volume: 400, calorificValue: 39.5 },
  ]);
  t.match((await quality('BELOW', '2025-03')).conflicts, [
    { check: 'bill-below-intervals', seen: 5385.9, expected: 4488.25, unit: 'kWh' },
  ]);
  await writeReadings(service, [
    ...marchDays('REG', numbers(1, 10), 1),
    { meter: 'REG', readAt: '2025-03-01T09:00:00Z', value: 1000 },
    { meter: 'REG', readAt: '2025-04-01T09:00:00Z', value: 1400 },
  ]);
  t.match((await quality('REG', '2025-03')).conflicts, [{ check: 'register-below-intervals', unit: 'kWh' }]);
});

t.test('intervals that fit a bill of which they are a part raise nothing', async (t) => {
  await writeReadings(service, [{ meter: 'BELOW', period: '2025-03', volume: 500, calorificValue: 39.5 }]);
  t.same((await quality('BELOW', '2025-03')).conflicts, []);
  const { data } = await readings('BELOW', '2025-03');
  const total = data.reduce((sum, { quantity }) => sum + (quantity ?? 0), 0);
  t.equal(Math.round(total * 1e6) / 1e6, 5610.316667, '500 m³ in kWh, the rest of it on the other days');
});
