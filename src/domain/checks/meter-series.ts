import { minutesOfDay } from '../calendar.ts';
import type { EstateMeter } from '../estate.ts';
import { type IntervalProfile, MICRO } from '../interval-profile.ts';
import { type DayType, type DayTypeOf, dayTypeOf } from '../like-days.ts';
import { addDays, type DaySpan, daysBetween, type LocalDay } from '../local-day.ts';
import type { OriginName } from '../stored-readings.ts';

/** A stored day as the checks look at it: quantities as plain numbers, since thresholds are no accounts. */
export type CheckedDay = {
  day: LocalDay;
  origin: OriginName;
  quantity: number | null;
  actualMinutes: number;
  estimatedMinutes: number;
  /** Its intervals as they were delivered. */
  profile: IntervalProfile | null;
  /** The quantity in one unit of its intervals: 1 unless they are volumes of gas (rule E6). */
  perUnit: number;
};

/** The intervals of a day in the unit of quantities, to the millionth. */
export function quantityProfile({ profile, perUnit }: CheckedDay): IntervalProfile | null {
  if (profile === null || perUnit === 1) return profile;
  const scaled = (value: number): number => Math.round(value * perUnit * MICRO) / MICRO;
  return { ...profile, values: profile.values.map((value) => (value === null ? null : scaled(value))) };
}

/**
 * The days of one meter in a window, as columns; place 0 is the first day of the window. NaN where nothing is known.
 * Intervals stand by the clock on the wall: a slot is the same time of day on every day. The hour that spring leaves out
 * is NaN, the hour that autumn repeats is left out.
 */
export type MeterSeries = {
  meter: EstateMeter;
  start: LocalDay;
  days: number;
  /** The places of the days asked about; those before and after are there to compare with. */
  asked: { from: number; to: number };
  quantity: Float64Array;
  /** 1 where the whole day is known. */
  full: Uint8Array;
  /** 1 where the whole day is known from intervals or daily values alone, not from the total of a span. */
  measured: Uint8Array;
  dayTypes: readonly DayType[];
  /** Length of a slot: 30 or 60 minutes; null where no day has intervals that short. */
  slotMinutes: 30 | 60 | null;
  slotsPerDay: number;
  slots: Float64Array;
  /** The slots as the meter delivered them; the same where it counts what quantities are in. */
  delivered: Float64Array;
};

/** The local day at a place of a series. */
export const dayAt = (series: MeterSeries, place: number): LocalDay => addDays(series.start, place);

/** The days from one place up to another. */
export const spanAt = (series: MeterSeries, from: number, to: number): DaySpan => ({
  start: dayAt(series, from),
  end: dayAt(series, to),
});

/** The slot a series holds at a day and a place in it. */
export const slotAt = (series: MeterSeries, day: number, slot: number): number =>
  series.slots[day * series.slotsPerDay + slot] ?? Number.NaN;

