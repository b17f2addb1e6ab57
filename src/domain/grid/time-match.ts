import { startOfDayMs } from '../calendar.ts';
import { Decimal } from '../decimal.ts';
import { intervalMinutes, MICRO } from '../interval-profile.ts';
import type { StoredDay } from '../stored-readings.ts';
import { HALF_HOUR_MS, type IntensityMeasure } from './grid-intensity.ts';

/** Intensities of half-hours by the instant that each begins at. */
export type Intensities = ReadonlyMap<number, { gPerKwh: number; measure: IntensityMeasure }>;

const MILLI = 1000;
/** Millionths of a kWh times thousandths of a gram, in a kilogram. */
const KG = new Decimal(MICRO).times(MILLI).times(1000);

/** What matching energy with intensities came to, exact. */
export type TimeMatch = {
  /** Energy whose half-hours and intensities are known, in millionths of a kWh. */
  matched: bigint;
  /** Part of it that met a forecast. */
  forecast: bigint;
  /** Energy in intervals without an intensity. */
  withoutIntensity: bigint;
  /** Millionths of a kWh times thousandths of a gram a kWh. */
  weighed: bigint;
  /** Energy of days or parts of days that no interval tells, in kWh. */
  withoutIntervals: Decimal;
};

/** Nothing matched yet. */
export function noMatch(): TimeMatch {
  return { matched: 0n, forecast: 0n, withoutIntensity: 0n, weighed: 0n, withoutIntervals: new Decimal(0) };
}

/** The intensity of an interval: of the half-hour that it lies in, or the mean of those that it covers whole. */
function intensityOf(intensities: Intensities, startMs: number, minutes: number) {
  const lengthMs = minutes * 60_000;
  if (lengthMs <= HALF_HOUR_MS) return intensities.get(startMs - (startMs % HALF_HOUR_MS)) ?? null;
  let grams = 0;
  let measure: IntensityMeasure = 'actual';
  for (let at = startMs; at < startMs + lengthMs; at += HALF_HOUR_MS) {
    const found = intensities.get(at);
    if (found === undefined) return null;
    if (found.measure === 'forecast') measure = 'forecast';
    grams += found.gPerKwh;
  }
  return { gPerKwh: grams / (lengthMs / HALF_HOUR_MS), measure };
}

/** Adds one stored day to a match: each delivered interval with the intensity of its own time. */
export function addDay(match: TimeMatch, { day, profile, quantity }: StoredDay, intensities: Intensities): void {
  let told = 0n;
  if (profile !== null && profile.resolutionMinutes < 1380) {
    const minutes = intervalMinutes(day, profile.resolutionMinutes);
    const dayMs = startOfDayMs(day);
    profile.values.forEach((value, index) => {
      if (value === null) return;
      const micro = BigInt(Math.round(value * MICRO));
      told += micro;
      const found = intensityOf(intensities, dayMs + index * minutes * 60_000, minutes);
      if (found === null) {
        match.withoutIntensity += micro;
        return;
      }
      match.matched += micro;
      if (found.measure === 'forecast') match.forecast += micro;
      match.weighed += micro * BigInt(Math.round(found.gPerKwh * MILLI));
    });
  }
  if (quantity !== null)
    match.withoutIntervals = match.withoutIntervals.plus(quantity.minus(new Decimal(told.toString()).div(MICRO)));
}

/** A match in the units that it is told in. */
export function matchTotals(match: TimeMatch): {
  kWh: Decimal;
  kgCo2: Decimal;
  gPerKwh: Decimal | null;
  forecastShare: Decimal | null;
  withoutIntensityKwh: Decimal;
} {
  const kWh = new Decimal(match.matched.toString()).div(MICRO);
  const kgCo2 = new Decimal(match.weighed.toString()).div(KG);
  const isNone = match.matched === 0n;
  return {
    kWh,
    kgCo2,
    gPerKwh: isNone ? null : kgCo2.times(1000).div(kWh),
    forecastShare: isNone ? null : new Decimal(match.forecast.toString()).div(match.matched.toString()),
    withoutIntensityKwh: new Decimal(match.withoutIntensity.toString()).div(MICRO),
  };
}
