import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';
import { dayHeader, dayRow, sendFile } from '../../support/uploads.ts';

const service = await testApp(t);
const { send } = service;
await writeEstate(service, [
  { meter: 'E2' },
  { meter: 'SINGLE' },
  { meter: 'FILE' },
  { meter: 'BILL' },
  { meter: 'HOURS' },
]);

const values = (value: number, count = 48) => new Array(count).fill(value);
type Slice = { quantity: number | null; quality: string | null };
const day = async (meter: string, on: string): Promise<Slice | undefined> =>
  (await ask<{ data: Slice[] }>(service, `/v1/meters/${meter}/readings?period=${on}`)).data[0];

t.test('a day of 100 kWh sent again as an estimate of 96 stays, unless the row says otherwise (rule E2)', async (t) => {
  const actual = { meter: 'E2', day: '2025-06-02', values: [...values(2, 46), 4, 4] };
  const estimate = { meter: 'E2', day: '2025-06-02', values: values(2), quality: 'estimated' };
  await writeReadings(service, [actual]);
  t.match(await writeReadings(service, [estimate]), { keptActual: 48, days: { changed: 0 } });
  t.match(await day('E2', '2025-06-02'), { quantity: 100, quality: 'actual' });
  t.match(await writeReadings(service, [{ ...estimate, replaceActual: false }]), { keptActual: 48 });
  t.match(await writeReadings(service, [{ ...estimate, replaceActual: true }]), {
    keptActual: 0,
    days: { changed: 1 },
  });
  t.match(await day('E2', '2025-06-02'), { quantity: 96, quality: 'estimated' });
  t.match(await writeReadings(service, [{ ...estimate, replaceActual: true }]), { days: { changed: 0 } }, 'once');
  await writeReadings(service, [actual]);
  t.match(await day('E2', '2025-06-02'), { quantity: 100, quality: 'actual' }, 'until something actual arrives');
});

t.test('of several entries for one day only those that say so replace, and never within one delivery', async (t) => {
  await writeReadings(service, [{ meter: 'SINGLE', day: '2025-06-02', values: values(2) }]);
  const half = (start: string, end: string, quantity: number, more: object) => ({
    meter: 'SINGLE',
    start: `2025-06-02T${start}:00+01:00`,
    end: `2025-06-02T${end}:00+01:00`,
    quantity,
    quality: 'estimated',
    ...more,
  });
  const posted = await writeReadings(service, [
    half('00:00', '00:30', 1, { replaceActual: true }),
    half('00:30', '01:00', 1, {}),
  ]);
  t.match(posted, { keptActual: 1 });
  t.match(await day('SINGLE', '2025-06-02'), { quantity: 95, quality: 'mixed' });
  await writeReadings(service, [
    { ...half('01:00', '01:30', 9, {}), quality: 'actual' },
    half('01:00', '01:30', 1, { replaceActual: true }),
  ]);
  t.match(await day('SINGLE', '2025-06-02'), { quantity: 102 });
});

t.test('a whole estimated day replaces an actual one of another resolution', async (t) => {
  await writeReadings(service, [{ meter: 'HOURS', day: '2025-06-02', values: values(2) }]);
  const hourly = {
    meter: 'HOURS',
    day: '2025-06-02',
    resolutionMinutes: 60,
    values: values(3, 24),
    quality: 'estimated',
  };
  t.equal((await send('POST', '/v1/readings', { body: { readings: [hourly] } })).statusCode, 422);
  await writeReadings(service, [{ ...hourly, replaceActual: true }]);
  t.match(await day('HOURS', '2025-06-02'), { quantity: 72, quality: 'estimated' });
});

t.test('a file says so for all it marks as estimated, and its record and a retry know it', async (t) => {
  const file = (quality: string, value: number) =>
    `${dayHeader().replace('Date', 'Date,Quality')}\n${dayRow('FILE', `2025-06-02,${quality}`, values(value))}\n`;
  t.match((await sendFile(service, '?clock=local', file('A', 2))).body, { status: 'stored' });
  const kept = await sendFile(service, '?clock=local', file('E', 1));
  t.match(kept.body, { status: 'nothing-new', keptActual: 48 });
  const dry = await sendFile(service, '?clock=local&dryRun=true&replaceActual=true', file('E', 1));
  t.match(dry.body, { days: { changed: 1 } });
  const retried = await send('POST', `/v1/uploads/${kept.body.id}/retry?replaceActual=true`, {
    scope: 'write-readings',
  });
  t.match(retried.json(), { status: 'stored', keptActual: 0, days: { changed: 1 } });
  t.match(await day('FILE', '2025-06-02'), { quantity: 48, quality: 'estimated' });
  await send('DELETE', `/v1/uploads/${retried.json().id}`, { scope: 'write-readings' });
  t.match(await day('FILE', '2025-06-02'), { quantity: 96, quality: 'actual' }, 'undone like any other');
});

t.test('an estimated bill takes the place of an actual one where it says so', async (t) => {
  const bill = (quantity: number, quality: string, more = {}) => ({
    meter: 'BILL',
    period: '2025-05',
    quantity,
    quality,
    ...more,
  });
  await writeReadings(service, [bill(310, 'actual')]);
  await writeReadings(service, [bill(620, 'estimated')]);
  t.match(await day('BILL', '2025-05-01'), { quantity: 10, quality: 'actual' });
  await writeReadings(service, [bill(620, 'estimated', { replaceActual: true })]);
  t.match(await day('BILL', '2025-05-01'), { quantity: 10 }, 'it stands already, beside the actual one');
  await writeReadings(service, [bill(630, 'estimated', { replaceActual: true })]);
  t.match(await day('BILL', '2025-05-01'), { quantity: 20.322581, quality: 'estimated' });
});
