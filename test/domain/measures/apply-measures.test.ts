import fc from 'fast-check';
import t from 'tap';
import type { Activity } from '../../../src/domain/activities.ts';
import { Decimal, sum } from '../../../src/domain/decimal.ts';
import { addDays } from '../../../src/domain/local-day.ts';
import { inOrder, yearWithMeasures } from '../../../src/domain/measures/apply-measures.ts';
import { MEASURE_KINDS, type Measure, takesWholeSite } from '../../../src/domain/measures/measure.ts';
import { type Quantities, useKey, type YearUse } from '../../../src/domain/measures/site-use.ts';
import { parsePeriod } from '../../../src/domain/period.ts';
import { changeOf, measureOf } from '../../support/measures.ts';
import { holds } from '../../support/property.ts';

const YEAR = parsePeriod('2028/29');
const asEnergy = (_key: string, quantity: Decimal): Decimal => quantity;
const useOf = (quantities: Partial<Record<Activity, number>>): YearUse =>
  new Map(
    Object.entries(quantities).map(([activity, quantity]) => [
      useKey(activity as Activity, 'kWh'),
      { quantity: new Decimal(quantity), byMonth: [] },
    ]),
  );
const ACTIVITIES = ['natural-gas', 'electricity', 'gas-oil'] as const;

const change = fc.oneof(
  fc.record({ activity: fc.constantFrom(...ACTIVITIES), percent: fc.integer({ min: -100, max: 50 }) }),
  fc.record({ activity: fc.constantFrom(...ACTIVITIES), perYear: fc.integer({ min: -80_000, max: 20_000 }) }),
  fc.constant({
    activity: 'electricity' as const,
    replaces: { activity: 'natural-gas' as const, efficiency: 0.9, performance: 3 },
  }),
);
const measure = fc.record({
  kind: fc.constantFrom(...MEASURE_KINDS),
  days: fc.tuple(fc.integer({ min: -400, max: 400 }), fc.option(fc.integer({ min: 1, max: 500 }))),
  changes: fc.array(change, { minLength: 1, maxLength: 4 }),
});
const measures = fc.array(measure, { maxLength: 6 }).map((all) =>
  all.map(({ kind, days: [start, length], changes }, index): Measure => {
    const from = addDays(YEAR.start, start);
    const to = length === null ? null : addDays(from, length);
    return measureOf(`m${index}`, { kind, from, to, changes: takesWholeSite(kind) ? [] : changes.map(changeOf) });
  }),
);
const USE = useOf({ 'natural-gas': 100_000, electricity: 40_000, 'gas-oil': 0 });
const steps = (all: readonly Measure[]): Quantities[] => yearWithMeasures(YEAR, USE, inOrder(all), asEnergy);
const texts = (quantities: Quantities | undefined) =>
  [...(quantities ?? [])].map(([key, value]) => `${key} ${value}`).sort();

t.test('no set of measures takes more than there is', async (t) => {
  holds(
    t,
    fc.property(measures, (all) => steps(all).every((step) => [...step.values()].every((quantity) => quantity.gte(0)))),
  );
});

t.test('in which order measures are asked for changes nothing', async (t) => {
  holds(
    t,
    fc.property(
      measures.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) => {
        const [first, second] = [steps(all), steps(shuffled)];
        return first.every((step, index) => texts(step).join() === texts(second[index]).join());
      },
    ),
  );
});

t.test('what each measure adds to those before is, in all, what they do together', async (t) => {
  holds(
    t,
    fc.property(measures, (all) => {
      const found = steps(all);
      return [...(found[0]?.keys() ?? [])].every((key) => {
        const at = (index: number): Decimal => found[index]?.get(key) ?? new Decimal(0);
        const marginal = sum(all.map((_, index) => at(index + 1).minus(at(index))));
        // A 365th of a year has no end of decimals: 40 digits are carried.
        return marginal
          .minus(at(all.length).minus(at(0)))
          .abs()
          .lt(1e-30);
      });
    }),
  );
});

t.test('a measure that has not begun, or has ended, changes nothing', async (t) => {
  for (const days of [{ from: '2029-04-01' }, { from: '2027-04-01', to: '2028-04-01' }])
    t.same(texts(steps([measureOf('a', days)])[1]), texts(steps([])[0]));
});

t.test('a change of its own day begins then', async (t) => {
  const staged = measureOf('a', {
    from: '2028-04-01',
    changes: [changeOf({ percent: -50 }), changeOf({ percent: -100, from: '2028-10-01' })],
  });
  // 183 of 365 days with half of the gas, 182 without any.
  t.equal(steps([staged])[1]?.get('natural-gas kWh')?.toDecimalPlaces(6).toNumber(), 25_068.493151);
});

t.test('what replaces a fuel in litres goes by its energy', async (t) => {
  const use: YearUse = new Map([['gas-oil litre', { quantity: new Decimal(1_000), byMonth: [] }]]);
  const pump = measureOf('a', {
    changes: [
      changeOf({ activity: 'gas-oil', percent: -100 }),
      changeOf({ activity: 'electricity', replaces: { activity: 'gas-oil', efficiency: 0.9, performance: 3 } }),
    ],
  });
  const [, after] = yearWithMeasures(YEAR, use, [pump], (_key, litres) => litres.times(10.5));
  t.equal(after?.get('electricity kWh')?.toNumber(), 3_150, '10,500 kWh × 0.9 / 3');
  t.equal(after?.get('gas-oil litre')?.toNumber(), 0);
});

t.test('what is below nothing is not brought there by an amount', async (t) => {
  const use: YearUse = new Map([['electricity kWh', { quantity: new Decimal(-50), byMonth: [] }]]);
  const solar = measureOf('a', { changes: [changeOf({ activity: 'electricity', perYear: -100 })] });
  t.equal(yearWithMeasures(YEAR, use, [solar], asEnergy)[1]?.get('electricity kWh')?.toNumber(), -50);
});
