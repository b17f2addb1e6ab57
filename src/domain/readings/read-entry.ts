import type { BilledPeriod } from '../billed-period.ts';
import { localPosition, minutesOfDay, parseInstantMs, startOfDayMs } from '../calendar.ts';
import { type IntervalProfile, intervalsOfDay, microOf, profileOf, RESOLUTIONS_MINUTES } from '../interval-profile.ts';
import { addDays, isLocalDay, type LocalDay } from '../local-day.ts';
import { parsePeriod } from '../period.ts';
import { type Fault, Refusal } from '../refusal.ts';
import { valueFault } from './value-rules.ts';

/** One entry of a JSON batch, as it comes: the fields present say which shape it is. */
export type ReadingEntry = {
  meter: string;
  day?: string;
  resolutionMinutes?: number;
  values?: readonly (number | null)[];
  start?: string;
  end?: string;
  period?: string;
  quantity?: number;
  quality?: 'actual' | 'estimated';
  invoice?: string;
  costGbp?: number;
};

/** What an entry says: intervals of one day, or the total of a billed period. */
export type ReadEntry =
  | { kind: 'profile'; day: LocalDay; profile: IntervalProfile }
  | { kind: 'bill'; bill: Omit<BilledPeriod, 'meterId'> };

const SHAPES =
  'expected day and values (a day profile), start, end and quantity (one interval), or period and quantity (a billed period)';

function refuse(pointer: string, code: string, detail: string): never {
  throw new Refusal('readings-refused', detail, [{ pointer, code, detail }]);
}

function allowOnly(entry: ReadingEntry, fields: readonly string[], pointer: string, shape: string): void {
  for (const field of Object.keys(entry)) {
    if (!fields.includes(field))
      refuse(`${pointer}/${field}`, 'unexpected-field', `${field} has no place in ${shape}: ${SHAPES}`);
  }
}

function checkedValue(value: number, pointer: string): number {
  const fault = valueFault(value);
  if (fault !== null) refuse(pointer, fault.code, fault.detail);
  return value;
}

const qualityLetter = (entry: ReadingEntry): string | null => (entry.quality === 'estimated' ? 'E' : null);

function refuseFuture(endMs: number, nowMs: number, pointer: string, what: string): void {
  if (endMs <= nowMs) return;
  refuse(pointer, 'in-the-future', `${what} ends at ${new Date(endMs).toISOString()}, which is in the future`);
}

function expectedCount(day: LocalDay, resolution: number): string {
  const change = minutesOfDay(day) - 1440;
  const why = change === 0 ? 'no clock change' : change < 0 ? 'the clocks go forward' : 'the clocks go back';
  return `expected ${intervalsOfDay(day, resolution)} values for ${day} in ${resolution}-minute intervals (${why} on that day)`;
}

function readProfile(entry: ReadingEntry, pointer: string, nowMs: number): ReadEntry {
  allowOnly(entry, ['meter', 'day', 'resolutionMinutes', 'values', 'quality'], pointer, 'a day profile');
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
  allowOnly(entry, ['meter', 'start', 'end', 'quantity', 'quality'], pointer, 'an interval');
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

function readBill(entry: ReadingEntry, pointer: string, today: LocalDay): ReadEntry {
  allowOnly(entry, ['meter', 'period', 'quantity', 'quality', 'invoice', 'costGbp'], pointer, 'a billed period');
  const { period = '', quantity, quality, invoice, costGbp } = entry;
  if (quantity === undefined) refuse(`${pointer}/quantity`, 'required', `quantity is missing: ${SHAPES}`);
  const { start, end } = parsePeriod(period, `${pointer}/period`);
  if (end > today)
    refuse(
      `${pointer}/period`,
      'in-the-future',
      `the billed period ${period} ends on ${addDays(end, -1)}: expected one that ended before today, ${today}`,
    );
  const bill = {
    start,
    end,
    totalMicro: microOf(checkedValue(quantity, `${pointer}/quantity`)),
    quality: quality === 'estimated' ? ('E' as const) : ('A' as const),
    qualityStated: quality !== undefined,
    invoice: invoice ?? null,
    costGbp: costGbp === undefined ? null : costGbp.toFixed(2),
  };
  return { kind: 'bill', bill };
}

/**
 * Reads one entry of a batch. `now` is the instant of arrival and `today` its local day.
 * @throws Refusal `readings-refused` with a pointer below `pointer`, naming the value and what was expected.
 */
export function readEntry(entry: ReadingEntry, pointer: string, nowMs: number, today: LocalDay): ReadEntry {
  if (entry.values !== undefined || entry.day !== undefined) {
    if (entry.values === undefined) refuse(`${pointer}/values`, 'required', `values are missing: ${SHAPES}`);
    if (entry.day === undefined) refuse(`${pointer}/day`, 'required', `day is missing: ${SHAPES}`);
    return readProfile(entry, pointer, nowMs);
  }
  if (entry.start !== undefined || entry.end !== undefined) return readInterval(entry, pointer, nowMs);
  if (entry.period !== undefined) return readBill(entry, pointer, today);
  return refuse(pointer, 'unknown-shape', `the entry is neither a profile, an interval nor a billed period: ${SHAPES}`);
}

/** The faults of a refused entry; anything else is passed on. */
export function faultsOf(error: unknown): readonly Fault[] {
  if (error instanceof Refusal) return error.faults;
  throw error;
}
