import fc from 'fast-check';
import t from 'tap';
import type { Coverage } from '../../../src/domain/coverage.ts';
import { roundKg, sum } from '../../../src/domain/decimal.ts';
import { Refusal } from '../../../src/domain/refusal.ts';
import { checkTarget, type Target, targetYear } from '../../../src/domain/targets/target.ts';
import { verdictOf, type YearEvidence } from '../../../src/domain/targets/target-status.ts';
import { judgedIn } from '../../../src/domain/targets/target-years.ts';
import { allowedShare, lastPathYear, pathOf } from '../../../src/domain/targets/trajectory.ts';
import { dec } from '../../support/memory-estate.ts';
import { areaTargetOf, targetOf } from '../../support/memory-target.ts';
import { holds } from '../../support/property.ts';

/** Kilograms allowed in a year, rounded as on the way out. */
function allowed(target: Target, baselineKg: number, year: number): number | null {
  const share = allowedShare(pathOf(target, dec(baselineKg)), year);
  return share === null ? null : roundKg(share.times(baselineKg));
}

const THOUSAND_TONNES = 1_000_000;

t.test('a linear path goes straight from the baseline to the milestone (rule H1)', async (t) => {
  const kg = (year: number) => allowed(targetOf(), THOUSAND_TONNES, year);
  t.equal(kg(2018), null, 'before the baseline nothing is allowed or forbidden');
  t.equal(kg(2019), 1_000_000);
  t.equal(kg(2024), 700_000);
  t.equal(kg(2029), 400_000);
  t.equal(kg(2035), 400_000, 'after the last milestone its value stands');
});

t.test('a budget is the sum of yearly allowances, the baseline year not among them (rule H1)', async (t) => {
  const path = pathOf(targetOf(), dec(THOUSAND_TONNES));
  const years = Array.from({ length: 10 }, (_, index) => 2020 + index);
  const budget = sum(years.map((year) => (allowedShare(path, year) ?? dec(0)).times(THOUSAND_TONNES)));
  t.equal(roundKg(budget), 6_700_000, 'and not the 7,000 t of the area under the line');
});

t.test('a path may bend at amounts, and net zero is no point of it (rules H1, H7)', async (t) => {
  const target = targetOf({
    milestones: [
      { period: '2021/22', emissionsKgCo2e: 900_000 },
      { period: '2023/24', reductionPercent: 50 },
      { period: '2040/41', netZero: true },
    ],
  });
  t.same(
    [2020, 2021, 2022, 2023, 2030].map((year) => allowed(target, THOUSAND_TONNES, year)),
    [950_000, 900_000, 700_000, 500_000, 500_000],
  );
  t.equal(lastPathYear(pathOf(target, dec(THOUSAND_TONNES))), 2023);
  t.equal(lastPathYear(pathOf(targetOf({ milestones: [{ period: '2040/41', netZero: true }] }), null)), 2019);
  t.equal(pathOf(target, null).points.length, 2, 'an amount is no share of an unknown baseline');
});

t.test('an area’s reduction counts from where the area stood when the estate’s data begins (rule H3)', async (t) => {
  const share = allowedShare(pathOf(areaTargetOf(), null), 2027);
  t.equal(
    roundKg(
      dec(10_000_000)
        .times(share ?? 0)
        .div('0.82'),
    ),
    3_780_487.805,
  );
  t.equal(
    roundKg(
      dec(10_000)
        .times(share ?? 0)
        .div('0.82'),
    ),
    3780.488,
    'in tonnes; not 3,100',
  );
});

t.test('a target’s year is judged in the reporting year that holds most of it (rule H2)', async (t) => {
  const labels = (year: number, yearBasis: Target['yearBasis'], start: string) =>
    judgedIn(year, { yearBasis }, start).label;
  t.equal(labels(2030, 'reporting', '04-01'), '2030/31');
  t.equal(labels(2030, 'calendar', '04-01'), '2030/31', '275 of 365 days');
  t.equal(labels(2030, 'calendar', '01-01'), '2030');
  t.equal(labels(2030, 'calendar', '07-01'), '2030-07-01/2031-07-01', '184 of 365 days');
  t.equal(labels(2030, 'calendar', '10-01'), '2029-10-01/2030-10-01', '92 days would be fewer');
});

