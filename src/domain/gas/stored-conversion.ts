import type { Decimal } from '../decimal.ts';
import type { DaySpan } from '../local-day.ts';
import type { ConvertedEvidence } from './convert-gas.ts';
import {
  type CalorificSource,
  type ConversionFlag,
  type CorrectionSource,
  STANDARD_CORRECTION_KWH_MAX,
} from './gas-factors.ts';
import type { VolumeUnit } from './volume-units.ts';

/** A conversion as it is stored: a volume of gas, the factors it was turned into energy with, and the result. */
export type StoredConversion = DaySpan & {
  evidence: ConvertedEvidence;
  volume: Decimal;
  volumeUnit: VolumeUnit;
  unitFactor: Decimal;
  correctionFactor: Decimal;
  correctionSource: CorrectionSource;
  calorificValue: Decimal;
  calorificSource: CalorificSource;
  computedKwh: Decimal;
  statedKwh: Decimal | null;
  flags: readonly ConversionFlag[];
};

/** The conversions of a meter, and what it used in the year that ends with its last day of data. */
export type MeterConversions = { conversions: readonly StoredConversion[]; yearKwh: Decimal | null };

/** What may be looked at of a conversion, and of the meter that it belongs to. */
export const STORED_FLAGS = [
  'assumed-cv',
  'zone-values-incomplete',
  'cv-outside-band',
  'energy-differs-from-volume',
  'default-correction-on-large-meter',
] as const satisfies readonly (ConversionFlag | 'default-correction-on-large-meter')[];
export type StoredFlag = (typeof STORED_FLAGS)[number];

/**
 * The flags of a conversion. That the standard correction factor was taken for a meter too large for it depends on a year
 * of data, and is looked at when it is asked (rule E6).
 */
export function storedFlags(
  { correctionSource, flags }: Pick<StoredConversion, 'correctionSource' | 'flags'>,
  yearKwh: Decimal | null,
): StoredFlag[] {
  const isLarge = correctionSource === 'standard' && yearKwh?.gt(STANDARD_CORRECTION_KWH_MAX) === true;
  return isLarge ? [...flags, 'default-correction-on-large-meter'] : [...flags];
}
