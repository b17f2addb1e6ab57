import { Decimal } from '../decimal.ts';

/**
 * Cubic metres in one unit of a gas dial. The foot is the 0.0283 of billing, as suppliers print it (2.83 for hundreds),
 * not the 0.0283168 of geometry: a figure has to agree with the bill it comes from (rule E6).
 */
const CUBIC_METRES_PER_UNIT = {
  m3: '1',
  'tenths-of-m3': '0.1',
  'tens-of-m3': '10',
  'hundreds-of-m3': '100',
  ft3: '0.0283',
  'tens-of-ft3': '0.283',
  hcf: '2.83',
  'thousands-of-ft3': '28.3',
} as const;

/** Units in which a volume of gas is counted. `hcf` is hundreds of cubic feet. */
export type VolumeUnit = keyof typeof CUBIC_METRES_PER_UNIT;
export const VOLUME_UNITS = Object.keys(CUBIC_METRES_PER_UNIT) as readonly VolumeUnit[];

const FACTORS = new Map(Object.entries(CUBIC_METRES_PER_UNIT).map(([unit, factor]) => [unit, new Decimal(factor)]));

/** Cubic metres in one unit of a gas dial (rule E6). */
export function cubicMetresPer(unit: VolumeUnit): Decimal {
  const factor = FACTORS.get(unit);
  if (factor === undefined) throw new Error(`There is no factor for '${unit}'.`);
  return factor;
}

/** Whether a unit is one of volume, so that a gas meter in it needs converting. */
export function isVolumeUnit(unit: string): unit is VolumeUnit {
  return FACTORS.has(unit);
}

/** Codes by which industry files name the unit of a gas dial. */
const CODES: Readonly<Record<string, VolumeUnit>> = {
  m3: 'm3',
  tm3: 'tens-of-m3',
  hm3: 'hundreds-of-m3',
  nm3: 'tenths-of-m3',
  ocuf: 'ft3',
  tcuf: 'tens-of-ft3',
  hcuf: 'hcf',
  mcuf: 'thousands-of-ft3',
  ft3: 'ft3',
  cf: 'ft3',
  cuft: 'ft3',
  hcf: 'hcf',
  ccf: 'hcf',
  cubicmetre: 'm3',
  cubicmetres: 'm3',
  cubicfoot: 'ft3',
  cubicfeet: 'ft3',
  hundredcubicfeet: 'hcf',
  hundredsofcubicfeet: 'hcf',
  '100cubicfeet': 'hcf',
  '100scubicfeet': 'hcf',
  '100cuft': 'hcf',
  '100scuft': 'hcf',
};

/** The unit that a word or code of a file or bill means, or null where it means none. */
export function volumeUnitOf(word: string): VolumeUnit | null {
  const bare = word
    .trim()
    .toLowerCase()
    .replaceAll('³', '3')
    .replace(/[^a-z0-9]/g, '');
  return CODES[bare] ?? null;
}
