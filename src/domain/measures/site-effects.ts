import type { Decimal } from '../decimal.ts';
import type { DaySpan } from '../local-day.ts';
import { type EnergyOf, yearWithMeasures } from './apply-measures.ts';
import type { Measure } from './measure.ts';
import type { Quantities, YearUse } from './site-use.ts';

/** What a measure does to the emissions of a year, in kilograms: below 0 is less. */
export type MeasureEffect = {
  measure: Measure;
  /** On its own, as if no other measure were taken. */
  ownKg: Decimal;
  /** Beside those before it in the order. */
  marginalKg: Decimal;
};

/** What measures at one site do in a year, in their order. */
export function siteEffects(
  year: DaySpan,
  use: YearUse,
  ordered: readonly Measure[],
  energyOf: EnergyOf,
  kgOf: (quantities: Quantities) => Decimal,
): MeasureEffect[] {
  const steps = yearWithMeasures(year, use, ordered, energyOf).map(kgOf);
  return ordered.map((measure, index) => {
    const [without, alone] = yearWithMeasures(year, use, [measure], energyOf).map(kgOf) as [Decimal, Decimal];
    const [before, after] = [steps[index] as Decimal, steps[index + 1] as Decimal];
    return { measure, ownKg: alone.minus(without), marginalKg: after.minus(before) };
  });
}
