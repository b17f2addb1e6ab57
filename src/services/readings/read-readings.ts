import type { Now } from '../../clock.ts';
import { localDayOf } from '../../domain/calendar.ts';
import { Decimal } from '../../domain/decimal.ts';
import type { Estate, EstateMeter } from '../../domain/estate.ts';
import type { MeterConversions } from '../../domain/gas/stored-conversion.ts';
import { addDays, type DaySpan, earlier, lengthDays } from '../../domain/local-day.ts';
import type { Period } from '../../domain/period.ts';
import { Refusal } from '../../domain/refusal.ts';
import {
  type ReadingResolution,
  type StoredDay,
  type StoredSlice,
  storedSlices,
} from '../../domain/stored-readings.ts';
import { LIMITS } from '../../limits.ts';
import { refuseTooLong } from '../figures/answer-figure.ts';

/** What reading back needs. */
export type ReadReadingsDeps = {
  now: Now;
  currentEstate(): Promise<Estate>;
  storedDays(meter: string, span: DaySpan): Promise<StoredDay[]>;
  /** How volumes of gas became energy. */
  conversions(meter: string, span: DaySpan): Promise<MeterConversions>;
};

/**
 * What is stored of a meter, slice by slice, up to and including today.
 * @throws Refusal `unknown-meter`; `invalid-period` when intervals are asked of too many days at once.
 */
export async function readReadings(
  deps: ReadReadingsDeps,
  key: string,
  period: Period,
  resolution: ReadingResolution,
): Promise<{ meter: EstateMeter; slices: StoredSlice[]; conversions: MeterConversions }> {
  const estate = await deps.currentEstate();
  const meter = estate.meters.find((candidate) => candidate.key === key);
  if (meter === undefined) throw new Refusal('unknown-meter', `There is no meter '${key}'`);
  const span = { start: period.start, end: earlier(period.end, addDays(localDayOf(deps.now()), 1)) };
  refuseTooLong(
    { ...span, label: period.label },
    resolution === 'interval' ? LIMITS.readingsAnswerDaysMax : LIMITS.periodDaysMax,
  );
  const stored = lengthDays(span) === 0 ? [] : await deps.storedDays(key, span);
  const isGas = meter.activity === 'natural-gas' && lengthDays(span) > 0;
  const conversions = isGas ? await deps.conversions(key, span) : { conversions: [], yearKwh: null };
  return { meter, conversions, slices: storedSlices(span, stored, resolution, (value) => new Decimal(value)) };
}
