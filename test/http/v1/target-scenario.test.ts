import t from 'tap';
import { LIMITS } from '../../../src/limits.ts';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';

const service = await testApp(t);
const { send } = service;
await writeEstate(service, [
  { meter: 'G', site: 'HALL', activity: 'natural-gas', kind: 'billed' },
  { meter: 'E', site: 'HALL', kind: 'billed' },
  { meter: 'D', site: 'DEPOT', kind: 'billed' },
]);
const used = (meter: string, quantities: number[]) =>
  quantities.map((quantity, index) => ({ meter, period: `${2023 + index}/${24 + index}`, quantity }));
await writeReadings(service, [
  ...used('G', [1_100_000, 1_000_000, 900_000]),
  ...used('E', [300_000, 330_000, 300_000]),
  ...used('D', [100_000, 100_000, 100_000]),
]);
const TARGET = {
  name: 'Half by 2030/31',
  boundary: { kind: 'organisation', name: 'Example council', part: { sites: ['HALL'] } },
  scopes: [1, 2],
  baseline: { period: '2023/24', kind: 'computed' },
  milestones: [{ period: '2030/31', reductionPercent: 50 }],
  source: 'Cabinet',
};
const target = (key: string, fields: object = {}) =>
  send('PUT', `/v1/targets/${key}`, { body: { ...TARGET, ...fields } });
const WHOLE = { boundary: { kind: 'organisation', name: 'Example council' } };
await target('hall');
await target('steep', { milestones: [{ period: '2030/31', reductionPercent: 80 }] });
await target('whole', WHOLE);
await target('market', { basis: 'market' });

const measure = (key: string, fields: object) => {
  const plain = { name: key, kind: 'other', site: 'HALL', status: 'planned', from: '2027-04-01', source: 'Survey' };
  return send('PUT', `/v1/measures/${key}`, { body: { ...plain, ...fields } });
};
const GAS = { activity: 'natural-gas', percent: -100 };
const HEAT = { activity: 'electricity', replaces: { activity: 'natural-gas', efficiency: 0.84, performance: 2.8 } };
await measure('roof', {
  kind: 'insulation',
  changes: [{ ...GAS, percent: -20 }],
  ...{ costGbp: 60_000, costYear: 2026 },
});
await measure('pump', {
  ...{ kind: 'heat-pump', status: 'idea', from: '2028-04-01', changes: [GAS, HEAT] },
  ...{ costGbp: 400_000, costYear: 2025 },
});
const known = (await send('GET', '/v1/changes?limit=1000')).json().data.at(-1).recordedAt as string;

type Amount = { kgCo2e: { scope1: number; scope2: number; total: number }; savedTCo2e: number; gbpPerTonne: number };
type Row = { measure: string; rank?: number; unpriced?: string; own: Amount; marginal: Amount };
type Side = { allowedKgCo2e: number; projected: { expected: number }; runsOutOn: string | null };
type Scenario = {
  data: Row[];
  effect: { kgCo2e: { total: number }; ownKgCo2e: number; overlapKgCo2e: number; gbpPerTonne: number | null };
  years: { period: { label: string }; without: Side; with: Side; effectKgCo2e: number; onGapKgCo2e: number }[];
  budget: { without: Side; with: Side; effectKgCo2e: number; onGapKgCo2e: number };
  given: string[];
  notCounted: object[];
  notices: string[];
};
const scenario = (query = '', key = 'hall') => ask<Scenario>(service, `/v1/targets/${key}/scenario${query}`);
const rows = ({ data }: Scenario) =>
  data.map(({ measure: key, own, marginal }) => [key, own.kgCo2e.total, marginal.kgCo2e.total]);
const grams = (kg: number): number => Math.round(kg * 1_000);

t.test('two measures whose effects overlap are ranked, and what both save is counted once', async (t) => {
  const answer = await scenario();
  // 2,200,000 kWh of gas from 2027/28 on, a fifth of it at 0.18231; 1,500,000 kWh from 2028/29 on, and 450,000 kWh of
  // electricity at 0.13096 for them. After the roof the pump finds four fifths of that.
  t.same(rows(answer), [
    ['roof', -80_216.4, -80_216.4],
    ['pump', -214_533, -171_626.4],
  ]);
  t.match(answer.data[1], {
    rank: 2,
    own: { kgCo2e: { scope1: -273_465, scope2: 58_932, scope3: 0 }, savedTCo2e: 214.533, gbpPerTonne: 1_864.52 },
    marginal: { kgCo2e: { scope1: -218_772, scope2: 47_145.6 }, savedTCo2e: 171.6264, gbpPerTonne: 2_330.64 },
  });
  t.match(answer.effect, {
    kgCo2e: { scope1: -298_988.4, scope2: 47_145.6, scope3: 0, total: -251_842.8 },
    ...{ ownKgCo2e: -294_749.4, overlapKgCo2e: 42_906.6, onGapKgCo2e: -251_842.8, savedTCo2e: 251.8428 },
    ...{ costGbp: 460_000, withoutCost: [], gbpPerTonne: 1_826.54 },
  });
  t.ok(answer.notices.some((notice) => /until the end of 2030\/31/.test(notice)));
  t.ok(answer.notices.some((notice) => /prices of 2025, 2026/.test(notice)));
});

