import { type Decimal, ZERO } from '../../domain/decimal.ts';
import type { FigureRow } from '../../domain/figure-table.ts';
import { addRowCoverage, type RowSums } from '../../domain/row-sums.ts';
import type { CoveredLines } from '../../domain/targets/covered-lines.ts';
import type { Target } from '../../domain/targets/target.ts';
import type { PartTable } from './allocation-members.ts';
import { knownKg, missingLines } from './target-figures.ts';

/** What is known of a part in a span of days. */
export type PartFigure = {
  /** Null where nothing is known. */
  kg: Decimal | null;
  coverage: RowSums['coverage'];
  /** Lines without a factor. */
  missing: string[];
};

/** Parts by name. */
export type PartFigures = ReadonlyMap<string, PartFigure>;

const NOTHING: PartFigure = { kg: null, coverage: [], missing: [] };

/** A part of which there is nothing. */
export function partFigure(figures: PartFigures, part: string): PartFigure {
  return figures.get(part) ?? NOTHING;
}

/** Adds what sites use up to parts, and takes stated lines as parts of their own. */
export function partFigures(
  target: Target,
  rows: readonly FigureRow[],
  names: PartTable,
  covered: CoveredLines,
): PartFigures {
  const figures = new Map<string, PartFigure>();
  for (const { dims, sums } of rows) {
    const part = names.partOf(dims.site ?? '');
    const before = figures.get(part) ?? { kg: null, coverage: [], missing: [] };
    const kg = knownKg(target, sums);
    addRowCoverage(before, sums);
    figures.set(part, {
      kg: kg === null ? before.kg : (before.kg ?? ZERO).plus(kg),
      coverage: before.coverage,
      missing: [...new Set([...before.missing, ...missingLines(sums)])],
    });
  }
  for (const { stated, kg } of covered.lines) figures.set(names.lineOf(stated.line), { ...NOTHING, kg });
  return figures;
}
