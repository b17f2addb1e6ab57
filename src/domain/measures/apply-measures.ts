import type { Activity } from '../activities.ts';
import { Decimal, ZERO } from '../decimal.ts';
import type { DaySpan, LocalDay } from '../local-day.ts';
import { type Measure, type QuantityChange, takesWholeSite } from './measure.ts';
import { activityOf, addQuantities, dayShare, type Quantities, useIn, useKey, type YearUse } from './site-use.ts';

/** Gross kWh of a quantity of an activity; null for what is no energy. */
export type EnergyOf = (key: string, quantity: Decimal) => Decimal | null;

/** Measures in the order in which they take their effect: by first day, then by key. The order asked for changes nothing. */
export function inOrder(measures: readonly Measure[]): Measure[] {
  const before = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...measures].sort((a, b) => before(a.from, b.from) || before(a.key, b.key));
}

/** What a site uses with some measures, and whether it is still there. */
type SiteState = { use: Quantities; isGone: boolean };

/** Days in which nothing about the measures changes, with the share of the year that they are. */
type Slice = DaySpan & { yearShare: Decimal };

const isActive = ({ from, to }: { from: LocalDay; to: LocalDay | null }, { start }: Slice): boolean =>
  from <= start && (to === null || start < to);

/** A quantity with so much more of it; less never goes below nothing, and what is below it already stays. */
function withAmount(before: Decimal, amount: Decimal): Decimal {
  const after = before.plus(amount);
  return amount.isNegative() ? Decimal.max(after, Decimal.min(before, ZERO)) : after;
}

function changed(use: Quantities, change: QuantityChange, removed: ReadonlyMap<Activity, Decimal>, slice: Slice) {
  const { activity, unit, perYear, percent, replaces } = change;
  const after = new Map(use);
  const key = useKey(activity, unit);
  const before = use.get(key) ?? ZERO;
  if (perYear !== null) after.set(key, withAmount(before, slice.yearShare.times(perYear)));
  else if (replaces !== null) {
    const energy = removed.get(replaces.activity) ?? ZERO;
    after.set(key, before.plus(energy.times(replaces.efficiency).div(replaces.performance)));
  } else if (percent !== null)
    for (const [other, quantity] of use)
      if (activityOf(other) === activity) after.set(other, quantity.times(new Decimal(100).plus(percent)).div(100));
  return after;
}

/** What a site uses with one measure more. What the measures before it have taken is not there to be taken again. */
function withMeasure(state: SiteState, measure: Measure, slice: Slice, energyOf: EnergyOf): SiteState {
  if (state.isGone || !isActive(measure, slice)) return state;
  if (takesWholeSite(measure.kind)) {
    return { use: new Map([...state.use.keys()].map((key) => [key, ZERO])), isGone: true };
  }
  let { use } = state;
  const removed = new Map<Activity, Decimal>();
  for (const change of measure.changes) {
    if (change.from !== null && change.from > slice.start) continue;
    const after = changed(use, change, removed, slice);
    for (const [key, quantity] of use) {
      const less = quantity.minus(after.get(key) ?? ZERO);
      if (!less.gt(0)) continue;
      const activity = activityOf(key);
      removed.set(activity, (removed.get(activity) ?? ZERO).plus(energyOf(key, less) ?? ZERO));
    }
    use = after;
  }
  return { use, isGone: false };
}

function slicesOf(year: DaySpan, measures: readonly Measure[]): Slice[] {
  const edges = measures.flatMap(({ from, to, changes }) => [from, to, ...changes.map((change) => change.from)]);
  const inside = edges.filter((day): day is LocalDay => day !== null && day > year.start && day < year.end);
  const cuts = [...new Set([year.start, ...inside, year.end])].sort();
  return cuts.slice(1).map((end, index) => {
    const days = { start: cuts[index] ?? year.start, end };
    return { ...days, yearShare: dayShare(days, year) };
  });
}

/**
 * What a site uses in a year: without measures, with the first, with the first two, and so on, for measures in their order.
 * Percentages are of what is left by those before; amounts never take more than there is; a site that is closed uses nothing
 * more, whatever comes after. So two measures never save the same kWh.
 */
export function yearWithMeasures(
  year: DaySpan,
  use: YearUse,
  ordered: readonly Measure[],
  energyOf: EnergyOf,
): Quantities[] {
  const sums = [...ordered, null].map(() => new Map<string, Decimal>());
  for (const slice of slicesOf(year, ordered)) {
    let state: SiteState = { use: useIn(use, slice, year), isGone: false };
    sums.forEach((total, index) => {
      const measure = ordered[index - 1];
      if (measure !== undefined) state = withMeasure(state, measure, slice, energyOf);
      addQuantities(total, state.use);
    });
  }
  return sums;
}

/** What a site uses in a year with all of some measures, in their order. */
export function yearWithAll(year: DaySpan, use: YearUse, ordered: readonly Measure[], energyOf: EnergyOf): Quantities {
  const sums = new Map<string, Decimal>();
  for (const slice of slicesOf(year, ordered)) {
    const before: SiteState = { use: useIn(use, slice, year), isGone: false };
    addQuantities(sums, ordered.reduce((state, measure) => withMeasure(state, measure, slice, energyOf), before).use);
  }
  return sums;
}
