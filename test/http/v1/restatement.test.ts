import t from 'tap';
import { Decimal } from '../../../src/domain/decimal.ts';
import { testApp } from '../../support/app.ts';
import { ask, writeReadings } from '../../support/estate.ts';
import { partsOf, readNote } from '../../support/note.ts';
import {
  APPROVAL,
  correctFactorSet,
  DRAFT,
  type StatementAnswer,
  sendStatement,
  writeStatementEstate,
} from '../../support/statements.ts';

const service = await testApp(t);
await writeStatementEstate(service);

type Amount = { exactKgCo2e: string; kgCo2e: number; direction: string };
type Line = { cause: string; site: string; line: string; scope: string; basis: string } & Amount;
type Restatement = {
  published: Record<string, { kgCo2e: number }>;
  restated: Record<string, { kgCo2e: number }>;
  difference: Record<string, Amount>;
  causes: { cause: string; change: Record<string, Amount>; data: Line[] }[];
  isMaterial: boolean;
  material: { figure: string; share: number }[];
};

type Verified = {
  result: string;
  digest: { stated: string; ofContent: string; recomputed: string };
  differences: { pointer: string; expected: string; found: string }[];
};

const draft = await sendStatement(service, 'POST', '', { ...DRAFT, reportedLines: ['generation', 'combustion'] });
const published = await sendStatement(service, 'POST', `/${draft.id}/publish`, {
  ...APPROVAL,
  overrides: [{ blocker: 'coverage-under-floor', reason: 'The invoice for G2 is disputed.' }],
});
const before = await sendStatement<Restatement>(service, 'GET', `/${draft.id}/restatement`);

// 1. Late data: December to March of G2. 2. A correction: the bill of E1. 3. A factor. 4. A handover on 1 January 2025.
await writeReadings(service, [{ meter: 'G2', period: '2024-12-01/2025-04-01', quantity: 2000 }]);
await writeReadings(service, [{ meter: 'E1', period: '2024/25', quantity: 11000 }]);
await correctFactorSet(service, 'uk-2024', '1.1', 'gas.natural.gross_cv', 0.2);
const handover = await service.send('PUT', '/v1/sites/T', {
  body: {
    name: 'Site T',
    floorAreas: [{ areaM2: 500 }],
    control: [{ control: 'operated' }, { from: '2025-01-01', control: 'outside', reason: 'academised' }],
  },
});

const kg = (value: unknown): Decimal => new Decimal(String(value));

t.test('before anything changed nothing is restated', async (t) => {
  t.match(before, { difference: { total: { kgCo2e: 0, direction: 'none' } }, isMaterial: false, material: [] });
  t.ok(before.causes.every(({ data }) => data.length === 0));
});

t.test('late data, a correction, a factor and a handover: the statement stays what it was', async (t) => {
  t.equal(handover.statusCode, 200, handover.body);
  const again = await sendStatement<StatementAnswer>(service, 'GET', `/${draft.id}`);
  t.strictSame(again, published);
  // 28,000 kWh of gas at 0.1829 and 13,000 kWh of electricity at 0.20705.
  t.match(again.content.totals, { scope1: { kgCo2e: '5121.200' }, scope2: { kgCo2e: '2691.650' } });
});

