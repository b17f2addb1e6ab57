import { startOfDayMs } from '../calendar.ts';
import { intervalMinutes, MICRO, microOf } from '../interval-profile.ts';
import type { LocalDay } from '../local-day.ts';
import type { EstimationMethod } from './methods.ts';

/** What an estimate was made of: measured values, days, ratios, and where they come from, by name. */
export type EstimateInputs = Readonly<Record<string, number | string | readonly LocalDay[]>>;

/** A part of a day that was estimated in one way, from an interval up to another. */
export type EstimatedPart = { method: EstimationMethod; from: number; to: number; inputs: EstimateInputs };

/** What this service estimates of one day: a value for each interval that evidence leaves open, null elsewhere. */
export type DayEstimate = {
  day: LocalDay;
  /** 1440 where the day is estimated as a whole. */
  resolutionMinutes: number;
  values: readonly (number | null)[];
  parts: readonly EstimatedPart[];
};

/** What an estimate adds to its day, in millionths and minutes. */
export type EstimateSums = { quantityMicro: bigint; minutes: number };

/** Exact sums of an estimate. */
export function estimateSums({ day, resolutionMinutes, values }: DayEstimate): EstimateSums {
  const each = intervalMinutes(day, resolutionMinutes);
  const known = values.filter((value) => value !== null);
  return {
    quantityMicro: known.reduce((sum, value) => sum + microOf(value), 0n),
    minutes: known.length * each,
  };
}

/** The instants, in milliseconds since 1970 UTC, between which a part of an estimate lies. */
export function partInstants(
  { day, resolutionMinutes }: Pick<DayEstimate, 'day' | 'resolutionMinutes'>,
  { from, to }: Pick<EstimatedPart, 'from' | 'to'>,
): { startMs: number; endMs: number } {
  const eachMs = intervalMinutes(day, resolutionMinutes) * 60_000;
  const start = startOfDayMs(day);
  return { startMs: start + from * eachMs, endMs: start + to * eachMs };
}

/** A value as it is stored: to the millionth. */
export const roundedValue = (value: number): number => Math.round(value * MICRO) / MICRO;
