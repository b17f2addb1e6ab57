import t from 'tap';
import { Refusal } from '../../../src/domain/refusal.ts';
import { checkTarget } from '../../../src/domain/targets/check-target.ts';
import type { Target } from '../../../src/domain/targets/target.ts';
import { areaTargetOf, targetOf } from '../../support/memory-target.ts';

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

t.test('what a published figure counts is stated with a figure alone (rule H5)', async (t) => {
  const baseline = { period: '2019/20', kind: 'computed' as const, scopes: [1 as const], otherSources: ['fleet'] };
  t.same(faultsOf(targetOf({ baseline })), [
    '/baseline/scopes unexpected-field',
    '/baseline/otherSources unexpected-field',
  ]);
  const published = { ...baseline, kind: 'published' as const, emissionsKgCo2e: 5, source: 'A report' };
  t.same(faultsOf(targetOf({ baseline: published })), []);
});

t.test('a path has what its kind needs, and nothing of another kind (rule H1)', async (t) => {
  const at = (period: string, fields: object = {}) => ({ period, ...fields });
  const own = (allowances: Target['allowances'], milestones: Target['milestones'] = [at('2021/22')]) =>
    faultsOf(targetOf({ path: 'own', allowances, milestones }));
  t.same(faultsOf(targetOf({ yearlyReductionPercent: 13 })), ['/yearlyReductionPercent unexpected-field']);
  t.same(faultsOf(targetOf({ allowances: [at('2020/21', { reductionPercent: 5 })] })), [
    '/allowances unexpected-field',
  ]);
  const rate = (fields: Partial<Target>) => faultsOf(targetOf({ path: 'constantRate', ...fields }));
  t.same(rate({}), [], 'the rate follows from the milestone');
  t.same(rate({ yearlyReductionPercent: 13, milestones: [at('2029/30')] }), []);
  t.same(rate({ yearlyReductionPercent: 13 }), ['/milestones/0 ambiguous-milestone'], 'rate and amount could disagree');
  t.same(rate({ milestones: [at('2029/30', { reductionPercent: 100 })] }), ['/milestones/0 unreachable-milestone']);
  t.same(rate({ milestones: [at('2029/30', { emissionsKgCo2e: 0 })] }), ['/milestones/0 unreachable-milestone']);
  t.same(own([at('2020/21', { reductionPercent: 5 }), at('2021/22', { emissionsKgCo2e: 9 })]), []);
  t.same(own([at('2020/21', { reductionPercent: 5 })], [at('2021/22', { reductionPercent: 9 })]), []);
  t.same(own([at('2021/22', { reductionPercent: 5 })]), ['/allowances missing-allowance']);
  t.same(own([at('2020/21', { reductionPercent: 5, emissionsKgCo2e: 9 }), at('2021/22')]), [
    '/allowances/0 ambiguous-allowance',
    '/allowances/1 ambiguous-allowance',
  ]);
  t.same(own([at('2021/22', { reductionPercent: 5 }), at('2020/21', { reductionPercent: 5 })]), [
    '/allowances/1/period allowance-order',
  ]);
});

t.test('only net zero has a residual, and an area has no amounts of the estate (rules H3, H7)', async (t) => {
  const own = (milestone: object) => faultsOf(targetOf({ milestones: [{ period: '2040/41', ...milestone }] }));
  t.same(own({ netZero: true, residualPercent: 10 }), []);
  t.same(own({ netZero: true, residualKg: 10 }), []);
  t.same(own({ netZero: true, residualKg: 10, residualPercent: 10 }), ['/milestones/0 ambiguous-milestone']);
  t.same(own({ reductionPercent: 90, residualPercent: 10 }), ['/milestones/0 ambiguous-milestone']);
  const area = (milestone: object) => faultsOf(areaTargetOf({ milestones: [{ period: '2040', ...milestone }] }));
  t.same(area({ emissionsKgCo2e: 5 }), ['/milestones/0/emissionsKgCo2e unexpected-field']);
  t.same(area({ netZero: true, residualKg: 5 }), ['/milestones/0/residualKg unexpected-field']);
  t.same(area({ netZero: true, residualPercent: 5 }), []);
});