t.test('baselines and milestones are years of the grammar, not shorter or longer spans', async (t) => {
  t.equal(targetYear('2030/31', '/x'), 2030);
  t.equal(targetYear('2030', '/x'), 2030);
  t.equal(targetYear('2030-07-01/2031-07-01', '/x'), 2030);
  for (const period of ['2030-Q1', '2030-04', '2030-04-01/2032-04-01'])
    t.throws(() => targetYear(period, '/x'), { code: 'invalid-period', message: /is not a year/ }, period);
  t.throws(() => targetYear('2030-31', '/x'), { message: /write 2030\/31/ });
});

const FULL: Coverage = {
  actual: 1,
  estimated: 0,
  missing: 0,
  days: { expected: 365, actual: 365, estimated: 0, missing: 0 },
};

function verdict(fields: Partial<YearEvidence>) {
  return verdictOf({
    allowedKg: dec(700_000),
    actualKg: dec(700_000),
    coverage: FULL,
    notQuantified: [],
    startReasons: [],
    notComparable: null,
    isMilestone: false,
    cumulative: null,
    missingShareMax: dec('0.05'),
    estimatedShareMax: dec('0.20'),
    ...fields,
  });
}

const over = { allowedKg: dec(10), actualKg: dec(11) };
const within = { allowedKg: dec(11), actualKg: dec(11) };

t.test('a verdict follows from comparability, then data, then amounts (rule H6)', async (t) => {
  const cases: [fields: Partial<YearEvidence>, status: string, annual: string | null, budget: string | null][] = [
    [{}, 'on-track', 'within', null],
    [{ actualKg: dec('700000.0000001') }, 'off-track', 'over', null],
    [{ cumulative: within }, 'on-track', 'within', 'within'],
    [{ cumulative: over }, 'off-track', 'within', 'over'],
    [{ isMilestone: true }, 'met', 'within', null],
    [{ isMilestone: true, actualKg: dec(700_001) }, 'missed', 'over', null],
    [{ isMilestone: true, cumulative: over }, 'missed', 'within', 'over'],
    [{ coverage: { ...FULL, missing: 0.05 } }, 'on-track', 'within', null],
    [{ coverage: { ...FULL, missing: 0.0501 } }, 'insufficient-data', null, null],
    [{ coverage: { ...FULL, missing: 0.03, pending: 0.02 } }, 'on-track', 'within', null],
    [{ coverage: { ...FULL, missing: 0.03, pending: 0.0201 } }, 'insufficient-data', null, null],
    [{ coverage: { ...FULL, estimated: 0.2 } }, 'on-track', 'within', null],
    [{ coverage: { ...FULL, estimated: 0.2001 } }, 'insufficient-data', null, null],
    [{ coverage: { ...FULL, unweighted: 1 } }, 'insufficient-data', null, null],
    [{ coverage: null }, 'insufficient-data', null, null],
    [{ actualKg: null }, 'insufficient-data', null, null],
    [{ notQuantified: ['natural-gas.combustion'] }, 'insufficient-data', null, null],
    [{ startReasons: ['the baseline is thin'] }, 'insufficient-data', null, null],
    [{ notComparable: 'a site was let', coverage: null }, 'not-comparable', null, null],
  ];
  for (const [fields, status, annual, budget] of cases) {
    const found = verdict(fields);
    t.same([found.status, found.annual, found.budget], [status, annual, budget], JSON.stringify(fields));
    t.equal(found.reasons.length > 0, status === 'insufficient-data' || status === 'not-comparable');
  }
});

