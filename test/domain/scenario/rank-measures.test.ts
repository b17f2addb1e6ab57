import t from 'tap';
import { Decimal, ZERO } from '../../../src/domain/decimal.ts';
import { financialYear } from '../../../src/domain/period.ts';
import { NO_EMISSIONS } from '../../../src/domain/projection/by-scope.ts';
import { exactly } from '../../../src/domain/projection/trend.ts';
import { inAddingOrder, type MeasureOrder, rankMeasures } from '../../../src/domain/scenario/rank-measures.ts';
import { scenarioSide } from '../../../src/domain/scenario/scenario-side.ts';
import { setSummary } from '../../../src/domain/scenario/set-summary.ts';
import { measureOf } from '../../support/measures.ts';
import { dec } from '../../support/memory-estate.ts';

/** A measure that saves so many tonnes, for so many pounds. */
const item = (key: string, tonnes: number, costGbp: number | null, kind: 'other' | 'handover' = 'other') => ({
  measure: measureOf(key, { kind, costGbp }),
  own: { kg: { ...NO_EMISSIONS, 1: new Decimal(-1_000 * tonnes) }, allowedKg: ZERO },
});
const ITEMS = [
  item('gift', 500, 10, 'handover'),
  item('free', 1, 0),
  item('dear', 10, 5_000),
  item('cheap', 10, 1_000),
  item('as-cheap', 20, 2_000),
  item('also-cheap', 20, 2_000),
  item('unknown', 30, null),
  item('worse', -5, 100),
  item('idle', 0, null),
];
const keys = (order: MeasureOrder) => rankMeasures(ITEMS, order).map(({ measure }) => measure.key);

t.test(
  'the fewest pounds per tonne come first, then the most tonnes, then the key; those without come last',
  async (t) => {
    t.same(keys('gbpPerTonne'), [
      ...['free', 'also-cheap', 'as-cheap', 'cheap', 'dear'],
      // No cost, nothing saved, a transfer.
      ...['unknown', 'idle', 'worse', 'gift'],
    ]);
  },
);

t.test('by tonnes a cost does not matter, and a transfer is none the less no saving', async (t) => {
  const cheap = ['also-cheap', 'as-cheap', 'cheap', 'dear'];
  t.same(keys('tonnes'), ['unknown', ...cheap, 'free', 'idle', 'worse', 'gift']);
});

t.test('handovers are added first', async (t) => {
  const ranked = rankMeasures(ITEMS, 'gbpPerTonne');
  t.same(
    inAddingOrder(ranked).map(({ measure }) => measure.key),
    ['gift', ...keys('gbpPerTonne').slice(0, -1)],
  );
});

t.test('a set has pounds per tonne only where all that save have a cost, handovers apart', async (t) => {
  const summed = (names: string[]) => {
    const chosen = ITEMS.filter(({ measure }) => names.includes(measure.key));
    return setSummary(chosen.map((each) => ({ ...each, marginal: each.own })));
  };
  t.match(summed(['gift', 'cheap', 'dear']), { withoutCost: [], costGbp: dec(6_010), gbpPerTonne: dec(300) });
  t.equal(summed(['cheap', 'unknown']).gbpPerTonne, null);
  t.same(summed(['cheap', 'unknown']).withoutCost, ['unknown']);
  t.equal(summed(['worse']).gbpPerTonne, null);
  t.equal(summed([]).gbpPerTonne, null);
});

t.test('where it is not known what was emitted, nothing is said of what is left', async (t) => {
  const year = { year: 2026, period: financialYear(2026), allowedKg: dec(100), amount: exactly(dec(500)) };
  const budget = { allowedKg: dec(100), projected: exactly(dec(500)), gap: null };
  const unknown = scenarioSide([], [year], { ...budget, emittedKg: null });
  t.match(unknown, { runsOutOn: null, years: [{ leftKg: null }] });
  // 100 of 500 kg: a fifth of the year.
  const known = scenarioSide([], [year], { ...budget, emittedKg: ZERO });
  t.match(known, { runsOutOn: '2026-06-13', years: [{ leftKg: dec(-400) }] });
});
