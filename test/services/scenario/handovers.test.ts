import t from 'tap';
import { type Decimal, roundKg } from '../../../src/domain/decimal.ts';
import type { Measure } from '../../../src/domain/measures/measure.ts';
import { effectKg, type YearEffect } from '../../../src/domain/scenario/year-effect.ts';
import { projectTarget } from '../../../src/services/projection/project-target.ts';
import { scenarioOf } from '../../../src/services/scenario/scenario-of.ts';
import { measureOf } from '../../support/measures.ts';
import { memoryDeps } from '../../support/memory-deps.ts';
import { estateOf, type SiteFields } from '../../support/memory-estate.ts';
import { targetOf } from '../../support/memory-target.ts';
import { evenDays } from '../../support/memory-usage.ts';

const TARGET = targetOf({
  scopes: [1],
  baseline: { period: '2023/24', kind: 'computed' },
  milestones: [{ period: '2029/30', reductionPercent: 50 }],
});
const handover = (key: string, site: string, from: string) =>
  measureOf(key, { kind: 'handover', site, from, changes: [] });

/** Gas of sites, the same in each of three years, with a target on it. */
async function scenario(used: Record<string, number>, measures: readonly Measure[], sites: SiteFields[] = []) {
  const meters = Object.keys(used).map((site) => {
    return { key: site, site, activity: 'natural-gas' as const, from: '2015-01-01' };
  });
  const estate = estateOf(meters, sites);
  const years = [2023, 2024, 2025].map((year) => `${year}/${year - 1999}`);
  const readings = Object.entries(used).flatMap(([meter, quantity]) =>
    years.map((period) => ({ meter, period, quantity })),
  );
  const asked = { normalisation: null, trendYears: 5, hold: [], pathway: null, measures };
  const projection = await projectTarget(memoryDeps(estate, evenDays(estate, readings)), TARGET, null, asked);
  return scenarioOf(projection, () => true, 'tonnes');
}

const kgOf = (effects: readonly YearEffect[]): number[] => effects.map((effect) => roundKg(effectKg(effect)));
const shares = (changed: readonly YearEffect[], allowed: readonly Decimal[]): number[] =>
  changed.map(({ allowedKg }, index) =>
    allowedKg
      .div(allowed[index] ?? 1)
      .toDecimalPlaces(6)
      .toNumber(),
  );

t.test('two handovers reach the threshold together: from then on both move the baseline (rule D5)', async (t) => {
  const [first, second] = [handover('a', 'T', '2027-10-01'), handover('b', 'U', '2028-07-01')];
  const found = await scenario({ S: 1_000_000, T: 45_000, U: 45_000 }, [first, second]);
  const allowed = found.without.years.map(({ allowedKg }) => allowedKg);
  // 45,000 of 1,090,000 kWh are 4.1 %: T leaves by the day, 182 of 365. With U they are 8.3 %, and U leaves for the year.
  t.same(kgOf(found.yearly), [0, -4_090.737, -16_407.9, -16_407.9]);
  t.same(shares(found.yearly, allowed), [0, 0, -0.082569, -0.082569], '90,000 of 1,090,000');
  const [a, b] = found.ranked;
  t.equal(a?.measure, first);
  t.ok(a?.own.allowedKg.isZero() && b?.own.allowedKg.isZero(), 'each is below the threshold alone');
  // 8,203.95 kg a year: 274 of 365 days from July on, and a year.
  t.same(b && kgOf([b.own, b.marginal]), [-14_362.532, -16_407.9]);
  t.ok(b?.marginal.allowedKg.isNegative(), 'what the second adds is that both move it');
  t.equal(found.projection.baseline?.status, 'recalculated');
});

t.test('below the threshold the baseline stays', async (t) => {
  const found = await scenario({ S: 1_000_000, T: 45_000 }, [handover('a', 'T', '2028-04-01')]);
  t.ok(found.effect.allowedKg.isZero());
  t.equal(found.projection.baseline?.status, 'below-threshold');
});

t.test('a transfer of the estate that lies ahead moves nothing here: the projection carries its site on', async (t) => {
  const used = { S: 800_000, T: 100_000, V: 100_000 };
  const closed = { on: '2028-04-01', reason: 'transferred' as const };
  const found = await scenario(used, [handover('a', 'T', '2027-04-01')], [{ key: 'V', closed }]);
  const allowed = found.without.years.map(({ allowedKg }) => allowedKg);
  t.same(shares(found.yearly, allowed), [0, -0.1, -0.1, -0.1], 'a tenth with T, and not another with V');
  t.same(kgOf(found.yearly), [0, -18_231, -18_231, -18_231]);
});

t.test('a site that is closed by then is not handed over: what is saved stays saved', async (t) => {
  const closing = measureOf('z', { kind: 'closing', site: 'T', from: '2027-04-01', changes: [] });
  const found = await scenario({ S: 800_000, T: 200_000 }, [closing, handover('a', 'T', '2029-04-01')]);
  t.same(kgOf(found.yearly), [0, -36_462, -36_462, -36_462]);
  t.ok(found.effect.allowedKg.isZero(), 'the baseline keeps what was closed');
  t.same(
    found.ranked.map(({ measure, marginal }) => [measure.key, ...kgOf([marginal])]),
    [
      ['z', -109_386],
      ['a', 0],
    ],
  );
  t.equal(found.projection.baseline, null);
});
