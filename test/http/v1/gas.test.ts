import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';

const service = await testApp(t);

type Conversion = {
  start: string;
  end: string;
  evidence: string;
  volume: number;
  calorificValue: number;
  calorificSource: string;
  correctionFactor: number;
  correctionSource: string;
  computedKwh: number;
  statedKwh?: number;
  flags: string[];
};
type Stored = { unit: string; data: { start: string; quantity: number | null }[]; conversions?: Conversion[] };

const readings = (meter: string, period: string, resolution = 'day') =>
  ask<Stored>(service, `/v1/meters/${meter}/readings?period=${period}&resolution=${resolution}`);
const sum = ({ data }: Stored): number =>
  Math.round(data.reduce((kwh, row) => kwh + (row.quantity ?? 0), 0) * 1e6) / 1e6;
const gasMeter = (meter: string, fields: object = {}) => ({ meter, activity: 'natural-gas', unit: 'm3', ...fields });
const zoneValues = (zone: string, values: Record<string, number>) =>
  service.send('POST', '/v1/calorific-values', {
    body: { values: Object.entries(values).map(([day, mjPerM3]) => ({ zone, day, mjPerM3 })) },
  });
const march = (day: number): string => `2025-03-${String(day).padStart(2, '0')}`;

t.test('a bill of a volume: raw volume, factors and kWh are all kept, and its days add up to it', async (t) => {
  await writeEstate(service, [gasMeter('BILL', { kind: 'billed' })]);
  await writeReadings(service, [{ meter: 'BILL', period: '2025-03', volume: 1000, calorificValue: 39.4 }]);
  const stored = await readings('BILL', '2025-03');
  t.equal(stored.unit, 'kWh');
  t.equal(sum(stored), 11192.226667);
  t.match(stored.conversions, [
    {
      start: '2025-03-01',
      end: '2025-04-01',
      evidence: 'billed',
      volume: 1000,
      volumeUnit: 'm3',
      unitFactor: 1,
      correctionFactor: 1.02264,
      correctionSource: 'standard',
      calorificValue: 39.4,
      calorificSource: 'bill',
      computedKwh: 11192.226667,
      flags: [],
    },
  ]);
  const same = await writeReadings(service, [{ meter: 'BILL', period: '2025-03', volume: 1000, calorificValue: 39.4 }]);
  t.match(same, { billedPeriods: { written: 0, unchanged: 1 }, seq: undefined });
  await writeReadings(service, [
    { meter: 'BILL', period: '2025-03', volume: 1000, calorificValue: 39.4, quantity: 11300 },
  ]);
  const corrected = await readings('BILL', '2025-03');
  t.equal(sum(corrected), 11300, 'the energy on the bill wins');
  t.match(corrected.conversions, [
    { statedKwh: 11300, computedKwh: 11192.226667, flags: ['energy-differs-from-volume'] },
  ]);
  t.equal(corrected.conversions?.length, 1);
});

t.test('intervals come back as they were sent, days in kWh by the value of their day', async (t) => {
  await writeEstate(service, [gasMeter('HH', { calorificZone: 'EM' })]);
  await zoneValues('EM', { [march(1)]: 39.6 });
  await writeReadings(service, [
    { meter: 'HH', day: march(1), values: new Array(48).fill(2.5) },
    { meter: 'HH', day: march(2), values: new Array(48).fill(2.5), quality: 'estimated' },
  ]);
  const intervals = await readings('HH', march(1), 'interval');
  t.equal(intervals.unit, 'm3');
  t.equal(intervals.data[0]?.quantity, 2.5);
  const days = await readings('HH', `${march(1)}/${march(3)}`);
  t.same(
    days.data.map(({ quantity }) => quantity),
    [1349.8848, 1346.476],
    '120 m³ × 1.02264 × 39.6 / 3.6, then × 39.5 / 3.6',
  );
  t.match(days.conversions, [
    { evidence: 'interval', volume: 120, calorificSource: 'zone', flags: [] },
    { evidence: 'interval', volume: 120, calorificSource: 'default', flags: ['assumed-cv'] },
  ]);

  const late = await zoneValues('EM', { [march(2)]: 39.6 });
  t.match(late.json(), { values: { new: 1 }, daysChanged: 1 }, late.body);
  const after = await readings('HH', `${march(1)}/${march(3)}`);
  t.same(
    after.data.map(({ quantity }) => quantity),
    [1349.8848, 1349.8848],
  );
  const { rows } = await service.database.pool.query(
    `select r.quantity from meter_day_revision r join meter m on m.id = r.meter_id where m.key = 'HH'`,
  );
  t.strictSame(rows, [{ quantity: '1346.476000' }], 'what the day was is kept');
  const figure = await ask<{ total: { quantity: object } }>(service, `/v1/consumption?meter=HH&period=2025-03`);
  t.same(figure.total.quantity, { value: 2699.7696, unit: 'kWh' });
  const again = await zoneValues('EM', { [march(2)]: 39.6 });
  t.equal(again.statusCode, 200, 'the same table changes nothing');
});

t.test('a bill takes the mean of its days, and is derived anew when a day is corrected', async (t) => {
  await writeEstate(service, [gasMeter('MEAN', { kind: 'billed', calorificZone: 'SO' })]);
  await writeReadings(service, [{ meter: 'MEAN', period: `${march(1)}/${march(3)}`, volume: 100 }]);
  t.match((await readings('MEAN', '2025-03')).conversions, [{ calorificSource: 'default', flags: ['assumed-cv'] }]);
  await zoneValues('SO', { [march(1)]: 39, [march(2)]: 40 });
  const mean = await readings('MEAN', '2025-03');
  t.match(mean.conversions, [{ calorificValue: 39.5, calorificSource: 'zone', flags: [] }]);
  t.equal(mean.conversions?.length, 1);
  await zoneValues('SO', { [march(1)]: 39.4 });
  const corrected = await readings('MEAN', '2025-03');
  t.equal(sum(corrected), 1127.744667, '100 × 1.02264 × 39.7 / 3.6');
  t.same(corrected.data[0]?.quantity, 563.872334);
});

