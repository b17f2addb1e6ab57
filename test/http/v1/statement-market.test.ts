import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';
import { type MarketAnswer, marketOf, RESIDUAL } from '../../support/market.ts';
import { partsOf, readNote } from '../../support/note.ts';
import { APPROVAL, DRAFT, type StatementAnswer, sendStatement } from '../../support/statements.ts';

const service = await testApp(t);
const { put, instrument } = marketOf(service);

type Amount = { exactKgCo2e: string; kgCo2e: number };
type Line = { cause: string; site: string; line: string; scope: string } & Amount;
type Restatement = {
  published: Record<string, Amount>;
  restated: Record<string, Amount>;
  difference: Record<string, Amount>;
  causes: { cause: string; change: Record<string, Amount>; data: Line[] }[];
  material: { figure: string }[];
};
type Tier = { tier: string; kWh: string; share: string; kgCo2e: string; sources: { record: string | null }[] };
type Content = StatementAnswer['content'] & {
  totals: Record<string, { kgCo2e: string }>;
  market: { tiers: Tier[]; flags: string[] };
  bySite: { site: string; scope2Market: { kgCo2e: string } }[];
};

await writeEstate(service, [
  { meter: 'E1', site: 'A', kind: 'billed' },
  { meter: 'E2', site: 'B', kind: 'billed' },
  { meter: 'G1', site: 'A', kind: 'billed', activity: 'natural-gas' },
]);
await writeReadings(service, [
  { meter: 'E1', period: '2025/26', quantity: 80_000 },
  { meter: 'E2', period: '2025/26', quantity: 20_000 },
  { meter: 'G1', period: '2025/26', quantity: 10_000 },
]);
const unbought = await sendStatement(service, 'POST', '', { ...DRAFT, period: '2025/26' });
await put('residual-mixes/r2025', RESIDUAL);
await instrument('rego', { kWh: 40_000, meters: ['E1', 'E2'] });
const draft = await sendStatement(service, 'POST', '', { ...DRAFT, period: '2025/26' });
const published = await sendStatement(service, 'POST', `/${draft.id}/publish`, APPROVAL);
const content = published.content as Content;
const instant = content.knowledge.instant;

// After the freezing: fewer certificates than were stated.
await instrument('rego', { kWh: 30_000, meters: ['E1', 'E2'] });
const restatement = await sendStatement<Restatement>(service, 'GET', `/${draft.id}/restatement`);

const examples = new Map(
  readNote('statements')
    .lines('bought')
    .map((line) => partsOf(line, /^(.+) = (.+)$/) as [string, string]),
);

t.test('a statement has scope 2 on both bases, and what the market-based one rests on', async (t) => {
  t.equal(examples.size, 6);
  const { totals, market } = content;
  t.equal(totals.scope2.kgCo2e, examples.get('scope2'));
  t.equal(totals.scope2Market?.kgCo2e, examples.get('scope2Market'));
  const tierOf = (name: string): string => {
    const tier = market.tiers.find((one) => one.tier === name);
    return `${tier?.kWh} kWh, ${Number(tier?.share) * 100} %, ${tier?.kgCo2e}`;
  };
  t.equal(tierOf('certificates'), examples.get('certificates'));
  t.equal(tierOf('residualMix'), examples.get('residualMix'));
  const difference = Number(totals.totalMarket?.kgCo2e) - Number(totals.total.kgCo2e);
  t.equal(difference.toFixed(3), examples.get('totalMarket - total'));
  t.match(market.tiers, [{ sources: [{ record: 'rego' }] }, {}, { sources: [{ record: 'r2025' }] }, {}]);
  t.strictSame(market.flags, []);
  t.match(content.bySite, [{ scope2Market: { kgCo2e: '14400.000' } }, { scope2Market: { kgCo2e: '3600.000' } }]);
  t.match(content.quantities, [{ activity: 'electricity', quantity: '100000' }, { quantity: '10000' }]);
});

t.test('without any instrument the grid average stands, flagged', async (t) => {
  const { totals, market } = unbought.content as Content;
  t.equal(totals.scope2Market?.kgCo2e, totals.scope2.kgCo2e);
  t.match(market, { flags: ['grid-average-no-residual-mix'] });
  t.match(market.tiers[3], { tier: 'gridAverage', kWh: '100000', share: '1', sources: [{ record: null }] });
});

