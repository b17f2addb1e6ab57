import type { Line } from './activities.ts';
import type { Bucket } from './buckets.ts';
import { type Decimal, ZERO } from './decimal.ts';
import type { FactorSet } from './factor-set.ts';
import { ALL_BUCKETS, completenessOf, type MissingWeights } from './figure-completeness.ts';
import { type LineDims, lineSplitter } from './figure-lines.ts';
import type { Cell, FigurePlan, MeterDims, Stream } from './figure-plan.ts';
import type { FigureQuestion } from './figure-question.ts';
import type { LocalDay } from './local-day.ts';
import { addCompleteness, addLine, addQuantity, emptyRow, type RowSums } from './row-sums.ts';
import type { Flow } from './segments.ts';
import type { Usage } from './usage.ts';

/** One row of an answer, exact. A `flow` other than `use` is shown beside the totals and is in none of them (rule B9). */
export type FigureRow = { bucket: Bucket; dims: MeterDims & LineDims; flow: Flow; sums: RowSums };

/** An answer before rounding. */
export type Figure = { rows: FigureRow[]; total: RowSums; excludedLines: ReadonlySet<Line> };

/** Everything a figure is made of. */
export type FigureInput = {
  plan: FigurePlan;
  question: FigureQuestion;
  usage: Usage;
  missingWeights: MissingWeights;
  sets: readonly FactorSet[];
  reportedLines: readonly string[];
  today: LocalDay;
};

/** A row under construction, with the streams that feed it. */
type OpenRow = FigureRow & { name: string; bucketIndex: number; feeds: Set<number> };

type Table = {
  row(bucketIndex: number, dims: MeterDims & LineDims, flow: Flow, stream: number): RowSums;
  rows(): OpenRow[];
};

function openTable(plan: FigurePlan): Table {
  const rows = new Map<string, OpenRow>();
  return {
    row(bucketIndex, dims, flow, stream) {
      const key = JSON.stringify([bucketIndex, dims, flow]);
      const bucket = plan.buckets[bucketIndex];
      if (bucket === undefined) throw new RangeError(`no bucket ${bucketIndex}`);
      const row = rows.get(key) ?? { bucket, bucketIndex, name: key, dims, flow, sums: emptyRow(), feeds: new Set() };
      rows.set(key, row);
      row.feeds.add(stream);
      return row.sums;
    },
    rows: () => [...rows.values()],
  };
}

/** Rows in order of time, then what is in the totals before what is shown beside them, then by name. */
function byBucketAndName(a: OpenRow, b: OpenRow): number {
  const beside = Number(a.flow !== 'use') - Number(b.flow !== 'use');
  return a.bucketIndex - b.bucketIndex || beside || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

/** Whether a stream's completeness decides a total's coverage: what is used, and what self-use is reckoned from. */
function weighsInTotal(stream: Stream): boolean {
  return stream.flow === 'use' || stream.selfUse !== 0;
}

/** Puts read sums and factors together into rows and a total, exact: nothing is rounded here. */
export function composeFigure(input: FigureInput): Figure {
  const { plan, question, usage } = input;
  const splitter = lineSplitter(question, input.sets, input.reportedLines);
  const table = openTable(plan);
  const total = emptyRow();

  const addUse = (stream: Stream, number: number, cell: Cell, quantity: Decimal | null): void => {
    for (const part of splitter.ofUse(quantity, stream.basis, cell.years)) {
      const row = table.row(cell.bucket, { ...stream.dims, ...part.dims }, 'use', number);
      if (quantity === null) continue;
      addQuantity(row, stream, quantity);
      for (const line of part.lines) for (const sums of [row, total]) addLine(sums, stream, line);
    }
    if (quantity !== null) addQuantity(total, stream, quantity);
  };

  const addSelfUse = (stream: Stream, number: number, cell: Cell, quantity: Decimal): void => {
    const selfUseKwh = quantity.times(stream.selfUse);
    // Self-use belongs to the site, not to one of the two meters it is reckoned from.
    const dims = 'meter' in stream.dims ? { ...stream.dims, meter: null } : stream.dims;
    for (const part of splitter.ofSelfUse(selfUseKwh, stream.basis)) {
      for (const sums of [table.row(cell.bucket, { ...dims, ...part.dims }, 'use', number), total]) {
        sums.selfUseKwh = (sums.selfUseKwh ?? ZERO).plus(selfUseKwh);
        addQuantity(sums, stream, selfUseKwh);
        for (const line of part.lines) addLine(sums, stream, line);
      }
    }
  };

  const addBeside = (stream: Stream, number: number, cell: Cell, quantity: Decimal | null): void => {
    const row = table.row(cell.bucket, { ...stream.dims, ...splitter.none() }, stream.flow, number);
    if (quantity === null) return;
    addQuantity(row, stream, quantity);
    if (stream.selfUse !== 0) addSelfUse(stream, number, cell, quantity);
    if (!stream.selfUseUnknown) return;
    const reason = 'self-use needs an export meter beside the generation meter';
    for (const sums of [row, total]) sums.notQuantified.set(`${stream.basis.activity}.own-generation`, reason);
  };

  const known = new Map(usage.cells.map((entry) => [`${entry.stream} ${entry.cell}`, entry.quantity]));
  plan.cells.forEach((cell, cellIndex) => {
    plan.streams.forEach((stream, number) => {
      const quantity = known.get(`${number} ${cellIndex}`) ?? null;
      if (stream.flow === 'use') addUse(stream, number, cell, quantity);
      else addBeside(stream, number, cell, quantity);
    });
  });

  const completeness = completenessOf(plan, usage, input.missingWeights, input.today);
  const rows = table.rows();
  for (const row of rows) {
    for (const number of row.feeds) {
      const stream = plan.streams[number];
      const sums = completeness(number, row.bucketIndex);
      if (stream !== undefined && sums !== null) addCompleteness(row.sums, stream, sums);
    }
  }
  plan.streams.forEach((stream, number) => {
    const sums = completeness(number, ALL_BUCKETS);
    if (sums !== null && weighsInTotal(stream)) addCompleteness(total, stream, sums);
  });
  return { rows: rows.sort(byBucketAndName), total, excludedLines: splitter.excluded() };
}
