import t from 'tap';
import { roundKg } from '../../../src/domain/decimal.ts';
import type { FigureSettings } from '../../../src/domain/estate.ts';
import type { Target, TargetBaseline } from '../../../src/domain/targets/target.ts';
import { type TargetProgress, targetProgress } from '../../../src/services/targets/target-progress.ts';
import { memoryDeps } from '../../support/memory-deps.ts';
import { type ControlFields, estateOf, type SiteFields } from '../../support/memory-estate.ts';
import { targetOf } from '../../support/memory-target.ts';
import { evenDays } from '../../support/memory-usage.ts';

const GAS = { key: 'GAS', activity: 'natural-gas' as const, from: '2015-01-01', kind: 'billed' as const };
const YEARS = ['2022/23', '2023/24', '2024/25', '2025/26'];

/** Two sites, S with ten times the gas of T: 1,000,000 kWh in every year, which are 182,540 kg in the first. */
function depsOf(sites: SiteFields[] = [], settings: Partial<FigureSettings> = {}) {
  const estate = estateOf([GAS, { ...GAS, key: 'GAS-T', site: 'T' }], sites, settings);
  const used = YEARS.flatMap((period) => [
    { meter: 'GAS', period, quantity: 1_000_000 },
    { meter: 'GAS-T', period, quantity: 100_000 },
  ]);
  return memoryDeps(estate, evenDays(estate, used));
}

const OWN = targetOf({
  scopes: [1],
  baseline: { period: '2022/23', kind: 'computed' },
  milestones: [{ period: '2026/27', reductionPercent: 40 }],
});
const of = (part: Target['boundary']['part']): Target => ({
  ...OWN,
  boundary: { ...OWN.boundary, ...(part === undefined ? {} : { part }) },
});
const year = ({ years }: TargetProgress, wanted: number) => years.find(({ year: number }) => number === wanted);
const kg = (found: TargetProgress, wanted: number) => roundKg(year(found, wanted)?.actualKg ?? found.startKg);

t.test('a target on a part of the estate is judged by the figures of that part alone (rule H5)', async (t) => {
  const sites: SiteFields[] = [
    { key: 'S', category: 'office' },
    { key: 'T', category: 'school', portfolios: [{ from: null, portfolio: 'schools' }] },
  ];
  const start = async (part: Target['boundary']['part']) =>
    roundKg((await targetProgress(depsOf(sites), of(part), null)).startKg);
  t.equal(await start(undefined), 200_794);
  t.equal(await start({ sites: ['T'] }), 18_254);
  t.equal(await start({ categories: ['office'] }), 182_540);
  t.equal(await start({ portfolios: ['schools'], activities: ['natural-gas'] }), 18_254);
  const found = await targetProgress(depsOf(sites), of({ sites: ['T'] }), null);
  t.equal(kg(found, 2024), 18_290, '100,000 kWh in 2024/25');
  await t.rejects(targetProgress(depsOf(sites), of({ portfolios: ['schols'] }), null), {
    message: /no site has the portfolio 'schols': expected schools/,
    faults: [{ pointer: '/boundary/part/portfolios' }],
  });
});

t.test('a site that goes to another portfolio is a transfer for a target on portfolios (rule D5)', async (t) => {
  const sites: SiteFields[] = [
    { key: 'S', portfolios: [{ from: null, portfolio: 'corporate' }] },
    {
      key: 'T',
      portfolios: [
        { from: null, portfolio: 'schools' },
        { from: '2024-04-01', portfolio: 'corporate' },
      ],
    },
  ];
  const joined = await targetProgress(depsOf(sites), of({ portfolios: ['corporate'] }), null);
  t.equal(roundKg(joined.startKg), 182_540);
  t.match(year(joined, 2023)?.recalculation, { status: 'none' });
  t.match(year(joined, 2024)?.recalculation, {
    status: 'recalculated',
    sites: [{ site: 'T', changes: [{ reason: 'portfolio-changed', on: '2024-04-01', direction: 'joined' }] }],
  });
  t.equal(roundKg(joined.recalculation.baselineKg), 200_794, 'with T, as if it had been there in 2022/23');
  t.equal(roundKg(year(joined, 2024)?.allowedKg ?? joined.startKg), 160_635.2, '80 % of it');
  t.equal(kg(joined, 2024), 201_190, '1,100,000 kWh');
  const left = await targetProgress(depsOf(sites), of({ portfolios: ['schools'] }), null);
  t.ok(left.recalculation.baselineKg.isZero(), 'nothing is left of the schools');
  const whole = await targetProgress(depsOf(sites), OWN, null);
  t.equal(whole.recalculation.status, 'none', 'no transfer for the whole estate');
});

const PUBLISHED: TargetBaseline = {
  period: '2022/23',
  kind: 'published',
  emissionsKgCo2e: 250_000,
  source: 'The annual report',
};

