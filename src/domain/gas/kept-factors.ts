import type { EstimateInputs } from '../estimation/own-estimate.ts';
import { addDays, type DaySpan, type LocalDay } from '../local-day.ts';
import type { ConvertedEvidence } from './convert-gas.ts';
import type { GasFactors } from './gas-energy.ts';
import type { CalorificSource } from './gas-factors.ts';

/** The factors by which a volume of some days became energy, as its conversion keeps them. */
export type KeptFactors = DaySpan & GasFactors & { evidence: ConvertedEvidence; calorificSource: CalorificSource };

/** Factors by day, each day's own intervals before the total of a span. */
export type FactorsByDay = ReadonlyMap<LocalDay, KeptFactors>;

/** What turned the volumes of one meter into energy, by day. */
export function factorsByDay(kept: readonly KeptFactors[]): FactorsByDay {
  const byDay = new Map<LocalDay, KeptFactors>();
  for (const factors of kept)
    for (let day = factors.start; day < factors.end; day = addDays(day, 1))
      if (factors.evidence === 'interval' || !byDay.has(day)) byDay.set(day, factors);
  return byDay;
}

/** Gross kWh in one unit of a volume (rule E6); for values that are compared and not accounted for. */
export function kwhPerUnit({ unitFactor, correctionFactor, calorificValue }: GasFactors): number {
  return unitFactor.times(correctionFactor).times(calorificValue).div('3.6').toNumber();
}

/**
 * On which factors the energy of some days rests, for an estimate that is made of it: nothing where no volume was
 * converted. Calorific values in MJ per cubic metre.
 */
export function factorInputs(days: readonly LocalDay[], byDay: FactorsByDay): EstimateInputs {
  const used = [...new Set(days)].flatMap((day) => byDay.get(day) ?? []);
  if (used.length === 0) return {};
  const corrections = used.map(({ correctionFactor }) => correctionFactor.toNumber());
  const calorific = used.map(({ calorificValue }) => calorificValue.toNumber());
  return {
    correctionFactorLowest: Math.min(...corrections),
    correctionFactorHighest: Math.max(...corrections),
    calorificValueLowest: Math.min(...calorific),
    calorificValueHighest: Math.max(...calorific),
    assumedCalorificDays: used.filter(({ calorificSource }) => calorificSource === 'default').length,
  };
}
