import type { Line, Scope, Unit } from './activities.ts';
import { Decimal, ZERO } from './decimal.ts';
import {
  type EmissionsBasis,
  emissionsOf,
  finalEnergy,
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

/**
 * The lines of a quantity that share a row. `kgPerUnit` is what one unit emits by them in scopes 1 to 3: it weighs what is
 * known and what is missing of one activity against another (rule F1).
 */
export type LinePart = { dims: LineDims; lines: LineEmission[]; kgPerUnit: number };

/** Applies factor lines as a question wants them: filtered, and split into the rows its line groups ask for. */
export type LineSplitter = {
  /** Lines of a metered quantity (null: unknown, which gives the rows but no lines to add). */
  ofUse(quantity: Decimal | null, basis: EmissionsBasis, years: FactorYears): LinePart[];
  /** The scope 1 line, zero, of own generation used on the site (rule B4). */
  ofSelfUse(selfUseKwh: Decimal, basis: EmissionsBasis): LinePart[];
  /** What a quantity counts in a total of energy, and in which unit (rule B9). */
  finalEnergy(quantity: Decimal, basis: EmissionsBasis, years: FactorYears): { value: Decimal; unit: Unit };
  /** The row of a flow that carries no lines. */
  none(): LineDims;
  /** Lines met so far that the question or the settings leave out (rule A9). */
  excluded(): ReadonlySet<Line>;
};

function scopeName(scope: Scope): string {
  return scope === 'outside' ? 'outsideOfScopes' : `scope${scope}`;
}

/** What the line groups asked for are for a line; `null` for a quantity that no line applies to. */
export function dimsOf(line: LineEmission | null, groups: readonly LineGroup[]): LineDims {
  const dims: LineDims = {};
  for (const group of groups) {
    if (line === null) dims[group] = null;
    else if (group === 'scope') dims.scope = scopeName(line.scope);
    else if (group === 'line') dims.line = line.line;
    else dims.scope3Category = line.category;
  }
  return dims;
}

type KgPerUnit = ReadonlyMap<Line, number>;

function split(lines: readonly LineEmission[], groups: readonly LineGroup[], kgPerUnit: KgPerUnit): LinePart[] {
  const none: LinePart = { dims: dimsOf(null, groups), lines: [], kgPerUnit: 0 };
  if (lines.length === 0) return [none];
  if (groups.length === 0) {
    const rate = lines.reduce((kg, line) => kg + (kgPerUnit.get(line.line) ?? 0), 0);
    return [{ ...none, lines: [...lines], kgPerUnit: rate }];
  }
  const parts = new Map<string, LinePart>();
  for (const line of lines) {
    const dims = dimsOf(line, groups);
    const key = JSON.stringify(dims);
    const part = parts.get(key) ?? { dims, lines: [], kgPerUnit: 0 };
    part.lines.push(line);
    part.kgPerUnit += kgPerUnit.get(line.line) ?? 0;
    parts.set(key, part);
  }
  return [...parts.values()];
}

/** Kilograms of scopes 1 to 3 that one unit emits, by line; computed once for each basis and its factor years. */
function rememberingKgPerUnit(
  linesOf: (basis: EmissionsBasis, years: FactorYears) => LineEmission[],
): (basis: EmissionsBasis, years: FactorYears) => KgPerUnit {
  const known = new WeakMap<EmissionsBasis, Map<FactorYears, KgPerUnit>>();
  return (basis, years) => {
    const byYears = known.get(basis) ?? new Map<FactorYears, KgPerUnit>();
    known.set(basis, byYears);
    const found = byYears.get(years);
    if (found !== undefined) return found;
    const counted = linesOf(basis, years).filter((line) => line.scope !== 'outside');
    const rates = new Map(counted.map((line) => [line.line, line.kg?.abs().toNumber() ?? 0]));
    byYears.set(years, rates);
    return rates;
  };
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
  const linesOf = (quantity: Decimal, basis: EmissionsBasis, years: FactorYears): LineEmission[] =>
    emissionsOf(quantity, basis, years, resolve, fuelPropertyFor(sets, years[0]?.year ?? 0, basis), question.gas);
  const kgPerUnit = rememberingKgPerUnit((basis, years) => linesOf(new Decimal(1), basis, years));

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
      return split(included(linesOf(quantity ?? ZERO, basis, years)), groups, kgPerUnit(basis, years));
    },
    ofSelfUse(selfUseKwh, basis) {
      const line = ownGenerationLine(selfUseKwh, basis.control, basis.scope3Category);
      return split(included(line === null ? [] : [line]), groups, new Map());
    },
    finalEnergy: (quantity, basis, years) =>
      finalEnergy(quantity, basis, fuelPropertyFor(sets, years[0]?.year ?? 0, basis)),
    none: () => dimsOf(null, groups),
    excluded: () => left,
  };
}
