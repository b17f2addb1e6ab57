import type { Unit } from '../activities.ts';
import { cubicMetresPer, volumeUnitOf } from '../gas/volume-units.ts';
import { MICRO } from '../interval-profile.ts';
import { headerWords } from './header-words.ts';
import type { UploadMeter } from './meter-lookup.ts';
import { DECIMAL, numberFault, readValue, withoutThousands } from './read-value.ts';
import { type CellFault, quoted } from './row-fault.ts';

/** What a value of a file is multiplied by to be in the unit of its meter: `top / bottom`, exactly. */
export type UnitScale = {
  top: bigint;
  bottom: bigint;
  /** The value is the mean power of its interval: its minutes, over 60, are a factor as well. */
  isPower: boolean;
  /** The unit as the file writes it, and that of the meter. */
  written: string;
  unit: Unit;
};

type Measure = { kind: 'energy' | 'power' | 'volume' | 'mass'; top: bigint; bottom: bigint };

const MEASURES: Readonly<Record<string, Measure>> = {
  wh: { kind: 'energy', top: 1n, bottom: 1_000n },
  kwh: { kind: 'energy', top: 1n, bottom: 1n },
  mwh: { kind: 'energy', top: 1_000n, bottom: 1n },
  gwh: { kind: 'energy', top: 1_000_000n, bottom: 1n },
  kw: { kind: 'power', top: 1n, bottom: 1n },
  mw: { kind: 'power', top: 1_000n, bottom: 1n },
  litre: { kind: 'volume', top: 1n, bottom: 1_000n },
  litres: { kind: 'volume', top: 1n, bottom: 1_000n },
  liter: { kind: 'volume', top: 1n, bottom: 1_000n },
  liters: { kind: 'volume', top: 1n, bottom: 1_000n },
  kg: { kind: 'mass', top: 1n, bottom: 1n },
  tonne: { kind: 'mass', top: 1_000n, bottom: 1n },
  tonnes: { kind: 'mass', top: 1_000n, bottom: 1n },
};

const TEN_THOUSAND = 10_000n;

/** A unit as a word of a file or of a meter, in kWh, kW, cubic metres or kilograms. Feet are feet of gas (rule E6). */
function measureOf(word: string, isGas: boolean): Measure | null {
  const known = MEASURES[headerWords(word)];
  if (known !== undefined) return known;
  const volume = volumeUnitOf(word);
  if (volume === null || (!isGas && volume !== 'm3')) return null;
  const top = BigInt(cubicMetresPer(volume).times(String(TEN_THOUSAND)).toFixed());
  return { kind: 'volume', top, bottom: TEN_THOUSAND };
}

/** Whether a text is a word for a unit of energy, power, volume or mass. */
export function isUnitWord(text: string): boolean {
  return measureOf(text, true) !== null;
}

/**
 * How values in the unit that a file writes are brought to that of a meter: null where they are in it already, or what
 * is wrong where neither is a multiple of the other.
 */
export function unitScale(written: string, { key, unit, activity }: UploadMeter): UnitScale | CellFault | null {
  const isGas = activity === 'natural-gas';
  const from = measureOf(written, isGas);
  const to = measureOf(unit, isGas);
  const isPower = from?.kind === 'power' && to?.kind === 'energy';
  if (from === null || to === null || (from.kind !== to.kind && !isPower))
    return {
      code: 'wrong-unit',
      detail: `The values are in ${quoted(written)}, the meter ${key} is in ${unit}: convert them first`,
    };
  const top = from.top * to.bottom;
  const bottom = from.bottom * to.top;
  if (top === bottom && !isPower) return null;
  return { top, bottom, isPower, written, unit };
}

/** How a conversion is told: `MWh × 1000 = kWh`. */
export function scaleText({ top, bottom, isPower, written, unit }: UnitScale): string {
  const steps = [
    ...(top % bottom === 0n ? (top === bottom ? [] : [`× ${top / bottom}`]) : [`× ${top} / ${bottom}`]),
    ...(isPower ? ['× minutes / 60'] : []),
  ];
  return `${written} ${steps.join(' ')} = ${unit}`;
}

const HOUR = 60n;
const MICRO_UNITS = BigInt(MICRO);

/**
 * Reads the text of a value and converts it, digit by digit: in millionths of the meter's unit, NaN where it is missing,
 * or what is wrong. A result with more than six decimals is refused: rounding it would lose digits.
 */
export function readScaledMicro(text: string, scale: UnitScale, minutes: number): bigint | number | CellFault {
  const plain = readValue(text);
  if (typeof plain === 'number' && Number.isNaN(plain)) return plain;
  const match = DECIMAL.exec(withoutThousands(text.trim()));
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match ?? [];
  if (typeof plain !== 'number' && (match === null || plain.code !== 'too-many-decimals')) return plain;
  const power = Number(exponent) - fraction.length;
  const digits = BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`);
  const time = scale.isPower ? BigInt(minutes) : 1n;
  const numerator = digits * scale.top * MICRO_UNITS * time * (power > 0 ? 10n ** BigInt(power) : 1n);
  const denominator = scale.bottom * (scale.isPower ? HOUR : 1n) * (power < 0 ? 10n ** BigInt(-power) : 1n);
  if (numerator % denominator === 0n) return numerator / denominator;
  return {
    code: 'too-many-decimals',
    detail: `${quoted(text.trim())} ${scaleText(scale)} has more than six decimals${scale.isPower ? ` in ${minutes} minutes` : ''}: send it in ${scale.unit}, or with fewer digits`,
  };
}

/** The same as a number that can be stored. */
export function readScaled(text: string, scale: UnitScale, minutes: number): number | CellFault {
  const micro = readScaledMicro(text, scale, minutes);
  if (typeof micro !== 'bigint') return micro;
  const value = Number(micro) / MICRO;
  return numberFault(value) ?? value;
}
