import type { Decimal } from './decimal.ts';
import { type MinuteTable, minuteTable } from './expected-minutes.ts';
import { groupBy } from './group-by.ts';
import { type DaySpan, intersect, type LocalDay } from './local-day.ts';
import type { CellUsage, CompletenessUsage, Usage, UsageGap, UsageRequest } from './usage.ts';

/** Sums of one stream over a slot: a whole month, or a single day. */
export type SlotSums = {
  stream: number;
  slot: LocalDay;
  quantity: Decimal | null;
  estimated: Decimal | null;
  actualMinutes: number;
  estimatedMinutes: number;
};

/** What a segment that holds less than it should has in one slot; `slot` null where it has nothing at all. */
export type ShortSlot = { segment: number; slot: LocalDay | null; quantity: number | null; minutes: number };

/** Minutes that every segment of a request should hold. */
export function expectedMinutes(request: UsageRequest): { table: MinuteTable; minutes: number[] } {
  const window = { start: request.cells[0]?.start ?? '', end: request.cells.at(-1)?.end ?? '' };
  const table = minuteTable(window);
  return { table, minutes: request.segments.map((segment) => table.minutesOf(segment)) };
}

/** Segments of the streams that hold less than they should, by their place in the request. */
export function suspectSegments(
  request: UsageRequest,
  slots: readonly SlotSums[],
  expected: readonly number[],
): number[] {
  const lacking = new Map<number, number>();
  for (const [number, { stream }] of request.segments.entries())
    lacking.set(stream, (lacking.get(stream) ?? 0) + (expected[number] ?? 0));
  for (const slot of slots)
    lacking.set(slot.stream, (lacking.get(slot.stream) ?? 0) - slot.actualMinutes - slot.estimatedMinutes);
  return request.segments.flatMap(({ stream }, number) => ((lacking.get(stream) ?? 0) > 0 ? [number] : []));
}

/** Buckets with the days of the request that they hold. */
export function bucketSpans(request: UsageRequest): Map<number, DaySpan> {
  const spans = new Map<number, DaySpan>();
  for (const { bucket, start, end } of request.cells)
    spans.set(bucket, { start: spans.get(bucket)?.start ?? start, end });
  return spans;
}

type Places = { cellOf(slot: LocalDay): number; bucketOf(slot: LocalDay): number };

function placesOf(request: UsageRequest, table: MinuteTable): Places {
  const cells: number[] = [];
  request.cells.forEach((cell, number) => {
    for (let day = table.indexOf(cell.start); day < table.indexOf(cell.end); day += 1) cells[day] = number;
  });
  const cellOf = (slot: LocalDay): number => cells[table.indexOf(slot)] ?? -1;
  return { cellOf, bucketOf: (slot) => request.cells[cellOf(slot)]?.bucket ?? -1 };
}

function emptyCompleteness(stream: number, bucket: number | null): CompletenessUsage {
  return {
    stream,
    bucket,
    actualWeight: 0,
    estimatedWeight: 0,
    missingWeight: 0,
    actualMinutes: 0,
    estimatedMinutes: 0,
  };
}

type Ledger = { of(stream: number, bucket: number | null): CompletenessUsage; all(): CompletenessUsage[] };

function openLedger(): Ledger {
  const all: CompletenessUsage[] = [];
  // By stream, then by bucket; the first is that of no bucket. A portfolio by meter asks for it a hundred thousand times.
  const byStream: CompletenessUsage[][] = [];
  return {
    of(stream, bucket) {
      const place = bucket === null ? 0 : bucket + 1;
      const own = byStream[stream] ?? [];
      byStream[stream] = own;
      const found = own[place];
      if (found !== undefined) return found;
      const entry = emptyCompleteness(stream, bucket);
      own[place] = entry;
      all.push(entry);
      return entry;
    },
    all: () => all,
  };
}

function addCells(slots: readonly SlotSums[], places: Places, ledger: Ledger): CellUsage[] {
  const all: CellUsage[] = [];
  const byStream: CellUsage[][] = [];
  for (const { stream, slot, quantity, estimated, actualMinutes, estimatedMinutes } of slots) {
    const estimatedWeight = Math.abs(estimated?.toNumber() ?? 0);
    const actual = estimated === null ? quantity : (quantity?.minus(estimated) ?? null);
    const actualWeight = Math.abs(actual?.toNumber() ?? 0);
    for (const entry of [ledger.of(stream, places.bucketOf(slot)), ledger.of(stream, null)]) {
      entry.actualWeight += actualWeight;
      entry.estimatedWeight += estimatedWeight;
      entry.actualMinutes += actualMinutes;
      entry.estimatedMinutes += estimatedMinutes;
    }
    if (quantity === null) continue;
    const cell = places.cellOf(slot);
    const own = byStream[stream] ?? [];
    byStream[stream] = own;
    const before = own[cell];
    if (before !== undefined) {
      before.quantity = before.quantity.plus(quantity);
      continue;
    }
    const entry = { stream, cell, quantity };
    own[cell] = entry;
    all.push(entry);
  }
  return all;
}

type Known = { quantity: number; minutes: number };

function knownOf(slots: readonly ShortSlot[], bucketOf: (slot: LocalDay) => number): Map<number | null, Known> {
  const known = new Map<number | null, Known>();
  for (const { slot, quantity, minutes } of slots) {
    if (slot === null || minutes === 0) continue;
    for (const bucket of [bucketOf(slot), null]) {
      const before = known.get(bucket) ?? { quantity: 0, minutes: 0 };
      known.set(bucket, { quantity: before.quantity + (quantity ?? 0), minutes: before.minutes + minutes });
    }
  }
  return known;
}

/**
 * Adds slots up into cells and completeness. `short` lists what the segments that hold too little have: of these the
 * missing share goes by time within each bucket (rule F1), and those with nothing in a bucket are its gaps.
 */
export function addUpUsage(request: UsageRequest, slots: readonly SlotSums[], short: readonly ShortSlot[]): Usage {
  const { table } = expectedMinutes(request);
  const places = placesOf(request, table);
  const ledger = openLedger();
  const cells = addCells(slots, places, ledger);
  const gaps: UsageGap[] = [];
  const bySegment = groupBy(short, (slot) => slot.segment);
  const spans = bucketSpans(request);
  for (const [number, own] of bySegment) {
    const segment = request.segments[number];
    if (segment === undefined) continue;
    const known = knownOf(own, places.bucketOf);
    const weigh = (bucket: number | null, days: DaySpan): void => {
      const found = known.get(bucket);
      if (found === undefined) gaps.push({ segment: number, bucket });
      else
        ledger.of(segment.stream, bucket).missingWeight +=
          (Math.abs(found.quantity) * Math.max(0, table.minutesOf(days) - found.minutes)) / found.minutes;
    };
    weigh(null, segment);
    for (const [bucket, span] of spans) {
      const days = intersect(segment, span);
      if (days !== null) weigh(bucket, days);
    }
  }
  return { cells, completeness: ledger.all(), gaps };
}