t.test('another ranking divides the same whole otherwise', async (t) => {
  const answer = await scenario('?sort=tonnes&measures=roof,pump');
  t.same(rows(answer), [
    ['pump', -214_533, -214_533],
    // All of it in 2027/28; after that a fifth of what the pump uses.
    ['roof', -80_216.4, -37_309.8],
  ]);
  t.equal(answer.effect.kgCo2e.total, -251_842.8);
  t.same(rows(await scenario('?sort=tonnes&measures=pump,roof')), rows(answer), 'in whichever order they are named');
});

t.test('years and budget are those of the projection with the set and without it', async (t) => {
  const answer = await scenario('', 'steep');
  const projection = (measures: string) =>
    ask<{ data: { projected: object; gap: object }[]; budget: { projected: object; gap: object } }>(
      service,
      `/v1/targets/steep/projection?measures=${measures}`,
    );
  for (const [side, found] of [
    ['without', await projection('none')],
    ['with', await projection('roof,pump')],
  ] as const) {
    const years = found.data.map(({ projected, gap }) => ({ projected, gap }));
    t.match(
      answer.years.map((year) => year[side]),
      years,
    );
    t.match(answer.budget[side], { projected: found.budget.projected, gap: found.budget.gap });
  }
  // 531,717.102 kg are left after 2025/26: 504,643.8 until March 2029, and 27,073.301 of 131,752.6 after it.
  t.match(answer.years[3], {
    period: { label: '2029/30' },
    without: { budgetLeftKgCo2e: -104_679.299 },
    with: { budgetLeftKgCo2e: 86_811.661 },
  });
  t.equal(answer.budget.without.runsOutOn, '2029-06-15');
  t.equal(answer.budget.with.runsOutOn, null);
  t.equal(answer.budget.effectKgCo2e, -251_842.8);
  const yearly = answer.years.reduce((sum, { effectKgCo2e }) => sum + grams(effectKgCo2e), 0);
  t.equal(yearly, grams(answer.budget.effectKgCo2e), 'the budget differs by the sum of the years');
  t.notOk(JSON.stringify(answer).includes('on-track'));
});

t.test('an empty set does nothing; a set against what is planned is what it adds to that', async (t) => {
  const none = await scenario('?measures=none');
  t.match(none, { data: [], effect: { kgCo2e: { total: 0 }, gbpPerTonne: null }, budget: { effectKgCo2e: 0 } });
  t.same(
    none.years.map((year) => year.with),
    none.years.map((year) => year.without),
  );
  const added = await scenario('?against=planned');
  t.same(rows(added), [['pump', -171_626.4, -171_626.4]]);
  t.match(added, { given: ['roof'], notCounted: [{ measure: 'roof', reason: 'on-both-sides' }] });
  t.equal(added.budget.without.projected.expected, 749_918 - 80_216.4);
});

t.test('a measure without a cost comes last, with the reason; one that is done is not of the set', async (t) => {
  await measure('led', { kind: 'led', changes: [{ activity: 'electricity', perYear: -50_000 }] });
  await measure('chiller', { changes: [{ activity: 'electricity', perYear: 10_000 }], costGbp: 1 });
  await measure('past', { status: 'done', changes: [GAS] });
  const answer = await scenario();
  t.match(answer.data, [
    { rank: 1, measure: 'roof' },
    { rank: 2, measure: 'pump' },
    // 4 × 50,000 kWh.
    { rank: 3, measure: 'led', unpriced: 'no-cost', own: { savedTCo2e: 26.192, gbpPerTonne: null } },
    { rank: 4, measure: 'chiller', unpriced: 'saves-nothing', own: { savedTCo2e: -5.2384, gbpPerTonne: null } },
  ]);
  t.match(answer.effect, { withoutCost: ['led'], gbpPerTonne: null });
  t.match(answer.notCounted, [{ measure: 'past', reason: 'done' }]);
  const sum = answer.data.reduce((total, { marginal }) => total + grams(marginal.kgCo2e.total), 0);
  t.equal(sum, grams(answer.effect.kgCo2e.total), 'to the gram, as it is printed');
  for (const key of ['led', 'chiller', 'past']) await send('DELETE', `/v1/measures/${key}`);
});

