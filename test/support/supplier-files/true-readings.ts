import { localPosition } from '../../../src/domain/calendar.ts';

/** What a meter of the tests' estate measures; files of suppliers have one or the other. */
export type Fuel = 'electricity' | 'gas' | 'solar';

/** A meter of the estate that the supplier files are about. */
export type FileMeter = { key: string; fuel: Fuel; serial: string; alias: string };

/** Numbers with right check digits; every serial and alias names one meter alone. */
export const FILE_METERS: readonly FileMeter[] = [
  { key: '1200023305967', fuel: 'electricity', serial: 'E10BG00417', alias: 'Town Hall Main' },
  { key: '1900001059816', fuel: 'electricity', serial: 'K12W 30218', alias: 'Northgate Library' },
  { key: '3938424403', fuel: 'gas', serial: 'M016A0231806A6', alias: 'Town Hall Boilers' },
  { key: '7410050209', fuel: 'gas', serial: 'G4A00512309801', alias: 'Baths Boilers' },
  { key: '1200031039874', fuel: 'solar', serial: '21163604', alias: 'Depot Roof' },
  { key: '1710035168313', fuel: 'solar', serial: '21163605', alias: 'School Roof' },
];

/** Milliseconds of a half-hour. A slot is a half-hour counted from 1970-01-01T00:00Z. */
export const SLOT_MS = 30 * 60_000;

/** A true reading: thousandths of a kilowatt-hour, so that sums of them are exact. */
export type TrueReading = { milli: number; isEstimated: boolean };

/** A number from 0 to `below` that looks thrown, and is the same on every run. */
function thrown(seed: string, below: number): number {
  let hash = 2_166_136_261;
  for (let at = 0; at < seed.length; at++) hash = Math.imul(hash ^ seed.charCodeAt(at), 16_777_619) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 2_246_822_507) >>> 0;
  return ((hash ^ (hash >>> 13)) >>> 0) % below;
}

/** Thousandths by hour of the local day: a building that is used from morning to evening, boilers, panels. */
const SHAPES: Readonly<Record<Fuel, (hour: number) => { base: number; noise: number }>> = {
  electricity: (hour) =>
    hour >= 7 && hour < 19 ? { base: 9_000, noise: 2_500 } : { base: 1_900 + 40 * hour, noise: 300 },
  gas: (hour) => (hour >= 5 && hour < 18 ? { base: 21_000, noise: 6_000 } : { base: 2_400, noise: 900 }),
  solar: (hour) =>
    hour < 7 || hour > 18 ? { base: 0, noise: 0 } : { base: (6 - Math.abs(hour - 12.5)) * 800, noise: 400 },
};

const known = new Map<string, TrueReading>();

/** What a meter measured in a slot. Hardly two slots are alike, so that a value in the wrong place is seen. */
export function trueReading(meter: FileMeter, slot: number): TrueReading {
  const name = `${meter.key}/${slot}`;
  const reading = known.get(name) ?? measure(meter, slot);
  known.set(name, reading);
  return reading;
}

function measure({ key, fuel }: FileMeter, slot: number): TrueReading {
  const hour = Math.floor(localPosition(slot * SLOT_MS).minute / 60);
  const { base, noise } = SHAPES[fuel](hour);
  const milli = Math.round(base) + (noise === 0 ? 0 : thrown(`${key}/${slot}`, noise));
  return { milli, isEstimated: thrown(`estimate/${key}/${slot}`, 23) === 0 };
}

/** Whether a supplier that marks whole days marks this one as estimated. */
export function isEstimatedDay({ key }: FileMeter, dayNumber: number): boolean {
  return thrown(`day/${key}/${dayNumber}`, 9) === 0;
}
