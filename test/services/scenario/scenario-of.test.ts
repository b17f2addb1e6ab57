import fc from 'fast-check';
import t from 'tap';
import { Decimal, sum } from '../../../src/domain/decimal.ts';
import { addDays } from '../../../src/domain/local-day.ts';
import { MEASURE_KINDS, type Measure, takesWholeSite } from '../../../src/domain/measures/measure.ts';
import type { MeasureOrder } from '../../../src/domain/scenario/rank-measures.ts';
import { addEffects, effectKg, effectOnGapKg, type YearEffect } from '../../../src/domain/scenario/year-effect.ts';
import { type Projection, projectTarget } from '../../../src/services/projection/project-target.ts';
import { type Scenario, scenarioOf } from '../../../src/services/scenario/scenario-of.ts';
import { changeOf, measureOf } from '../../support/measures.ts';
import { memoryDeps } from '../../support/memory-deps.ts';
import { estateOf } from '../../support/memory-estate.ts';
import { targetOf } from '../../support/memory-target.ts';
import { evenDays } from '../../support/memory-usage.ts';
import { holdsInTime } from '../../support/property.ts';

const from = '2015-01-01';
const ESTATE = estateOf([
  { key: 'G', activity: 'natural-gas', from },
  { key: 'E', activity: 'electricity', from },
  { key: 'D', activity: 'electricity', site: 'T', from },
  { key: 'H', activity: 'natural-gas', site: 'T', from },
]);
const used = (meter: string, quantities: number[]) =>
  quantities.map((quantity, index) => ({ meter, period: `${2023 + index}/${24 + index}`, quantity }));
const DEPS = memoryDeps(
  ESTATE,
  evenDays(ESTATE, [
    ...used('G', [1_100_000, 1_000_000, 900_000]),
    ...used('E', [300_000, 330_000, 300_000]),
    ...used('D', [100_000, 100_000, 100_000]),
    ...used('H', [50_000, 60_000, 40_000]),
  ]),
);
const TARGET = targetOf({
  scopes: [1, 2, 3],
  baseline: { period: '2023/24', kind: 'computed' },
  milestones: [{ period: '2029/30', reductionPercent: 50 }],
});
const ASKED = { normalisation: null, trendYears: 5, hold: [], pathway: null };
const project = (measures: readonly Measure[]): Promise<Projection> =>
  projectTarget(DEPS, TARGET, null, { ...ASKED, measures });

const activity = fc.constantFrom('natural-gas' as const, 'electricity' as const);
const less = fc.oneof(
  fc.record({ activity, percent: fc.integer({ min: -100, max: 0 }) }),
  fc.record({ activity, perYear: fc.integer({ min: -400_000, max: -1 }) }),
);
const replacement = { activity: 'natural-gas' as const, efficiency: 0.84, performance: 2.8 };
const any = fc.oneof(
  less,
  fc.record({ activity, perYear: fc.integer({ min: 1, max: 50_000 }) }),
  fc.constant({ activity: 'electricity' as const, replaces: replacement }),
);
const START = '2026-04-01';
function measuresOf(kinds: readonly Measure['kind'][], change: fc.Arbitrary<Parameters<typeof changeOf>[0]>) {
  const one = fc.record({
    kind: fc.constantFrom(...kinds),
    site: fc.constantFrom('S', 'T'),
    days: fc.tuple(fc.integer({ min: 0, max: 1_400 }), fc.option(fc.integer({ min: 1, max: 900 }), { freq: 3 })),
    changes: fc.array(change, { minLength: 1, maxLength: 3 }),
    costGbp: fc.option(fc.integer({ min: 0, max: 1_000_000 })),
  });
  return fc.array(one, { maxLength: 6 }).map((all) =>
    all.map(({ kind, site, days: [first, length], changes, costGbp }, index): Measure => {
      const day = addDays(START, first);
      const to = length === null ? null : addDays(day, length);
      const own = takesWholeSite(kind) ? [] : changes.map(changeOf);
      return measureOf(`m${index}`, { kind, site, from: day, to, changes: own, costGbp });
    }),
  );
}
const ALL = measuresOf(MEASURE_KINDS, any);
const orders = fc.constantFrom<MeasureOrder>('gbpPerTonne', 'tonnes');

