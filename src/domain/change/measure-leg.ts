import { type Decimal, ZERO } from '../decimal.ts';
import { minuteTable } from '../expected-minutes.ts';
import { ALL_BUCKETS, type MissingWeights } from '../figure-completeness.ts';
import type { FigurePlan, PlannedSegment } from '../figure-plan.ts';
import { scaleOf } from '../floor-split.ts';
import type { MeterPair, PairDay, Usage, UsageRequest } from '../usage.ts';
import type { ChangePart, PartLeg } from './pair-legs.ts';

/**
 * What a part holds in one of the periods: what is known, in the meter's unit, and what it would be if all of it were
 * known. `expected` is null where nothing tells.
 */
export type Measured = { quantity: Decimal; expected: Decimal | null };

/** What has to be read for one of the periods: the parts with days in it, each a stream of its own. */
export type LegReading = {
  parts: readonly (PartLeg | null)[];
  /** Numbers of the parts that are read, by stream. */
  read: readonly number[];
  segments: readonly PlannedSegment[];
  request: UsageRequest;
  /** Of the parts that a tenant takes out, the two meters; and their streams. */
  pairs: readonly MeterPair[];
  pairStreams: readonly number[];
};

/** Decides what to read of a period for the parts of a change. */
export function readingOf(plan: FigurePlan, parts: readonly ChangePart[], leg: 'first' | 'second'): LegReading {
  const own = parts.map((part) => part[leg]);
  const read: number[] = [];
  const segments: PlannedSegment[] = [];
  const pairs: MeterPair[] = [];
  const pairStreams: number[] = [];
  own.forEach((part, number) => {
    if (part === null || part.days.start >= part.days.end) return;
    const { segment, sub } = part.counted;
    const stream = read.push(number) - 1;
    segments.push({ segment: { ...segment, ...part.days }, stream });
    if (sub === null) return;
    pairs.push({ mainId: segment.meter.id, subId: sub.id, ...part.days });
    pairStreams.push(stream);
  });
  const asked = segments.map(({ segment, stream }) => {
    return { meterId: segment.meter.id, stream, start: segment.start, end: segment.end };
  });
  return { parts: own, read, segments, request: { segments: asked, cells: plan.cells }, pairs, pairStreams };
}

/** What was read for one of the periods. */
export type LegData = { usage: Usage; pairDays: readonly PairDay[]; weights: MissingWeights };

/** Quantities by stream: what the meters read, or what tenants took out of them on days on which both are known. */
function quantitiesOf({ pairStreams }: LegReading, { usage, pairDays }: LegData): (Decimal | undefined)[] {
  const quantities: (Decimal | undefined)[] = [];
  for (const { stream, quantity } of usage.cells) quantities[stream] = (quantities[stream] ?? ZERO).plus(quantity);
  for (const stream of pairStreams) quantities[stream] = ZERO;
  for (const { pair, sub } of pairDays) {
    const stream = pairStreams[pair];
    if (stream !== undefined && sub !== null) quantities[stream] = (quantities[stream] ?? ZERO).minus(sub);
  }
  return quantities;
}

/**
 * Measures the parts of a period, by part: the expected quantity is what is known / (1 − μ), with μ the share of the time
 * that is missing (rules F1, G1); of a meter of which nothing is known, what it weighs in the coverage. A tenant's share is
 * complete if the meter above it counts, which speaks for both (rule D3).
 */
export function measureLeg(plan: FigurePlan, reading: LegReading, data: LegData): (Measured | null)[] {
  const quantities = quantitiesOf(reading, data);
  const known: number[] = [];
  for (const { stream, bucket, actualMinutes, estimatedMinutes } of data.usage.completeness)
    if (bucket === null) known[stream] = actualMinutes + estimatedMinutes;
  const table = plan.window === null ? null : minuteTable(plan.window);
  const below = new Set(plan.deductions.map(({ sub }) => sub.id));
  const measured = reading.parts.map((part): Measured | null =>
    part === null ? null : { quantity: ZERO, expected: ZERO },
  );
  reading.read.forEach((number, stream) => {
    const part = reading.parts[number];
    if (part == null) return;
    const { segment, sub, stream: fed } = part.counted;
    const scale = scaleOf(fed);
    const quantity = (quantities[stream] ?? ZERO).times(scale);
    const isShare = fed.split?.part === 'share' && below.has(segment.meter.id);
    const expectedMinutes = table?.minutesOf(part.days) ?? 0;
    const knownMinutes = known[stream] ?? 0;
    const complete = isShare || knownMinutes >= expectedMinutes;
    if (complete || (sub !== null && knownMinutes === 0)) measured[number] = { quantity, expected: quantity };
    else if (knownMinutes > 0)
      measured[number] = { quantity, expected: quantity.times(expectedMinutes).div(knownMinutes) };
    else {
      const weight = data.weights.get(`${stream} ${ALL_BUCKETS}`);
      const isWeighed = weight !== undefined && weight.unweighted === 0;
      measured[number] = { quantity, expected: isWeighed ? scale.times(weight.weight) : null };
    }
  });
  return measured;
}
