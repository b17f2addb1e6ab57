import { Decimal, ZERO } from '../decimal.ts';
import type { DaySpan, LocalDay } from '../local-day.ts';
import { addDays } from '../local-day.ts';

/** The factor of temperature and pressure for meters at standard conditions (Gas (Calculation of Thermal Energy) Regulations 1996). */
export const STANDARD_CORRECTION = new Decimal('1.02264');

/** Above this yearly use the standard factor is not meant to be used: such sites have a factor of their own. */
export const STANDARD_CORRECTION_KWH_MAX = 732_000;

/** The band that gas in the network stands in; outside it a value is taken and flagged. */
export const CALORIFIC_VALUE_BAND = { from: 37.5, to: 43 } as const;

/** Where a correction factor comes from: the bill, a corrector at the meter, the meter's own factor, or the standard one. */
export const CORRECTION_SOURCES = ['bill', 'corrector', 'meter', 'standard'] as const;
export type CorrectionSource = (typeof CORRECTION_SOURCES)[number];

/** Where a calorific value comes from: the bill, the daily values of the meter's zone, or the one that is assumed. */
export const CALORIFIC_SOURCES = ['bill', 'zone', 'default'] as const;
export type CalorificSource = (typeof CALORIFIC_SOURCES)[number];

/** What was taken in a conversion but should be looked at. */
export const CONVERSION_FLAGS = [
  'assumed-cv',
  'zone-values-incomplete',
  'cv-outside-band',
  'energy-differs-from-volume',
] as const;
export type ConversionFlag = (typeof CONVERSION_FLAGS)[number];

/** What a meter says of how its volumes are corrected. */
export type MeterCorrection = {
  /** A device at the meter corrects its volumes already. */
  volumeCorrected: boolean;
  /** The site's own factor. */
  correctionFactor: Decimal | null;
  /** First day on which either holds; null: since ever. Before it the standard factor holds. */
  correctionFrom: LocalDay | null;
};

/** The correction factor of a bill or day: the bill's, else the meter's, else the standard one (rule E6). */
export function correctionOf(
  stated: Decimal | null,
  meter: MeterCorrection,
  day: LocalDay,
): { factor: Decimal; source: CorrectionSource } {
  if (stated !== null) return { factor: stated, source: 'bill' };
  const holds = meter.correctionFrom === null || meter.correctionFrom <= day;
  if (holds && meter.volumeCorrected) return { factor: new Decimal(1), source: 'corrector' };
  if (holds && meter.correctionFactor !== null) return { factor: meter.correctionFactor, source: 'meter' };
  return { factor: STANDARD_CORRECTION, source: 'standard' };
}

/** A calorific value, where it comes from, and what should be looked at. */
export type ChosenCalorificValue = { value: Decimal; source: CalorificSource; flags: readonly ConversionFlag[] };

const isOutsideBand = (value: Decimal): boolean =>
  value.lt(CALORIFIC_VALUE_BAND.from) || value.gt(CALORIFIC_VALUE_BAND.to);

/**
 * The calorific value of a span of days: the bill's; else the mean of the zone's daily values over those days, unrounded,
 * as a supplier averages over a bill; else the assumed one (rule E6). `daily` holds the values of the meter's zone.
 */
export function calorificValueOf(
  stated: Decimal | null,
  daily: ReadonlyMap<LocalDay, Decimal>,
  span: DaySpan,
  assumed: Decimal,
): ChosenCalorificValue {
  if (stated !== null)
    return { value: stated, source: 'bill', flags: isOutsideBand(stated) ? ['cv-outside-band'] : [] };
  let total = ZERO;
  let known = 0;
  let days = 0;
  for (let day = span.start; day < span.end; day = addDays(day, 1)) {
    const value = daily.get(day);
    days += 1;
    if (value === undefined) continue;
    total = total.plus(value);
    known += 1;
  }
  if (known === 0) return { value: assumed, source: 'default', flags: ['assumed-cv'] };
  const value = total.div(known);
  const flags: ConversionFlag[] = [];
  if (known < days) flags.push('zone-values-incomplete');
  if (isOutsideBand(value)) flags.push('cv-outside-band');
  return { value, source: 'zone', flags };
}
