import type { Bucket } from './buckets.ts';
import type { LineDims } from './figure-lines.ts';
import type { Cell, FigurePlan, MeterDims } from './figure-plan.ts';
import { emptyRow, type RowSums } from './row-sums.ts';
import type { Flow } from './segments.ts';

/** One row of an answer, exact. A `flow` other than `use` is shown beside the totals and is in none of them (rule B9). */
export type FigureRow = { bucket: Bucket; dims: MeterDims & LineDims; flow: Flow; sums: RowSums };

/**
 * A stream that feeds a row or total, by number, and what one unit of it emits by the lines counted there over its days.
 * That changes with the factors, so what counts is the mean over the days of the cells.
 */
export type Feed = { stream: number; kgDays: number; days: number };

/** Kilograms that one unit emits, in the mean of the days. */
export function kgPerUnitOf({ kgDays, days }: Feed): number {
  return kgDays / days;
}

/** The streams that feed a row or total. */
export type Feeds = { list: Feed[]; next: number };

/** Feeds to which nothing has been added yet. */
export function openFeeds(): Feeds {
  return { list: [], next: 0 };
}

/** Where a stream stands in a list in order of streams, or would stand. */
function placeOf(list: readonly Feed[], stream: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle]?.stream ?? 0) < stream) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Adds a cell of a stream. Each cell brings the streams in order, so the next one mostly stands where the last one leads to. */
export function addFeed(feeds: Feeds, stream: number, days: number, kgPerUnit: number): void {
  const { list } = feeds;
  const place = list[feeds.next]?.stream === stream ? feeds.next : placeOf(list, stream);
  let feed = list[place];
  if (feed?.stream !== stream) {
    feed = { stream, kgDays: 0, days: 0 };
    list.splice(place, 0, feed);
  }
  feed.kgDays += kgPerUnit * days;
  feed.days += days;
  feeds.next = place + 1;
}

/** Whether a stream feeds a row or total. */
export function holdsFeed(list: readonly Feed[], stream: number): boolean {
  return list[placeOf(list, stream)]?.stream === stream;
}

/** A row under construction. */
export type OpenRow = FigureRow & { bucketIndex: number; feeds: Feeds };

/** The lines of a table, each the rows of one bucket after another that stand for some values of the groups asked. */
export type TableLines = {
  /** The number of a line; new ones are put behind the others. */
  numberOf(dims: MeterDims & LineDims, flow: Flow): number;
  line(number: number): Pick<FigureRow, 'dims' | 'flow'> | undefined;
  /** The numbers of all lines: what is in the totals before what is shown beside them, then by name. */
  inOrder(): readonly number[];
};

type TableLine = { name: string; dims: MeterDims & LineDims; flow: Flow };

function byPlaceAndName(a: TableLine, b: TableLine): number {
  const beside = Number(a.flow !== 'use') - Number(b.flow !== 'use');
  return beside || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

/** A table without lines. */
export function tableLines(): TableLines {
  const numbers = new Map<string, number>();
  const lines: TableLine[] = [];
  let order: number[] = [];
  return {
    numberOf(dims, flow) {
      const name = JSON.stringify([dims, flow]);
      const number = numbers.get(name) ?? lines.push({ name, dims, flow }) - 1;
      numbers.set(name, number);
      return number;
    },
    line: (number) => lines[number],
    inOrder() {
      if (order.length === lines.length) return order;
      const sorted = lines.map((line, number) => ({ ...line, number })).sort(byPlaceAndName);
      order = sorted.map(({ number }) => number);
      return order;
    },
  };
}

/** The rows of a figure under construction. */
export type FigureTable = {
  /** The row of a line in the bucket of a cell. */
  row(line: number, cell: Cell): OpenRow;
  /** In order of time, then of the lines. */
  rows(): OpenRow[];
};

/** A table without rows. */
export function openTable(plan: Pick<FigurePlan, 'buckets'>, lines: TableLines): FigureTable {
  const byBucket = new Map<number, OpenRow[]>();
  const rowsOf = (bucket: number): OpenRow[] => {
    const rows = byBucket.get(bucket) ?? [];
    byBucket.set(bucket, rows);
    return rows;
  };
  return {
    row(number, { bucket: bucketIndex }) {
      const rows = rowsOf(bucketIndex);
      const found = rows[number];
      if (found !== undefined) return found;
      const line = lines.line(number);
      const bucket = plan.buckets[bucketIndex];
      if (line === undefined || bucket === undefined) throw new RangeError(`no row ${number} in bucket ${bucketIndex}`);
      const { dims, flow } = line;
      const row = { bucket, bucketIndex, dims, flow, sums: emptyRow(), feeds: openFeeds() };
      rows[number] = row;
      return row;
    },
    rows() {
      const buckets = [...byBucket].sort(([a], [b]) => a - b);
      return buckets.flatMap(([, rows]) => lines.inOrder().flatMap((number) => rows[number] ?? []));
    },
  };
}
