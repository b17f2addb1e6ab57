import { minutesOfDay } from './calendar.ts';
import type { LocalDay } from './local-day.ts';

/** `A` actual, `E` estimated. */
export type Quality = 'A' | 'E';

/**
 * What one meter delivered for the intervals of one local day: the evidence, as it came. `values` holds one entry per
 * interval in order, `null` where missing; on clock changes a half-hourly day has 46 or 50 of them. `quality` is null when
 * every present value is actual, 'E' when every one is estimated, else one letter per interval ('-' where missing).
 */
export type IntervalProfile = { resolutionMinutes: number; values: readonly (number | null)[]; quality: string | null };

/** Resolutions a profile may be sent in, in minutes; 1440 is one value for the day, whatever the day's length. */
export const RESOLUTIONS_MINUTES = [1, 5, 10, 15, 20, 30, 60, 1440] as const;

const SHORTEST_DAY_MINUTES = 1380;

/** Values are stored to a millionth of their unit: sums of millionths are exact. */
export const MICRO = 1_000_000;

/** How many intervals a local day has at a resolution; a resolution of a whole day always means one. */
export function intervalsOfDay(day: LocalDay, resolutionMinutes: number): number {
  return resolutionMinutes >= SHORTEST_DAY_MINUTES ? 1 : minutesOfDay(day) / resolutionMinutes;
}

/** The length of each interval in minutes: a daily value stands for the whole day, be it 23, 24 or 25 hours. */
export function intervalMinutes(day: LocalDay, resolutionMinutes: number): number {
  return resolutionMinutes >= SHORTEST_DAY_MINUTES ? minutesOfDay(day) : resolutionMinutes;
}

/** The quality of one interval, or null where it is missing. */
export function qualityAt(profile: IntervalProfile, index: number): Quality | null {
  if ((profile.values[index] ?? null) === null) return null;
  if (profile.quality === null) return 'A';
  const letter = profile.quality.length === 1 ? profile.quality : profile.quality[index];
  return letter === 'E' ? 'E' : 'A';
}

/** Writes per-interval qualities in their shortest form: null all actual, 'E' all estimated, else a letter each. */
export function packQuality(qualities: readonly (Quality | null)[]): string | null {
  const present = qualities.filter((quality) => quality !== null);
  if (!present.includes('E')) return null;
  return present.includes('A') ? qualities.map((quality) => quality ?? '-').join('') : 'E';
}

/** A value in millionths, exact for |value| < 1e9 with at most six decimals. */
export function microOf(value: number): bigint {
  return BigInt(Math.round(value * MICRO));
}

/** What a profile adds up to, by quality, with the minutes behind it. */
export type ProfileSums = {
  actualMicro: bigint;
  estimatedMicro: bigint;
  actualMinutes: number;
  estimatedMinutes: number;
};

/** Exact sums of a profile. */
export function profileSums(day: LocalDay, profile: IntervalProfile): ProfileSums {
  const minutes = intervalMinutes(day, profile.resolutionMinutes);
  const sums: ProfileSums = { actualMicro: 0n, estimatedMicro: 0n, actualMinutes: 0, estimatedMinutes: 0 };
  profile.values.forEach((value, index) => {
    if (value === null) return;
    if (qualityAt(profile, index) === 'E') {
      sums.estimatedMicro += microOf(value);
      sums.estimatedMinutes += minutes;
    } else {
      sums.actualMicro += microOf(value);
      sums.actualMinutes += minutes;
    }
  });
  return sums;
}

/** A merged profile, and how many actual values an arriving estimate would have replaced; or why they cannot be merged. */
export type MergeResult = { profile: IntervalProfile; keptActual: number } | { conflict: string };

/** True when every interval of the day is there and actual. */
export function isCompleteActual(profile: IntervalProfile): boolean {
  return profile.quality === null && !profile.values.includes(null);
}

function otherResolution(day: LocalDay, stored: IntervalProfile, received: IntervalProfile): MergeResult {
  return {
    conflict: `${day} is stored in ${stored.resolutionMinutes}-minute intervals and ${received.resolutionMinutes}-minute values were received: send the whole day, or use the stored resolution`,
  };
}

/** Whether the received value of an interval may replace an actual one although it is an estimate. */
export type ReplacesActual = (index: number) => boolean;

/**
 * Lays newly received values over stored ones (rule E2): the newest wins within a quality, an estimate replaces an actual
 * only where its sender says so, a blank never replaces a value. A day complete and actual, or complete and meant to
 * replace, replaces one of another resolution whole; other values of another resolution are a conflict.
 */
export function mergeProfiles(
  day: LocalDay,
  stored: IntervalProfile,
  received: IntervalProfile,
  replacesActual: ReplacesActual = () => false,
): MergeResult {
  const isWhole = received.values.every(
    (value, index) => value !== null && (qualityAt(received, index) === 'A' || replacesActual(index)),
  );
  if (isWhole) return { profile: received, keptActual: 0 };
  if (stored.values.length !== received.values.length) return otherResolution(day, stored, received);
  let keptActual = 0;
  const qualities: (Quality | null)[] = [];
  const values = stored.values.map((old, index) => {
    const fresh = received.values[index] ?? null;
    const oldQuality = qualityAt(stored, index);
    const freshQuality = qualityAt(received, index);
    const keep = fresh === null || (oldQuality === 'A' && freshQuality === 'E' && !replacesActual(index));
    if (keep && fresh !== null) keptActual += 1;
    qualities.push(keep ? oldQuality : freshQuality);
    return keep ? old : fresh;
  });
  return {
    profile: { resolutionMinutes: stored.resolutionMinutes, values, quality: packQuality(qualities) },
    keptActual,
  };
}

/**
 * Joins what one delivery says of a day in several places. The same interval twice with the same quality and another
 * value is a conflict: nothing says which is right.
 */
export function joinDelivered(day: LocalDay, first: IntervalProfile, second: IntervalProfile): MergeResult {
  if (first.values.length !== second.values.length) return otherResolution(day, first, second);
  for (const [index, value] of second.values.entries()) {
    const before = first.values[index] ?? null;
    if (value === null || before === null || value === before) continue;
    if (qualityAt(first, index) === qualityAt(second, index))
      return { conflict: `${day} is given twice for interval ${index + 1}: ${before} and ${value}` };
  }
  return mergeProfiles(day, first, second);
}

/** A profile as it is kept: a daily value's resolution is the length of its own day. */
export function profileOf(
  day: LocalDay,
  resolutionMinutes: number,
  values: readonly (number | null)[],
  quality: string | null,
): IntervalProfile {
  return { resolutionMinutes: intervalMinutes(day, resolutionMinutes), values, quality };
}
