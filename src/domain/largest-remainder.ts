import { Decimal, sum, ZERO } from './decimal.ts';

/** Digits below the unit in which remainders are compared: what is equal but for the last digit of a division is equal. */
const REMAINDER_DIGITS = 12;

/**
 * Rounds amounts to units of `places` decimals so that they add to `total` exactly: each is cut to whole units, and the
 * units that are left go to the largest remainders, of equal ones to the first. What is exactly 0 stays 0. `total` is a
 * whole number of units, and the amounts add to it but for its own rounding.
 */
export function splitByRemainder(total: Decimal, exact: readonly Decimal[], places: number): Decimal[] {
  const unit = new Decimal(10).pow(-places);
  const inUnits = exact.map((value) => value.div(unit).toDecimalPlaces(REMAINDER_DIGITS));
  const whole = inUnits.map((value) => value.floor());
  const order = inUnits
    .map((value, index) => ({ index, rest: value.minus(whole[index] ?? ZERO) }))
    .filter(({ index }) => !(inUnits[index] ?? ZERO).isZero())
    .sort((a, b) => b.rest.comparedTo(a.rest) || a.index - b.index);
  const left = total.div(unit).minus(sum(whole)).toNumber();
  order.slice(0, left).forEach(({ index }) => {
    whole[index] = (whole[index] ?? ZERO).plus(1);
  });
  return whole.map((units) => units.times(unit));
}
