import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';
import { dayHeader, dayRow, sendFile } from '../../support/uploads.ts';

const service = await testApp(t);

const SETTINGS = {
  organisation: 'Coventry City Council',
  reportingYearStart: '04-01',
  consolidationApproach: 'operational-control',
  reportedLines: ['all'],
  returnToSewer: 0.9,
  missingShareMax: 0.05,
  estimatedShareMax: 0.2,
  significanceThreshold: 0.05,
};

type Conversion = { start: string; calorificValue: number; calorificSource: string; computedKwh: number };

const assume = async (assumedCalorificValue: number) =>
  (
    await service.send('PUT', '/v1/settings', { body: { ...SETTINGS, gas: { conversion: { assumedCalorificValue } } } })
  ).json();
const conversions = async (meter: string, period: string) =>
  (await ask<{ conversions?: Conversion[] }>(service, `/v1/meters/${meter}/readings?period=${period}`)).conversions;
const total = async (meter: string, period: string) =>
  (await ask<{ total: { quantity: { value: number } } }>(service, `/v1/consumption?meter=${meter}&period=${period}`))
    .total.quantity.value;
const HALF_HOURS = new Array(48).fill(2.5);

t.test('another assumed value leaves what is converted, and holds for what comes (rule E6)', async (t) => {
  await writeEstate(service, [
    { meter: 'BILL', activity: 'natural-gas', unit: 'm3', kind: 'billed' },
    { meter: 'HH', activity: 'natural-gas', unit: 'm3' },
  ]);
  await writeReadings(service, [
    { meter: 'BILL', period: '2025-03', volume: 1000 },
    { meter: 'HH', day: '2025-03-01', values: HALF_HOURS },
  ]);
  const before = await ask<{ asOf?: object }>(service, '/v1/settings');
  t.match(before, { gas: { conversion: { assumedCalorificValue: 39.5 } } });
  const put = await assume(39.2);
  t.match(put.notices, [/39\.2 MJ\/m3 and was 39\.5/]);
  t.notOk((await assume(39.2)).notices, 'nothing has changed');

  t.equal(await total('BILL', '2025-03'), 11220.633333);
  await writeReadings(service, [
    { meter: 'BILL', period: '2025-04', volume: 1000 },
    { meter: 'HH', day: '2025-03-02', values: HALF_HOURS },
  ]);
  t.match(await conversions('BILL', '2025-03-01/2025-05-01'), [
    { start: '2025-03-01', calorificValue: 39.5, calorificSource: 'default', computedKwh: 11220.633333 },
    { start: '2025-04-01', calorificValue: 39.2, calorificSource: 'default', computedKwh: 11135.413333 },
  ]);
  t.match(await conversions('HH', '2025-03'), [{ calorificValue: 39.5 }, { calorificValue: 39.2 }]);
  t.equal(await total('BILL', '2025-03'), 11220.633333, 'the bill before is what it was');
});

t.test('what is derived anew keeps its value, and a value of the zone takes its place', async (t) => {
  const corrected = { activity: 'natural-gas', unit: 'm3', kind: 'billed', volumeCorrected: true };
  await writeEstate(service, [{ meter: 'BILL', ...corrected }]);
  t.match(await conversions('BILL', '2025-03'), [{ calorificValue: 39.5, correctionFactor: 1 }]);
  await writeReadings(service, [{ meter: 'BILL', period: '2025-04', volume: 1001 }]);
  t.match(await conversions('BILL', '2025-03'), [{ calorificValue: 39.5 }]);
  await writeEstate(service, [{ meter: 'BILL', ...corrected, calorificZone: 'WM' }]);
  const values = Array.from({ length: 31 }, (_, day) => ({
    zone: 'WM',
    day: `2025-03-${String(day + 1).padStart(2, '0')}`,
    mjPerM3: 39.4,
  }));
  await service.send('POST', '/v1/calorific-values', { body: { values } });
  t.match(await conversions('BILL', '2025-03'), [{ calorificValue: 39.4, calorificSource: 'zone' }]);
  t.match(await conversions('BILL', '2025-04'), [{ calorificValue: 39.2, calorificSource: 'default' }]);
});

t.test('an upload that is undone brings back what its volumes were converted with', async (t) => {
  await assume(39.5);
  await writeEstate(service, [{ meter: 'UNDO', activity: 'natural-gas', unit: 'm3' }]);
  const send = (value: number) =>
    sendFile(
      service,
      '?clock=local',
      [dayHeader(), dayRow('UNDO', '2025-03-01', new Array(48).fill(value))].join('\n'),
    );
  const first = await send(2.5);
  t.equal(first.status, 201, JSON.stringify(first.body));
  await assume(39.2);
  const second = await send(2.6);
  t.match(await conversions('UNDO', '2025-03'), [{ calorificValue: 39.2 }]);
  const undone = await service.send('DELETE', `/v1/uploads/${second.body.id}`, { scope: 'write-readings' });
  t.equal(undone.statusCode, 200, undone.body);
  t.match(await conversions('UNDO', '2025-03'), [{ calorificValue: 39.5, volume: 120 }]);
});
