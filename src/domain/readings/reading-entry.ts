import type { VolumeUnit } from '../gas/volume-units.ts';
import { Refusal } from '../refusal.ts';
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
  deliveredOn?: string;
  quantity?: number;
  volume?: number;
  volumeUnit?: VolumeUnit;
  calorificValue?: number;
  correctionFactor?: number;
  quality?: 'actual' | 'estimated';
  replaceActual?: boolean;
  openingRead?: 'actual' | 'estimated';
  closingRead?: 'actual' | 'estimated';
  invoice?: string;
  costGbp?: number;
  replaces?: string;
  readAt?: string;
  register?: string;
  serial?: string;
  value?: number;
  readType?: string;
};

/** What an entry may be, for messages. */
export const SHAPES =
  'expected day and values (a day profile), start, end and quantity (one interval), period and quantity or volume (a billed period), deliveredOn and quantity (a delivery), or readAt and value (a register reading)';

/** Refuses an entry for one of its fields. */
export function refuse(pointer: string, code: string, detail: string): never {
  throw new Refusal('readings-refused', detail, [{ pointer, code, detail }]);
}

/** Refuses a field that has no place in the shape that the entry has otherwise. */
export function allowOnly(entry: ReadingEntry, fields: readonly string[], pointer: string, shape: string): void {
  for (const field of Object.keys(entry)) {
    if (!fields.includes(field))
      refuse(`${pointer}/${field}`, 'unexpected-field', `${field} has no place in ${shape}: ${SHAPES}`);
  }
}

/** A value that can be stored. */
export function checkedValue(value: number, pointer: string): number {
  const fault = valueFault(value);
  if (fault !== null) refuse(pointer, fault.code, fault.detail);
  return value;
}

/** Refuses what has not happened yet. */
export function refuseFuture(endMs: number, nowMs: number, pointer: string, what: string): void {
  if (endMs <= nowMs) return;
  refuse(pointer, 'in-the-future', `${what} ends at ${new Date(endMs).toISOString()}, which is in the future`);
}
