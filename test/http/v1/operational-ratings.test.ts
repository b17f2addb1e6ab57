import t from 'tap';
import { testApp } from '../../support/app.ts';
import { newestInstant } from '../../support/newest-instant.ts';
import { BENCHMARKS, type BilledMeter, both, buildSite, OFFICE, written } from '../../support/rated-sites.ts';

const service = await testApp(t);
const get = async (url: string) => (await service.send('GET', url, { scope: 'read' })).json();
const put = (url: string, body: object) => service.send('PUT', url, { body });
const site = (key: string, fields: object, meters: BilledMeter[]) => buildSite(service, key, fields, meters);

await site('OK', OFFICE, both('OK'));
await site('POOL', { ...OFFICE, benchmarkUses: [{ uses: ['pool'] }] }, both('POOL'));
await site('R6', { category: 'office' }, both('R6'));
await site('GAS-TWICE', OFFICE, [...both('GAS-TWICE'), { key: 'G-2', activity: 'natural-gas', kWh: 6_000 }]);
const URL = '/v1/sites/OK/operational-rating?period=2024/25';

t.test('without benchmarks there is no rating, and the reason names what to send', async (t) => {
  const refused = await get(URL);
  t.match(refused, { status: 422, type: 'urn:council-carbon:problem:not-rateable' });
  t.match(refused.errors, [{ code: 'no-benchmark', detail: /PUT \/v1\/benchmarks/ }]);
  t.equal((await put('/v1/benchmarks/invented/1', BENCHMARKS)).statusCode, 201);
});

t.test('a rating gives the whole number, the band, and every number that it is divided from', async (t) => {
  t.match(await get(URL), {
    period: { label: '2024/25', start: '2024-04-01', end: '2025-04-01' },
    site: 'OK',
    rating: 116,
    band: 'E',
    indicative: true,
    unadjusted: true,
    floorAreaM2: 1000,
    benchmark: { table: 'invented', edition: '1', use: 'office', via: 'category', source: 'Invented for these tests' },
    fuels: [
      { activity: 'electricity', energyKwh: 100000, kWhPerM2: 100, kgCo2PerKwh: 0.55, kgCo2PerM2: 55 },
      { activity: 'natural-gas', energyKwh: 94000, kWhPerM2: 94, kgCo2PerKwh: 0.194, kgCo2PerM2: 18.236 },
    ],
    typical: [
      { term: 'electricity', kWhPerM2: 80, kgCo2PerM2: 44 },
      { term: 'fossil-thermal', kWhPerM2: 100, kgCo2PerM2: 19.4 },
    ],
    actualKgCo2PerM2: 73.236,
    typicalKgCo2PerM2: 63.4,
    caveats: [/Not a Display Energy Certificate/, /hours of use, degree days/, /0\.55/, /operator uploaded/],
  });
  t.match(await get('/v1/sites/POOL/operational-rating?period=2024/25'), {
    rating: 21,
    band: 'A',
    benchmark: { use: 'pool', via: 'site' },
  });
});

t.test('the energy of a rating is what consumption says of the same site and period', async (t) => {
  const { fuels } = await get('/v1/sites/GAS-TWICE/operational-rating?period=2024/25');
  const { data } = await get('/v1/consumption?period=2024/25&site=GAS-TWICE');
  t.equal(fuels.length, 2);
  t.strictSame(
    fuels.map(({ activity, energyKwh, coverage }: Record<string, unknown>) => ({ activity, energyKwh, coverage })),
    data.map((row: { activity: string; quantity: { value: number }; coverage: object }) => ({
      activity: row.activity,
      energyKwh: row.quantity.value,
      coverage: row.coverage,
    })),
  );
});

t.test('a period that is not twelve complete months is refused, of one site and of all', async (t) => {
  for (const [period, code] of [
    ['2024', null],
    ['2024-Q2', 'not-twelve-months'],
    ['2024-04-02/2025-04-02', 'not-twelve-months'],
    ['2024-04-01/2026-04-01', 'not-twelve-months'],
    ['2026/27', 'period-not-over'],
  ]) {
    for (const url of ['/v1/sites/POOL/operational-rating', '/v1/operational-ratings']) {
      const { errors = [] } = await get(`${url}?period=${period}`);
      const codes = errors.map((error: { code: string }) => error.code);
      if (code === null) t.notOk(codes.includes('not-twelve-months'), period ?? '');
      else t.strictSame(codes, [code], `${url} ${period}`);
    }
  }
});

t.test(
  'a fuel that comes within the twelve months, by the date of its meter, is part of the whole building',
  async (t) => {
    const from = { on: '2024-11-01', reason: 'opened' };
    const gas = {
      key: 'NEW-G',
      activity: 'natural-gas',
      kWh: 10_000,
      period: '2024-11-01/2025-04-01',
      fields: { from },
    };
    await site('NEW', OFFICE, [{ key: 'NEW-E', kWh: 80_000 }, gas]);
    t.match(await get('/v1/sites/NEW/operational-rating?period=2024/25'), {
      rating: 72,
      fuels: [{}, { energyKwh: 10000 }],
    });
  },
);

