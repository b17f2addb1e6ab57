import { groupBy } from '../group-by.ts';
import type { LocalDay } from '../local-day.ts';
import { isOpening, type ReadType } from './read-types.ts';

/** A cumulative dial read. It belongs to the start of its local day; its time of day is kept and not used (rule E4). */
export type RegisterRead = {
  meterId: number;
  /** Serial of the device; null where the delivery does not name one, empty in the store where the supply has one. */
  serial: string | null;
  register: string;
  readAtMs: number;
  day: LocalDay;
  /** What the dials show, in millionths. */
  valueMicro: bigint;
  type: ReadType;
};

/** A read as it is stored: its device is settled. */
export type PlacedRead = RegisterRead & { serial: string };

/** A read as the store knows it. */
export type StoredRead = PlacedRead & { id: string };

/** What of a meter decides how its dials are read. */
export type RegisterMeter = {
  serials: readonly string[];
  /** Digits before a register starts again at zero; null when unknown. */
  dials: number | null;
  /** What an advance is multiplied by to give the meter's unit, as decimal text. */
  multiplier: string;
};

/** A serial compares without its spaces and in capitals: files write `F75A 00802` and `F75A00802` for one device. */
export const serialKey = (serial: string): string => serial.replaceAll(/\s+/g, '').toUpperCase();

/** The reads of one register of one device. */
export const seriesKey = ({ serial, register }: Pick<PlacedRead, 'serial' | 'register'>): string =>
  `${serialKey(serial)}|${register}`;

/** The place of a read: one read a day stands there; an opening one beside a closing one (rule E4). */
export const slotKey = (read: PlacedRead): string =>
  `${seriesKey(read)}|${read.day}|${isOpening(read.type) ? 'opening' : ''}`;

/**
 * The same reads, those without a serial counted to the device they were taken from: the meter's first serial, or else the
 * one whose reads begin first.
 */
export function withDevices<Read extends PlacedRead>(reads: readonly Read[], meter: RegisterMeter): Read[] {
  const named = reads.filter(({ serial }) => serial !== '');
  const first = named.reduce<Read | undefined>((a, b) => (a === undefined || b.day < a.day ? b : a), undefined);
  const device = meter.serials[0] ?? first?.serial ?? '';
  return reads.map((read) => (read.serial === '' && device !== '' ? { ...read, serial: device } : read));
}

/** Reads by register, each in the order in which the dials were read; an opening read follows a closing one of its day. */
export function seriesOf<Read extends PlacedRead>(reads: readonly Read[]): Map<string, Read[]> {
  const series = groupBy(reads, seriesKey);
  for (const own of series.values())
    own.sort((a, b) =>
      a.day === b.day ? Number(isOpening(a.type)) - Number(isOpening(b.type)) : a.day < b.day ? -1 : 1,
    );
  return series;
}
