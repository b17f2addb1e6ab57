import type { Decimal } from '../decimal.ts';
import type { ProfileSums } from '../interval-profile.ts';
import { addDays, type DaySpan, type LocalDay } from '../local-day.ts';
import { energyDiffers, type GasFactors, gasEnergyMicro } from './gas-energy.ts';
import {
  type CalorificSource,
  type ConversionFlag,
  type CorrectionSource,
  calorificValueOf,
  correctionOf,
  type MeterCorrection,
} from './gas-factors.ts';
import { cubicMetresPer, type VolumeUnit } from './volume-units.ts';

/** The kind of evidence that was converted. */
export const CONVERTED_EVIDENCE = ['interval', 'register', 'billed'] as const;
export type ConvertedEvidence = (typeof CONVERTED_EVIDENCE)[number];

/** One conversion of a volume of gas into energy, with everything that went in (rule E6). */
export type GasConversion = DaySpan &
  GasFactors & {
    evidence: ConvertedEvidence;
    volumeMicro: bigint;
    volumeUnit: VolumeUnit;
    correctionSource: CorrectionSource;
    calorificSource: CalorificSource;
    /** What the volume comes to. */
    computedMicro: bigint;
    /** The energy the bill states, which is what counts; null where it states none. */
    statedMicro: bigint | null;
    flags: readonly ConversionFlag[];
  };

/** What converting the volumes of one meter needs. */
export type GasContext = MeterCorrection & {
  /** Unit of its intervals and registers; null where they are in kWh already. */
  volumeUnit: VolumeUnit | null;
  /** Daily calorific values of its zone. */
  daily: ReadonlyMap<LocalDay, Decimal>;
  assumed: AssumedCalorificValue;
};

/** A volume as a conversion is known by. */
export type ConvertedVolume = DaySpan & {
  evidence: ConvertedEvidence;
  volumeMicro: bigint;
  volumeUnit: VolumeUnit;
};

/** What is assumed of gas of which nobody states a calorific value. */
export type AssumedCalorificValue = {
  /** What the settings say, in MJ per cubic metre. */
  value: Decimal;
  /** What volumes were converted with under other settings, by `volumeKey`: they keep it. */
  kept: ReadonlyMap<string, Decimal>;
};

/** The key of a volume among those that were converted before. */
export const volumeKey = ({ evidence, start, end, volumeMicro, volumeUnit }: ConvertedVolume): string =>
  `${evidence} ${start} ${end} ${volumeMicro} ${volumeUnit}`;

const assumedFor = (volume: ConvertedVolume, { value, kept }: AssumedCalorificValue): Decimal =>
  kept.get(volumeKey(volume)) ?? value;

/** What a bill or a pair of readings states of a volume. */
export type StatedVolume = DaySpan & {
  volumeMicro: bigint;
  volumeUnit: VolumeUnit;
  correctionFactor: Decimal | null;
  calorificValue: Decimal | null;
  statedMicro: bigint | null;
};

/** Converts a volume stated for a span of days, with one calorific value for all of it. */
export function convertSpan(
  evidence: Exclude<ConvertedEvidence, 'interval'>,
  stated: StatedVolume,
  context: GasContext,
): GasConversion {
  const { start, end, volumeMicro, volumeUnit, statedMicro } = stated;
  const correction = correctionOf(stated.correctionFactor, context, start);
  const assumed = assumedFor({ evidence, start, end, volumeMicro, volumeUnit }, context.assumed);
  const calorific = calorificValueOf(stated.calorificValue, context.daily, { start, end }, assumed);
  const factors = {
    unitFactor: cubicMetresPer(volumeUnit),
    correctionFactor: correction.factor,
    calorificValue: calorific.value,
  };
  const computedMicro = gasEnergyMicro(volumeMicro, factors);
  const differs = statedMicro !== null && energyDiffers(statedMicro, computedMicro);
  return {
    ...factors,
    start,
    end,
    evidence,
    volumeMicro,
    volumeUnit,
    correctionSource: correction.source,
    calorificSource: calorific.source,
    computedMicro,
    statedMicro,
    flags: differs ? [...calorific.flags, 'energy-differs-from-volume'] : calorific.flags,
  };
}

/** Converts what the intervals of one day add up to, with the calorific value of that day. */
export function convertDay(
  day: LocalDay,
  sums: ProfileSums,
  volumeUnit: VolumeUnit,
  context: GasContext,
): { sums: ProfileSums; conversion: GasConversion } {
  const span = { start: day, end: addDays(day, 1) };
  const correction = correctionOf(null, context, day);
  const volumeMicro = sums.actualMicro + sums.estimatedMicro;
  const assumed = assumedFor({ evidence: 'interval', ...span, volumeMicro, volumeUnit }, context.assumed);
  const calorific = calorificValueOf(null, context.daily, span, assumed);
  const factors = {
    unitFactor: cubicMetresPer(volumeUnit),
    correctionFactor: correction.factor,
    calorificValue: calorific.value,
  };
  const actualMicro = gasEnergyMicro(sums.actualMicro, factors);
  const estimatedMicro = gasEnergyMicro(sums.estimatedMicro, factors);
  const conversion: GasConversion = {
    ...factors,
    ...span,
    evidence: 'interval',
    volumeMicro,
    volumeUnit,
    correctionSource: correction.source,
    calorificSource: calorific.source,
    computedMicro: actualMicro + estimatedMicro,
    statedMicro: null,
    flags: calorific.flags,
  };
  return { sums: { ...sums, actualMicro, estimatedMicro }, conversion };
}