t.test('other fuels count what the operator states, heat by its network', async (t) => {
  await site('LPG', OFFICE, [...both('LPG'), { key: 'LPG-L', activity: 'lpg', kWh: 1000 }]);
  t.match(await get('/v1/sites/LPG/operational-rating?period=2024/25'), {
    fuels: [
      { activity: 'electricity', factorSource: 'method' },
      { activity: 'lpg', kgCo2PerKwh: 0.25, factorSource: 'operator', statedSource: 'Invented', kgCo2PerM2: 0.25 },
      { activity: 'natural-gas' },
    ],
  });
  const network = { name: 'North', operatedBy: 'third-party', factors: [] };
  for (const key of ['north', 'south']) await written(put(`/v1/heat-networks/${key}`, network));
  const heat = (key: string, heatNetwork: string): BilledMeter => {
    return { key, activity: 'district-heat', kWh: 1000, fields: { heatNetwork } };
  };
  await site('DH-N', OFFICE, [{ key: 'DH-N-E', kWh: 1000 }, heat('DH-N-H', 'north')]);
  await site('DH-S', OFFICE, [{ key: 'DH-S-E', kWh: 1000 }, heat('DH-S-H', 'south')]);
  t.match(await get('/v1/sites/DH-N/operational-rating?period=2024/25'), {
    fuels: [{ activity: 'district-heat', kgCo2PerKwh: 0.1 }, { activity: 'electricity' }],
  });
  t.match(await get('/v1/sites/DH-S/operational-rating?period=2024/25'), { errors: [{ code: 'other-fuel' }] });
});

t.test('the estate comes page by page, each site with its rating or its reasons, as CSV too', async (t) => {
  const all = await get('/v1/operational-ratings?period=2024/25&limit=500');
  t.match(all, { indicative: true, unadjusted: true, caveats: [/Not a Display Energy Certificate/] });
  t.match(
    all.data.find((row: { site: string }) => row.site === 'POOL'),
    { rating: 21, band: 'A' },
  );
  t.match(
    all.data.find((row: { site: string }) => row.site === 'R6'),
    { rating: undefined, reasons: [{ code: 'no-floor-area', detail: /R6/ }] },
  );
  const paged: unknown[] = [];
  let url: string | null = '/v1/operational-ratings?period=2024/25&limit=4';
  while (url !== null) {
    const page: { data: unknown[]; page: { nextCursor?: string } } = await get(url);
    paged.push(...page.data);
    const next: string | undefined = page.page.nextCursor;
    url = next === undefined ? null : `/v1/operational-ratings?period=2024/25&limit=4&cursor=${next}`;
  }
  t.strictSame(paged, all.data);
  const csv = await service.send('GET', '/v1/operational-ratings?period=2024/25&category=office', {
    headers: { accept: 'text/csv' },
  });
  const lines = csv.body.split('\r\n');
  t.match(lines[0], /^site,name,indicativeRating,indicativeBand,floorAreaM2/);
  t.ok(lines.includes('POOL,Site POOL,21,A,1000,invented,1,pool,100000,94000,73.236,353.97,,'), csv.body);
  t.match(
    lines.find((line) => line.startsWith('R6,')),
    /,no-floor-area,/,
  );
});

t.test('benchmarks, site, settings and data are those of the moment that is asked about', async (t) => {
  const url = '/v1/sites/POOL/operational-rating?period=2024/25';
  const known = await newestInstant(service.database.pool);
  const then = `${url}&asOf=${encodeURIComponent(known)}`;
  const before = await get(then);
  t.equal(before.rating, 21);
  const newer = { ...BENCHMARKS, validFrom: '2025-01-01', uses: [{ ...BENCHMARKS.uses[1], electricityKwhPerM2: 10 }] };
  t.equal((await put('/v1/benchmarks/invented/2', newer)).statusCode, 201);
  await put('/v1/sites/POOL', { name: 'Site POOL', ...OFFICE, floorAreaM2: 500, benchmarkUses: [{ uses: ['pool'] }] });
  t.match(await get(url), { benchmark: { edition: '2' }, floorAreaM2: 500, rating: 65 });
  t.match(
    await get('/v1/sites/POOL/operational-rating?period=2024'),
    { errors: [{ code: 'too-little-actual' }] },
    'an edition that is valid from the first day after the period is not used for it',
  );
  t.strictSame(await get(then), before);
});

t.test('of several tables one has to be named', async (t) => {
  await put('/v1/benchmarks/other/1', { ...BENCHMARKS, validFrom: '2030-01-01' });
  const url = '/v1/sites/POOL/operational-rating?period=2024/25';
  t.match(await get(url), { errors: [{ code: 'no-benchmark', detail: /expected one of invented, other/ }] });
  t.match(await get(`${url}&benchmarks=invented`), { rating: 65 });
  t.match(await get(`${url}&benchmarks=other`), { errors: [{ detail: /first is valid from 2030-01-01/ }] });
  t.match(await get(`${url}&benchmarks=none`), { errors: [{ detail: /'none': expected one of/ }] });
});
