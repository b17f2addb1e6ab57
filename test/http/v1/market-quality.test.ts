import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';
import { marketOf } from '../../support/market.ts';

const service = await testApp(t);
const { put, instrument } = marketOf(service);
type Quality = { boughtEnergy: { check: string; record: string }[] };
const found = async (query = '') =>
  (await ask<Quality>(service, `/v1/data-quality?period=2025/26${query}`)).boughtEnergy;

await writeEstate(service, [{ meter: 'E', kind: 'billed' }]);
await writeReadings(service, [{ meter: 'E', period: '2025/26', quantity: 100_000 }]);

t.test('certificates that cover nothing, that overlap or are not used are listed (rule C3)', async (t) => {
  t.strictSame(await found(), []);
  await instrument('big', { kWh: 150_000, meters: ['E'] });
  await instrument('late', { kWh: 10_000, meters: ['E'] });
  await instrument('loose', { kWh: 10_000, meters: ['E'], retiredFor: undefined });
  t.match(await found(), [
    { check: 'instrument-not-used', record: 'loose', detail: /^not-retired/, seen: null },
    { check: 'certificate-surplus', record: 'big', seen: 150_000, expected: 100_000 },
    { check: 'certificate-surplus', record: 'late', seen: 10_000, expected: 0 },
    { check: 'certificate-overlap', record: 'late', detail: /^big/ },
  ]);
  const csv = await service.send('GET', '/v1/data-quality?period=2025/26&list=boughtEnergy', {
    headers: { accept: 'text/csv' },
  });
  t.match(csv.body, /certificate-surplus,big,2025-04-01,2026-04-01,150000,100000,/);
});

t.test('a heat factor whose evidence has run out is listed with its days (rule B5)', async (t) => {
  const evidence = { description: 'A statement' };
  const factor = { value: 0.1, at: 'generated', upstreamIncluded: true, gases: 'co2e', evidence };
  const factors = [{ ...factor, validFrom: '2025-04-01', validTo: '2025-10-01' }];
  await put('heat-networks/net', { name: 'Net', operatedBy: 'third-party', factors });
  await writeEstate(service, [
    { meter: 'H', site: 'HALL', activity: 'district-heat', kind: 'billed', heatNetwork: 'net' },
  ]);
  t.match(await found('&site=HALL'), [
    { check: 'heat-factor-expired', record: 'net', start: '2025-10-01', end: '2026-04-01' },
  ]);
});
