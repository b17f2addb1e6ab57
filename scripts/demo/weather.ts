import { dayNumber, dayOfNumber, type LocalDay } from '../../src/domain/local-day.ts';
import { randomAt, seedOf, smoothNoise } from './random.ts';

/** Degree days of the UK standard year, base 15.5 °C, January to December. The days between are invented. */
export const STANDARD_YEAR = [395, 342, 297, 233, 151, 77, 42, 44, 83, 177, 275, 346];
const DAYS_IN_MONTH = [31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Degree days of the standard year in all. */
export const STANDARD_DEGREE_DAYS = STANDARD_YEAR.reduce((sum, month) => sum + month, 0);

const SEED = seedOf('weather');
const WINTER_SEED = seedOf('winter');
const CLOUD_SEED = seedOf('cloud');

function normalDegreeDays(month: number): number {
  const index = (month + 12) % 12;
  return (STANDARD_YEAR[index] ?? 0) / (DAYS_IN_MONTH[index] ?? 30);
}

function computeDegreeDays(number: number): number {
  const day = dayOfNumber(number);
  const month = Number(day.slice(5, 7)) - 1;
  // Between the middles of two months.
  const place = month + (Number(day.slice(8)) - 0.5) / (DAYS_IN_MONTH[month] ?? 30) - 0.5;
  const before = Math.floor(place);
  const share = place - before;
  const normal = normalDegreeDays(before) * (1 - share) + normalDegreeDays(before + 1) * share;
  // Some winters are milder: one factor from July to June.
  const winter = Number(day.slice(0, 4)) - (month < 6 ? 1 : 0);
  const severity = 0.93 + 0.13 * randomAt(WINTER_SEED, winter);
  return Math.max(0, normal * severity + 3 * smoothNoise(SEED, number, 9) + 1.2 * (randomAt(SEED, number) * 2 - 1));
}

const degreeDaysCache = new Map<number, number>();

/** Invented heating degree days of one day, base 15.5 °C, shaped like the UK standard year. */
export function degreeDaysOf(day: LocalDay): number {
  const number = dayNumber(day);
  let value = degreeDaysCache.get(number);
  if (value === undefined) {
    value = computeDegreeDays(number);
    degreeDaysCache.set(number, value);
  }
  return value;
}

/** Invented share of the clear sky's light that comes through on a day, 0.12 to 1. */
export function clearnessOf(day: LocalDay): number {
  const number = dayNumber(day);
  const spell = smoothNoise(CLOUD_SEED, number, 5);
  const own = randomAt(CLOUD_SEED, number) * 2 - 1;
  return Math.min(1, Math.max(0.12, 0.56 + 0.3 * spell + 0.28 * own));
}
