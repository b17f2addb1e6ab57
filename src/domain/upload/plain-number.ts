const MINUS = 45;
const POINT = 46;
const ZERO = 48;

/** Longest text, without its sign, that is read digit by digit: fifteen digits and a point are exact in a double. */
const LENGTH_MAX = 16;
const DECIMALS_MAX = 6;
const POWERS_OF_TEN = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000] as const;

/**
 * Reads a plain decimal number, such as `-12.345678`, straight from the bytes of a file. Both the digits and the power of
 * ten are exact, so their quotient is the double nearest to the text, the same as `Number(text)` gives. NaN for anything
 * else, also for a number with more than six decimals: the caller then looks at the text.
 */
export function plainNumber(bytes: Buffer, start: number, end: number): number {
  let at = start;
  const isNegative = bytes[at] === MINUS;
  if (isNegative) at += 1;
  if (at === end || end - at > LENGTH_MAX) return Number.NaN;
  let digits = 0;
  let pointAt = -1;
  for (; at < end; at++) {
    const byte = bytes[at] as number;
    const digit = byte - ZERO;
    if (digit >= 0 && digit <= 9) digits = digits * 10 + digit;
    else if (byte === POINT && pointAt < 0) pointAt = at;
    else return Number.NaN;
  }
  if (pointAt >= 0) {
    const decimals = end - pointAt - 1;
    if (decimals > DECIMALS_MAX || end - start === (isNegative ? 2 : 1)) return Number.NaN;
    digits /= POWERS_OF_TEN[decimals] as number;
  }
  // Adding zero turns a negative zero into a plain one.
  return (isNegative ? -digits : digits) + 0;
}
