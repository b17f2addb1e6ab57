import { minutesOfDay, startOfDayMs } from './calendar.ts';
import { type Decimal, ZERO } from './decimal.ts';
import type { EstimationMethod } from './estimation/methods.ts';
import { type DayEstimate, type EstimateInputs, partInstants } from './estimation/own-estimate.ts';
import { type IntervalProfile, intervalMinutes, qualityAt } from './interval-profile.ts';
import { addDays, type DaySpan, type LocalDay, monthStart } from './local-day.ts';

export const READING_RESOLUTIONS = ['interval', 'day', 'month'] as const;
export type ReadingResolution = (typeof READING_RESOLUTIONS)[number];

/** Where a stored day's quantity comes from, as the API names it. */
export const ORIGIN_NAMES = ['interval', 'register', 'billed', 'mixed', 'estimate'] as const;
export type OriginName = (typeof ORIGIN_NAMES)[number];

/** One meter-day as stored. */
export type StoredDay = {
  day: LocalDay;
  origin: OriginName;
  quantity: Decimal | null;
  estimatedQuantity: Decimal | null;
  actualMinutes: number;
  estimatedMinutes: number;
  profile: IntervalProfile | null;
  /** What this service estimates of the time that evidence leaves open; null where it does not. */
  estimate: DayEstimate | null;
};

/** How a part of a slice was estimated. */
export type SliceEstimate = { method: EstimationMethod; start: string; end: string; inputs: EstimateInputs };

/** A slice of what is stored. `quantity` null: nothing known. Minutes missing follow from the calendar, never from rows. */
export type StoredSlice = {
  start: string;
  end: string;
  quantity: Decimal | null;
  quality: 'actual' | 'estimated' | 'mixed' | null;
  origin: OriginName | null;
  actualMinutes: number;
  estimatedMinutes: number;
  missingMinutes: number;
  /** How this service estimated it, or parts of it; empty where it did not, and for whole months. */
  estimates: readonly SliceEstimate[];
};

const instant = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');

function qualityName(actualMinutes: number, estimatedMinutes: number): StoredSlice['quality'] {
  if (actualMinutes > 0 && estimatedMinutes > 0) return 'mixed';
  if (actualMinutes > 0) return 'actual';
  return estimatedMinutes > 0 ? 'estimated' : null;
}

function emptySlice(start: string, end: string, minutes: number): StoredSlice {
  return {
    start,
    end,
    quantity: null,
    quality: null,
    origin: null,
    actualMinutes: 0,
    estimatedMinutes: 0,
    missingMinutes: minutes,
    estimates: [],
  };
}

/** The parts of an estimate as instants; of one interval alone where it is named. */
function estimatesOf(estimate: DayEstimate | null, index: number | null = null): SliceEstimate[] {
  if (estimate === null) return [];
  const parts = estimate.parts.filter(({ from, to }) => index === null || (from <= index && index < to));
  return parts.map((part) => {
    const { startMs, endMs } = partInstants(estimate, part);
    return { method: part.method, start: instant(startMs), end: instant(endMs), inputs: part.inputs };
  });
}

/** The intervals of a day: those delivered, and between them those that this service estimates. */
function intervalsOf({ profile, estimate }: StoredDay): { resolutionMinutes: number; values: EstimatedValue[] } | null {
  const resolutionMinutes = profile?.resolutionMinutes ?? estimate?.resolutionMinutes ?? null;
  if (resolutionMinutes === null) return null;
  const isEstimated = estimate !== null && (profile === null || profile.values.length === estimate.values.length);
  const values = (profile ?? estimate)?.values ?? [];
  return {
    resolutionMinutes,
    values: values.map((_, index) => {
      const delivered = profile?.values[index] ?? null;
      if (delivered !== null && profile !== null)
        return { value: delivered, isEstimate: qualityAt(profile, index) === 'E', isOwn: false };
      return { value: isEstimated ? (estimate.values[index] ?? null) : null, isEstimate: true, isOwn: true };
    }),
  };
}

type EstimatedValue = { value: number | null; isEstimate: boolean; isOwn: boolean };

function daySlice(day: LocalDay, stored: StoredDay | undefined): StoredSlice {
  const minutes = minutesOfDay(day);
  const empty = emptySlice(day, addDays(day, 1), minutes);
  if (stored === undefined) return empty;
  const { actualMinutes, estimatedMinutes, quantity, origin } = stored;
  const quality = qualityName(actualMinutes, estimatedMinutes);
  return {
    ...empty,
    quantity,
    quality,
    origin,
    actualMinutes,
    estimatedMinutes,
    missingMinutes: minutes - actualMinutes - estimatedMinutes,
    estimates: estimatesOf(stored.estimate),
  };
}

function intervalSlices(
  day: LocalDay,
  stored: StoredDay | undefined,
  toValue: (value: number) => Decimal,
): StoredSlice[] {
  const intervals = stored === undefined ? null : intervalsOf(stored);
  const dayStart = startOfDayMs(day);
  if (stored === undefined || intervals === null) {
    const whole = daySlice(day, stored);
    return [{ ...whole, start: instant(dayStart), end: instant(startOfDayMs(addDays(day, 1))) }];
  }
  const minutes = intervalMinutes(day, intervals.resolutionMinutes);
  return intervals.values.map(({ value, isEstimate, isOwn }, index): StoredSlice => {
    const start = dayStart + index * minutes * 60_000;
    const slice = emptySlice(instant(start), instant(start + minutes * 60_000), minutes);
    if (value === null) return slice;
    return {
      ...slice,
      quantity: toValue(value),
      quality: isEstimate ? 'estimated' : 'actual',
      origin: isOwn ? 'estimate' : 'interval',
      actualMinutes: isEstimate ? 0 : minutes,
      estimatedMinutes: isEstimate ? minutes : 0,
      missingMinutes: 0,
      estimates: isOwn ? estimatesOf(stored.estimate, index) : [],
    };
  });
}

function monthSlices(days: readonly StoredSlice[]): StoredSlice[] {
  const months = new Map<LocalDay, StoredSlice>();
  for (const day of days) {
    const key = monthStart(day.start);
    const month = months.get(key) ?? { ...emptySlice(day.start, day.end, 0), origin: day.origin };
    month.end = day.end;
    if (day.quantity !== null) month.quantity = (month.quantity ?? ZERO).plus(day.quantity);
    if (day.origin !== null && month.origin !== day.origin) month.origin = month.origin === null ? day.origin : 'mixed';
    month.actualMinutes += day.actualMinutes;
    month.estimatedMinutes += day.estimatedMinutes;
    month.missingMinutes += day.missingMinutes;
    month.quality = qualityName(month.actualMinutes, month.estimatedMinutes);
    months.set(key, month);
  }
  return [...months.values()];
}

/** Lays what is stored of a meter over every slice of `span`, the missing ones too. Intervals stand as instants in UTC. */
export function storedSlices(
  span: DaySpan,
  stored: readonly StoredDay[],
  resolution: ReadingResolution,
  toValue: (value: number) => Decimal,
): StoredSlice[] {
  const byDay = new Map(stored.map((row) => [row.day, row]));
  const days: LocalDay[] = [];
  for (let day = span.start; day < span.end; day = addDays(day, 1)) days.push(day);
  if (resolution === 'interval') return days.flatMap((day) => intervalSlices(day, byDay.get(day), toValue));
  const slices = days.map((day) => daySlice(day, byDay.get(day)));
  return resolution === 'day' ? slices : monthSlices(slices);
}
