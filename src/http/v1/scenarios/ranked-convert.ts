import { Decimal, roundGbp, roundKg, roundQuantity } from '../../../domain/decimal.ts';
import type { ByScope } from '../../../domain/projection/by-scope.ts';
import { gbpPerTonne, inAddingOrder, savedTonnes } from '../../../domain/scenario/rank-measures.ts';
import type { RankedMeasure } from '../../../domain/scenario/set-summary.ts';
import { effectKg, type YearEffect } from '../../../domain/scenario/year-effect.ts';
import type { Scenario } from '../../../services/scenario/scenario-of.ts';
import type { CsvColumn } from '../../csv.ts';
import { COST, WHAT_AND_WHEN } from '../measures/convert.ts';
import { printedDifference } from '../projections/part-convert.ts';
import type { RankedMeasureOutput } from './schemas.ts';

/** What is emitted and allowed in all years to come, with some measures. */
type Amounts = { kg: Decimal; allowedKg: Decimal };

const withEffect = ({ kg, allowedKg }: Amounts, effect: YearEffect): Amounts => {
  return { kg: kg.plus(effectKg(effect)), allowedKg: allowedKg.plus(effect.allowedKg) };
};

/** Kilograms by scope on their way out, with their total as it is printed. */
export function toScopes(kg: ByScope, total: number) {
  return { scope1: roundKg(kg[1]), scope2: roundKg(kg[2]), scope3: roundKg(kg[3]), total };
}

/** An effect, its totals as the difference of the amounts before it and after it as both are printed. */
function toEffect(measure: RankedMeasure['measure'], effect: YearEffect, before: Amounts): RankedMeasureOutput['own'] {
  const after = withEffect(before, effect);
  const price = gbpPerTonne(measure, effect);
  const saved = measure.kind === 'handover' ? new Decimal(0) : savedTonnes(effect);
  return {
    kgCo2e: toScopes(effect.kg, printedDifference(after.kg, before.kg)),
    allowedKgCo2e: printedDifference(after.allowedKg, before.allowedKg),
    savedTCo2e: roundQuantity(saved),
    gbpPerTonne: typeof price === 'string' ? null : roundGbp(price),
  };
}

/** Measures in their ranks. What each adds is printed as the amounts before and after it are, so that the steps add up. */
export function toRanked({ ranked, without }: Scenario): RankedMeasureOutput[] {
  const start: Amounts = { kg: without.budget.projected.expected, allowedKg: without.budget.allowedKg };
  const marginals = new Map<RankedMeasure, RankedMeasureOutput['marginal']>();
  let before = start;
  for (const each of inAddingOrder(ranked)) {
    marginals.set(each, toEffect(each.measure, each.marginal, before));
    before = withEffect(before, each.marginal);
  }
  return ranked.flatMap((each, index) => {
    const { key, name, kind, site, status, from, to, costGbp, costYear } = each.measure;
    const price = gbpPerTonne(each.measure, each.own);
    const marginal = marginals.get(each);
    if (marginal === undefined) return [];
    return [
      {
        ...(kind !== 'handover' && { rank: index + 1 }),
        ...{ measure: key, name, kind, site, status, from },
        ...(to !== null && { to }),
        ...(costGbp !== null && { costGbp }),
        ...(costYear !== null && { costYear }),
        ...{ own: toEffect(each.measure, each.own, start), marginal },
        ...(typeof price === 'string' && { unpriced: price }),
      },
    ];
  });
}

/** The columns of ranked measures as CSV. */
export const RANKED_COLUMNS: readonly CsvColumn<RankedMeasureOutput>[] = [
  { header: 'rank', value: ({ rank }) => rank },
  { header: 'measure', value: ({ measure }) => measure },
  ...WHAT_AND_WHEN,
  ...COST,
  ...(['own', 'marginal'] as const).flatMap((of): CsvColumn<RankedMeasureOutput>[] => [
    { header: `${of}KgCo2e`, value: (row) => row[of].kgCo2e.total },
    { header: `${of}Scope1KgCo2e`, value: (row) => row[of].kgCo2e.scope1 },
    { header: `${of}Scope2KgCo2e`, value: (row) => row[of].kgCo2e.scope2 },
    { header: `${of}Scope3KgCo2e`, value: (row) => row[of].kgCo2e.scope3 },
    { header: `${of}AllowedKgCo2e`, value: (row) => row[of].allowedKgCo2e },
    { header: `${of}SavedTCo2e`, value: (row) => row[of].savedTCo2e },
    { header: `${of}GbpPerTonne`, value: (row) => row[of].gbpPerTonne },
  ]),
  { header: 'unpriced', value: ({ unpriced }) => unpriced },
];
