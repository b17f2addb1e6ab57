import fc from 'fast-check';
import t from 'tap';
import { type Decimal, roundKg, sum } from '../../../src/domain/decimal.ts';
import { Refusal } from '../../../src/domain/refusal.ts';
import { ALLOCATION_GROUPS } from '../../../src/domain/targets/allocation.ts';
import { type Allocation, allocateTarget } from '../../../src/services/targets/target-allocation.ts';
import { memoryDeps } from '../../support/memory-deps.ts';
import { estateOf } from '../../support/memory-estate.ts';
import { targetOf } from '../../support/memory-target.ts';
import { evenDays } from '../../support/memory-usage.ts';
import { holdsInTime } from '../../support/property.ts';
import { randomEstates } from '../../support/random-estate.ts';

const TARGET = targetOf({
  scopes: [1, 2, 3],
  baseline: { period: '2022/23', kind: 'computed' },
  milestones: [{ period: '2026/27', reductionPercent: 37 }],
  budgets: [{ start: '2023-04-01', end: '2027-04-01' }],
});
const PUBLISHED = {
  ...TARGET,
  baseline: { period: '2022/23', kind: 'published' as const, emissionsKgCo2e: 1234.567, source: 'a test' },
};

const isSum = (whole: Decimal | null, parts: readonly (Decimal | null)[]): boolean =>
  sum(parts.flatMap((kg) => kg ?? [])).eq(whole === null ? 0 : roundKg(whole));

/** Whether all parts come to the whole, in every amount that is printed. */
function addsUp({ parts, years, startKg, budget }: Allocation): boolean {
  const isWholeYear = years.every((year, at) => {
    const own = parts.flatMap(({ years: yearsOfPart }) => yearsOfPart[at] ?? []);
    const shares = sum(own.map(({ share }) => share));
    return (
      own.length === parts.length &&
      isSum(
        year.allowedKg,
        own.map(({ allowedKg }) => allowedKg),
      ) &&
      isSum(
        year.actualKg,
        own.map(({ actualKg }) => actualKg),
      ) &&
      isSum(
        year.comparableKg,
        own.map(({ comparableKg }) => comparableKg),
      ) &&
      (shares.eq(1) || year.allowedKg.isZero())
    );
  });
  return (
    isWholeYear &&
    sum(parts.map(({ share }) => share)).eq(1) &&
    isSum(
      startKg,
      parts.map(({ baselineKg }) => baselineKg),
    ) &&
    sum(parts.map((part) => part.budget.allowedKg)).eq(budget.allowedKg) &&
    parts.every((part) => part.budget.allowedKg.eq(sum(part.years.slice(1).map(({ allowedKg }) => allowedKg))))
  );
}

t.test('on any estate parts add up to the whole to the gram, in every year and over the path', async (t) => {
  let divided = 0;
  const property = fc.asyncProperty(
    randomEstates,
    fc.constantFrom(TARGET, PUBLISHED),
    fc.constantFrom(...ALLOCATION_GROUPS),
    async ({ estate, days }, target, by) => {
      try {
        const allocation = await allocateTarget(memoryDeps(estate, days), target, null, { by, sharesOf: null });
        divided += 1;
        return addsUp(allocation);
      } catch (error) {
        // A baseline without data, or of nothing above 0, is refused.
        return error instanceof Refusal && error.code === 'baseline-outside-data';
      }
    },
  );
  await holdsInTime(t, property, 40);
  t.ok(divided > 20, `${divided} of 40 could be divided`);
});

const SITES = ['A', 'B', 'C'];

/** Gas used at three sites in the years from 2022/23. */
function depsOf(used: readonly (readonly number[])[]) {
  const gas = { activity: 'natural-gas' as const, from: '2022-04-01', kind: 'billed' as const };
  const sites = SITES.map((key) => ({ key, name: key }));
  const estate = estateOf(
    SITES.map((site) => ({ key: `GAS-${site}`, site, ...gas })),
    sites,
  );
  const readings = used.flatMap((amounts, year) =>
    amounts.map((quantity, at) => ({ meter: `GAS-${SITES[at]}`, period: `${2022 + year}/${23 + year}`, quantity })),
  );
  return memoryDeps(estate, evenDays(estate, readings));
}

t.test('a later actual of any part changes no allowance of any, and no verdict before it', async (t) => {
  const amount = fc.integer({ min: 0, max: 3_000_000 });
  const year = fc.tuple(amount, amount, amount);
  const known = [
    [500_000, 300_001, 200_000],
    [450_000, 300_000, 190_000],
  ];
  const property = fc.asyncProperty(year, year, async (first, then) => {
    const of = (last: readonly number[]) =>
      allocateTarget(depsOf([...known, last]), TARGET, null, { by: 'site', sharesOf: null });
    const [before, after] = [await of(first), await of(then)];
    return before.parts.every(({ id, years }, at) => {
      const later = after.parts[at];
      return (
        later?.id === id &&
        years.every(({ allowedKg, status, year: { year: number } }, index) => {
          const same = later.years[index];
          return same?.allowedKg.eq(allowedKg) === true && (number >= 2024 || same.status === status);
        })
      );
    });
  });
  await holdsInTime(t, property, 12);
});

t.test('a part has a verdict by its own data, and its own sum since the baseline (rule H6)', async (t) => {
  const deps = depsOf([
    [500_000, 300_000, 200_000],
    [400_000, 400_000, 180_000],
    [460_000, 200_000, 160_000],
  ]);
  const { parts } = await allocateTarget(deps, TARGET, null, { by: 'site', sharesOf: null });
  const statuses = parts.map(({ name, years }) => [name.key, years[1]?.status, years[2]?.status]);
  t.same(statuses, [
    ['A', 'on-track', 'off-track'],
    ['B', 'off-track', 'off-track'],
    ['C', 'on-track', 'on-track'],
  ]);
});
