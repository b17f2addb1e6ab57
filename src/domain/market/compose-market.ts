import type { Line } from '../activities.ts';
import { type Decimal, ZERO } from '../decimal.ts';
import { rememberingResolve } from '../emissions.ts';
import type { FactorSet } from '../factor-set.ts';
import type { Figure } from '../figure.ts';
import { type LineDims, lineSplitter } from '../figure-lines.ts';
import type { Cell, MeterDims } from '../figure-plan.ts';
import type { FigureQuestion } from '../figure-question.ts';
import { joinMarks, NO_MARKS } from '../line-marks.ts';
import type { RowSums } from '../row-sums.ts';
import type { Usage } from '../usage.ts';
import { electricityLines, greenGasLines, type MarketLine, soldSelfUseLines } from './market-lines.ts';
import type { MarketPlan, MarketStream } from './market-plan.ts';
import { addGreenGas, addMarketLines, emptyMarket, type MarketSums } from './market-sums.ts';

/** Lines of the market basis of one stream in one cell, and what they stand for. */
export type MarketEntry = {
  stream: MarketStream;
  cell: Cell;
  cellIndex: number;
  dims: MeterDims & LineDims;
  metered: Decimal;
  /** What of it is only apportioned (rule F4). */
  apportioned: Decimal;
  kind: 'scope2' | 'green-gas';
  line: Line;
  locationKg: Decimal | null;
  lines: MarketLine[];
};

/** An entry before it is said what of it is apportioned. */
type Told = Omit<MarketEntry, 'apportioned'>;

/** The location-based factor of bought electricity. */
export const GRID = 'electricity.grid.generation';

/** Whether a question asks for the self-use that has lost its claim to zero: it is in scope 2, by its own line (rule C4). */
export function asksSelfUse(
  { scopes, lines }: Pick<FigureQuestion, 'scopes' | 'lines'>,
  reportedLines: readonly string[],
): boolean {
  const line: Line = 'own-generation';
  if (scopes.length > 0 && !scopes.includes(2)) return false;
  if (lines.length > 0) return lines.includes(line);
  return reportedLines.includes('all') || reportedLines.includes(line);
}

/** Everything a figure is on the market basis, by stream and cell (rules B8, C1, C3, C4). */
export function marketEntries(
  plan: MarketPlan,
  usage: Usage,
  question: FigureQuestion,
  sets: readonly FactorSet[],
  reportedLines: readonly string[],
): MarketEntry[] {
  const { gas } = question;
  const splitter = lineSplitter(question, sets, reportedLines);
  const resolve = rememberingResolve(sets, gas);
  const isSelfUseAsked = asksSelfUse(question, reportedLines);
  const bought = (stream: MarketStream, cell: Cell, cellIndex: number, metered: Decimal): Told[] =>
    splitter.ofUse(metered, stream.basis, cell.years).flatMap((part) =>
      part.lines.flatMap((line): Told[] => {
        const dims = { ...stream.dims, ...part.dims };
        const entry = { stream, cell, cellIndex, dims, metered, line: line.line, locationKg: line.kg };
        if (line.line === 'generation' && line.scope === 2)
          return [{ ...entry, kind: 'scope2', lines: electricityLines(line, stream.mix, gas) }];
        if (line.line !== 'combustion' || line.scope !== 1 || stream.mix.certificates.length === 0) return [];
        return [{ ...entry, kind: 'green-gas', lines: greenGasLines(line, stream.mix, gas) }];
      }),
    );
  const selfUse = (stream: MarketStream, cell: Cell, cellIndex: number, quantity: Decimal): Told[] => {
    if (stream.sold === null || stream.basis.control !== 'operated' || !isSelfUseAsked) return [];
    const metered = quantity.times(stream.selfUse);
    const lines = soldSelfUseLines(metered, stream.mix, stream.sold, resolve(cell.years, GRID), gas);
    const meter = 'meter' in stream.dims ? { ...stream.dims, meter: null } : stream.dims;
    const dims = { ...meter, ...splitter.ofSelfUse(metered, stream.basis)[0]?.dims };
    const kind = 'scope2' as const;
    return [{ stream, cell, cellIndex, dims, metered, kind, line: 'own-generation', locationKg: ZERO, lines }];
  };
  return usage.cells.flatMap(({ stream: number, cell: index, quantity, apportioned = ZERO }): MarketEntry[] => {
    const stream = plan.streams[number];
    const cell = plan.cells[index];
    if (stream === undefined || cell === undefined) return [];
    const told = stream.selfUse === 0 ? bought : selfUse;
    return told(stream, cell, index, quantity).map((entry) => ({ ...entry, apportioned }));
  });
}

const rowName = (bucketStart: string | undefined, dims: object): string => JSON.stringify([bucketStart, dims]);

function marketOf(sums: RowSums): MarketSums {
  sums.market ??= emptyMarket();
  return sums.market;
}

function add(sums: RowSums, { kind, lines, locationKg, stream, cell }: MarketEntry, today: string): void {
  const market = marketOf(sums);
  if (kind === 'scope2') addMarketLines(market, lines, locationKg ?? ZERO);
  else addGreenGas(market, lines, locationKg);
  const flags = new Set(lines.flatMap((line) => line.flags));
  const running = stream.mix.certificates.some(({ instrument }) => instrument.to > today && cell.start < instrument.to);
  const provisional = new Set(running ? ['instrument-running'] : []);
  sums.marks = joinMarks(sums.marks, { ...NO_MARKS, flags, provisional });
}

/** Puts the market basis beside the rows and total of a figure, which stay location-based (rule C2). */
export function addMarket(figure: Figure, entries: readonly MarketEntry[], plan: MarketPlan, today: string): void {
  const used = figure.rows.filter(({ flow }) => flow === 'use');
  const rows = new Map(used.map(({ bucket, dims, sums }) => [rowName(bucket.start, dims), sums]));
  for (const sums of [...rows.values(), figure.total]) marketOf(sums);
  for (const entry of entries) {
    const row = rows.get(rowName(plan.buckets[entry.cell.bucket]?.start, entry.dims));
    for (const sums of row === undefined ? [figure.total] : [row, figure.total]) add(sums, entry, today);
  }
}
