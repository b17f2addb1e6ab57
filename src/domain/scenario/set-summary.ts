import { Decimal, sum } from '../decimal.ts';
import type { Measure } from '../measures/measure.ts';
import { savedTonnes } from './rank-measures.ts';
import { addEffects, effectKg, type YearEffect } from './year-effect.ts';

/** A measure of a set, over all years to come. */
export type RankedMeasure = {
  measure: Measure;
  /** What it does if no other of the set is taken. */
  own: YearEffect;
  /** What it does beside handovers and those that are ranked before it: these add up to what the set does. */
  marginal: YearEffect;
};

/** What a set comes to. Kilograms below 0 are less. */
export type SetSummary = {
  ownKg: Decimal;
  /** What leaves with sites that are handed over, which is no saving (rule D5). */
  transferredKg: Decimal;
  savedTonnes: Decimal;
  costGbp: Decimal;
  /** Keys of measures of which no cost is stated. */
  withoutCost: readonly string[];
  /** Of all measures but handovers; null where one of them has no cost, or nothing is saved. */
  gbpPerTonne: Decimal | null;
};

const costOf = (all: readonly RankedMeasure[]): Decimal =>
  sum(all.map(({ measure }) => new Decimal(measure.costGbp ?? 0)));
const unpricedIn = (all: readonly RankedMeasure[]): string[] =>
  all.flatMap(({ measure }) => (measure.costGbp === null ? [measure.key] : []));

/** Sums a ranked set. */
export function setSummary(ranked: readonly RankedMeasure[]): SetSummary {
  const saving = ranked.filter(({ measure }) => measure.kind !== 'handover');
  const transfers = ranked.filter(({ measure }) => measure.kind === 'handover');
  const saved = savedTonnes(addEffects(saving.map(({ marginal }) => marginal)));
  const isPriced = unpricedIn(saving).length === 0 && saved.gt(0);
  return {
    ownKg: effectKg(addEffects(ranked.map(({ own }) => own))),
    transferredKg: effectKg(addEffects(transfers.map(({ marginal }) => marginal))),
    savedTonnes: saved,
    costGbp: costOf(ranked),
    withoutCost: unpricedIn(ranked),
    gbpPerTonne: isPriced ? costOf(saving).div(saved) : null,
  };
}
