import type { Line, Unit } from './activities.ts';
import { type Decimal, ZERO } from './decimal.ts';
import { applyTerm } from './emissions.ts';
import { type ExpectedIn, expectedData } from './expected-data.ts';
import type { FactorSet } from './factor-set.ts';
import { ALL_BUCKETS, completenessOf, type MissingWeights } from './figure-completeness.ts';
import { type LineSplitter, lineSplitter, type PreparedPart } from './figure-lines.ts';
import type { Cell, FigurePlan, Stream } from './figure-plan.ts';
import type { FigureQuestion } from './figure-question.ts';
import {
  addFeed,
  type Feeds,
  holdsFeed,
  kgPerUnitOf,
  type OpenRow,
  openFeeds,
  openTable,
  type TableLines,
  tableLines,
} from './figure-table.ts';
import { sharedCoverage } from './floor-split.ts';
import { joinMarks, type LineMarks, marksOf, NO_MARKS } from './line-marks.ts';
import { type LocalDay, lengthDays } from './local-day.ts';
import { addApplied, addCompleteness, addEnergy, addQuantity, addUnit, emptyRow, type RowSums } from './row-sums.ts';
import type { Usage } from './usage.ts';

/** An answer before rounding. */
export type Figure = { rows: OpenRow[]; total: RowSums; excludedLines: ReadonlySet<Line> };

/** Everything a figure is made of but what was read. */
export type FigureBasis = {
  plan: FigurePlan;
  question: FigureQuestion;
  sets: readonly FactorSet[];
  reportedLines: readonly string[];
  today: LocalDay;
};

/** What was read of a plan, or of some of its buckets: the cells are numbered by their place in `cells`. */
export type FigureReads = { cells: readonly Cell[]; usage: Usage; missingWeights: MissingWeights };

/** Everything a figure is made of. */
export type FigureInput = FigureBasis & Omit<FigureReads, 'cells'>;

/** Streams of tenants' shares whose meter above is counted in the same figure. */
function sharesOfCountedMeters(plan: FigurePlan): ReadonlySet<number> {
  const below = new Set(plan.deductions.map(({ sub }) => sub.id));
  const shares = plan.segments.filter(({ segment, stream }) => {
    return plan.streams[stream]?.split?.part === 'share' && below.has(segment.meter.id);
  });
  return new Set(shares.map(({ stream }) => stream));
}

/**
 * Where waste water stands beside its supply: what came in and what went out again is one volume, and is counted once, by
 * the supply (rules B7, B9).
 */
function supplyBeside(plan: FigurePlan): { in(stream: Stream): boolean; any: boolean } {
  const dimsOf = (stream: Stream): string => JSON.stringify(stream.dims);
  const supplies = plan.streams.filter(({ flow, basis }) => flow === 'use' && basis.activity === 'water');
  const known = new Set(supplies.map(dimsOf));
  return { in: (stream) => known.has(dimsOf(stream)), any: supplies.length > 0 };
}

/** A part of a stream's lines in some factor years: the line of the table it counts in, and what it says of them. */
type CountedPart = { part: PreparedPart; line: number; marks: LineMarks };

/** A stream in some factor years. `rate` is what one unit of it emits by all of its parts. */
type CountedStream = { parts: CountedPart[]; rate: number; countsQuantity: boolean };

/** What follows from the plan and its factors alone, worked out once for all that is read of it. */
type Prepared = {
  basis: FigureBasis;
  splitter: LineSplitter;
  lines: TableLines;
  countedIn(stream: Stream, number: number, years: Cell['years']): CountedStream;
  isShareBelow(stream: number): boolean;
  suppliesWater: boolean;
  expectedIn: ExpectedIn;
};

