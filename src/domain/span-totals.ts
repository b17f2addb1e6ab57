import { minutesOfDay } from './calendar.ts';
import { Decimal, ZERO } from './decimal.ts';
import { type IntervalProfile, MICRO, type ProfileSums, profileSums, type Quality } from './interval-profile.ts';
import { addDays, type DaySpan, type LocalDay, lengthDays } from './local-day.ts';
import { type HeatingShape, heatingWeights } from './weather/heating-weights.ts';

/** Kinds of evidence from best to worst (rule E1). */
export const EVIDENCE_RANK = {
  'interval-actual': 1,
  'register-actual': 2,
  'billed-actual': 3,
  'interval-estimated': 4,
  'register-estimated': 5,
  'billed-estimated': 6,
  'own-estimate': 7,
} as const;

/** A total that evidence fixes for a span of days: a bill, or the advance between two register readings. */
export type SpanTotal = DaySpan & { totalMicro: bigint; quality: Quality; rank: 2 | 3 | 5 | 6 };

/** What a day amounts to once all its evidence is weighed. */
export type SettledDay = {
  actualMicro: bigint;
  estimatedMicro: bigint;
  actualMinutes: number;
  estimatedMinutes: number;
  /** Part of the quantity comes from the total of a span. */
  fromSpan: boolean;
};

/** Kinds of contradiction: the total of a bill, or of two register readings, is smaller than its intervals. */
export const CONFLICT_CODES = ['bill-below-intervals', 'register-below-intervals'] as const;

/** A total smaller than its intervals: nothing is spread, both numbers are said (rule E1 d). */
export type SpanConflict = DaySpan & {
  code: (typeof CONFLICT_CODES)[number];
  totalMicro: bigint;
  coveredMicro: bigint;
};

const NOTHING: SettledDay = {
  actualMicro: 0n,
  estimatedMicro: 0n,
  actualMinutes: 0,
  estimatedMinutes: 0,
  fromSpan: false,
};

/** What the intervals of a day add up to, in the unit that quantities are counted in. */
export type DaySums = (day: LocalDay, profile: IntervalProfile) => ProfileSums;

/** What a day's intervals alone amount to. */
export function intervalsOnly(
  day: LocalDay,
  profile: IntervalProfile | null,
  sumsOf: DaySums = profileSums,
): SettledDay {
  return profile === null ? NOTHING : { ...sumsOf(day, profile), fromSpan: false };
}

/** The part of a day that evidence better than the span covers already. */
function betterPart(all: SettledDay, settled: SettledDay | undefined, span: SpanTotal): SettledDay {
  if (settled !== undefined) return settled;
  const estimatedCounts = span.rank > EVIDENCE_RANK['interval-estimated'];
  return estimatedCounts ? all : { ...all, estimatedMicro: 0n, estimatedMinutes: 0 };
}

type OpenDay = { day: LocalDay; better: SettledDay; openMinutes: number; shapeMicro: bigint; shaped: boolean };

function openDays(
  span: SpanTotal,
  profiles: ReadonlyMap<LocalDay, IntervalProfile>,
  settled: ReadonlyMap<LocalDay, SettledDay>,
  sumsOf: DaySums,
): OpenDay[] {
  const days: OpenDay[] = [];
  for (let day = span.start; day < span.end; day = addDays(day, 1)) {
    const all = intervalsOnly(day, profiles.get(day) ?? null, sumsOf);
    const better = betterPart(all, settled.get(day), span);
    const openMinutes = minutesOfDay(day) - better.actualMinutes - better.estimatedMinutes;
    const estimated = better.estimatedMinutes === 0 && settled.get(day) === undefined ? all : NOTHING;
    const shaped = openMinutes > 0 && estimated.estimatedMinutes === openMinutes;
    days.push({ day, better, openMinutes, shapeMicro: estimated.estimatedMicro, shaped });
  }
  return days;
}

/**
 * Weight of each open day: its estimated intervals where all open time has them, else its degree days where the meter
 * declares a heating share (rule E4), else its open share of a day.
 */
function weigh(days: readonly OpenDay[], heating: HeatingShape | null): Decimal[] {
  const open = days.filter((day) => day.openMinutes > 0);
  const shapeTotal = open.reduce((sum, day) => sum + day.shapeMicro, 0n);
  const byShape = open.every((day) => day.shaped) && shapeTotal > 0n;
  if (byShape) return days.map((day) => (day.openMinutes <= 0 ? ZERO : new Decimal(day.shapeMicro.toString())));
  const shares = days.map(({ day, openMinutes }) => ({
    day,
    open: openMinutes <= 0 ? ZERO : new Decimal(openMinutes).div(minutesOfDay(day)),
  }));
  const byWeather = heating === null ? null : heatingWeights(shares, heating);
  return byWeather ?? shares.map(({ open: share }) => share);
}