t.test('the page and the table have both figures', async (t) => {
  const page = await service.send('GET', `/v1/statements/${draft.id}/page`, { headers: { accept: 'text/html' } });
  t.match(page.body, 'Scope 2, market-based</th><td class="n">18.000</td>');
  t.match(page.body, 'Scope 2, location-based</th><td class="n">17.700</td>');
  t.match(
    page.body,
    'Certificates and agreements</th><td>rego (rego)</td><td class="n">40,000 kWh</td><td class="n">40.00 %',
  );
  t.notMatch(page.body, /undefined|NaN|\[object/);
  const fallback = await service.send('GET', `/v1/statements/${unbought.id}/page`, {
    headers: { accept: 'text/html' },
  });
  t.equal(fallback.statusCode, 200);
  const csv = await service.send('GET', `/v1/statements/${draft.id}`, { headers: { accept: 'text/csv' } });
  t.match(csv.body, /totals,scope2Market,kgCo2e,18000\.000/);
  t.match(csv.body, /market,tiers\.0,share,0\.4/);
});

t.test('what is bought differently later is restated on the market basis alone', async (t) => {
  const { causes, difference, published: before, restated, material } = restatement;
  t.equal(difference.scope2?.kgCo2e, 0);
  t.equal(difference.scope2Market?.kgCo2e.toFixed(3), examples.get('restated scope2Market'));
  t.match(before, { scope2Market: { kgCo2e: 18_000 } });
  t.match(restated, { scope2Market: { kgCo2e: 21_000 } });
  t.strictSame(
    causes.filter(({ data }) => data.length > 0).map(({ cause }) => cause),
    ['factor-version'],
  );
  const [supply] = causes.filter(({ cause }) => cause === 'factor-version');
  t.ok(supply?.data.every(({ scope }) => scope === 'scope2Market'));
  const lines = supply?.data.reduce((kg, line) => kg + line.kgCo2e, 0);
  t.equal(lines, supply?.change.scope2Market?.kgCo2e);
  t.strictSame(
    material.map(({ figure }) => figure),
    ['scope2Market', 'totalMarket'],
  );
});

t.test('as of the freezing instant the market-based figures are what they were', async (t) => {
  const question = `period=2025/26&factors=reporting-year&basis=both&groupBy=site&asOf=${instant}`;
  const { total, data } = await ask<MarketAnswer>(service, `/v1/emissions?${question}`);
  t.equal(total.emissionsKgCo2e.scope2Market?.toFixed(3), content.totals.scope2Market?.kgCo2e);
  t.equal(total.emissionsKgCo2e.totalMarket?.toFixed(3), content.totals.totalMarket?.kgCo2e);
  t.strictSame(
    data.map((row) => row.emissionsKgCo2e.scope2Market?.toFixed(3)),
    content.bySite.map((row) => row.scope2Market.kgCo2e),
  );
  t.strictSame(
    Object.values(total.tiers ?? {}).map(({ kWh }) => String(kWh)),
    content.market.tiers.map(({ kWh }) => kWh),
  );
});

t.test('a receipt on both bases adds up each of them, and is verified', async (t) => {
  const question = { period: '2025/26', basis: 'both', asOf: instant };
  const receipt = (await service.send('POST', '/v1/receipts', { body: question })).json();
  t.match(receipt.content.totals, {
    scope2: { kgCo2e: '17700.000' },
    scope2Market: { kgCo2e: '18000.000' },
    total: { kgCo2e: content.totals.total.kgCo2e },
    totalMarket: { kgCo2e: content.totals.totalMarket?.kgCo2e },
  });
  const verified = (await service.send('POST', '/v1/receipts/verify', { body: receipt })).json();
  t.strictSame(verified.differences, []);
  t.equal(verified.result, 'equal');
  const line = receipt.content.lines.find((one: { basis?: string }) => one.basis === 'market');
  line.kgCo2e = '1.000';
  const altered = (await service.send('POST', '/v1/receipts/verify', { body: receipt })).json();
  t.match(altered.differences, [{ member: 'kgCo2e', line: { basis: 'market', site: line.site } }]);
  t.equal(altered.differences.length, 1);
});