t.test('missing data cannot mend what the known part already exceeds (rule H6)', async (t) => {
  const thin = { coverage: { ...FULL, actual: 0.88, missing: 0.12 } };
  const found = verdict({ ...thin, actualKg: dec(720_000) });
  t.equal(found.status, 'insufficient-data');
  t.equal(roundKg(found.alreadyExceedsByKg ?? dec(0)), 20_000);
  t.match(found.reasons, ['12 % of the year is missing, at most 5 % may be']);
  t.equal(verdict({ ...thin, actualKg: dec(690_000) }).alreadyExceedsByKg, null);
  t.equal(verdict({ actualKg: dec(720_000) }).alreadyExceedsByKg, null, 'a verdict says it itself');
});

function faultsOf(target: Target): string[] {
  try {
    checkTarget(target);
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.faults.map(({ pointer, code }) => `${pointer} ${code}`);
  }
}

t.test(
  'a target says one thing per milestone, in order, and does not borrow what is not its own (rules H3, H5)',
  async (t) => {
    t.same(faultsOf(targetOf()), []);
    t.same(faultsOf(areaTargetOf()), []);
    t.same(faultsOf(areaTargetOf({ rebasing: { period: '2022/23', index: 0.82, source: 's' } })), []);
    t.same(faultsOf(targetOf({ milestones: [{ period: '2029/30' }] })), ['/milestones/0 ambiguous-milestone']);
    t.same(faultsOf(targetOf({ milestones: [{ period: '2029/30', reductionPercent: 1, netZero: true }] })), [
      '/milestones/0 ambiguous-milestone',
    ]);
    t.same(
      faultsOf(
        targetOf({
          milestones: [
            { period: '2019/20', reductionPercent: 1 },
            { period: '2030/31', reductionPercent: 2 },
            { period: '2029/30', reductionPercent: 3 },
          ],
        }),
      ),
      ['/milestones/0/period milestone-order', '/milestones/2/period milestone-order'],
    );
    const baseline = (fields: object): Partial<Target> => ({
      baseline: { period: '2019/20', kind: 'published', ...fields },
    });
    t.same(faultsOf(targetOf(baseline({ emissionsKgCo2e: 1, source: 's' }))), []);
    t.same(faultsOf(targetOf(baseline({ emissionsKgCo2e: 1 }))), ['/baseline/source required']);
    t.same(faultsOf(targetOf(baseline({}))), ['/baseline/emissionsKgCo2e required']);
    t.same(faultsOf(targetOf(baseline({ kind: 'unstated' }))), ['/baseline/kind invalid-baseline']);
    t.same(faultsOf(targetOf(baseline({ kind: 'computed', emissionsKgCo2e: 1, source: 's' }))), [
      '/baseline/emissionsKgCo2e unexpected-field',
    ]);
    t.same(faultsOf(targetOf({ scopes: [] })), ['/scopes required']);
    t.same(faultsOf(targetOf({ rebasing: { period: '2022/23', index: 0.82, source: 's' } })), [
      '/rebasing unexpected-field',
    ]);
    t.same(faultsOf(areaTargetOf(baseline({ kind: 'computed' }))), ['/baseline/kind invalid-baseline']);
    t.throws(() => checkTarget(targetOf({ milestones: [{ period: '2029-30', reductionPercent: 1 }] })), {
      code: 'invalid-period',
    });
  },
);

t.test('no year of a path lies outside the points around it, and every point is met exactly', async (t) => {
  const percents = fc.array(fc.integer({ min: -50, max: 120 }), { minLength: 1, maxLength: 5 });
  holds(
    t,
    fc.property(percents, fc.integer({ min: 2015, max: 2045 }), (reductions, year) => {
      const milestones = reductions.map((reductionPercent, index) => ({
        period: `${2020 + index * 5}/${21 + index * 5}`,
        reductionPercent,
      }));
      const path = pathOf(targetOf({ milestones }), null);
      const share = allowedShare(path, year);
      if (year < 2019) return share === null;
      const before = path.points.findLast((point) => point.year <= year);
      const after = path.points.find((point) => point.year >= year) ?? before;
      if (share === null || before === undefined || after === undefined) return false;
      const [low, high] = before.share.lt(after.share) ? [before.share, after.share] : [after.share, before.share];
      return share.gte(low) && share.lte(high) && (before.year !== year || share.equals(before.share));
    }),
    300,
  );
});
