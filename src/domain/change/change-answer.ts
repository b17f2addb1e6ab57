import { type Decimal, roundKg, ZERO } from '../decimal.ts';
import { type ChangeSums, sumOfParts } from './change-sums.ts';
import { FACTOR_KINDS, type FactorKind } from './factor-kinds.ts';

/** The parts of a change, rounded to the gram; they add up to it. */
export type AnsweredParts = {
  boundary: number;
  openedClosed: number;
  missingData: number;
  factor: number;
  /** Null where it is not quantified, and inside `use`. */
  weather: number | null;
  use: number;
  /** Null where both periods are answered from the same knowledge. */
  revision: number | null;
};

/** A change with its parts, rounded. */
export type AnsweredChange = {
  changeKgCo2e: number;
  parts: AnsweredParts;
  factorByKind: { kind: FactorKind; kgCo2e: number }[];
  notQuantified: 'weather'[];
  notApplicable: 'revision'[];
  /** What rounding moved into `use`; absent where it moved nothing. */
  roundingKgCo2e?: number;
};

/** The two kilograms of a change as they are printed, and what another knowledge of the first one made of it, exact. */
export type ChangeEnds = { from: Decimal; to: Decimal; revision: Decimal | null };

/** Whole grams: numbers that are added to be printed must not carry the residue of binary fractions. */
const grams = (kg: number): number => Math.round(kg * 1000);

/** Rounds the kinds of a sum so that they add to its rounded amount: the largest takes the remainder. */
function kindsOf({ factorByKind }: ChangeSums, whole: number): AnsweredChange['factorByKind'] {
  const kinds = FACTOR_KINDS.flatMap((kind) => {
    const kg = factorByKind.get(kind);
    return kg === undefined ? [] : [{ kind, kgCo2e: roundKg(kg) }];
  });
  const rest = grams(whole) - kinds.reduce((sum, { kgCo2e }) => sum + grams(kgCo2e), 0);
  const [largest] = [...kinds].sort((a, b) => Math.abs(b.kgCo2e) - Math.abs(a.kgCo2e));
  if (largest !== undefined && rest !== 0) largest.kgCo2e = (grams(largest.kgCo2e) + rest) / 1000;
  return kinds;
}

/**
 * Rounds a change on the way out. The change is the difference of the two figures as they are printed, every part but `use`
 * is rounded from its exact value, and `use` takes what the rounding leaves, a few grams at most (rule G1).
 */
export function answeredChange(sums: ChangeSums, { from, to, revision }: ChangeEnds): AnsweredChange {
  const hasWeather = sums.fitted.size > 0;
  const parts: AnsweredParts = {
    boundary: roundKg(sums.boundary),
    openedClosed: roundKg(sums.openedClosed),
    missingData: roundKg(sums.missingData),
    factor: roundKg(sums.factor),
    weather: hasWeather ? roundKg(sums.weather) : null,
    use: 0,
    revision: revision === null ? null : roundKg(revision),
  };
  const change = grams(roundKg(to)) - grams(roundKg(from));
  const others = Object.values(parts).reduce<number>((sum, kg) => sum + grams(kg ?? 0), 0);
  parts.use = (change - others) / 1000;
  const use = hasWeather ? sums.use : sums.use.plus(sums.weather);
  const rounding = change - others - grams(roundKg(use));
  return {
    changeKgCo2e: change / 1000,
    parts,
    factorByKind: kindsOf(sums, parts.factor),
    notQuantified: hasWeather && sums.unfitted.size === 0 ? [] : ['weather'],
    notApplicable: revision === null ? ['revision'] : [],
    ...(rounding === 0 ? {} : { roundingKgCo2e: rounding / 1000 }),
  };
}

/** By how much the exact parts miss the change; zero but for the last of forty digits. */
export function remainderOf(sums: ChangeSums, { from, to, revision }: ChangeEnds): Decimal {
  return to
    .minus(from)
    .minus(sumOfParts(sums))
    .minus(revision ?? ZERO);
}
