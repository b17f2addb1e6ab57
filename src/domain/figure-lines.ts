import type { Line, Scope } from './activities.ts';
import { type Decimal, ZERO } from './decimal.ts';
import {
  type EmissionsBasis,
  emissionsOf,
  fuelPropertyFor,
  type LineEmission,
  ownGenerationLine,
  rememberingResolve,
} from './emissions.ts';
import type { FactorYears } from './factor-policy.ts';
import type { FactorSet } from './factor-set.ts';
import { type FigureQuestion, isLineGroup, type LineGroup } from './figure-question.ts';

/** Values of the line groups asked for; `null` where no factor line applies. */
export type LineDims = Partial<Record<LineGroup, string | number | null>>;

/** The lines of a quantity that share a row. */
export type LinePart = { dims: LineDims; lines: LineEmission[] };

/** Applies factor lines as a question wants them: filtered, and split into the rows its line groups ask for. */
export type LineSplitter = {
  /** Lines of a metered quantity (null: unknown, which gives the rows but no lines to add). */
  ofUse(quantity: Decimal | null, basis: EmissionsBasis, years: FactorYears): LinePart[];
  /** The scope 1 line, zero, of own generation used on the site (rule B4). */
  ofSelfUse(selfUseKwh: Decimal, basis: EmissionsBasis): LinePart[];
  /** The row of a flow that carries no lines. */
  none(): LineDims;
  /** Lines met so far that the question or the settings leave out (rule A9). */
  excluded(): ReadonlySet<Line>;
};

function scopeName(scope: Scope): string {
  return scope === 'outside' ? 'outsideOfScopes' : `scope${scope}`;
}

function dimsOf(line: LineEmission | null, groups: readonly LineGroup[]): LineDims {
  const dims: LineDims = {};
  for (const group of groups) {
    if (line === null) dims[group] = null;
    else if (group === 'scope') dims.scope = scopeName(line.scope);
    else if (group === 'line') dims.line = line.line;
    else dims.scope3Category = line.category;
  }
  return dims;
}

function split(lines: readonly LineEmission[], groups: readonly LineGroup[]): LinePart[] {
  if (groups.length === 0 || lines.length === 0) return [{ dims: dimsOf(null, groups), lines: [...lines] }];
  const parts = new Map<string, LinePart>();
  for (const line of lines) {
    const dims = dimsOf(line, groups);
    const key = JSON.stringify(dims);
    const part = parts.get(key) ?? { dims, lines: [] };
    part.lines.push(line);
    parts.set(key, part);
  }
  return [...parts.values()];
}

/** A splitter for one question over the given factor sets and the organisation's reported lines. */
export function lineSplitter(
  question: Pick<FigureQuestion, 'groupBy' | 'scopes' | 'lines' | 'gas'>,
  sets: readonly FactorSet[],
  reportedLines: readonly string[],
): LineSplitter {
  const groups = question.groupBy.filter(isLineGroup);
  const resolve = rememberingResolve(sets, question.gas);
  const left = new Set<Line>();

  const isIncluded = (line: LineEmission): boolean => {
    if (question.scopes.length > 0 && !question.scopes.includes(line.scope)) return false;
    if (question.lines.length > 0) return question.lines.includes(line.line);
    return reportedLines.includes('all') || reportedLines.includes(line.line);
  };
  const included = (lines: readonly LineEmission[]): LineEmission[] =>
    lines.filter((line) => {
      const keep = isIncluded(line);
      if (!keep) left.add(line.line);
      return keep;
    });

  return {
    ofUse(quantity, basis, years) {
      const property = fuelPropertyFor(sets, years[0]?.year ?? 0, basis);
      return split(included(emissionsOf(quantity ?? ZERO, basis, years, resolve, property)), groups);
    },
    ofSelfUse(selfUseKwh, basis) {
      const line = ownGenerationLine(selfUseKwh, basis.control, basis.scope3Category);
      return split(included(line === null ? [] : [line]), groups);
    },
    none: () => dimsOf(null, groups),
    excluded: () => left,
  };
}
