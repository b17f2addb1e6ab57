/** Largest absolute value of an interval or total, exclusive: below it a double holds six decimals exactly. */
export const VALUE_LIMIT = 1e9;

/** Values that devices and portals deliver for "no reading", in kWh or m3; they are refused, never stored (rule E12). */
const SENTINELS: ReadonlySet<number> = new Set([
  4_294_967.295, 2_147_483.647, 16_777.215, 8_590.017, 34_364.271, 4_295.103,
]);

/**
 * Why a value cannot be stored, or null when it can: finite, below a thousand million, at most six decimals, and none of
 * the numbers that stand for "no reading".
 */
export function valueFault(value: number): { code: string; detail: string } | null {
  if (!Number.isFinite(value) || Math.abs(value) >= VALUE_LIMIT)
    return { code: 'value-out-of-range', detail: `${value} is out of range: expected a number between -1e9 and 1e9` };
  if (Number(value.toFixed(6)) !== value)
    return { code: 'too-many-decimals', detail: `${value} has more than six decimals: expected at most six` };
  if (SENTINELS.has(value))
    return {
      code: 'sentinel-value',
      detail: `${value} is a meter's code for "no reading": send null for a missing value`,
    };
  return null;
}
