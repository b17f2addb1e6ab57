import { Decimal } from '../decimal.ts';
import type { Measure } from '../measures/measure.ts';
import { transfersAmong } from '../measures/transfers.ts';
import { effectKg, type YearEffect } from './year-effect.ts';

/** What measures are ranked by. */
export const MEASURE_ORDERS = ['gbpPerTonne', 'tonnes'] as const;
export type MeasureOrder = (typeof MEASURE_ORDERS)[number];

/** Why a measure has no pounds per tonne; in the order in which they are listed after those that have. */
export const UNPRICED = ['no-cost', 'saves-nothing', 'transfer'] as const;
export type Unpriced = (typeof UNPRICED)[number];

const KG_PER_TONNE = 1_000;

/** Tonnes that an effect over some years saves; below 0 where more is emitted. */
export function savedTonnes(effect: YearEffect): Decimal {
  return effectKg(effect).negated().div(KG_PER_TONNE);
}

/**
 * Pounds for each tonne that is saved, or why there are none: the whole cost over what is saved in the years that are
 * counted. A handover is a transfer and saves nothing (rule D5).
 */
export function gbpPerTonne(
  { kind, costGbp }: Pick<Measure, 'kind' | 'costGbp'>,
  effect: YearEffect,
): Decimal | Unpriced {
  const tonnes = savedTonnes(effect);
  if (kind === 'handover') return 'transfer';
  if (tonnes.lte(0)) return 'saves-nothing';
  return costGbp === null ? 'no-cost' : new Decimal(costGbp).div(tonnes);
}

/** A measure with what it does on its own over all years that are counted. */
export type Rankable = { measure: Measure; own: YearEffect };

type Rank = { group: number; amount: Decimal; saved: Decimal; key: string };

function rankOf({ measure, own }: Rankable, order: MeasureOrder): Rank {
  const price = gbpPerTonne(measure, own);
  const saved = savedTonnes(own);
  const { key } = measure;
  if (order === 'tonnes') return { group: price === 'transfer' ? 1 : 0, amount: saved.negated(), saved, key };
  if (typeof price === 'string') return { group: 1 + UNPRICED.indexOf(price), amount: saved.negated(), saved, key };
  return { group: 0, amount: price, saved, key };
}

/**
 * Measures in the order of a ranking, by what each does on its own, so that no other measure moves them: the fewest pounds
 * per tonne first, or the most tonnes. Those without pounds per tonne come after those that have them, by reason and tonnes;
 * transfers are not ranked, and come last.
 */
export function rankMeasures<Item extends Rankable>(items: readonly Item[], order: MeasureOrder): Item[] {
  const ranked = items.map((item) => ({ item, rank: rankOf(item, order) }));
  ranked.sort(({ rank: a }, { rank: b }) => {
    const byKey = a.key < b.key ? -1 : 1;
    return a.group - b.group || a.amount.comparedTo(b.amount) || b.saved.comparedTo(a.saved) || byKey;
  });
  return ranked.map(({ item }) => item);
}

/**
 * Ranked measures in the order in which they are added up: handovers, then the others in their ranks. What is saved at a
 * site that somebody else has is no saving of the council's. Handovers of sites that are closed by then add nothing, and
 * come last.
 */
export function inAddingOrder<Item extends Pick<Rankable, 'measure'>>(ranked: readonly Item[]): Item[] {
  const transfers = new Set(transfersAmong(ranked.map(({ measure }) => measure)));
  const placeOf = ({ measure }: Item): number => (transfers.has(measure) ? 0 : measure.kind === 'handover' ? 2 : 1);
  return [0, 1, 2].flatMap((place) => ranked.filter((item) => placeOf(item) === place));
}
