import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';
import { type MarketRow, marketOf, REGO, RESIDUAL } from '../../support/market.ts';

const service = await testApp(t);
const { put, instrument, remove, market } = marketOf(service);

const bills = (entries: [meter: string, quantity: number][]) =>
  writeReadings(
    service,
    entries.map(([meter, quantity]) => ({ meter, period: '2025/26', quantity })),
  );
const sum = (rows: readonly MarketRow[]): number =>
  rows.reduce((kg, row) => kg + (row.emissionsKgCo2e.scope2Market ?? 0), 0);

await writeEstate(service, [
  { meter: 'E1', site: 'A', kind: 'billed' },
  { meter: 'E2', site: 'B', kind: 'billed', contracts: [{ contract: 'C-1' }] },
]);
await bills([
  ['E1', 80_000],
  ['E2', 20_000],
]);

t.test('without contracts the grid average stands on the market basis, flagged (rule C1)', async (t) => {
  const { total, basis } = await market('');
  t.equal(basis, 'market');
  t.match(total, {
    emissionsKgCo2e: { scope2: 17_700, scope2Market: 17_700 },
    flags: ['grid-average-no-residual-mix'],
    tiers: { gridAverage: { kWh: 100_000, share: 1, kgCo2e: 17_700, flag: 'grid-average-no-residual-mix' } },
  });
  t.equal(total.emissionsKgCo2e.totalMarket, total.emissionsKgCo2e.total);
  const location = (await ask<{ total: MarketRow }>(service, '/v1/emissions?period=2025/26')).total;
  t.equal(location.emissionsKgCo2e.scope2Market, undefined, 'only where it is asked');
});

t.test(
  'certificates cover an equal share of every meter-day, the residual mix the rest (rules C1, C2, C3)',
  async (t) => {
    t.equal((await put('residual-mixes/r2025', RESIDUAL)).statusCode, 201);
    await instrument('rego', { kWh: 40_000, meters: ['E1', 'E2'] });
    const { total, data, market: beside } = await market('groupBy=site');
    t.match(total, {
      emissionsKgCo2e: { scope2: 17_700, scope2Market: 18_000 },
      tiers: {
        certificates: { kWh: 40_000, share: 0.4, kgCo2e: 0 },
        supplierProduct: { kWh: 0, share: 0 },
        residualMix: { kWh: 60_000, share: 0.6, kgCo2e: 18_000 },
        gridAverage: { kWh: 0, share: 0 },
      },
    });
    t.equal(total.emissionsKgCo2e.totalMarket, total.emissionsKgCo2e.total + 300);
    t.strictSame(
      data.map((row) => row.emissionsKgCo2e.scope2Market),
      [14_400, 3_600],
    );
    t.match(beside.instruments, [
      {
        instrument: 'rego',
        used: true,
        reasons: [],
        kWh: 40_000,
        importKwh: 100_000,
        share: 0.4,
        usedKwh: 40_000,
        surplusKwh: 0,
      },
    ]);
    const months = (await market('interval=month')).data;
    t.equal(months.length, 12);
    t.ok(Math.abs(sum(months) - 18_000) < 0.01, 'months add to the year');
    t.match(
      (await market('meter=E2')).total.emissionsKgCo2e,
      { scope2Market: 3_600 },
      'the share does not hang on what is asked',
    );
  },
);