t.test('a site that is handed over leaves the baseline with its emissions, for the whole of its year', async (t) => {
  await measure('give', { kind: 'handover', site: 'DEPOT', from: '2028-10-01', costGbp: 500 });
  const answer = await scenario('?measures=give', 'whole');
  // A quarter of 410,000 kWh in three years. 100,000 kWh at 0.2070742886 leave the baseline: 7.3 % of it, of which 9, 8
  // and 7 fourteenths were allowed.
  t.match(
    answer.years.map(({ effectKgCo2e, onGapKgCo2e }) => [effectKgCo2e, onGapKgCo2e]),
    [
      [0, 0],
      [0, 0],
      [-13_423.4, -111.481],
      [-13_423.4, -1_590.584],
      [-13_423.4, -3_069.686],
    ],
  );
  t.match(answer.data, [
    {
      measure: 'give',
      unpriced: 'transfer',
      own: { kgCo2e: { scope2: -40_270.2 }, allowedKgCo2e: -35_498.449, savedTCo2e: 0, gbpPerTonne: null },
    },
  ]);
  t.notOk('rank' in (answer.data[0] ?? {}), 'it is not ranked');
  t.match(answer.effect, { transferredKgCo2e: -40_270.2, savedTCo2e: 0, costGbp: 500, gbpPerTonne: null });
  t.match(answer.budget, { effectKgCo2e: -40_270.2, onGapKgCo2e: -4_771.751 });
  t.ok(answer.notices.some((notice) => /no saving \(give\): the baseline moves/.test(notice)));
});

t.test('a closing saves what is left; nothing at a site that somebody else has by then', async (t) => {
  await measure('close', { kind: 'closing', site: 'DEPOT', from: '2029-10-01' });
  const alone = await scenario('?measures=close', 'whole');
  // 182 of 365 days of 13,423.4 kg, and a year; a closing leaves the baseline as it is (rule D5).
  t.same(rows(alone), [['close', -20_116.712, -20_116.712]]);
  t.equal(alone.budget.without.allowedKgCo2e, alone.budget.with.allowedKgCo2e);
  const both = await scenario('?measures=close,give', 'whole');
  t.same(rows(both), [
    ['close', -20_116.712, 0],
    ['give', -40_270.2, -40_270.2],
  ]);
  t.match(both.effect, { kgCo2e: { total: -40_270.2 }, overlapKgCo2e: 20_116.712, savedTCo2e: 0 });
});

t.test('a handover of which the baseline is not known says that the baseline stays', async (t) => {
  const baseline = { period: '2023/24', kind: 'published', emissionsKgCo2e: 284_051.535, source: 'Report' };
  await target('published', { ...WHOLE, baseline });
  const answer = await scenario('?measures=give', 'published');
  // 182 days of 2028/29, and two years.
  t.match(answer.effect, { kgCo2e: { total: -33_540.112 }, allowedKgCo2e: 0 });
  t.ok(answer.notices.some((notice) => /the baseline stays, because what a site emitted/.test(notice)));
});

t.test('the answer is as of a moment, and is given as CSV', async (t) => {
  const answer = await scenario(`?asOf=${known}`);
  t.match(answer, { asOf: { requested: known } });
  t.same(
    answer.data.map((row) => row.measure),
    ['roof', 'pump'],
  );
  const { body } = await send('GET', '/v1/targets/hall/scenario?measures=roof,pump', {
    headers: { accept: 'text/csv' },
  });
  const [head, first, ...others] = body.trim().split('\r\n');
  t.match(head, /^rank,measure,name,kind,site,status,from,to,costGbp,costYear,ownKgCo2e,/);
  t.match(
    first,
    /^1,roof,roof,insulation,HALL,planned,2027-04-01,,60000,2026,-80216\.4,-80216\.4,0,0,0,80\.2164,747\.98,/,
  );
  t.equal(others.length, 1);
});

t.test('400: more measures at one site than are ranked', async (t) => {
  const keys = Array.from({ length: LIMITS.scenarioSiteMeasuresMax + 1 }, (_, index) => `paint-${index}`);
  for (const key of keys) await measure(key, { changes: [{ ...GAS, percent: -1 }] });
  t.match((await send('GET', `/v1/targets/hall/scenario?measures=${keys}`)).json(), {
    status: 400,
    errors: [{ pointer: '?measures', code: 'too-many-measures', detail: /^26 measures are asked for at site 'HALL'/ }],
  });
  t.equal((await scenario(`?measures=${keys.slice(1)}`)).data.length, LIMITS.scenarioSiteMeasuresMax);
});

t.test('404, 422: a measure that is not there, and what cannot be projected', async (t) => {
  const unknown = await send('GET', '/v1/targets/hall/scenario?measures=roof,rof');
  t.match(unknown.json(), { status: 404, errors: [{ pointer: '?measures', detail: "there is no measure 'rof'" }] });
  const market = await send('GET', '/v1/targets/market/scenario');
  t.match(market.json(), { status: 422, type: /not-projectable$/, detail: /market basis/ });
});