t.test('the restatement names all four, with their exact amounts, and they add up to the difference', async (t) => {
  const { causes, difference, ...restated } = await sendStatement<Restatement>(
    service,
    'GET',
    `/${draft.id}/restatement`,
  );
  const totalOf = (cause: string) => causes.find((one) => one.cause === cause)?.change.total;
  // 2,000 kWh more gas at 0.1829.
  t.match(totalOf('late-data'), { exactKgCo2e: '365.8', kgCo2e: 365.8, direction: 'increase' });
  // 1,000 kWh more electricity at 0.20705.
  t.match(totalOf('corrected-data'), { exactKgCo2e: '207.05', kgCo2e: 207.05, direction: 'increase' });
  // 30,000 kWh of gas at 0.2 and not at 0.1829.
  t.match(totalOf('factor-version'), { exactKgCo2e: '513', kgCo2e: 513, direction: 'increase' });
  // Of T the days from 1 January to 31 March 2025 leave: 90 of 365 of E2; 90 of the 121 days of G2's 2,000.
  const boundary = totalOf('boundary');
  t.equal(boundary?.direction, 'decrease');
  const gone = new Decimal(3000)
    .times(90)
    .div(365)
    .times('0.20705')
    .plus(new Decimal(2000).times(90).div(121).times('0.2'));
  t.ok(kg(boundary?.exactKgCo2e).plus(gone).abs().lt('0.00001'));
  t.match(totalOf('method'), { exactKgCo2e: '0', direction: 'none' });
  t.strictSame(
    causes.filter(({ data }) => data.length > 0).map(({ cause }) => cause),
    ['late-data', 'corrected-data', 'factor-version', 'boundary'],
  );

  for (const figure of ['scope1', 'scope2', 'scope3', 'total', 'scope2Market', 'totalMarket']) {
    const parts = causes.map(({ change }) => change[figure]);
    const exact = parts.reduce((sum, part) => sum.plus(part?.exactKgCo2e ?? 0), new Decimal(0));
    const grams = parts.reduce((sum, part) => sum.plus(kg(part?.kgCo2e ?? 0)), new Decimal(0));
    t.ok(exact.eq(difference[figure]?.exactKgCo2e ?? ''), `${figure} exactly`);
    t.ok(grams.eq(difference[figure]?.kgCo2e ?? ''), `${figure} to the gram`);
    const change = kg(restated.restated[figure]?.kgCo2e).minus(kg(restated.published[figure]?.kgCo2e));
    t.ok(change.eq(difference[figure]?.kgCo2e ?? ''), `${figure} between the printed figures`);
  }
  for (const { cause, change, data } of causes)
    for (const scope of ['scope1', 'scope2', 'scope2Market', 'scope3']) {
      const lines = data.filter((line) => line.scope === scope);
      const kgOfLines = lines.reduce((sum, line) => sum.plus(line.exactKgCo2e), new Decimal(0));
      t.ok(kgOfLines.eq(change[scope]?.exactKgCo2e ?? ''), `the lines of ${cause} in ${scope}`);
    }
  t.match(causes[0]?.data, [{ site: 'T', line: 'combustion', scope: 'scope1', basis: 'both' }]);
  t.match(causes[1]?.data, [
    { site: 'S', line: 'generation', scope: 'scope2', basis: 'location' },
    { site: 'S', line: 'generation', scope: 'scope2Market', basis: 'market' },
  ]);
});

t.test(
  'each line says its basis: added by basis they are the change of that total, and none is counted twice',
  async (t) => {
    const { causes } = await sendStatement<Restatement>(service, 'GET', `/${draft.id}/restatement`);
    for (const { cause, change, data } of causes)
      for (const [basis, total] of [
        ['location', 'total'],
        ['market', 'totalMarket'],
      ] as const) {
        const lines = data.filter((line) => line.basis === basis || line.basis === 'both');
        const sum = lines.reduce((kgOfLines, line) => kgOfLines.plus(line.exactKgCo2e), new Decimal(0));
        t.ok(sum.eq(change[total]?.exactKgCo2e ?? ''), `${cause}, ${basis}`);
      }
  },
);

t.test('the parts are those of the worked example on the page about statements', async (t) => {
  const { causes, difference } = await sendStatement<Restatement>(service, 'GET', `/${draft.id}/restatement`);
  const parts = new Map(causes.map(({ cause, change }) => [cause, change.total?.kgCo2e]));
  parts.set('total', difference.total?.kgCo2e);
  const examples = readNote('statements').lines('restated');
  t.equal(examples.length, 6);
  for (const line of examples) {
    const [name = '', stated] = partsOf(line, /^([\w-]+) = (-?[\d.]+)$/);
    t.equal(parts.get(name), Number(stated), line);
  }
});

t.test('as of the freezing instant every figure of it is reproduced', async (t) => {
  const { instant } = published.content.knowledge;
  const query = `period=2024/25&lines=generation,combustion&asOf=${instant}`;
  type Kg = Record<string, number>;
  const { total, data } = await ask<{
    total: { emissionsKgCo2e: Kg; coverage: object; tiers: Record<string, { kWh: number }> };
    data: { site: string; emissionsKgCo2e: Kg }[];
  }>(service, `/v1/emissions?${query}&basis=both&groupBy=site`);
  const { totals, market, bySite, intensity, dataQuality } = published.content as StatementAnswer['content'] & {
    totals: Record<string, { kgCo2e: string }>;
    market: { tiers: { tier: string; kWh: string }[] };
    bySite: ({ site: string } & Record<string, { kgCo2e: string }>)[];
    intensity: { floorAreaM2: string; kgCo2ePerM2: string };
    dataQuality: { coverage: object };
  };
  const figures = ['scope1', 'scope2', 'scope3', 'total', 'scope2Market', 'totalMarket'];
  for (const figure of figures) t.equal(total.emissionsKgCo2e[figure]?.toFixed(3), totals[figure]?.kgCo2e, figure);
  for (const { site, emissionsKgCo2e } of data)
    for (const figure of figures) {
      const row = bySite.find((one) => one.site === site);
      t.equal(emissionsKgCo2e[figure]?.toFixed(3), row?.[figure]?.kgCo2e, `${figure} of ${site}`);
    }
  for (const { tier, kWh } of market.tiers) t.equal(total.tiers[tier]?.kWh, Number(kWh), tier);
  t.match(dataQuality.coverage, total.coverage);
  const perSite = await ask<{ data: { floorAreaM2: number }[] }>(service, `/v1/emissions/intensity?${query}`);
  const area = perSite.data.reduce((sum, { floorAreaM2 }) => sum + floorAreaM2, 0);
  t.equal(Number(intensity.floorAreaM2), area);
  t.equal(intensity.kgCo2ePerM2, ((total.emissionsKgCo2e.total ?? 0) / area).toFixed(3));
  const frozen = await sendStatement<Restatement>(service, 'GET', `/${draft.id}/restatement?asOf=${instant}`);
  t.equal(frozen.difference.total?.exactKgCo2e, '0');
});

