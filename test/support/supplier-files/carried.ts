import { localPosition, minutesOfDay, startOfDayMs } from '../../../src/domain/calendar.ts';
import type { StoredDay } from '../uploads.ts';
import { SLOT_MS, type TrueReading } from './true-readings.ts';

/** Meter-days that a file carries, as the service keeps them. */
export type CarriedDay = Pick<StoredDay, 'meter' | 'day' | 'intervals' | 'quality'>;

/** Gathers what a file really says: the writer puts here every reading that it wrote, and nothing that it left out. */
export type Carried = {
  put(meter: string, slot: number, reading: TrueReading): void;
  /** By meter and local day. An interval that the file does not carry is null, never zero. */
  days(): CarriedDay[];
};

const MILLI = 1_000;

/** All actual is null, all estimated E; else a letter an interval, with a dash where there is no value. */
function qualityOf(readings: readonly (TrueReading | null)[]): string | null {
  const present = readings.filter((reading) => reading !== null);
  if (present.every(({ isEstimated }) => !isEstimated)) return null;
  if (present.every(({ isEstimated }) => isEstimated)) return 'E';
  return readings.map((reading) => (reading === null ? '-' : reading.isEstimated ? 'E' : 'A')).join('');
}

/** Makes an empty gathering. */
export function createCarried(): Carried {
  const days = new Map<string, { meter: string; day: string; readings: (TrueReading | null)[] }>();
  return {
    put(meter, slot, reading) {
      const { day, minute } = localPosition(slot * SLOT_MS);
      const name = `${meter} ${day}`;
      const known = days.get(name) ?? {
        meter,
        day,
        readings: Array.from({ length: minutesOfDay(day) / 30 }, () => null),
      };
      known.readings[minute / 30] = reading;
      days.set(name, known);
    },
    days: () =>
      [...days.values()]
        .map(({ meter, day, readings }) => ({
          meter,
          day,
          quality: qualityOf(readings),
          intervals: readings.map((reading) => (reading === null ? null : reading.milli / MILLI)),
        }))
        .sort((a, b) => (`${a.meter} ${a.day}` < `${b.meter} ${b.day}` ? -1 : 1)),
  };
}

/** The first slot of a local day, and how many it has: 46, 48 or 50. */
export function slotsOfLocalDay(day: string): { first: number; count: number } {
  return { first: startOfDayMs(day) / SLOT_MS, count: minutesOfDay(day) / 30 };
}
