import { isBankHoliday, weekday } from '../../src/domain/bank-holidays.ts';
import { addDays, type LocalDay } from '../../src/domain/local-day.ts';
import { isSchoolHoliday } from './school-holidays.ts';
import type { SiteKind } from './site-kinds.ts';

/** How a building is used on a day. */
export type DayUse = 'weekday' | 'school-holiday' | 'saturday' | 'sunday' | 'shut';

/** Use of a kind of building on a day: by weekday, bank holiday, school holiday. */
export function dayUseOf(kind: SiteKind, day: LocalDay): DayUse {
  if (isBankHoliday(day)) return kind.opensOnHolidays ? 'sunday' : 'shut';
  const number = weekday(day);
  if (number === 0) return 'sunday';
  if (number === 6) return 'saturday';
  return isSchoolHoliday(day) ? 'school-holiday' : 'weekday';
}

/** Half-hours of a day, by the wall clock. */
const SLOTS = 48;
/** Hours over which a building fills and empties. */
const RAMP_HOURS = 1.25;

function occupancy(hours: readonly [number, number] | null, share: number): Float64Array {
  return Float64Array.from({ length: SLOTS }, (_, slot) => {
    if (hours === null) return 0;
    const hour = slot / 2 + 0.25;
    // Round the clock, a building is still quieter at night.
    if (hours[0] === 0 && hours[1] === 24) return share * (hour > 6 && hour < 22 ? 1 : 0.25);
    const sinceOpening = (hour - hours[0]) / RAMP_HOURS + 0.5;
    const untilShutting = (hours[1] - hour) / RAMP_HOURS + 0.5;
    return share * Math.min(1, Math.max(0, Math.min(sinceOpening, untilShutting)));
  });
}

/** How full a building is in each half-hour of the wall clock, 0 to about 1, for every use of a day. */
export function occupancyShapes(kind: SiteKind): Record<DayUse, Float64Array> {
  return {
    weekday: occupancy(kind.weekday, 1),
    'school-holiday': occupancy(kind.weekday, kind.schoolHolidayShare),
    saturday: occupancy(kind.saturday, 0.8),
    sunday: occupancy(kind.sunday, 0.7),
    shut: occupancy(null, 0),
  };
}

/** A year without odd days, by which shapes are brought to a mean of 1. */
const REFERENCE_YEAR_START = '2025-04-01';
const REFERENCE_YEAR_DAYS = 365;

/** Electric load of a kind of building for every use of a day, so that the mean half-hour of a year is 1. */
export function loadShapes(kind: SiteKind): Record<DayUse, Float64Array> {
  const shapes = occupancyShapes(kind);
  for (const shape of Object.values(shapes)) {
    shape.forEach((full, slot) => {
      shape[slot] = kind.baseShare + (1 - kind.baseShare) * full;
    });
  }
  let total = 0;
  for (let index = 0; index < REFERENCE_YEAR_DAYS; index += 1) {
    const use = dayUseOf(kind, addDays(REFERENCE_YEAR_START, index));
    total += shapes[use].reduce((sum, load) => sum + load, 0);
  }
  const mean = total / (REFERENCE_YEAR_DAYS * SLOTS);
  for (const shape of Object.values(shapes)) {
    shape.forEach((load, slot) => {
      shape[slot] = load / mean;
    });
  }
  return shapes;
}
