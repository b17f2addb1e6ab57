import { dayNumber } from '../../src/domain/local-day.ts';
import { ofDay, sunHeightsOf } from './half-hours.ts';
import { randomAt, randomFrom, seedAt } from './random.ts';
import type { Series } from './series.ts';
import type { SiteKind } from './site-kinds.ts';
import { type Trend, trendFactor } from './trend.ts';
import { dayUseOf, loadShapes } from './use-shapes.ts';
import { clearnessOf } from './weather.ts';

const HALF_HOURS_A_YEAR = 17_520;

/** Half-hourly electricity a building takes, its own solar power included: hours of use, lamps in the dark, noise. */
export function buildingLoad(kind: SiteKind, kwhPerYear: number, seed: number, trend?: Trend): Series {
  const shapes = loadShapes(kind);
  const meanKwh = kwhPerYear / HALF_HOURS_A_YEAR;
  return (day) => {
    const shape = shapes[dayUseOf(kind, day)];
    const sun = sunHeightsOf(day);
    const random = randomFrom(seedAt(seed, dayNumber(day)));
    const level = meanKwh * trendFactor(trend, day) * (0.95 + 0.1 * random());
    return ofDay(day, (slot, index) => {
      const lamps = (sun[index] ?? 0) < 0.15 ? 1.1 : 0.94;
      return level * (shape[slot] ?? 0) * lamps * (0.93 + 0.14 * random());
    });
  };
}

/** Half-hourly electricity of lamps that burn from dusk to dawn; `nightShare` is how bright they are from 00:00 to 05:30. */
export function streetLightingLoad(kilowatts: number, nightShare: number, trend?: Trend): Series {
  return (day) => {
    const sun = sunHeightsOf(day);
    const level = (kilowatts / 2) * trendFactor(trend, day);
    return ofDay(day, (slot, index) => {
      // Lamps switch at about 3 degrees below the horizon; in between the inventory counts a share of the half-hour.
      const dark = Math.min(1, Math.max(0, (-0.02 - (sun[index] ?? 0)) / 0.06));
      return level * dark * (slot < 11 ? nightShare : 1);
    });
  };
}

/** Half-hourly generation of solar panels of `peakKw`, by the sun's height and an invented sky. */
export function solarGeneration(peakKw: number, seed: number): Series {
  return (day) => {
    const random = randomFrom(seedAt(seed, dayNumber(day)));
    // One sky over the whole city, a little different at every roof.
    const clearness = clearnessOf(day) * (0.96 + 0.08 * randomAt(seed, dayNumber(day)));
    return sunHeightsOf(day).map((height) => {
      const passing = 0.75 + 0.5 * random();
      return height <= 0 ? 0 : peakKw * 0.5 * 1.08 * height ** 1.2 * Math.min(1, clearness * passing);
    });
  };
}

/** What a building with panels takes from the grid. */
export function netImport(load: Series, generation: Series): Series {
  return (day) => {
    const generated = generation(day);
    return load(day).map((value, index) => Math.max(0, value - (generated[index] ?? 0)));
  };
}

/** What a building with panels gives to the grid. */
export function netExport(load: Series, generation: Series): Series {
  return (day) => {
    const taken = load(day);
    return generation(day).map((value, index) => Math.max(0, value - (taken[index] ?? 0)));
  };
}
