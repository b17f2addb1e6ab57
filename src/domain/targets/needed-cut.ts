import { Decimal, sum, ZERO } from '../decimal.ts';

/**
 * The cut that leads from a year's emissions to where they must be, said in two ways: `yearlyShare`, by which every year
 * is less than the one before, and `yearlyKg`, the same amount less each year. 0 where none is needed.
 */
export type NeededCut = { years: number; yearlyShare: Decimal; yearlyKg: Decimal };

const ONE = new Decimal(1);
/** Halvings after which what is left of an interval is far below a gram. */
const HALVINGS = 120;

/** The cut that leads from one amount to another in a number of years. */
export function cutToReach(fromKg: Decimal, toKg: Decimal, years: number): NeededCut {
  if (fromKg.lte(toKg)) return { years, yearlyShare: ZERO, yearlyKg: ZERO };
  const left = toKg.div(fromKg).pow(ONE.div(years));
  return { years, yearlyShare: ONE.minus(left), yearlyKg: fromKg.minus(toKg).div(years) };
}

/** The largest value between 0 and `top` at which a falling sum is still more than allowed, from above to far below a gram. */
function smallestWithin(top: Decimal, isWithin: (value: Decimal) => boolean): Decimal {
  let [low, high] = [ZERO, top];
  for (let step = 0; step < HALVINGS; step += 1) {
    const middle = low.plus(high).div(2);
    if (isWithin(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * The cut by which the years of a budget that are left stay within what is left of it. `ahead` counts the years from the
 * one whose emissions are given: 1 for the next. Null where nothing is left, or no year: no cut is enough.
 */
export function cutToStayWithin(fromKg: Decimal, leftKg: Decimal, ahead: readonly number[]): NeededCut | null {
  const years = ahead.length;
  if (years === 0 || leftKg.isNegative()) return null;
  if (fromKg.times(years).lte(leftKg)) return { years, yearlyShare: ZERO, yearlyKg: ZERO };
  const byShare = (share: Decimal): Decimal => sum(ahead.map((year) => fromKg.times(ONE.minus(share).pow(year))));
  const byKg = (kg: Decimal): Decimal => sum(ahead.map((year) => Decimal.max(ZERO, fromKg.minus(kg.times(year)))));
  // While no year falls below nothing the sum is a straight line, and its answer exact.
  const straight = fromKg
    .times(years)
    .minus(leftKg)
    .div(sum(ahead.map((year) => new Decimal(year))));
  const isStraight = straight.times(Math.max(...ahead)).lte(fromKg);
  return {
    years,
    yearlyShare: smallestWithin(ONE, (share) => byShare(share).lte(leftKg)),
    yearlyKg: isStraight ? straight : smallestWithin(fromKg, (kg) => byKg(kg).lte(leftKg)),
  };
}
