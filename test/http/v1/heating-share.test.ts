import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';
import { postDays } from '../../support/weather.ts';

const service = await testApp(t);
const GAS = { activity: 'natural-gas', kind: 'billed' };

type Slices = { data: { start: string; quantity: number }[] };
const dayOf = async (meter: string, day: string, query = '') => {
  const url = `/v1/consumption?period=${day}&meter=${meter}${query}`;
  const { total } = await ask<{ total: { quantity: { value: number | null } } }>(service, url);
  return total.quantity.value;
};
/** 30 days of June, the tenth of 15 degree days, 300 together. */
const JUNE = Array.from({ length: 30 }, (_, index) => (index === 9 ? 15 : index === 19 ? 5 : 10));

t.before(async () => {
  await writeEstate(service, [
    { meter: 'H', ...GAS, heatingShare: 0.6 },
    { meter: 'EVEN', ...GAS },
    { meter: 'WARM', ...GAS, heatingShare: 0.6 },
  ]);
  await service.send('PUT', '/v1/sites/S', { body: { name: 'S', weatherRegion: 'midland' } });
  await writeReadings(service, [
    { meter: 'H', period: '2025-06', quantity: 3000 },
    { meter: 'EVEN', period: '2025-06', quantity: 3000 },
    { meter: 'WARM', period: '2025-07', quantity: 3100 },
  ]);
});

t.test('a bill is spread evenly until degree days are known, and over them from then on, as a revision', async (t) => {
  t.equal(await dayOf('H', '2025-06-10'), 100);
  const between = new Date().toISOString();
  const stored = await postDays(service, '2025-06-01', JUNE);
  t.equal(stored.json().daysChanged, 2, 'days of ten degree days take what they took before');
  t.equal(await dayOf('H', '2025-06-10'), 130);
  t.equal(await dayOf('H', '2025-06-20'), 70);
  t.equal(await dayOf('H', '2025-06-10', `&asOf=${between}`), 100, 'what was known is found again');
  t.equal(await dayOf('H', '2025-06'), 3000);
  t.equal(await dayOf('EVEN', '2025-06-10'), 100, 'a meter that declares nothing is spread evenly');
  t.equal((await postDays(service, '2025-06-01', JUNE)).json().daysChanged, 0);
});

t.test('no degree days at all: even; a missing day: even', async (t) => {
  await postDays(service, '2025-07-01', new Array<number>(31).fill(0));
  t.equal(await dayOf('WARM', '2025-07-10'), 100);
  await writeReadings(service, [{ meter: 'WARM', period: '2025-08', quantity: 3100 }]);
  await postDays(service, '2025-08-01', [10, 20]);
  t.equal(await dayOf('WARM', '2025-08-02'), 100);
});

t.test('another share, region or base spreads anew', async (t) => {
  const body = { site: 'S', unit: 'kWh', ...GAS };
  await service.send('PUT', '/v1/meters/H', { body: { ...body, heatingShare: 1 } });
  t.equal(await dayOf('H', '2025-06-10'), 150);
  await service.send('PUT', '/v1/meters/H', { body });
  t.equal(await dayOf('H', '2025-06-10'), 100, 'nothing declared: even');
  await service.send('PUT', '/v1/meters/H', { body: { ...body, heatingShare: 0.6 } });
  await service.send('PUT', '/v1/sites/S', { body: { name: 'S' } });
  t.equal(await dayOf('H', '2025-06-10'), 100, 'no region');
  const settings = (await service.send('GET', '/v1/settings')).json();
  await service.send('PUT', '/v1/settings', { body: { ...settings, weatherRegion: 'midland' } });
  t.equal(await dayOf('H', '2025-06-10'), 130, 'the region of the settings');
});

t.test('intervals keep their days, the rest of the bill lies where it was cold', async (t) => {
  await writeReadings(service, [{ meter: 'H', day: '2025-06-10', resolutionMinutes: 1440, values: [400] }]);
  t.equal(await dayOf('H', '2025-06-10'), 400);
  t.equal(await dayOf('H', '2025-06'), 3000);
  // 2,600 over 29 days of 285 degree days: (0.4 / 29 + 0.6 × 5 / 285) × 2,600
  t.equal(await dayOf('H', '2025-06-20'), 63.23049);
  const { data } = await ask<Slices>(service, '/v1/meters/H/readings?period=2025-06&resolution=day');
  t.equal(Number(data.reduce((sum, { quantity }) => sum + quantity, 0).toFixed(6)), 3000);
});

t.test('a heating share of what cannot heat is refused', async (t) => {
  for (const fields of [{ activity: 'water', unit: 'm3' }, { direction: 'export' }]) {
    const body = { site: 'S', activity: 'electricity', unit: 'kWh', heatingShare: 0.5, ...fields };
    const response = await service.send('PUT', '/v1/meters/X', { body });
    t.equal(response.statusCode, 400);
    t.equal(response.json().errors[0].pointer, '/heatingShare');
  }
});
