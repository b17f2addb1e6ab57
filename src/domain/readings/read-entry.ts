import type { ArrivingBill } from '../billed-period.ts';
import { localPosition, minutesOfDay, parseInstantMs, startOfDayMs } from '../calendar.ts';
import { type IntervalProfile, intervalsOfDay, profileOf, RESOLUTIONS_MINUTES } from '../interval-profile.ts';
import { addDays, isLocalDay, type LocalDay } from '../local-day.ts';
import { type Fault, Refusal } from '../refusal.ts';
import type { RegisterRead } from '../registers/register-read.ts';
import { type EntryMeter, readBill } from './read-bill.ts';
import { readDelivery } from './read-delivery.ts';
import { readRegister } from './read-register.ts';
import { allowOnly, checkedValue, type ReadingEntry, refuse, refuseFuture, SHAPES } from './reading-entry.ts';

/** What an entry says: intervals of one day, the total of a billed period, or what a register shows. */
export type ReadEntry =
  | { kind: 'profile'; day: LocalDay; profile: IntervalProfile }
  | { kind: 'bill'; bill: Omit<ArrivingBill, 'meterId'> }
  | { kind: 'read'; read: Omit<RegisterRead, 'meterId'> };

const qualityLetter = (entry: ReadingEntry): string | null => (entry.quality === 'estimated' ? 'E' : null);

function expectedCount(day: LocalDay, resolution: number): string {
  const change = minutesOfDay(day) - 1440;
  const why = change === 0 ? 'no clock change' : change < 0 ? 'the clocks go forward' : 'the clocks go back';
  return `expected ${intervalsOfDay(day, resolution)} values for ${day} in ${resolution}-minute intervals (${why} on that day)`;
}

function readProfile(entry: ReadingEntry, pointer: string, nowMs: number): ReadEntry {
  allowOnly(
    entry,
    ['meter', 'day', 'resolutionMinutes', 'values', 'quality', 'replaceActual'],
    pointer,
    'a day profile',
  );
  const { day = '', values = [], resolutionMinutes: resolution = 30 } = entry;
  if (!isLocalDay(day))
    refuse(`${pointer}/day`, 'invalid-day', `'${day}' is not a day: expected YYYY-MM-DD between 1990 and 2199`);
  if (!RESOLUTIONS_MINUTES.some((known) => known === resolution))
    refuse(
      `${pointer}/resolutionMinutes`,
      'invalid-resolution',
      `${resolution} is not a resolution: expected one of ${RESOLUTIONS_MINUTES.join(', ')}`,
    );
  if (values.length !== intervalsOfDay(day, resolution))
    refuse(`${pointer}/values`, 'wrong-number-of-values', `${values.length} values: ${expectedCount(day, resolution)}`);
  const dayStart = startOfDayMs(day);
  const stepMs = (startOfDayMs(addDays(day, 1)) - dayStart) / values.length;
  values.forEach((value, index) => {
    if (value === null) return;
    checkedValue(value, `${pointer}/values/${index}`);
    refuseFuture(
      dayStart + stepMs * (index + 1),
      nowMs,
      `${pointer}/values/${index}`,
      `interval ${index + 1} of ${day}`,
    );
  });
  return { kind: 'profile', day, profile: profileOf(day, resolution, values, qualityLetter(entry)) };
}

function readInterval(entry: ReadingEntry, pointer: string, nowMs: number): ReadEntry {
  allowOnly(entry, ['meter', 'start', 'end', 'quantity', 'quality', 'replaceActual'], pointer, 'an interval');
  if (entry.quantity === undefined) refuse(`${pointer}/quantity`, 'required', `quantity is missing: ${SHAPES}`);
  const startMs = parseInstantMs(entry.start ?? '', `${pointer}/start`);
  const endMs = parseInstantMs(entry.end ?? '', `${pointer}/end`);
  const { day, minute } = localPosition(startMs);
  const minutes = (endMs - startMs) / 60_000;
  // A value for the whole day covers all of it, be it 23, 24 or 25 hours: 24 hours of another day are no day.
  const isWholeDay = minutes === minutesOfDay(day);
  const resolution = isWholeDay ? 1440 : minutes;
  if (!isWholeDay && (minutes === 1440 || !RESOLUTIONS_MINUTES.some((known) => known === resolution)))
    refuse(
      `${pointer}/end`,
      'invalid-resolution',
      `the interval is ${minutes} minutes long: expected one of ${RESOLUTIONS_MINUTES.join(', ')}`,
    );
  if (minute % minutes !== 0)
    refuse(
      `${pointer}/start`,
      'unaligned-interval',
      `the interval starts ${minute} minutes into ${day}: expected a multiple of its length, ${minutes} minutes`,
    );
  refuseFuture(endMs, nowMs, `${pointer}/end`, 'the interval');
  const values: (number | null)[] = new Array(intervalsOfDay(day, resolution)).fill(null);
  values[minute / minutes] = checkedValue(entry.quantity, `${pointer}/quantity`);
  return { kind: 'profile', day, profile: profileOf(day, resolution, values, qualityLetter(entry)) };
}

/**
 * Reads one entry of a batch. `nowMs` is the instant of arrival and `today` its local day; the meter says what
 * the letters of read types mean, and in which unit volumes of gas are.
 * @throws Refusal `readings-refused` with a pointer below `pointer`, naming the value and what was expected.
 */
export function readEntry(
  entry: ReadingEntry,
  pointer: string,
  nowMs: number,
  today: LocalDay,
  meter: EntryMeter,
): ReadEntry {
  if (entry.values !== undefined || entry.day !== undefined) {
    if (entry.values === undefined) refuse(`${pointer}/values`, 'required', `values are missing: ${SHAPES}`);
    if (entry.day === undefined) refuse(`${pointer}/day`, 'required', `day is missing: ${SHAPES}`);
    return readProfile(entry, pointer, nowMs);
  }
  if (entry.start !== undefined || entry.end !== undefined) return readInterval(entry, pointer, nowMs);
  if (entry.period !== undefined) return { kind: 'bill', bill: readBill(entry, pointer, today, meter) };
  if (entry.deliveredOn !== undefined) return { kind: 'bill', bill: readDelivery(entry, pointer, today, meter) };
  if (entry.readAt !== undefined) return { kind: 'read', read: readRegister(entry, pointer, nowMs, meter.activity) };
  return refuse(
    pointer,
    'unknown-shape',
    `the entry is neither a profile, an interval, a billed period, a delivery nor a register reading: ${SHAPES}`,
  );
}

/** The faults of a refused entry; anything else is passed on. */
export function faultsOf(error: unknown): readonly Fault[] {
  if (error instanceof Refusal) return error.faults;
  throw error;
}
