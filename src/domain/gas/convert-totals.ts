import type { BilledPeriod, StoredBilledPeriod } from '../billed-period.ts';
import type { IntervalProfile } from '../interval-profile.ts';
import { profileSums } from '../interval-profile.ts';
import type { LocalDay } from '../local-day.ts';
import type { DaySums, SpanTotal } from '../span-totals.ts';
import { convertDay, convertSpan, type GasContext, type GasConversion } from './convert-gas.ts';

function conversionOf(bill: BilledPeriod, context: GasContext): GasConversion | null {
  const { start, end, volume, totalMicro } = bill;
  if (volume === null) return null;
  const { micro, unit, calorificValue, correctionFactor, energyStated } = volume;
  const statedMicro = energyStated ? totalMicro : null;
  const stated = { start, end, volumeMicro: micro, volumeUnit: unit, correctionFactor, calorificValue, statedMicro };
  return convertSpan('billed', stated, context);
}

/** A bill with its energy: what it states, else what its volume comes to (rule E6). */
export function pricedBill<Bill extends BilledPeriod>(bill: Bill, context: GasContext): Bill {
  const conversion = conversionOf(bill, context);
  return conversion === null ? bill : { ...bill, totalMicro: conversion.statedMicro ?? conversion.computedMicro };
}

/** How the volumes of bills were converted; credit notes, and what they cancel, are no evidence. */
export function conversionsOfBills(bills: readonly StoredBilledPeriod[], context: GasContext): GasConversion[] {
  return bills.flatMap((bill) => (bill.credits === null ? (conversionOf(bill, context) ?? []) : []));
}

/** What registers counted, in kWh, with the conversions; as it is where the meter counts kWh already. */
export function energyOfAdvances(
  advances: readonly SpanTotal[],
  context: GasContext,
): { spans: SpanTotal[]; conversions: GasConversion[] } {
  const { volumeUnit } = context;
  if (volumeUnit === null) return { spans: [...advances], conversions: [] };
  const conversions = advances.map(({ start, end, totalMicro }) => {
    const unknown = { correctionFactor: null, calorificValue: null, statedMicro: null };
    return convertSpan('register', { start, end, volumeMicro: totalMicro, volumeUnit, ...unknown }, context);
  });
  const spans = advances.map((span, index) => ({ ...span, totalMicro: conversions[index]?.computedMicro ?? 0n }));
  return { spans, conversions };
}

/** Adds up the intervals of a day in kWh; undefined where the meter counts kWh already. */
export function energySums(context: GasContext | undefined): DaySums | undefined {
  const unit = context?.volumeUnit ?? null;
  if (context === undefined || unit === null) return undefined;
  return (day, profile) => convertDay(day, profileSums(day, profile), unit, context).sums;
}

/** How the intervals of days were converted. Days of which nothing is known by interval have no conversion. */
export function conversionsOfDays(
  days: readonly { day: LocalDay; profile: IntervalProfile | null }[],
  context: GasContext,
): GasConversion[] {
  const { volumeUnit } = context;
  if (volumeUnit === null) return [];
  return days.flatMap(({ day, profile }) => {
    if (profile === null) return [];
    const sums = profileSums(day, profile);
    if (sums.actualMinutes + sums.estimatedMinutes === 0) return [];
    return convertDay(day, sums, volumeUnit, context).conversion;
  });
}
