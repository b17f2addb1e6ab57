import { Decimal as BaseDecimal } from 'decimal.js';

/**
 * Decimal arithmetic for quantities and emissions: 40 significant digits, half-up. A clone, so that no other
 * user of the library can change its settings. Rounding happens once, on the way out.
 */
export const Decimal = BaseDecimal.clone({
  precision: 40,
  rounding: BaseDecimal.ROUND_HALF_UP,
  toExpNeg: -40,
  toExpPos: 40,
});
export type Decimal = BaseDecimal;

export const ZERO: Decimal = new Decimal(0);

function rounded(value: Decimal, places: number): number {
  const number = value.toDecimalPlaces(places).toNumber();
  // A negative amount below half the last digit rounds to -0, which must never be printed.
  return number === 0 ? 0 : number;
}

/** Kilograms on the way out: three decimals, that is whole grams. */
export function roundKg(value: Decimal): number {
  return rounded(value, 3);
}

/** Pounds on the way out: two decimals. */
export function roundGbp(value: Decimal): number {
  return rounded(value, 2);
}

/** A percentage on the way out: one decimal. */
export function roundPercent(value: Decimal): number {
  return rounded(value, 1);
}

/** Quantities on the way out: six decimals, the precision in which they are stored. */
export function roundQuantity(value: Decimal): number {
  return rounded(value, 6);
}

/** Exact sum of decimals; 0 for none. */
export function sum(values: Iterable<Decimal>): Decimal {
  let total = ZERO;
  for (const value of values) total = total.plus(value);
  return total;
}
