import type { EstimateSums } from './estimation/own-estimate.ts';
import { type IntervalProfile, joinDelivered, mergeProfiles, type ReplacesActual } from './interval-profile.ts';
import type { LocalDay } from './local-day.ts';
import {
  type DaySums,
  intervalsOnly,
  type SettledDay,
  type SpanConflict,
  type SpanTotal,
  settleSpans,
} from './span-totals.ts';
import type { HeatingShape } from './weather/heating-weights.ts';

/** Where a day's quantity comes from; the numbers are what the store keeps. */
export const ORIGIN = { interval: 1, register: 2, billed: 3, mixed: 4, estimate: 5 } as const;
/** Origins of days that take all or a part of their quantity from a total of a span. */
export const SPREAD_ORIGINS = [ORIGIN.register, ORIGIN.billed, ORIGIN.mixed] as const;
export type Origin = (typeof ORIGIN)[keyof typeof ORIGIN];

/** One meter-day ready to be stored: its evidence and what it amounts to. Quantities in millionths of the meter's unit. */
export type MeterDay = {
  meterId: number;
  day: LocalDay;
  profile: IntervalProfile | null;
  origin: Origin;
  /** Null when nothing is known, never 0. */
  quantityMicro: bigint | null;
  /** The estimated part; null when there is none. */
  estimatedMicro: bigint | null;
  actualMinutes: number;
  estimatedMinutes: number;
};

function originOf(
  profile: IntervalProfile | null,
  settled: SettledDay,
  spans: readonly SpanTotal[],
  day: LocalDay,
): Origin {
  if (!settled.fromSpan) return ORIGIN.interval;
  if (profile !== null) return ORIGIN.mixed;
  const over = spans.filter((candidate) => candidate.start <= day && day < candidate.end);
  const span = over.sort((a, b) => a.rank - b.rank)[0];
  return span?.rank === 2 || span?.rank === 5 ? ORIGIN.register : ORIGIN.billed;
}

/** A meter-day from its evidence and what it was settled at. */
export function meterDayOf(
  meterId: number,
  day: LocalDay,
  profile: IntervalProfile | null,
  settled: SettledDay = intervalsOnly(day, profile),
  spans: readonly SpanTotal[] = [],
): MeterDay {
  const { actualMinutes, estimatedMinutes } = settled;
  const known = actualMinutes + estimatedMinutes > 0;
  return {
    meterId,
    day,
    profile,
    origin: originOf(profile, settled, spans, day),
    quantityMicro: known ? settled.actualMicro + settled.estimatedMicro : null,
    estimatedMicro: estimatedMinutes > 0 ? settled.estimatedMicro : null,
    actualMinutes,
    estimatedMinutes,
  };
}

/**
 * A received profile with the line it stood on in a file, if it came in one, and whether its sender wants its estimates to
 * replace actual values.
 */
export type ReceivedProfile = { profile: IntervalProfile; line: number | null; replaceActual?: boolean };

/** All evidence about some days of one meter. */
export type MeterEvidence = {
  meterId: number;
  stored: ReadonlyMap<LocalDay, IntervalProfile>;
  /** What one delivery says, by day. */
  received: ReadonlyMap<LocalDay, readonly ReceivedProfile[]>;
  /** Every total that touches these days. */
  spans: readonly SpanTotal[];
  /** What this service estimates of days that evidence leaves open; absent where there is none (rule E11). */
  estimates?: ReadonlyMap<LocalDay, EstimateSums>;
  /** Adds up the intervals of a day in the unit of the totals, where that is another one. */
  sumsOf?: DaySums | undefined;
  /** How totals lie in time, where the meter declares how much of its use heats (rule E4). */
  heating?: HeatingShape | undefined;
  /** Days to settle; days of spans and received days should all be in it. */
  days: readonly LocalDay[];
};

/** A received day that cannot be stored beside what is there. */
export type RefusedDay = { meterId: number; day: LocalDay; line: number | null; detail: string };

