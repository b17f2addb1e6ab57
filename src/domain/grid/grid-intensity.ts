import { Refusal } from '../refusal.ts';

/** Whether an intensity was reckoned from what was generated, or foretold. */
export type IntensityMeasure = 'actual' | 'forecast';

/** Grams of CO2 that a kilowatt-hour from the grid of a region caused in the half-hour that begins at `startMs`. */
export type GridIntensity = { region: string; startMs: number; gPerKwh: number; measure: IntensityMeasure };

/** One value as it comes, with the place by which a refusal names it. */
export type IntensityEntry = GridIntensity & { pointer: string };

export const HALF_HOUR_MS = 30 * 60_000;

/** The whole of Great Britain, where no region is named. */
export const NATIONAL = 'GB';

/** No grid is beyond this; coal alone is below 1,000. */
export const G_PER_KWH_MAX = 2000;

const REGION = /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}$/;

function refuse(pointer: string, code: string, detail: string): never {
  throw new Refusal('invalid-request', detail, [{ pointer, code, detail }]);
}

function check({ region, startMs, gPerKwh, pointer }: IntensityEntry, nowMs: number): void {
  const at = Number.isFinite(startMs) ? new Date(startMs).toISOString() : String(startMs);
  if (!REGION.test(region)) refuse(pointer, 'invalid-region', `'${region}' is no region: expected a name such as GB`);
  if (startMs % HALF_HOUR_MS !== 0)
    refuse(pointer, 'not-a-half-hour', `${at} begins no half-hour: expected minutes 00 or 30`);
  if (startMs > nowMs) refuse(pointer, 'in-the-future', `${at} is in the future: expected what has begun`);
  if (gPerKwh < 0 || gPerKwh > G_PER_KWH_MAX || Number(gPerKwh.toFixed(3)) !== gPerKwh)
    refuse(
      pointer,
      'value-out-of-range',
      `${gPerKwh} is no intensity: expected grams of CO2 a kWh from 0 to ${G_PER_KWH_MAX}, with at most three decimals`,
    );
}

/**
 * Checks intensities as they came. Of a half-hour that is given twice the actual one stands; two of a kind that differ are
 * refused.
 * @throws Refusal `invalid-request` naming the first value that is no good.
 */
export function checkIntensities(entries: readonly IntensityEntry[], nowMs: number): GridIntensity[] {
  const kept = new Map<string, GridIntensity>();
  for (const entry of entries) {
    check(entry, nowMs);
    const { pointer, ...value } = entry;
    const key = `${value.region} ${value.startMs}`;
    const before = kept.get(key);
    if (before !== undefined && before.measure === value.measure && before.gPerKwh !== value.gPerKwh) {
      const at = new Date(value.startMs).toISOString();
      refuse(
        pointer,
        'conflicting-values',
        `${value.region} has two values for ${at}: ${before.gPerKwh} and ${value.gPerKwh}`,
      );
    }
    if (before === undefined || value.measure === 'actual') kept.set(key, value);
  }
  return [...kept.values()];
}
