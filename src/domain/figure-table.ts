import type { Bucket } from './buckets.ts';
import type { LineDims } from './figure-lines.ts';
import type { Cell, FigurePlan, MeterDims } from './figure-plan.ts';
import { lengthDays } from './local-day.ts';
import { emptyRow, type RowSums } from './row-sums.ts';
import type { Flow } from './segments.ts';

/** One row of an answer, exact. A `flow` other than `use` is shown beside the totals and is in none of them (rule B9). */
export type FigureRow = { bucket: Bucket; dims: MeterDims & LineDims; flow: Flow; sums: RowSums };

/**
 * The streams that feed a row or total, by number, and what one unit of each emits by the lines counted there. That
 * changes with the factors, so it is the mean over the days of the cells.
 */
export type Feeds = {
  add(stream: number, cell: Cell, kgPerUnit: number): void;
  /** Stream numbers with their kilograms per unit. */
  list(): [number, number][];
};

/** Feeds to which nothing has been added yet. */
export function openFeeds(): Feeds {
  const feeds = new Map<number, { kgDays: number; days: number }>();
  return {
    add(stream, cell, kgPerUnit) {
      const days = lengthDays(cell);
      const before = feeds.get(stream) ?? { kgDays: 0, days: 0 };
      feeds.set(stream, { kgDays: before.kgDays + kgPerUnit * days, days: before.days + days });
    },
    list: () => [...feeds].map(([stream, { kgDays, days }]) => [stream, kgDays / days]),
  };
}

/** A row under construction. */
export type OpenRow = FigureRow & { name: string; bucketIndex: number; feeds: Feeds };

/** The rows of a figure under construction. */
export type FigureTable = {
  /** The sums of a row, which a stream feeds in a cell. */
  row(cell: Cell, dims: MeterDims & LineDims, flow: Flow, stream: number, kgPerUnit: number): RowSums;
  /** In order of time, then what is in the totals before what is shown beside them, then by name. */
  rows(): OpenRow[];
};

function byBucketAndName(a: OpenRow, b: OpenRow): number {
  const beside = Number(a.flow !== 'use') - Number(b.flow !== 'use');
  return a.bucketIndex - b.bucketIndex || beside || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

/** A table without rows. */
export function openTable(plan: FigurePlan): FigureTable {
  const rows = new Map<string, OpenRow>();
  return {
    row(cell, dims, flow, stream, kgPerUnit) {
      const bucketIndex = cell.bucket;
      const bucket = plan.buckets[bucketIndex];
      if (bucket === undefined) throw new RangeError(`no bucket ${bucketIndex}`);
      const name = JSON.stringify([bucketIndex, dims, flow]);
      const row = rows.get(name) ?? { bucket, bucketIndex, name, dims, flow, sums: emptyRow(), feeds: openFeeds() };
      rows.set(name, row);
      row.feeds.add(stream, cell, kgPerUnit);
      return row.sums;
    },
    rows: () => [...rows.values()].sort(byBucketAndName),
  };
}