t.test('the explanation names instrument, share, factor and evidence of every market line', async (t) => {
  type Line = { basis?: string; line: string; exactKgCo2e: string; market?: object; sources: { source: string }[] };
  const { data, exactTotalKgCo2e, exactTotalMarketKgCo2e } = await ask<{
    data: Line[];
    exactTotalKgCo2e: string;
    exactTotalMarketKgCo2e: string;
  }>(service, '/v1/emissions/explanation?basis=both&period=2025/26&meter=E2');
  t.match(
    data.filter(({ basis }) => basis === 'market'),
    [
      {
        market: { tier: 'certificates', share: '0.4', record: 'rego' },
        rule: 'C3',
        sources: [{ source: REGO.evidence.description }],
      },
      { market: { tier: 'residualMix', share: '0.6', record: 'r2025' }, rule: 'C1', factorKgCo2ePerUnit: '0.3' },
    ],
  );
  const scoped = data.filter((line) => line.line !== 'outside-of-scopes');
  const add = (wanted: string) =>
    scoped
      .filter(({ basis }) => basis === undefined || basis === wanted)
      .reduce((kg, line) => kg + Number(line.exactKgCo2e), 0);
  t.ok(Math.abs(add('location') - Number(exactTotalKgCo2e)) < 1e-6);
  t.ok(Math.abs(add('market') - Number(exactTotalMarketKgCo2e)) < 1e-6);
});

t.test('CSV gives the same rows, with the columns of the market basis', async (t) => {
  const url = '/v1/emissions?basis=market&period=2025/26&groupBy=site';
  const { body } = await service.send('GET', url, { scope: 'read', headers: { accept: 'text/csv' } });
  const [header = '', first = ''] = body.split('\r\n');
  const cells = Object.fromEntries(header.split(',').map((name, index) => [name, first.split(',')[index]]));
  t.match(cells, {
    scope2KgCo2e: '14160',
    scope2MarketKgCo2e: '14400',
    certificatesKwh: '32000',
    residualMixKwh: '48000',
  });
});

t.test('more certificates than use is shown as surplus, and covers nothing else (rule C3)', async (t) => {
  await instrument('rego', { kWh: 150_000, meters: ['E1', 'E2'] });
  const { total, market: beside } = await market('');
  t.match(total.emissionsKgCo2e, { scope2: 17_700, scope2Market: 0 });
  t.match(beside.instruments, [{ share: 1, usedKwh: 100_000, surplusKwh: 50_000 }]);
});

t.test('a second certificate covers what the first has left (rule C3)', async (t) => {
  await instrument('rego', { kWh: 40_000, meters: ['E1', 'E2'] });
  await instrument('rego-2', { kWh: 90_000, meters: ['E1'] });
  const { total, market: beside } = await market('');
  t.match(total.emissionsKgCo2e, { scope2Market: 3_600 }, 'of E2 alone something is left');
  t.match(beside.instruments[1], {
    availableKwh: 48_000,
    share: 1,
    usedKwh: 48_000,
    surplusKwh: 42_000,
    overlaps: ['rego'],
  });
  await remove('rego-2');
});

t.test('what fails a criterion, is not retired or of another year is listed and not used (rules C1, C3)', async (t) => {
  await remove('rego');
  const cases: [object, string][] = [
    [{ criteriaMet: REGO.criteriaMet.slice(1) }, 'criteria-not-met'],
    [{ retiredFor: undefined }, 'not-retired'],
    [{ certificateYear: '2024/25' }, 'outside-certificate-year'],
    [{ kind: 'goo' }, 'continental-certificate'],
  ];
  for (const [fields, code] of cases) {
    await instrument('doubtful', { kWh: 40_000, meters: ['E1', 'E2'], ...fields });
    const { total, market: beside } = await market('');
    t.match(total.emissionsKgCo2e, { scope2Market: 30_000 }, code);
    t.match(beside.instruments, [{ instrument: 'doubtful', used: false, reasons: [{ code }], usedKwh: 0 }], code);
  }
  await remove('doubtful');
});