t.test('the whole of it is recomputed from what is stored, and is equal', async (t) => {
  const verified = await sendStatement<Verified>(service, 'GET', `/${draft.id}/verification`);
  t.strictSame(verified.differences, []);
  t.match(verified, { result: 'equal', statement: { digest: published.digest } });
  t.equal(verified.digest.recomputed, published.digest);
});

t.test('what was altered behind the back of the service is found, with the figures that rest on it', async (t) => {
  const { pool } = service.database;
  await pool.query(
    "update meter_day d set quantity = quantity + 1 from meter m where m.id = d.meter_id and m.key = 'G1' and d.day = '2024-05-01'",
  );
  await pool.query(
    "update meter_month d set quantity = quantity + 1, spread_quantity = spread_quantity + 1 from meter m where m.id = d.meter_id and m.key = 'G1' and d.month = '2024-05-01'",
  );
  const verified = await sendStatement<Verified>(service, 'GET', `/${draft.id}/verification`);
  t.equal(verified.result, 'different');
  t.equal(verified.digest.ofContent, published.digest, 'the statement itself is untouched');
  const scope1 = verified.differences.find(({ pointer }) => pointer === '/totals/scope1/exactKgCo2e');
  // One kWh of gas at 0.1829.
  t.match(scope1, { expected: '"5121.2"', found: '"5121.3829"' });
  await pool.query(
    "update meter_day d set quantity = quantity - 1 from meter m where m.id = d.meter_id and m.key = 'G1' and d.day = '2024-05-01'",
  );
  await pool.query(
    "update meter_month d set quantity = quantity - 1, spread_quantity = spread_quantity - 1 from meter m where m.id = d.meter_id and m.key = 'G1' and d.month = '2024-05-01'",
  );
});

t.test('the next statement shows it as published and as restated', async (t) => {
  const next = await sendStatement(service, 'POST', '', { ...DRAFT, period: '2025/26', comparatives: [draft.id] });
  const [earlier] = next.content.comparatives as Record<string, Record<string, { kgCo2e: string }>>[];
  t.equal(earlier?.asPublished?.scope1?.kgCo2e, '5121.200');
  t.not(earlier?.asRestated?.scope1?.kgCo2e, '5121.200');
});

t.test('a figure that moves by five percent is restated, as CSV too', async (t) => {
  await writeReadings(service, [{ meter: 'E1', period: '2024/25', quantity: 20000 }]);
  const now = await sendStatement<Restatement>(service, 'GET', `/${draft.id}/restatement`);
  t.equal(now.isMaterial, true);
  t.ok(now.material.some(({ figure }) => figure === 'scope2'));
  const csv = await service.send('GET', `/v1/statements/${draft.id}/restatement`, { headers: { accept: 'text/csv' } });
  t.equal(csv.body.trim().split('\r\n').length, 1 + now.causes.flatMap(({ data }) => data).length);
});

t.test('refusals: a draft, an instant before the freezing', async (t) => {
  const other = await sendStatement(service, 'POST', '', DRAFT);
  const answer = await service.send('GET', `/v1/statements/${other.id}/restatement`);
  t.match(answer.json(), { status: 422, type: /statement-not-published$/ });
  const verification = await service.send('GET', `/v1/statements/${other.id}/verification`);
  t.match(verification.json(), { status: 422, type: /statement-not-published$/ });
  const { rows } = await service.database.pool.query('select min(c.recorded_at) as at from change c');
  const at = new Date(rows[0].at.getTime() + 1).toISOString();
  const early = await service.send('GET', `/v1/statements/${draft.id}/restatement?asOf=${at}`);
  t.match(early.json(), { status: 400, errors: [{ pointer: '?asOf' }] });
});
