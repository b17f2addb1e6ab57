import { dayNumber, type LocalDay } from '../../src/domain/local-day.ts';
import { ofDay } from './half-hours.ts';
import { randomFrom, seedAt } from './random.ts';
import type { Series } from './series.ts';
import type { SiteKind } from './site-kinds.ts';
import { type Trend, trendFactor } from './trend.ts';
import { dayUseOf, occupancyShapes } from './use-shapes.ts';
import { degreeDaysOf, STANDARD_DEGREE_DAYS } from './weather.ts';

const DAYS_A_YEAR = 365.25;

/** How warm an empty building is kept, as a share of a full one. */
const SETBACK = 0.3;

/** How a day's heat or water falls over its half-hours: shares that add to 1. Boilers start before people come. */
function sharesOf(day: LocalDay, shape: Float64Array, floor: number, leadSlots: number): Float64Array {
  const weights = ofDay(day, (slot) => floor + (shape[Math.min(47, slot + leadSlots)] ?? 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Half-hourly heat (or fuel for it) of a building: degree days, hot water, opening hours, noise. */
export function heatDemand(kind: SiteKind, perYear: number, seed: number, trend?: Trend): Series {
  const shapes = occupancyShapes(kind);
  return (day) => {
    const shape = shapes[dayUseOf(kind, day)];
    const random = randomFrom(seedAt(seed, dayNumber(day)));
    const fullness = Math.min(1, shape.reduce((sum, full) => sum + full, 0) / 18);
    const warmth = SETBACK + (1 - SETBACK) * fullness;
    const space = (perYear * kind.weatherShare * warmth * degreeDaysOf(day)) / STANDARD_DEGREE_DAYS;
    const water = (perYear * (1 - kind.weatherShare) * (0.2 + 0.8 * fullness)) / DAYS_A_YEAR;
    const total = (space * 1.25 + water * 1.15) * trendFactor(trend, day) * (0.94 + 0.12 * random());
    return sharesOf(day, shape, 0.18, 4).map((share) => total * share * (0.9 + 0.2 * random()));
  };
}

/** Water that runs day and night from a day on, until the next entry says otherwise. */
export type Leak = { from: LocalDay; m3PerHour: number };

/** Half-hourly water of a building in m³. */
export function waterDemand(kind: SiteKind, perYear: number, seed: number, leaks: readonly Leak[] = []): Series {
  const shapes = occupancyShapes(kind);
  return (day) => {
    const shape = shapes[dayUseOf(kind, day)];
    const random = randomFrom(seedAt(seed, dayNumber(day)));
    const fullness = Math.min(1, shape.reduce((sum, full) => sum + full, 0) / 18);
    const total = ((perYear * (0.15 + fullness)) / DAYS_A_YEAR) * (0.85 + 0.3 * random());
    const leak = leaks.findLast(({ from }) => from <= day)?.m3PerHour ?? 0;
    return sharesOf(day, shape, 0.03, 0).map((share) => total * share + leak / 2);
  };
}
