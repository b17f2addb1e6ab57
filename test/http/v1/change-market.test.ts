import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';
import { marketOf, RESIDUAL } from '../../support/market.ts';

const service = await testApp(t);
const since = { from: { on: '2020-04-01', reason: 'opened' } };
await writeEstate(service, [
  { meter: 'EL', site: 'OFFICE', ...since },
  { meter: 'GAS', site: 'OFFICE', activity: 'natural-gas', ...since },
  { meter: 'POOL', site: 'POOL', from: { on: '2025-10-01', reason: 'acquired' } },
]);
await writeReadings(service, [
  { meter: 'EL', period: '2024/25', quantity: 100_000 },
  { meter: 'EL', period: '2025/26', quantity: 80_000 },
  { meter: 'GAS', period: '2024/25', quantity: 50_000 },
  { meter: 'GAS', period: '2025/26', quantity: 50_000 },
  { meter: 'POOL', period: '2025-10-01/2026-04-01', quantity: 10_000 },
]);
const { put, instrument } = marketOf(service);
const LAST_YEAR = { from: '2024-04-01', to: '2025-04-01' };
await put('residual-mixes/r-2024', { ...RESIDUAL, ...LAST_YEAR, factor: 0.35 });
await put('residual-mixes/r-2025', RESIDUAL);
await instrument('rego-2024', { name: 'R', kWh: 40_000, meters: ['EL'], certificateYear: '2024/25', ...LAST_YEAR });
await instrument('rego-2025', { name: 'R', kWh: 40_000, meters: ['EL'] });

type Split = {
  changeKgCo2e: number;
  parts: Record<string, number | null>;
  factorByKind: { kind: string; kgCo2e: number }[];
};
type End = { emissionsKgCo2e: { total: number; totalMarket?: number } };
type Row = Split & { site?: string; from: End | null; to: End | null; changeMarket?: Split };
type Answer = {
  basis: string;
  data: Row[];
  total: Row;
  market?: { instruments: { instrument: string }[] };
  marketComparedWith?: { instruments: { instrument: string }[] };
  departures: { site: string; kgCo2e: number }[];
  departuresMarket?: { site: string; kgCo2e: number }[];
  explanationMarket?: unknown[];
};
const YEARS = 'period=2025/26&comparedWith=2024/25';
const change = (query: string) => ask<Answer>(service, `/v1/emissions/change?${YEARS}&${query}`);
const sum = ({ parts }: Split): number =>
  Object.values(parts).reduce<number>((grams, kg) => grams + Math.round((kg ?? 0) * 1000), 0) / 1000;

t.test('with basis=market the change is that of totalMarket, and what was bought is contract (rule G1)', async (t) => {
  const { basis, total, market, marketComparedWith } = await change('basis=market&meter=EL&lines=generation');
  t.equal(basis, 'market');
  // 40 % of 100,000 kWh at 0.350, then 50 % of 80,000 kWh at 0.300: 21,000 and 12,000 kg.
  t.match(total, {
    from: { emissionsKgCo2e: { total: 20_705, totalMarket: 21_000 } },
    to: { emissionsKgCo2e: { total: 14_160, totalMarket: 12_000 } },
    changeKgCo2e: -9000,
    parts: { boundary: 0, openedClosed: 0, missingData: 0, factor: -5400, weather: null, use: -3600 },
  });
  t.strictSame(total.factorByKind, [
    { kind: 'contract', kgCo2e: -2925 },
    { kind: 'residualMix', kgCo2e: -2475 },
  ]);
  t.strictSame(
    [marketComparedWith, market].map((told) => told?.instruments.map((one) => one.instrument)),
    [['rego-2024'], ['rego-2025']],
  );
});

t.test('both bases stand side by side, each what it is alone', async (t) => {
  const both = await change('basis=both&groupBy=site');
  const location = await change('groupBy=site');
  const market = await change('basis=market&groupBy=site');
  const splitOf = ({ changeKgCo2e, parts, factorByKind }: Split): Split => ({ changeKgCo2e, parts, factorByKind });
  t.strictSame(splitOf(both.total), splitOf(location.total));
  t.match(both.total.changeMarket, splitOf(market.total));
  for (const [index, row] of both.data.entries()) {
    const [alone, bought] = [location.data[index], market.data[index]];
    if (alone === undefined || bought === undefined || row.changeMarket === undefined) throw new Error('no row');
    t.strictSame(splitOf(row), splitOf(alone));
    t.strictSame(splitOf(row.changeMarket), splitOf(bought));
  }
  t.strictSame(both.departuresMarket, market.departures);
  t.equal(both.explanationMarket?.length, 7);
  t.notOk(location.total.changeMarket);
  // A pool of which 10,000 kWh came in is 1,770 kg by the grid and 3,000 by the residual mix, losses and upstream beside.
  const [pool] = location.departures;
  t.equal(((market.departures[0]?.kgCo2e ?? 0) - (pool?.kgCo2e ?? 0)).toFixed(3), '1230.000');
});

t.test('rows of every grouping add up on the market basis, and their ends are those of the figures', async (t) => {
  const { total } = await change('basis=market');
  for (const groupBy of ['site', 'meter', 'activity', 'line', 'scope', 'scope3Category', 'portfolio', 'site,line']) {
    const answer = await change(`basis=market&groupBy=${groupBy}`);
    t.strictSame(answer.total, total, groupBy);
    for (const row of answer.data) {
      t.equal(sum(row), row.changeKgCo2e, groupBy);
      const [from = 0, to = 0] = [row.from, row.to].map((end) => end?.emissionsKgCo2e.totalMarket);
      t.equal((to - from).toFixed(3), row.changeKgCo2e.toFixed(3), groupBy);
    }
  }
  const figure = await ask<{ total: End }>(service, '/v1/emissions?period=2025/26&basis=market&scopes=1,2,3');
  t.equal(total.to?.emissionsKgCo2e.totalMarket, figure.total.emissionsKgCo2e.totalMarket);
});

t.test('CSV has the basis that was asked, and both where both were', async (t) => {
  const csv = async (basis: string) => {
    const url = `/v1/emissions/change?${YEARS}&basis=${basis}&groupBy=site&meter=EL&lines=generation`;
    const { body } = await service.send('GET', url, { headers: { accept: 'text/csv' } });
    const [header = '', row = ''] = body.split('\r\n');
    const cells = row.split(',');
    return Object.fromEntries(header.split(',').map((name, index) => [name, cells[index]]));
  };
  t.match(await csv('market'), { fromKgCo2e: '21000', toKgCo2e: '12000', changeKgCo2e: '-9000', useKgCo2e: '-3600' });
  t.match(await csv('both'), {
    fromKgCo2e: '20705',
    toKgCo2e: '14160',
    changeKgCo2e: '-6545',
    fromMarketKgCo2e: '21000',
    toMarketKgCo2e: '12000',
    changeMarketKgCo2e: '-9000',
    factorMarketKgCo2e: '-5400',
    useMarketKgCo2e: '-3600',
    factorByKindMarket: 'contract -2925 residualMix -2475',
  });
  t.notOk('changeMarketKgCo2e' in (await csv('market')));
});

t.test('CO2 outside of scopes is the same on both bases', async (t) => {
  const { total } = await change('basis=both&scopes=outside&meter=EL');
  t.equal(total.changeMarket?.changeKgCo2e, total.changeKgCo2e);
  t.not(total.changeKgCo2e, 0);
});