t.test('registers count volumes, and the advance is converted over its span', async (t) => {
  await writeEstate(service, [gasMeter('REG', { kind: 'register', unit: 'hcf', dials: 4 })]);
  await writeReadings(service, [
    { meter: 'REG', readAt: '2025-03-01T09:00:00Z', value: 1000 },
    { meter: 'REG', readAt: '2025-03-11T09:00:00Z', value: 1100 },
  ]);
  const stored = await readings('REG', '2025-03');
  t.equal(sum(stored), 3175.439233, '100 hcf at 39.5');
  t.match(stored.conversions, [{ evidence: 'register', volume: 100, volumeUnit: 'hcf', unitFactor: 2.83 }]);
});

t.test('what is known of the meter changes: its days are derived anew, as a change', async (t) => {
  const fields = gasMeter('CORR', { kind: 'billed' });
  await writeEstate(service, [fields]);
  await writeReadings(service, [
    { meter: 'CORR', period: '2025-03', volume: 1000, calorificValue: 39.4 },
    { meter: 'CORR', period: '2025-04', volume: 1000, calorificValue: 39.4 },
    { meter: 'CORR', period: '2025-05', volume: 1000, calorificValue: 39.4, correctionFactor: 1.03 },
  ]);
  await writeEstate(service, [{ ...fields, volumeCorrected: true, correctionFrom: '2025-04-01' }]);
  t.equal(sum(await readings('CORR', '2025-03')), 11192.226667, 'before the corrector was fitted');
  t.equal(sum(await readings('CORR', '2025-04')), 10944.444444, 'corrected volume');
  t.equal(sum(await readings('CORR', '2025-05')), 11272.777778, "the bill's own factor");
  await writeEstate(service, [{ ...fields, correctionFactor: 1.01 }]);
  t.equal(sum(await readings('CORR', '2025-04')), 11053.888889);
  const refused = await service.send('PUT', '/v1/meters/CORR', {
    body: { site: 'S', activity: 'natural-gas', unit: 'kWh', kind: 'billed' },
  });
  t.equal(refused.statusCode, 409, 'a meter with readings keeps its unit');
});

t.test('intervals shape a bill of a volume', async (t) => {
  await writeEstate(service, [gasMeter('SHAPE')]);
  await writeReadings(service, [
    { meter: 'SHAPE', period: `${march(1)}/${march(11)}`, volume: 100, calorificValue: 39.5 },
    { meter: 'SHAPE', day: march(1), values: new Array(48).fill(1) },
  ]);
  const stored = await readings('SHAPE', `${march(1)}/${march(11)}`);
  t.equal(sum(stored), 1122.063333, 'the total of the bill stands');
  t.equal(stored.data[0]?.quantity, 538.5904, '48 m³ in kWh');
  t.equal(stored.data[1]?.quantity, 64.830326, 'the rest goes to the other nine days');
  t.equal(stored.conversions?.length, 2);
});

t.test('a large meter on the standard factor is flagged', async (t) => {
  await writeEstate(service, [gasMeter('LARGE', { kind: 'billed' })]);
  await writeReadings(service, [{ meter: 'LARGE', period: '2024/25', volume: 70000, calorificValue: 39.4 }]);
  t.match((await readings('LARGE', '2024-05')).conversions, [{ flags: ['default-correction-on-large-meter'] }]);
});

t.test('what says nothing of a volume of gas is refused with its place', async (t) => {
  await writeEstate(service, [gasMeter('KWH', { unit: 'kWh' }), { meter: 'ELEC' }]);
  const post = (fields: object) =>
    service.send('POST', '/v1/readings', { body: { readings: [{ period: '2025-03', ...fields }] } });
  const refusals: [object, string, string][] = [
    [{ meter: 'ELEC', volume: 10, volumeUnit: 'm3' }, '/readings/0/volumeUnit', 'not-applicable'],
    [{ meter: 'KWH', volume: 10 }, '/readings/0/volumeUnit', 'required'],
    [{ meter: 'KWH', quantity: 10, calorificValue: 39.4 }, '/readings/0/volume', 'required'],
    [{ meter: 'BILL' }, '/readings/0/quantity', 'required'],
  ];
  for (const [fields, pointer, code] of refusals) {
    const response = await post(fields);
    t.equal(response.statusCode, 422, response.body);
    t.match(response.json().errors, [{ pointer, code }]);
  }
  t.equal((await post({ meter: 'KWH', volume: 100, volumeUnit: 'hcf', calorificValue: 39.5 })).statusCode, 201);
  t.equal(sum(await readings('KWH', '2025-03')), 3175.439233, 'a meter of kWh takes a volume on a bill, too');
  const meters: [object, string][] = [
    [{ volumeCorrected: true, correctionFactor: 1.02 }, '/correctionFactor'],
    [{ correctionFrom: '2025-01-01' }, '/correctionFrom'],
    [{ activity: 'electricity', unit: 'kWh', calorificZone: 'WM' }, '/calorificZone'],
    [{ activity: 'electricity' }, '/unit'],
  ];
  for (const [fields, pointer] of meters) {
    const body = { site: 'S', activity: 'natural-gas', unit: 'm3', ...fields };
    const response = await service.send('PUT', '/v1/meters/BAD', { body });
    t.equal(response.json().errors?.[0]?.pointer, pointer, response.body);
  }
});