/** A 365th has no end of decimals: 40 digits are carried. */
const isSame = (a: Decimal, b: Decimal): boolean => a.minus(b).abs().lt(1e-25);
function isSameEffect(a: YearEffect, b: YearEffect): boolean {
  return ([1, 2, 3] as const).every((scope) => isSame(a.kg[scope], b.kg[scope])) && isSame(a.allowedKg, b.allowedKg);
}
const wholeSet = async (measures: readonly Measure[], order: MeasureOrder = 'tonnes'): Promise<Scenario> =>
  scenarioOf(await project(measures), () => true, order);
const at = (all: readonly YearEffect[], index: number): YearEffect => all[index] ?? addEffects([]);

t.test('what measures add to each other is, in all, what the set does, in every scope and ranking', async (t) => {
  await holdsInTime(
    t,
    fc.asyncProperty(ALL, orders, async (measures, order) => {
      const { ranked, effect } = await wholeSet(measures, order);
      return ranked.length === measures.length && isSameEffect(addEffects(ranked.map((each) => each.marginal)), effect);
    }),
    20,
  );
});

t.test('the order in which measures are named, and the ranking, change nothing of the whole', async (t) => {
  await holdsInTime(
    t,
    fc.asyncProperty(
      ALL.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      async ([measures, shuffled]) => {
        const [first, second] = [await wholeSet(measures), await wholeSet(shuffled, 'gbpPerTonne')];
        return first.yearly.every((each, index) => isSameEffect(each, at(second.yearly, index)));
      },
    ),
    20,
  );
});

t.test('measures that only save are never counted twice: no more than each alone, no less than any', async (t) => {
  const kinds = MEASURE_KINDS.filter((kind) => kind !== 'handover');
  await holdsInTime(
    t,
    fc.asyncProperty(measuresOf(kinds, less), async (measures) => {
      const scenario = await wholeSet(measures);
      const saved = effectKg(scenario.effect).negated();
      const alone = scenario.ranked.map(({ own }) => effectKg(own).negated());
      const most = Decimal.max(0, ...alone);
      const left = scenario.with.years.every(({ amount }) => amount.expected.gte(-1e-25));
      return left && saved.lte(sum(alone).plus(1e-25)) && saved.gte(most.minus(1e-25));
    }),
    20,
  );
});

t.test('the budget differs by the sum of the years, and each year by what the set does', async (t) => {
  await holdsInTime(
    t,
    fc.asyncProperty(ALL, async (measures) => {
      const { yearly, without, with: after } = await wholeSet(measures);
      const gap = (side: Scenario['with']) => side.budget.gap?.expected ?? new Decimal(Number.NaN);
      const years = after.years.every((year, index) => {
        const before = without.years[index];
        if (before === undefined) return false;
        const differs = year.amount.expected.minus(before.amount.expected);
        return isSame(differs, effectKg(at(yearly, index)));
      });
      return years && isSame(gap(after).minus(gap(without)), sum(yearly.map(effectOnGapKg)));
    }),
    20,
  );
});

t.test('an empty set does nothing', async (t) => {
  const scenario = scenarioOf(await project([measureOf('a')]), () => false, 'tonnes');
  t.same(scenario.ranked, []);
  t.ok(scenario.yearly.every((each) => effectOnGapKg(each).isZero()));
  t.same(scenario.with, scenario.without);
});

t.test('a set against what is there before is what the projection with both is more than with that', async (t) => {
  await holdsInTime(
    t,
    fc.asyncProperty(ALL, fc.integer({ min: 0, max: 6 }), async (measures, count) => {
      const given = measures.slice(0, count);
      const both = scenarioOf(await project(measures), (measure) => !given.includes(measure), 'tonnes');
      const before = await project(given);
      const after = await project(measures);
      return both.yearly.every((each, index) => {
        const [was, is] = [before.years[index], after.years[index]];
        if (was === undefined || is === undefined) return false;
        const allowed = is.allowedKg.minus(was.allowedKg);
        return isSame(effectKg(each), is.effectKg.minus(was.effectKg)) && isSame(each.allowedKg, allowed);
      });
    }),
    20,
  );
});

t.test('a handover that ends brings its site back into the baseline, for the whole of that year', async (t) => {
  const lent = measureOf('a', { kind: 'handover', site: 'S', from: '2027-10-01', to: '2029-01-01', changes: [] });
  const { yearly, without } = await wholeSet([lent]);
  const whole = yearly.map((each) => effectKg(each).isZero());
  t.same(whole, [true, false, true, true], 'away in 2027/28 alone: in March 2029 it is back');
  t.same(
    yearly.map(({ allowedKg }) => allowedKg.isZero()),
    whole,
  );
  t.equal(without.years.length, 4);
});