t.test("a supplier's product gives its factor to the meters of its contract, in its year (rule C1)", async (t) => {
  const product = { kind: 'supplier-product', factor: 0.1, contract: 'C-1' };
  await instrument('green-tariff', product);
  const { data, total } = await market('groupBy=meter');
  t.strictSame(
    data.map((row) => row.emissionsKgCo2e.scope2Market),
    [24_000, 2_000],
  );
  t.match(total.tiers, { supplierProduct: { kWh: 20_000, share: 0.2, kgCo2e: 2_000 } });
  await put('meters/E2', {
    site: 'B',
    activity: 'electricity',
    unit: 'kWh',
    kind: 'billed',
    contracts: [{ from: '2025-04-01', contract: 'C-1' }, { from: '2025-06-12' }],
  });
  const half = await market('groupBy=meter&meter=E2');
  const kWh = (20_000 * 72) / 365;
  t.ok(Math.abs((half.total.tiers?.supplierProduct.kWh ?? 0) - kWh) < 0.01, 'only on the days of the contract');
  await remove('green-tariff');
});

t.test(
  '400: two products on one day of a meter, by name, by contract and by the contracts of a meter (rule C1)',
  async (t) => {
    const product = { ...REGO, kind: 'supplier-product', factor: 0.1 };
    const send = async (path: string, body: object) => (await put(path, body)).json();
    const meter = (contracts: object[]) =>
      send('meters/E2', { site: 'B', activity: 'electricity', unit: 'kWh', kind: 'billed', contracts });
    await send('instruments/first', { ...product, contract: 'C-1' });
    const refused = { status: 400, errors: [{ code: 'overlapping' }] };
    t.match(await send('instruments/second', { ...product, contract: 'C-1' }), {
      ...refused,
      detail: /contract 'C-1' has the products 'second' and 'first' from 2025-04-01 to 2026-04-01/,
    });
    t.match(await send('instruments/second', { ...product, meters: ['E2'], from: '2025-06-11' }), {
      errors: [{ pointer: '/meters', detail: /meter 'E2' .* 'second' and 'first' from 2025-06-11 to 2025-06-12/ }],
    });
    t.match(await send('instruments/second', { ...product, meters: ['E2'], from: '2025-06-12' }), { key: 'second' });
    t.match(await send('instruments/second', { ...product, meters: ['E2'], from: '2025-06-12' }), { key: 'second' });
    t.match(await meter([{ contract: 'C-1' }]), { ...refused, errors: [{ pointer: '/contracts' }] });
    t.match(await meter([{ from: '2025-04-01', contract: 'C-1' }, { from: '2025-05-01' }]), { key: 'E2' });
    const loose = await send('instruments/loose', { ...product, meters: ['E2'], criteriaMet: [] });
    t.match(loose, { key: 'loose' }, 'what is not used is in nobody’s way');
    for (const key of ['first', 'second', 'loose']) await remove(key);
  },
);

t.test('a factor of CO2 alone is labelled (rule C1)', async (t) => {
  await put('residual-mixes/r2025', { ...RESIDUAL, gasBasis: 'co2' });
  t.match((await market('')).total, { flags: ['co2-only-factor'], emissionsKgCo2e: { scope2Market: 30_000 } });
  t.match((await market('gas=co2')).total.emissionsKgCo2e, { scope2Market: 30_000 });
  await put('residual-mixes/r2025', RESIDUAL);
  t.match((await market('gas=co2')).total, { notQuantified: ['electricity.market'], incomplete: true });
});

t.test('a span that runs is provisional, by the use to date (rule C3)', async (t) => {
  await instrument('running', {
    from: '2026-04-01',
    to: '2027-04-01',
    certificateYear: '2026/27',
    kWh: 1_000,
    meters: ['E1'],
  });
  await writeReadings(service, [{ meter: 'E1', period: '2026-04-01/2026-10-01', quantity: 10_000 }]);
  const answer = await ask<{ total: MarketRow; market: { instruments: object[] } }>(
    service,
    '/v1/emissions?basis=market&period=2026-04&meter=E1',
  );
  t.ok(answer.total.provisional?.includes('instrument-running'));
  t.match(answer.market.instruments, [{ instrument: 'running', share: 0.1, provisional: true }]);
  await remove('running');
});
