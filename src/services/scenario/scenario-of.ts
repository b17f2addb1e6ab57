import { ZERO } from '../../domain/decimal.ts';
import type { Measure } from '../../domain/measures/measure.ts';
import { shifted } from '../../domain/projection/projected-year.ts';
import { inAddingOrder, type MeasureOrder, rankMeasures } from '../../domain/scenario/rank-measures.ts';
import { type ScenarioSide, scenarioSide } from '../../domain/scenario/scenario-side.ts';
import type { RankedMeasure } from '../../domain/scenario/set-summary.ts';
import { addEffects, effectKg, lessEffect, type YearEffect } from '../../domain/scenario/year-effect.ts';
import { countedPast, outlookOf } from '../projection/outlook.ts';
import type { Projection } from '../projection/project-target.ts';

/** A target with a set of measures against the same target without it. */
export type Scenario = {
  projection: Projection;
  /** What is counted on both sides. */
  given: readonly Measure[];
  ranked: readonly RankedMeasure[];
  /** What the set does, year by year and in all. */
  yearly: readonly YearEffect[];
  effect: YearEffect;
  without: ScenarioSide;
  with: ScenarioSide;
};

function sideOf(projection: Projection, effects: readonly YearEffect[]): ScenarioSide {
  const coming = projection.years.map(({ projected, judged }, index) => {
    const effect = effects[index];
    const allowedKg = judged.allowedKg.plus(effect?.allowedKg ?? ZERO);
    const { year, period, kg } = projected;
    return { year, period, allowedKg, amount: shifted(kg, effect === undefined ? ZERO : effectKg(effect)) };
  });
  return scenarioSide(countedPast(projection), coming, outlookOf(projection, coming));
}

/**
 * Sets a target with some measures against the same without them; measures of the projection that are not of the set are
 * counted on both sides. Measures are ranked by what each does on its own, and what each adds is what it does beside those
 * that are added before it, so that nothing that two of them save is counted twice.
 */
export function scenarioOf(
  projection: Projection,
  isInSet: (measure: Measure) => boolean,
  order: MeasureOrder,
): Scenario {
  const { sets, measures } = projection;
  const given = measures.applied.filter((measure) => !isInSet(measure));
  const set = measures.applied.filter(isInSet);
  const alone = set.map((measure) => {
    const [own = []] = sets.added(given, [measure]);
    return { measure, own: addEffects(own) };
  });
  const listed = rankMeasures(alone, order);
  const adding = inAddingOrder(listed).map(({ measure }) => measure);
  const added = new Map(sets.added(given, adding).map((effects, index) => [adding[index], addEffects(effects)]));
  const ranked = listed.flatMap((each): RankedMeasure[] => {
    const marginal = added.get(each.measure);
    return marginal === undefined ? [] : [{ ...each, marginal }];
  });
  const [before, after] = [sets.of(given), sets.of(measures.applied)];
  const yearly = after.map((each, index) => lessEffect(each, before[index] as YearEffect));
  return {
    ...{ projection, given, ranked, yearly },
    effect: addEffects(yearly),
    without: sideOf(projection, before),
    with: sideOf(projection, after),
  };
}