/** What the evidence about some days of one meter comes to. */
export type SettledMeter = { days: MeterDay[]; keptActual: number; conflicts: SpanConflict[]; refused: RefusedDay[] };

type Received =
  | { profile: IntervalProfile; replacesActual: ReplacesActual }
  | { refused: { line: number | null; detail: string } };

function joinReceived(day: LocalDay, received: readonly ReceivedProfile[]): Received | null {
  let joined: IntervalProfile | null = null;
  for (const { profile, line } of received) {
    if (joined === null) {
      joined = profile;
      continue;
    }
    const result = joinDelivered(day, joined, profile);
    if ('conflict' in result) return { refused: { line, detail: result.conflict } };
    joined = result.profile;
  }
  if (joined === null) return null;
  const replacing = received.filter(({ replaceActual }) => replaceActual === true);
  const replacesActual = (index: number) => replacing.some(({ profile }) => (profile.values[index] ?? null) !== null);
  return { profile: joined, replacesActual };
}

const isBlank = ({ values }: IntervalProfile): boolean => values.every((value) => value === null);

function sameProfile(a: IntervalProfile | null, b: IntervalProfile | null): boolean {
  return (
    a?.quality === b?.quality &&
    a?.values.length === b?.values.length &&
    (a?.values ?? []).every((value, index) => value === b?.values[index])
  );
}

/** A day with what this service estimates of the time that evidence leaves open. The profile stays what was delivered. */
export function withEstimate(day: MeterDay, { quantityMicro, minutes }: EstimateSums): MeterDay {
  return {
    ...day,
    origin: day.quantityMicro === null ? ORIGIN.estimate : ORIGIN.mixed,
    quantityMicro: (day.quantityMicro ?? 0n) + quantityMicro,
    estimatedMicro: (day.estimatedMicro ?? 0n) + quantityMicro,
    estimatedMinutes: day.estimatedMinutes + minutes,
  };
}

/**
 * Settles the days of one meter from all their evidence (rules E1, E2). An estimate of this service ranks below all of it:
 * it stands while nothing new is known of its day, and goes with the first value that is.
 */
export function settleMeter(evidence: MeterEvidence): SettledMeter {
  const { meterId, sumsOf } = evidence;
  const profiles = new Map(evidence.stored);
  const refused: RefusedDay[] = [];
  let keptActual = 0;
  for (const [day, deliveries] of evidence.received) {
    const received = joinReceived(day, deliveries);
    if (received === null) continue;
    // A blank replaces nothing, an estimate of this service neither.
    if ('profile' in received && isBlank(received.profile) && evidence.estimates?.has(day)) continue;
    if ('refused' in received) {
      refused.push({ meterId, day, ...received.refused });
      continue;
    }
    const before = profiles.get(day);
    const merged =
      before === undefined
        ? { profile: received.profile, keptActual: 0 }
        : mergeProfiles(day, before, received.profile, received.replacesActual);
    if ('conflict' in merged) {
      refused.push({ meterId, day, line: deliveries[0]?.line ?? null, detail: merged.conflict });
      continue;
    }
    profiles.set(day, merged.profile);
    keptActual += merged.keptActual;
  }
  const { days: settled, conflicts } = settleSpans(evidence.spans, profiles, sumsOf, evidence.heating);
  const days = evidence.days.map((day) => {
    const profile = profiles.get(day) ?? null;
    const amount = settled.get(day) ?? intervalsOnly(day, profile, sumsOf);
    const own = meterDayOf(meterId, day, profile, amount, evidence.spans);
    const estimate = evidence.estimates?.get(day);
    const isOpen =
      estimate !== undefined && !settled.has(day) && sameProfile(profile, evidence.stored.get(day) ?? null);
    return isOpen ? withEstimate(own, estimate) : own;
  });
  return { days, keptActual, conflicts, refused };
}
