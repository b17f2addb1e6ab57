import { clockChangeOf, startOfDayMs } from '../../src/domain/calendar.ts';
import { dayNumber, type LocalDay } from '../../src/domain/local-day.ts';

const ORDINARY = Uint8Array.from({ length: 48 }, (_, index) => index);
// Spring leaves out 01:00 and 01:30; autumn has them twice.
const SPRING = Uint8Array.from([0, 1, ...ORDINARY.slice(4)]);
const AUTUMN = Uint8Array.from([0, 1, 2, 3, 2, 3, ...ORDINARY.slice(4)]);

/** What a clock on the wall shows (0 = 00:00 to 47 = 23:30) in each half-hour of a day: 46, 48 or 50 of them. */
export function wallHalfHours(day: LocalDay): Uint8Array {
  const { shiftMinutes } = clockChangeOf(day);
  if (shiftMinutes === 0) return ORDINARY;
  return shiftMinutes > 0 ? SPRING : AUTUMN;
}

/** A value for each half-hour of a day, from what the clock on the wall shows and the half-hour's place in the day. */
export function ofDay(day: LocalDay, value: (slot: number, index: number) => number): Float64Array {
  const slots = wallHalfHours(day);
  const values = new Float64Array(slots.length);
  // A plain loop: this runs for every value of the estate, and Float64Array.from is ten times slower.
  for (let index = 0; index < slots.length; index += 1) values[index] = value(slots[index] ?? 0, index);
  return values;
}

const LATITUDE = (52.41 * Math.PI) / 180;
const LONGITUDE_DEGREES = -1.51;
const HALF_HOUR_MS = 1_800_000;

function computeSunHeights(day: LocalDay): Float64Array {
  const start = startOfDayMs(day);
  const dayOfYear = dayNumber(day) - dayNumber(`${day.slice(0, 4)}-01-01`) + 1;
  const declination = (-23.44 * Math.PI * Math.cos((2 * Math.PI * (dayOfYear + 10)) / 365.25)) / 180;
  const constant = Math.sin(LATITUDE) * Math.sin(declination);
  const swing = Math.cos(LATITUDE) * Math.cos(declination);
  return ofDay(day, (_, index) => {
    const middle = start + (index + 0.5) * HALF_HOUR_MS;
    const hourAngle = ((middle % 86_400_000) / 240_000 - 180 + LONGITUDE_DEGREES) * (Math.PI / 180);
    return constant + swing * Math.cos(hourAngle);
  });
}

const sunHeights = new Map<LocalDay, Float64Array>();

/** Sine of the sun's height above Coventry's horizon in the middle of each half-hour of a day; below 0 it has set. */
export function sunHeightsOf(day: LocalDay): Float64Array {
  let heights = sunHeights.get(day);
  if (heights === undefined) {
    heights = computeSunHeights(day);
    sunHeights.set(day, heights);
  }
  return heights;
}
