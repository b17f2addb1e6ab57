import type { Line, Unit } from './activities.ts';
import { type Decimal, ZERO } from './decimal.ts';
import type { FactorSet } from './factor-set.ts';
import { ALL_BUCKETS, completenessOf, type MissingWeights } from './figure-completeness.ts';
import { lineSplitter } from './figure-lines.ts';
import type { Cell, FigurePlan, Stream } from './figure-plan.ts';
import type { FigureQuestion } from './figure-question.ts';
import { type Feeds, type OpenRow, openFeeds, openTable } from './figure-table.ts';
import { sharedCoverage } from './floor-split.ts';
import type { LocalDay } from './local-day.ts';
import { addCompleteness, addEnergy, addLine, addQuantity, emptyRow, type RowSums } from './row-sums.ts';
import type { Usage } from './usage.ts';

/** An answer before rounding. */
export type Figure = { rows: OpenRow[]; total: RowSums; excludedLines: ReadonlySet<Line> };

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

/** Puts read sums and factors together into rows and a total, exact: nothing is rounded here. */
export function composeFigure(input: FigureInput): Figure {
  const { plan, question, usage } = input;
  const splitter = lineSplitter(question, input.sets, input.reportedLines);
  const table = openTable(plan);
  const total = emptyRow();
  const totalFeeds = openFeeds();

  const sharesBelow = sharesOfCountedMeters(plan);
  const supply = supplyBeside(plan);

  const addUse = (stream: Stream, number: number, cell: Cell, quantity: Decimal | null): void => {
    const parts = splitter.ofUse(quantity, stream.basis, cell.years);
    const isWastewater = stream.basis.activity === 'wastewater';
    const kgPerUnit = parts.reduce((kg, part) => kg + part.kgPerUnit, 0);
    // A tenant's share is in the meter above it, whose completeness speaks for both.
    if (!sharesBelow.has(number)) totalFeeds.add(number, cell, kgPerUnit);
    const energy = quantity === null ? null : splitter.finalEnergy(quantity, stream.basis, cell.years);
    for (const part of parts) {
      const row = table.row(cell, { ...stream.dims, ...part.dims }, 'use', number, part.kgPerUnit);
      if (quantity === null || energy === null) continue;
      addEnergy(row, energy);
      const ofLine = 'line' in part.dims || 'scope3Category' in part.dims;
      if (!isWastewater || ofLine || !supply.in(stream)) addQuantity(row, stream.basis.unit, quantity);
      for (const line of part.lines) for (const sums of [row, total]) addLine(sums, stream, line);
    }
    if (energy === null) return;
    addEnergy(total, energy);
    if (isWastewater && supply.any) return;
    addQuantity(total, energy.unit, energy.value);
  };

  const addSelfUse = (stream: Stream, number: number, cell: Cell, quantity: Decimal): void => {
    const selfUseKwh = quantity.times(stream.selfUse);
    // Self-use belongs to the site, not to one of the two meters it is reckoned from.
    const dims = 'meter' in stream.dims ? { ...stream.dims, meter: null } : stream.dims;
    for (const part of splitter.ofSelfUse(selfUseKwh, stream.basis)) {
      for (const sums of [table.row(cell, { ...dims, ...part.dims }, 'use', number, 0), total]) {
        sums.selfUseKwh = (sums.selfUseKwh ?? ZERO).plus(selfUseKwh);
        addQuantity(sums, stream.basis.unit, selfUseKwh);
        addEnergy(sums, { value: selfUseKwh, unit: stream.basis.unit });
        for (const line of part.lines) addLine(sums, stream, line);
      }
    }
  };

  const addBeside = (stream: Stream, number: number, cell: Cell, quantity: Decimal | null): void => {
    const row = table.row(cell, { ...stream.dims, ...splitter.none() }, stream.flow, number, 0);
    if (stream.selfUse !== 0) totalFeeds.add(number, cell, 0);
    if (quantity === null) return;
    addQuantity(row, stream.basis.unit, quantity);
    if (stream.heatSold) for (const sums of [row, total]) sums.heatSoldKwh = (sums.heatSoldKwh ?? ZERO).plus(quantity);
    if (stream.selfUse !== 0) addSelfUse(stream, number, cell, quantity);
    const isAsked = (): boolean => splitter.ofSelfUse(ZERO, stream.basis).some(({ lines }) => lines.length > 0);
    if (!stream.selfUseUnknown || !isAsked()) return;
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
  const years = plan.cells[0]?.years ?? [];
  const totalUnit = ({ basis }: Stream): Unit => splitter.finalEnergy(ZERO, basis, years).unit;
  const addCoverageTo = (sums: RowSums, feeds: Feeds, bucketIndex: number): void => {
    const list = feeds.list();
    const numbers = new Set<number | null>(list.map(([number]) => number));
    for (const [number, kgPerUnit] of list) {
      const stream = plan.streams[number];
      const found = completeness(number, bucketIndex);
      if (stream === undefined || found === null) continue;
      const shownIn = sums === total ? totalUnit(stream) : stream.basis.unit;
      const beside = numbers.has(stream.split?.floor?.takenBy ?? null);
      addCompleteness(sums, stream, sharedCoverage(found, stream, beside), kgPerUnit, shownIn);
    }
  };
  const rows = table.rows();
  for (const row of rows) {
    addCoverageTo(row.sums, row.feeds, row.bucketIndex);
    if (row.sums.units.size > 0) continue;
    // A row in which nothing was expected still says of what nothing is known (rule F2).
    for (const [number] of row.feeds.list()) {
      const stream = plan.streams[number];
      if (stream !== undefined) row.sums.units.add(stream.basis.unit);
    }
  }
  addCoverageTo(total, totalFeeds, ALL_BUCKETS);
  return { rows, total, excludedLines: splitter.excluded() };
}
