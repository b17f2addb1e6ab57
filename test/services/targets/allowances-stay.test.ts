import fc from 'fast-check';
import t from 'tap';
import type { Target } from '../../../src/domain/targets/target.ts';
import { targetProgress } from '../../../src/services/targets/target-progress.ts';
import { memoryDeps } from '../../support/memory-deps.ts';
import { estateOf } from '../../support/memory-estate.ts';
import { targetOf } from '../../support/memory-target.ts';
import { evenDays } from '../../support/memory-usage.ts';
import { holdsInTime } from '../../support/property.ts';

const GAS = { key: 'GAS', activity: 'natural-gas' as const, from: '2022-04-01', kind: 'billed' as const };

/** Figures of gas used in the years from 2022/23. */
function depsOf(used: readonly number[]) {
  const estate = estateOf([GAS]);
  const readings = used.map((quantity, index) => ({ meter: 'GAS', period: `${2022 + index}/${23 + index}`, quantity }));
  return memoryDeps(estate, evenDays(estate, readings));
}

const OWN = targetOf({
  scopes: [1],
  milestones: [{ period: '2026/27', reductionPercent: 40 }],
  budgets: [{ start: '2023-04-01', end: '2027-04-01' }],
});
const PUBLISHED: Target = {
  ...OWN,
  baseline: { period: '2022/23', kind: 'published', emissionsKgCo2e: 180_000, source: 'a test' },
};
const COMPUTED: Target = { ...OWN, baseline: { period: '2022/23', kind: 'computed' } };

const amount = fc.integer({ min: 0, max: 3_000_000 });

t.test('a later actual changes no allowance and no verdict before it (rules H1, H6)', async (t) => {
  const property = fc.asyncProperty(
    fc.constantFrom(PUBLISHED, COMPUTED),
    amount,
    amount,
    async (target, first, then) => {
      const known = [1_000_000, 850_000, 900_000];
      const of = async (last: number) => (await targetProgress(depsOf([...known, last]), target, null)).years;
      const [before, after] = [await of(first), await of(then)];
      return before.every(({ year, allowedKg, verdict }, index) => {
        const later = after[index];
        const isSame = later?.allowedKg.eq(allowedKg) === true;
        return isSame && (year >= 2025 || JSON.stringify(later?.verdict) === JSON.stringify(verdict));
      });
    },
  );
  await holdsInTime(t, property, 12);
});

t.test('a frozen baseline keeps every allowance, whatever comes of the base year (rule H5)', async (t) => {
  const frozen = depsOf([1_000_000]);
  const property = fc.asyncProperty(amount, amount, async (baseYear, later) => {
    const now = depsOf([baseYear, later, later]);
    const { years, startKg } = await targetProgress(now, COMPUTED, frozen);
    const told = await targetProgress(frozen, COMPUTED, frozen);
    return (
      startKg.eq(told.startKg) && years.every(({ allowedKg }, index) => told.years[index]?.allowedKg.eq(allowedKg))
    );
  });
  await holdsInTime(t, property, 12);
});

t.test('progress at a milestone equals the milestone: exactly that much is met, a gram more is missed', async (t) => {
  const statusOf = async (emissionsKgCo2e: number) => {
    const target: Target = { ...PUBLISHED, budgets: [], milestones: [{ period: '2024/25', emissionsKgCo2e }] };
    // 1,000,000 kWh of 2024/25 at 0.1829 kg.
    const { years } = await targetProgress(depsOf([0, 0, 1_000_000]), target, null);
    return years.find(({ year }) => year === 2024)?.verdict?.status;
  };
  t.equal(await statusOf(182_900), 'met');
  t.equal(await statusOf(182_899.999), 'missed');
});

t.test('a target about CO2 is judged by CO2, and not where a line has no part of it (rule H4)', async (t) => {
  const estate = estateOf([{ key: 'EL', kind: 'billed', from: '2025-04-01' }]);
  const deps = memoryDeps(estate, evenDays(estate, [{ meter: 'EL', period: '2025/26', quantity: 1_000_000 }]));
  const kgOf = async (fields: Partial<Target>) => {
    const baseline = { period: '2024/25', kind: 'published' as const, emissionsKgCo2e: 200_000, source: 'a test' };
    const milestones = [{ period: '2025/26', emissionsKgCo2e: 175_000 }];
    const target: Target = { ...OWN, budgets: [], baseline, milestones, scopes: [2], ...fields };
    const year = (await targetProgress(deps, target, null)).years.find((found) => found.year === 2025);
    return [year?.actualKg?.toNumber(), year?.verdict?.status, ...(year?.verdict?.reasons ?? [])];
  };
  t.same(await kgOf({ gas: 'co2e' }), [177_000, 'missed']);
  t.same(await kgOf({ gas: 'co2' }), [174_890, 'met']);
  // Losses have a part of CO2, what is upstream has none.
  t.same(await kgOf({ gas: 'co2', scopes: [2, 3] }), [
    193_230,
    'insufficient-data',
    'electricity.wtt-generation has no factor',
    'electricity.wtt-td has no factor',
  ]);
});
