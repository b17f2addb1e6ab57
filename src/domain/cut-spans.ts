import { bucketSpans } from './add-up-usage.ts';
import { cutAt, unionOf } from './day-spans.ts';
import { type Decimal, ZERO } from './decimal.ts';
import { type DaySpan, intersect, type LocalDay } from './local-day.ts';
import type { SpanTotal } from './span-totals.ts';
import type { Usage, UsageRequest } from './usage.ts';

/** The days of a total, and its rank among the evidence of its meter. */
export type RankedSpan = DaySpan & Pick<SpanTotal, 'rank'>;

/**
 * Days of one cell that may take their quantity from a total which goes on outside the cell (rule F4), of all the meters that
 * are cut there alike.
 */
export type CutPiece = DaySpan & {
  meterIds: readonly number[];
  stream: number;
  cell: number;
  /** The bucket that cuts the total; null where the bucket holds it whole. */
  bucket: number | null;
  /** The period asked for, a move, a handover or the meter's service cuts it. */
  isCutByPeriod: boolean;
};

const holds = (outer: DaySpan, inner: DaySpan): boolean => outer.start <= inner.start && inner.end <= outer.end;

/** The days of a total that no better one has, because a day takes from one total alone (rule E1). */
function ownDays(span: RankedSpan, all: readonly RankedSpan[]): DaySpan[] {
  const better = all.filter((other) => other.rank < span.rank && intersect(other, span) !== null);
  return better.length === 0 ? [span] : cutAt(span, unionOf(better)).filter(({ inside }) => !inside);
}

/** Days that follow one another in one place are one piece, whichever totals they are of. */
function joined(pieces: CutPiece[]): CutPiece[] {
  const runs: CutPiece[] = [];
  const inOrder = pieces.sort((a, b) => (a.start < b.start ? -1 : 1));
  for (const piece of inOrder) {
    const last = runs.findLast(({ cell }) => cell === piece.cell);
    const isNext = last?.end === piece.start && last.bucket === piece.bucket;
    if (isNext && last.isCutByPeriod === piece.isCutByPeriod) last.end = piece.end;
    else runs.push(piece);
  }
  return runs;
}

type Cells = UsageRequest['cells'];

/** The first cell that ends after a day; cells follow one another. */
function firstCellAfter(cells: Cells, day: LocalDay): number {
  let [low, high] = [0, cells.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cells[middle]?.end ?? '') > day) high = middle;
    else low = middle + 1;
  }
  return low;
}

type Spans = ReadonlyMap<number, readonly RankedSpan[]>;

/** Segments of one stream over the same days, whose meters have totals of the same days: they are cut alike. */
type AlikeSegments = DaySpan & { stream: number; all: readonly RankedSpan[]; meterIds: number[] };

function alikeSegments({ segments }: UsageRequest, spans: Spans): AlikeSegments[] {
  const names = new Map<number, string>();
  const nameOf = (meterId: number, all: readonly RankedSpan[]): string => {
    const name = names.get(meterId) ?? all.map((span) => `${span.start}${span.end}${span.rank}`).join('');
    names.set(meterId, name);
    return name;
  };
  const found = new Map<string, AlikeSegments>();
  for (const { meterId, stream, start, end } of segments) {
    const all = spans.get(meterId);
    if (all === undefined) continue;
    const key = `${stream} ${start} ${end} ${nameOf(meterId, all)}`;
    const group = found.get(key);
    if (group === undefined) found.set(key, { start, end, stream, all, meterIds: [meterId] });
    else group.meterIds.push(meterId);
  }
  return [...found.values()];
}

/** Where the boundaries of an answer cut totals: the days that such totals have in each cell, by meters that are cut alike. */
export function cutPieces(request: UsageRequest, spans: Spans): CutPiece[][] {
  const { cells } = request;
  const buckets = bucketSpans(request);
  return alikeSegments(request, spans).map((segment) => {
    const { meterIds, stream, all } = segment;
    const pieces: CutPiece[] = [];
    for (const span of all) {
      const asked = intersect(span, segment);
      if (asked === null) continue;
      const isCutByPeriod = asked.start !== span.start || asked.end !== span.end;
      const days = ownDays(span, all);
      for (let number = firstCellAfter(cells, asked.start); ; number += 1) {
        const cell = cells[number];
        if (cell === undefined || cell.start >= asked.end) break;
        const within = intersect(segment, cell);
        if (within === null || holds(within, span)) continue;
        const bucket = buckets.get(cell.bucket);
        const isCut = isCutByPeriod || bucket === undefined || !holds(bucket, span);
        const place = { meterIds, stream, cell: number, bucket: isCut ? cell.bucket : null, isCutByPeriod };
        for (const part of days) {
          const piece = intersect(part, within);
          if (piece !== null) pieces.push({ ...place, ...piece });
        }
      }
    }
    return joined(pieces);
  });
}

/** A place in the answer that pieces are added up for. */
const placeOf = ({ stream, cell, bucket, isCutByPeriod }: CutPiece): string =>
  `${stream} ${cell} ${bucket} ${isCutByPeriod}`;

/** The number of the place that each piece is added up for, and these places. */
export function placesOf(pieces: readonly (readonly CutPiece[])[]): { numbers: number[][]; places: CutPiece[] } {
  const known = new Map<string, number>();
  const places: CutPiece[] = [];
  const numberOf = (piece: CutPiece): number => {
    const key = placeOf(piece);
    const number = known.get(key) ?? places.push(piece) - 1;
    known.set(key, number);
    return number;
  };
  const numbers = pieces.map((alike) => alike.map(numberOf));
  return { numbers, places };
}

/** Puts into usage what places take from totals that they cut; `quantities` go with `places`, null where they take nothing. */
export function withApportioned(
  usage: Usage,
  places: readonly CutPiece[],
  quantities: readonly (Decimal | null)[],
): Usage {
  const weights = new Map<string, number>();
  const cells = new Map<string, Decimal>();
  places.forEach(({ stream, cell, bucket, isCutByPeriod }, index) => {
    const quantity = quantities[index] ?? null;
    if (quantity === null) return;
    cells.set(`${stream} ${cell}`, (cells.get(`${stream} ${cell}`) ?? ZERO).plus(quantity));
    for (const slot of [...(bucket === null ? [] : [bucket]), ...(isCutByPeriod ? [null] : [])]) {
      const key = `${stream} ${slot}`;
      weights.set(key, (weights.get(key) ?? 0) + quantity.abs().toNumber());
    }
  });
  const completeness = usage.completeness.map((row) => {
    const apportionedWeight = weights.get(`${row.stream} ${row.bucket}`);
    return apportionedWeight === undefined ? row : { ...row, apportionedWeight };
  });
  const apportioned = usage.cells.map((row) => {
    const quantity = cells.get(`${row.stream} ${row.cell}`);
    return quantity === undefined ? row : { ...row, apportioned: quantity };
  });
  return { ...usage, completeness, cells: apportioned };
}

/** What decides whether a question cuts totals: the boundaries of its cells, and the meters with boundaries of their own. */
export function boundariesOf({ cells, segments }: UsageRequest): {
  window: DaySpan;
  days: string[];
  meters: number[];
  ownMeters: number[];
} {
  const window = { start: cells[0]?.start ?? '', end: cells.at(-1)?.end ?? '' };
  const own = segments.filter((segment) => !holds(segment, window)).map(({ meterId }) => meterId);
  return {
    window,
    days: [...new Set([...cells.map(({ start }) => start), window.end])],
    meters: [...new Set(segments.map(({ meterId }) => meterId))],
    ownMeters: [...new Set(own)],
  };
}