function prepare(basis: FigureBasis): Prepared {
  const { plan, question } = basis;
  const splitter = lineSplitter(question, basis.sets, basis.reportedLines);
  const lines = tableLines();
  const sharesBelow = sharesOfCountedMeters(plan);
  const supply = supplyBeside(plan);
  const marks = new Map<PreparedPart, Map<boolean, LineMarks>>();

  // They follow from the part, and from whether it is a share by floor area.
  const marksOfPart = (stream: Stream, part: PreparedPart): LineMarks => {
    const known = marks.get(part) ?? new Map<boolean, LineMarks>();
    marks.set(part, known);
    const byFloor = stream.split?.floor != null;
    const found = known.get(byFloor) ?? marksOf(stream, part.lines);
    known.set(byFloor, found);
    return found;
  };
  const countedStream = (stream: Stream, years: Cell['years']): CountedStream => {
    const parts = splitter.partsOf(stream.basis, years).map((part) => {
      const line = lines.numberOf({ ...stream.dims, ...part.dims }, 'use');
      return { part, line, marks: marksOfPart(stream, part) };
    });
    return {
      parts,
      rate: parts.reduce((kg, { part }) => kg + part.kgPerUnit, 0),
      countsQuantity: stream.basis.activity !== 'wastewater' || !supply.in(stream),
    };
  };
  const counted = new Map<Cell['years'], CountedStream[]>();
  return {
    basis,
    splitter,
    lines,
    countedIn(stream, number, years) {
      const streams = counted.get(years) ?? [];
      counted.set(years, streams);
      const found = streams[number] ?? countedStream(stream, years);
      streams[number] = found;
      return found;
    },
    isShareBelow: (stream) => sharesBelow.has(stream),
    suppliesWater: supply.any,
    expectedIn: expectedData(plan, basis.today),
  };
}