/** How a slot is printed: the time of day it begins. */
export function timeOf(series: MeterSeries, slot: number): string {
  const minute = slot * (series.slotMinutes ?? 30);
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** Where the interval `index` of a day stands on the clock, in slots; null for the hour that autumn repeats. */
function wallSlot(index: number, slotMinutes: number, dayMinutes: number): number | null {
  const hour = 60 / slotMinutes;
  if (dayMinutes < 1440) return index < hour ? index : index + hour;
  if (dayMinutes === 1440 || index < 2 * hour) return index;
  return index < 3 * hour ? null : index - hour;
}

function layOut(
  { slotMinutes, slotsPerDay }: MeterSeries,
  slots: Float64Array,
  place: number,
  day: LocalDay,
  profile: IntervalProfile,
): void {
  if (slotMinutes === null || slotMinutes % profile.resolutionMinutes !== 0) return;
  const each = slotMinutes / profile.resolutionMinutes;
  const count = profile.values.length / each;
  const dayMinutes = count === 1440 / slotMinutes ? 1440 : minutesOfDay(day);
  for (let index = 0; index < count; index += 1) {
    const slot = wallSlot(index, slotMinutes, dayMinutes);
    if (slot === null) continue;
    let sum = 0;
    for (let part = 0; part < each; part += 1) sum += profile.values[index * each + part] ?? Number.NaN;
    slots[place * slotsPerDay + slot] = sum;
  }
}

function slotMinutesOf(days: readonly CheckedDay[]): 30 | 60 | null {
  let hourly = 0;
  let halfHourly = 0;
  for (const { profile } of days) {
    if (profile === null || profile.resolutionMinutes > 60) continue;
    if (30 % profile.resolutionMinutes !== 0) hourly += 1;
    else halfHourly += 1;
  }
  if (hourly + halfHourly === 0) return null;
  return hourly > halfHourly ? 60 : 30;
}

/** Day types of a window; by default those that all meters share whose sites are never closed. */
export function dayTypesOf(window: DaySpan, typeOf: DayTypeOf = dayTypeOf): DayType[] {
  return Array.from({ length: daysBetween(window.start, window.end) }, (_, place) =>
    typeOf(addDays(window.start, place)),
  );
}

/** Lays the stored days of a meter out over a window. `dayTypes` are those of its days in the window. */
export function meterSeries(
  meter: EstateMeter,
  window: DaySpan,
  asked: DaySpan,
  stored: readonly CheckedDay[],
  dayTypes: readonly DayType[] = dayTypesOf(window),
): MeterSeries {
  const days = daysBetween(window.start, window.end);
  const slotMinutes = slotMinutesOf(stored);
  const slotsPerDay = slotMinutes === null ? 0 : 1440 / slotMinutes;
  const slots = new Float64Array(days * slotsPerDay).fill(Number.NaN);
  const delivered = stored.some(({ perUnit }) => perUnit !== 1) ? slots.slice() : slots;
  const series: MeterSeries = {
    meter,
    start: window.start,
    days,
    asked: { from: daysBetween(window.start, asked.start), to: daysBetween(window.start, asked.end) },
    quantity: new Float64Array(days).fill(Number.NaN),
    full: new Uint8Array(days),
    measured: new Uint8Array(days),
    dayTypes,
    slotMinutes,
    slotsPerDay,
    slots,
    delivered,
  };
  for (const row of stored) {
    const { day, origin, quantity, actualMinutes, estimatedMinutes, profile } = row;
    const place = daysBetween(window.start, day);
    if (place < 0 || place >= days) continue;
    series.quantity[place] = quantity ?? Number.NaN;
    const isFull = quantity !== null && actualMinutes + estimatedMinutes >= minutesOfDay(day);
    series.full[place] = isFull ? 1 : 0;
    series.measured[place] = isFull && origin === 'interval' ? 1 : 0;
    const inQuantity = quantityProfile(row);
    if (inQuantity !== null) layOut(series, slots, place, day, inQuantity);
    if (profile !== null && delivered !== slots) layOut(series, delivered, place, day, profile);
  }
  return series;
}

/** Runs of asked days that fulfil a condition, as places from and to; only those of at least `length` days. */
export function runsOf(
  { asked }: MeterSeries,
  isHit: (place: number) => boolean,
  length = 1,
): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  let from = -1;
  for (let place = asked.from; place <= asked.to; place += 1) {
    const hit = place < asked.to && isHit(place);
    if (hit && from < 0) from = place;
    if (hit || from < 0) continue;
    if (place - from >= length) runs.push({ from, to: place });
    from = -1;
  }
  return runs;
}

/** The middle of some numbers; NaN for none. */
export function medianOf(values: readonly number[]): number {
  // Three times as fast as with a comparison of its own; checks ask for one of each day.
  const sorted = Float64Array.from(values).sort();
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[sorted.length / 2 - 1] ?? Number.NaN) + upper) / 2;
}