/** Cuts a remainder by weights so that the parts, each a whole number of millionths, add up to it (rule E4). */
export function spreadMicro(remainder: bigint, weights: readonly Decimal[]): bigint[] {
  const total = weights.reduce((a, b) => a.plus(b), ZERO);
  let cumulative = ZERO;
  let given = 0n;
  return weights.map((weight) => {
    cumulative = cumulative.plus(weight);
    const upTo = BigInt(new Decimal(remainder.toString()).times(cumulative).div(total).toDecimalPlaces(0).toString());
    const part = upTo - given;
    given = upTo;
    return part;
  });
}

const absolute = (value: bigint): bigint => (value < 0n ? -value : value);

/** Tolerance within which intervals may exceed a bill: the larger of 0.5 % of it and one unit (rule E1 d). */
function toleranceMicro(totalMicro: bigint): bigint {
  const share = absolute(totalMicro) / 200n;
  return share > BigInt(MICRO) ? share : BigInt(MICRO);
}

function settleSpan(
  span: SpanTotal,
  profiles: ReadonlyMap<LocalDay, IntervalProfile>,
  settled: Map<LocalDay, SettledDay>,
  sumsOf: DaySums,
  heating: HeatingShape | null,
): SpanConflict | null {
  const days = openDays(span, profiles, settled, sumsOf);
  const coveredMicro = days.reduce((sum, { better }) => sum + better.actualMicro + better.estimatedMicro, 0n);
  const isOpen = days.some((day) => day.openMinutes > 0);
  let remainder = span.totalMicro - coveredMicro;
  const overCovered = span.totalMicro >= 0n && coveredMicro > 0n && remainder < 0n;
  const conflict = isOpen && overCovered && -remainder > toleranceMicro(span.totalMicro);
  if (isOpen && overCovered && !conflict) remainder = 0n;
  const parts = isOpen && !conflict ? spreadMicro(remainder, weigh(days, heating)) : days.map(() => 0n);
  days.forEach(({ day, better, openMinutes }, index) => {
    const takes = openMinutes > 0 && !conflict;
    const part = parts[index] ?? 0n;
    const minutes = takes ? openMinutes : 0;
    settled.set(day, {
      actualMicro: better.actualMicro + (span.quality === 'A' ? part : 0n),
      estimatedMicro: better.estimatedMicro + (span.quality === 'E' ? part : 0n),
      actualMinutes: better.actualMinutes + (span.quality === 'A' ? minutes : 0),
      estimatedMinutes: better.estimatedMinutes + (span.quality === 'E' ? minutes : 0),
      fromSpan: takes || better.fromSpan,
    });
  });
  if (!conflict) return null;
  const isRead = span.rank === EVIDENCE_RANK['register-actual'] || span.rank === EVIDENCE_RANK['register-estimated'];
  const code = isRead ? 'register-below-intervals' : 'bill-below-intervals';
  return { start: span.start, end: span.end, code, totalMicro: span.totalMicro, coveredMicro };
}

/**
 * Weighs the totals of spans against interval evidence (rule E1): time that better evidence covers keeps it, the
 * remainder of the total goes to the uncovered time. Spans are taken from the best rank to the worst; days that a better
 * span has settled count as covered. Days outside every span are not in the result. `sumsOf` adds up the intervals of a day,
 * in the unit of the totals; `heating` says how they lie in time where degree days tell.
 */
export function settleSpans(
  spans: readonly SpanTotal[],
  profiles: ReadonlyMap<LocalDay, IntervalProfile>,
  sumsOf: DaySums = profileSums,
  heating: HeatingShape | null = null,
): { days: Map<LocalDay, SettledDay>; conflicts: SpanConflict[] } {
  const days = new Map<LocalDay, SettledDay>();
  const conflicts: SpanConflict[] = [];
  const ordered = [...spans].sort((a, b) => a.rank - b.rank || (a.start < b.start ? -1 : 1));
  for (const span of ordered) {
    if (lengthDays(span) === 0) continue;
    const conflict = settleSpan(span, profiles, days, sumsOf, heating);
    if (conflict !== null) conflicts.push(conflict);
  }
  return { days, conflicts };
}