function compose(prepared: Prepared, { cells, usage, missingWeights }: FigureReads): Figure {
  const { basis, splitter, lines, countedIn } = prepared;
  const { plan } = basis;
  const table = openTable(plan, lines);
  const total = emptyRow();
  const totalFeeds = openFeeds();
  const totals = new Map<PreparedPart, { quantity: Decimal }>();

  const addUse = (stream: Stream, number: number, cell: Cell, days: number, quantity: Decimal | null): void => {
    const { parts, rate, countsQuantity } = countedIn(stream, number, cell.years);
    // A tenant's share is in the meter above it, whose completeness speaks for both.
    if (!prepared.isShareBelow(number)) addFeed(totalFeeds, number, days, rate);
    const energy = quantity === null ? null : splitter.finalEnergy(quantity, stream.basis, cell.years);
    for (const { part, line, marks } of parts) {
      const { sums, feeds } = table.row(line, cell);
      addFeed(feeds, number, days, part.kgPerUnit);
      if (quantity === null || energy === null) continue;
      addEnergy(sums, energy);
      const ofLine = 'line' in part.dims || 'scope3Category' in part.dims;
      if (countsQuantity || ofLine) addQuantity(sums, stream.basis.unit, quantity);
      for (const term of part.terms) addApplied(sums, term.placement, applyTerm(term, quantity));
      sums.marks = joinMarks(sums.marks, marks);
      total.marks = joinMarks(total.marks, marks);
      const sum = totals.get(part);
      if (sum === undefined) totals.set(part, { quantity });
      else sum.quantity = sum.quantity.plus(quantity);
    }
    if (energy === null) return;
    addEnergy(total, energy);
    if (stream.basis.activity === 'wastewater' && prepared.suppliesWater) return;
    addQuantity(total, energy.unit, energy.value);
  };

  const addSelfUse = (stream: Stream, number: number, cell: Cell, days: number, quantity: Decimal): void => {
    const selfUseKwh = quantity.times(stream.selfUse);
    // Self-use belongs to the site, not to one of the two meters it is reckoned from.
    const dims = 'meter' in stream.dims ? { ...stream.dims, meter: null } : stream.dims;
    for (const part of splitter.ofSelfUse(selfUseKwh, stream.basis)) {
      const row = table.row(lines.numberOf({ ...dims, ...part.dims }, 'use'), cell);
      addFeed(row.feeds, number, days, 0);
      for (const sums of [row.sums, total]) {
        sums.selfUseKwh = (sums.selfUseKwh ?? ZERO).plus(selfUseKwh);
        addQuantity(sums, stream.basis.unit, selfUseKwh);
        addEnergy(sums, { value: selfUseKwh, unit: stream.basis.unit });
        for (const line of part.lines) addApplied(sums, line, line);
        sums.marks = joinMarks(sums.marks, marksOf(stream, part.lines));
      }
    }
  };

  const addBeside = (stream: Stream, number: number, cell: Cell, days: number, quantity: Decimal | null): void => {
    const row = table.row(lines.numberOf({ ...stream.dims, ...splitter.none() }, stream.flow), cell);
    addFeed(row.feeds, number, days, 0);
    if (stream.selfUse !== 0) addFeed(totalFeeds, number, days, 0);
    if (quantity === null) return;
    addQuantity(row.sums, stream.basis.unit, quantity);
    if (stream.heatSold)
      for (const sums of [row.sums, total]) sums.heatSoldKwh = (sums.heatSoldKwh ?? ZERO).plus(quantity);
    if (stream.selfUse !== 0) addSelfUse(stream, number, cell, days, quantity);
    const isAsked = (): boolean => splitter.ofSelfUse(ZERO, stream.basis).some(({ lines }) => lines.length > 0);
    if (!stream.selfUseUnknown || !isAsked()) return;
    const reason = 'self-use needs an export meter beside the generation meter';
    const notQuantified = new Map([[`${stream.basis.activity}.own-generation`, reason]]);
    for (const sums of [row.sums, total]) sums.marks = joinMarks(sums.marks, { ...NO_MARKS, notQuantified });
  };

  const known: Decimal[][] = [];
  for (const { stream, cell, quantity } of usage.cells) {
    const own = known[stream] ?? [];
    known[stream] = own;
    own[cell] = quantity;
  }
  cells.forEach((cell, cellIndex) => {
    const days = lengthDays(cell);
    plan.streams.forEach((stream, number) => {
      const quantity = known[number]?.[cellIndex] ?? null;
      if (stream.flow === 'use') addUse(stream, number, cell, days, quantity);
      else addBeside(stream, number, cell, days, quantity);
    });
  });
  for (const [part, { quantity }] of totals)
    for (const term of part.terms) addApplied(total, term.placement, applyTerm(term, quantity));

  const completeness = completenessOf(plan, usage, missingWeights, prepared.expectedIn);
  const years = plan.cells[0]?.years ?? [];
  const totalUnit = ({ basis }: Stream): Unit => splitter.finalEnergy(ZERO, basis, years).unit;
  const addCoverageTo = (sums: RowSums, { list }: Feeds, bucketIndex: number): void => {
    for (const feed of list) {
      const stream = plan.streams[feed.stream];
      const found = completeness(feed.stream, bucketIndex);
      if (stream === undefined || found === null) continue;
      const takenBy = stream.split?.floor?.takenBy ?? null;
      const beside = takenBy !== null && holdsFeed(list, takenBy);
      addUnit(sums, sums === total ? totalUnit(stream) : stream.basis.unit);
      addCompleteness(sums, stream.basis, sharedCoverage(found, stream, beside), kgPerUnitOf(feed));
    }
  };
  const rows = table.rows();
  for (const row of rows) {
    addCoverageTo(row.sums, row.feeds, row.bucketIndex);
    if (row.sums.units.length > 0) continue;
    // A row in which nothing was expected still says of what nothing is known (rule F2).
    for (const { stream: number } of row.feeds.list) {
      const stream = plan.streams[number];
      if (stream !== undefined) addUnit(row.sums, stream.basis.unit);
    }
  }
  addCoverageTo(total, totalFeeds, ALL_BUCKETS);
  return { rows, total, excludedLines: splitter.excluded() };
}

/**
 * Puts read sums and factors together into rows and a total, exact: nothing is rounded here. For a plan that is read some
 * buckets at a time: each gives its own rows, and the total of these.
 */
export function figureComposer(basis: FigureBasis): (reads: FigureReads) => Figure {
  const prepared = prepare(basis);
  return (reads) => compose(prepared, reads);
}

/** Puts everything that was read of a plan together. */
export function composeFigure({ usage, missingWeights, ...basis }: FigureInput): Figure {
  return figureComposer(basis)({ cells: basis.plan.cells, usage, missingWeights });
}