/** The status and reasons of 2024/25 against a published baseline. */
async function against(stated: Partial<TargetBaseline>, target: Target = OWN) {
  const found = await targetProgress(depsOf(), { ...target, baseline: { ...PUBLISHED, ...stated } }, null);
  const { status, reasons } = year(found, 2024)?.verdict ?? {};
  t.ok(year(found, 2024)?.allowedKg.eq(200_000), 'the trajectory is shown all the same: 80 % of 250 t');
  return [status, ...(reasons ?? [])];
}
const differs = (name: string, baseline: string, actual: string) => [
  'not-comparable',
  `the ${name}: the baseline is of ${baseline}, the actual figures are of ${actual}`,
];

t.test('what is unequal is not comparable, and the reason names both (rules H5, H6)', async (t) => {
  t.same(await against({}), ['off-track'], 'what a baseline does not state is as the target says');
  t.same(await against({ scopes: [1], lines: [], gas: 'co2e', boundary: {} }), ['off-track']);
  t.same(await against({ scopes: [1, 2, 3] }), differs('scopes differ', 'scopes 1, 2 and 3', 'scope 1'));
  t.same(await against({ lines: ['combustion'] }), differs('lines differ', 'the lines combustion', 'all lines'));
  t.same(await against({ gas: 'co2' }), differs('gas differs', 'CO2 alone', 'CO2e'));
  t.same(
    await against({ basis: 'market' }),
    differs('scope 2 basis differs', 'the market basis', 'the location basis'),
  );
  t.same(
    await against({ boundary: { part: { categories: ['school', 'library'] } } }),
    differs('boundary differs', 'category library or school', 'the whole estate'),
  );
  t.same(
    await against({ boundary: { consolidationApproach: 'financial-control' } }),
    differs('consolidation approach differs', 'financial control', 'operational control'),
  );
  const lines = { ...OWN, lines: ['combustion' as const] };
  t.same(await against({ lines: ['combustion', 'outside-of-scopes'] }, lines), ['off-track'], 'which is in no total');
});

t.test('a total with fleet and travel is not set against metered energy (rule H5)', async (t) => {
  // Coventry City Council's own footprint of 2008/09: scopes 1, 2 and main outsourced scope 3.
  const baseline: TargetBaseline = {
    ...PUBLISHED,
    period: '2008/09',
    emissionsKgCo2e: 35_292_000,
    scopes: [1, 2, 3],
    otherSources: ['fleet vehicles', 'business travel'],
  };
  const found = await targetProgress(depsOf(), { ...OWN, baseline }, null);
  t.match(year(found, 2024), {
    verdict: { status: 'not-comparable', annual: null, budget: null },
    notComparable: [
      'the scopes differ: the baseline is of scopes 1, 2 and 3, the actual figures are of scope 1',
      'the sources differ: the baseline is of metered energy and water with business travel and fleet vehicles, the actual figures are of metered energy and water alone',
    ],
    cumulative: null,
  });
});

t.test('years under another consolidation approach than the baseline are not comparable (rules D2, H6)', async (t) => {
  const settings = {
    consolidation: [
      { from: null, approach: 'operational-control' as const },
      { from: '2024-10-01', approach: 'financial-control' as const },
    ],
  };
  const statuses = ({ years }: TargetProgress) => years.slice(1, 4).map(({ verdict }) => verdict?.status);
  const found = await targetProgress(depsOf([], settings), OWN, null);
  t.same(statuses(found), ['off-track', 'not-comparable', 'not-comparable']);
  t.match(year(found, 2024)?.notComparable, [/operational control, .* financial control and operational control$/]);
  const stated: Target = { ...OWN, boundary: { ...OWN.boundary, consolidationApproach: 'operational-control' } };
  t.same(statuses(await targetProgress(depsOf([], settings), stated, null)), ['off-track', 'off-track', 'off-track']);
});

t.test('a target’s own approach draws its boundary, once every lease states its kind (rule D2)', async (t) => {
  const letOut = (fields: Partial<ControlFields>): SiteFields[] => [
    { key: 'T', controls: [{ from: null, control: 'leased-out', scope3Category: null, reason: null, ...fields }] },
  ];
  const financial: Target = { ...OWN, boundary: { ...OWN.boundary, consolidationApproach: 'financial-control' } };
  const operating = letOut({ leaseType: 'operating' });
  t.equal(roundKg((await targetProgress(depsOf(operating), OWN, null)).startKg), 182_540, 'the tenant’s');
  t.equal(roundKg((await targetProgress(depsOf(operating), financial, null)).startKg), 200_794, 'the lessor’s');
  const untyped = await targetProgress(depsOf(letOut({})), financial, null);
  t.match(year(untyped, 2024)?.verdict, {
    status: 'not-comparable',
    reasons: ['financial control needs the leaseType of every lease: it is not stated of site T'],
  });
});

t.test('a frozen baseline of other lines than are reported now is not comparable (rules A9, H5)', async (t) => {
  const wide = depsOf([], { reportedLines: ['all'] });
  const narrow = depsOf([], { reportedLines: ['combustion'] });
  const found = await targetProgress(narrow, { ...OWN, scopes: [1, 3] }, wide);
  t.match(year(found, 2024)?.verdict, { status: 'not-comparable', reasons: [/^the lines differ: .*all lines/] });
  const alike = await targetProgress(narrow, { ...OWN, scopes: [1, 3] }, narrow);
  t.equal(year(alike, 2024)?.verdict?.status, 'off-track');
});
