import t from 'tap';
import { testApp } from '../../support/app.ts';
import { newestInstant } from '../../support/newest-instant.ts';
import { type BilledMeter, buildSite, OFFICE, written } from '../../support/rated-sites.ts';

const service = await testApp(t);
const get = async (url: string) => (await service.send('GET', url, { scope: 'read' })).json();
const site = (key: string, fields: object, meters: BilledMeter[]) => buildSite(service, key, fields, meters);
const put = (url: string, body: object) => written(service.send('PUT', url, { body }));

await site('CH', { ...OFFICE, postcode: 'CV1 5RR', uprn: '100070001' }, [
  { key: 'CH-E', kWh: 100_000 },
  { key: 'CH-E2', kWh: 20_000, quality: 'estimated' },
  { key: 'CH-G', activity: 'natural-gas', kWh: 50_000, period: '2024-04-01/2025-03-01' },
  {
    key: 'CH-H',
    activity: 'district-heat',
    kWh: 9_000,
    period: '2024-11-01/2025-04-01',
    fields: { from: { on: '2024-11-01', reason: 'opened' } },
  },
  { key: 'CH-O', activity: 'burning-oil', kWh: 1000, fields: { unit: 'litre' } },
  { key: 'CH-PV', kWh: 4000, fields: { direction: 'generation', technology: 'solar' } },
  { key: 'CH-X', kWh: 1500, fields: { direction: 'export' } },
]);
const DEC = { site: 'CH', kind: 'dec', issuedOn: '2020-01-01', rating: 100, floorAreaM2: 1200 };
await put('/v1/certificates/0000-0000-0000-0000-0001', { ...DEC, nominatedOn: '2022-03-31' });
await put('/v1/certificates/0000-0000-0000-0000-0002', { ...DEC, nominatedOn: '2023-04-01' });
await put('/v1/certificates/0000-0000-0000-0000-0003', { ...DEC, nominatedOn: '2024-04-01', rating: 96 });
await put('/v1/certificates/0000-0000-0000-0000-0004', { ...DEC, nominatedOn: '2025-04-01' });
const URL = '/v1/sites/CH/certificate-input?period=2024/25';

t.test('consumption by fuel in kWh, with its days and whether any of it is not actual', async (t) => {
  const answer = await get(URL);
  t.match(answer, {
    period: { label: '2024/25', start: '2024-04-01', end: '2025-04-01' },
    site: 'CH',
    postcode: 'CV1 5RR',
    uprn: '100070001',
    category: 'office',
    floorAreas: [{ areaM2: 1000 }],
    nominatedBy: '2025-06-30',
  });
  const [oil, heat, electricity, gas, ...beside] = answer.fuels;
  t.match(oil, { fuel: 'Oil', activity: 'burning-oil', metered: { value: 1000, unit: 'litre' }, estimate: false });
  t.ok(oil.consumptionKwh > 9000 && oil.consumptionKwh < 11000, 'litres are turned into gross kWh');
  t.match(heat, { fuel: 'DH', consumptionKwh: 9000, startDay: '2024-11-01', lastDay: '2025-03-31' });
  t.match(electricity, { fuel: 'Electricity', consumptionKwh: 122_500, selfUseKwh: 2500, estimate: true });
  t.match(gas, { fuel: 'Gas', consumptionKwh: 50_000, estimate: true, coverage: { missing: 0.0848 } });
  t.match(beside, [
    { activity: 'electricity', flow: 'export', consumptionKwh: 1500 },
    { activity: 'electricity', flow: 'generation', consumptionKwh: 4000 },
  ]);
  t.match(answer.notices, [
    /district-heat was in service from 2024-11-01 to 2025-03-31 alone/,
    /0\.0848 of natural-gas is missing/,
    /beside the totals/,
  ]);
});

t.test('certificates of the two years before are those that a new one shows', async (t) => {
  const { previousCertificates } = await get(URL);
  t.match(previousCertificates, [
    { rrn: '0000-0000-0000-0000-0003', rating: 96, band: 'D' },
    { rrn: '0000-0000-0000-0000-0002', rating: 100 },
  ]);
  t.equal(previousCertificates.length, 2);
});

t.test('every figure is what consumption says of the same site and period', async (t) => {
  for (const period of ['2024/25', '2024-Q4', '2024-07']) {
    const { fuels } = await get(`/v1/sites/CH/certificate-input?period=${period}`);
    const { data } = await get(`/v1/consumption?period=${period}&site=CH&groupBy=site`);
    t.strictSame(
      fuels.map((row: Record<string, unknown>) => [row.activity, row.flow, row.metered, row.coverage]),
      data.map((row: Record<string, unknown>) => [row.activity, row.flow, row.quantity, row.coverage]),
      period,
    );
    for (const { metered, consumptionKwh } of fuels)
      if (metered.unit === 'kWh') t.equal(consumptionKwh, metered.value, period);
  }
});

t.test('a period that no certificate can rest on is answered, and said', async (t) => {
  t.match(await get('/v1/sites/CH/certificate-input?period=2024-Q4'), { notices: [/expected 12 complete months/] });
  t.match(await get('/v1/sites/CH/certificate-input?period=2026/27'), {
    period: { complete: false },
    notices: [/that are over by 2026-11-22/],
  });
  t.match(await get('/v1/sites/NOPE/certificate-input?period=2024/25'), { status: 404 });
});

t.test('the same as CSV, and as of a moment', async (t) => {
  const csv = await service.send('GET', URL, { headers: { accept: 'text/csv' } });
  const lines = csv.body.split('\r\n');
  t.equal(
    lines[0],
    'site,floorAreaM2,fuel,activity,flow,consumptionKwh,startDay,lastDay,estimate,metered,meteredUnit,selfUseKwh,coverageActual,coverageEstimated,coverageMissing,coverageApportioned',
  );
  t.ok(lines.includes('CH,1000,DH,district-heat,use,9000,2024-11-01,2025-03-31,false,9000,kWh,,1,0,0,0'), csv.body);
  const known = await newestInstant(service.database.pool);
  const then = `${URL}&asOf=${encodeURIComponent(known)}`;
  const before = await get(then);
  const readings = [{ meter: 'CH-G', period: '2025-03-01/2025-04-01', quantity: 3000 }];
  await written(service.send('POST', '/v1/readings', { body: { readings } }));
  await service.send('DELETE', '/v1/certificates/0000-0000-0000-0000-0003');
  const now = await get(URL);
  t.match(now.fuels[3], { consumptionKwh: 53_000, estimate: false });
  t.equal(now.previousCertificates.length, 1);
  t.equal(before.previousCertificates.length, 2);
  t.strictSame(await get(then), before);
});
