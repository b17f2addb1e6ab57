import t from 'tap';
import { testApp } from '../../support/app.ts';
import { writeEstate, writeReadings } from '../../support/estate.ts';
import { DRAFT, sendStatement } from '../../support/statements.ts';

const service = await testApp(t);
const { send } = service;

/** Writes a site, and fails where it is refused. */
async function putSite(key: string, fields: object): Promise<void> {
  const response = await send('PUT', `/v1/sites/${key}`, { body: { name: `Site ${key}`, ...fields } });
  if (response.statusCode > 201) throw new Error(response.body);
}

await writeEstate(service, [
  { meter: 'E1', kind: 'billed' },
  { meter: 'W1', kind: 'billed', activity: 'water', unit: 'm3' },
  { meter: 'E2', kind: 'billed', site: 'T' },
  { meter: 'E3', kind: 'billed', site: 'H' },
]);
await putSite('S', { floorAreas: [{ areaM2: 1000 }, { from: '2024-10-01', areaM2: 600 }] });
await putSite('T', {
  floorAreas: [{ areaM2: 500 }],
  control: [{ control: 'operated' }, { from: '2025-01-01', control: 'outside', reason: 'academised' }],
});
await putSite('H', {
  name: 'Refuge',
  disclosure: 'totals-only',
  control: [{ control: 'outside', reason: 'transferred' }],
});
await putSite('D', { floorAreas: [{ areaM2: 300 }] });
await writeReadings(service, [
  // 40 of its 89 days are in 2024/25.
  { meter: 'E1', period: '2024-04-01/2025-02-20', quantity: 32500 },
  { meter: 'E1', period: '2025-02-20/2025-05-20', quantity: 8900 },
  { meter: 'E2', period: '2024/25', quantity: 3650, quality: 'estimated' },
  { meter: 'E3', period: '2024/25', quantity: 1000 },
  { meter: 'W1', period: '2024/25', quantity: 10 },
]);
const target = await send('PUT', '/v1/targets/council', {
  body: {
    ...{ name: 'Council', boundary: { kind: 'organisation', name: 'Example' }, scopes: [1, 2] },
    baseline: { period: '2023/24', kind: 'published', emissionsKgCo2e: 10000, source: 'Report of 2024' },
    ...{ milestones: [{ period: '2029/30', reductionPercent: 60 }], source: 'Cabinet' },
  },
});
const stated = await send('PUT', '/v1/targets/council/recalculations/T', {
  body: { emissionsKgCo2e: 800, source: 'Bills of 2023' },
});
const { content, id } = await sendStatement(service, 'POST', '', {
  ...DRAFT,
  target: 'council',
});
const { coverage } = content.dataQuality as { coverage: Record<string, number> };
const page = await send('GET', `/v1/statements/${id}/page`, { headers: { accept: 'text/html' } });

t.test('data quality tells measured, estimated and apportioned', async (t) => {
  t.match(content.quantities, [
    // 32,500 and 40 of 89 days of 8,900; T until the day it left, 275 of 365 of 3,650, all of it estimated.
    { activity: 'electricity', quantity: '39250', measured: '36500', estimated: '2750', apportioned: '6750' },
    { activity: 'water', quantity: '10', apportioned: '0' },
  ]);
  t.equal((coverage.actual ?? 0) + (coverage.estimated ?? 0) + (coverage.missing ?? 0), 1);
  t.ok((coverage.apportioned ?? 0) > 0.16 && (coverage.apportioned ?? 0) < 0.18);
});

t.test('intensity weighs floor area by the days that are counted', async (t) => {
  // (1,000 × 183 + 600 × 182 + 500 × 275) ÷ 365.
  t.match(content.intensity, {
    sites: 2,
    floorAreaM2: '1177.26',
    withoutFloorArea: { sites: 0 },
    withoutFigure: { sites: 1, floorAreaM2: '300' },
  });
});

t.test('what is metered outside the boundary is told with its reason, and not named where it may not be', async (t) => {
  t.match(content.outsideBoundary, [
    {
      site: 'T',
      activity: 'electricity',
      unit: 'kWh',
      quantity: '900',
      reasons: ['academised (2025-01-01 to 2025-04-01)'],
    },
    { site: 'sites not named', quantity: '1000', reasons: ['transferred (2024-04-01 to 2025-04-01)'] },
  ]);
  t.notMatch(JSON.stringify(content), /Refuge|"H"/);
});

t.test('the target stands with its baseline, original and recalculated, and the event behind it', async (t) => {
  t.equal(target.statusCode, 201, target.body);
  t.equal(stated.statusCode, 201, stated.body);
  t.match(content.target, {
    basis: 'location',
    baseline: {
      period: '2023/24',
      kind: 'published',
      recalculation: {
        status: 'recalculated',
        original: { kgCo2e: '10000.000' },
        recalculated: { kgCo2e: '9200.000' },
        events: [{ site: 'T', on: '2025-01-01', reason: 'academised', effectOfSite: { kgCo2e: '-800.000' } }],
      },
    },
    verdict: 'on-track',
  });
});

t.test('the question of a statement is one that receipts take', async (t) => {
  const { question, knowledge, totals } = content as typeof content & { question: object };
  const receipt = await send('POST', '/v1/receipts', { body: { ...question, asOf: knowledge.instant } });
  t.equal(receipt.statusCode, 200, receipt.body);
  t.match(receipt.json().content.totals, { total: totals.total, scope2: totals.scope2 });
});

t.test('the page prints all of it', async (t) => {
  for (const text of [
    `Apportioned</dt><dd>${(Number(coverage.apportioned) * 100).toFixed(2)} %`,
    'Metered, but outside the boundary',
    'Site T: 900 kWh of electricity, academised (2025-01-01 to 2025-04-01)',
    'with transfers (recalculated) 9.200 tCO2e: Site T academised on 2025-01-01',
    'Global warming potentials</dt><dd>AR5',
    '300 m2 of 1 site without a figure',
  ])
    t.match(page.body, text, text);
  t.notMatch(page.body, /undefined|NaN|\[object|Refuge/);
});

t.test('a list of sites names none that may not be named, and then there is no question to repeat', async (t) => {
  const some = await sendStatement(service, 'POST', '', { ...DRAFT, sites: ['S', 'D'] });
  t.match(some.content, { sites: ['S', 'D'], question: { site: 'S,D' }, outsideBoundary: [] });
  const hidden = await sendStatement(service, 'POST', '', { ...DRAFT, sites: ['S', 'H'] });
  t.match(hidden.content, { sites: ['S', 'sites not named'], question: null });
});
