import type { Line, Scope, Unit } from './activities.ts';
import { Decimal, ZERO } from './decimal.ts';
import {
  type EmissionsBasis,
  finalEnergy,
  fuelPropertyFor,
  type LineEmission,
  type LineTerm,
  lineEmission,
  lineTerms,
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

/** A part that is ready for any quantity: its factor lines, and in `lines` what they make of one unit. */
export type PreparedPart = LinePart & { terms: LineTerm[] };

/** Applies factor lines as a question wants them: filtered, and split into the rows its line groups ask for. */
export type LineSplitter = {
  /** Lines of a metered quantity (null: unknown, which gives the rows but no lines to add). */
  ofUse(quantity: Decimal | null, basis: EmissionsBasis, years: FactorYears): LinePart[];
  /** The same for quantities to come; worked out once for each basis and its factor years. */
  partsOf(basis: EmissionsBasis, years: FactorYears): readonly PreparedPart[];
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
export function dimsOf(
  line: Pick<LineEmission, 'line' | 'scope' | 'category'> | null,
  groups: readonly LineGroup[],
): LineDims {
  const dims: LineDims = {};
  for (const group of groups) {
    if (line === null) dims[group] = null;
    else if (group === 'scope') dims.scope = scopeName(line.scope);
    else if (group === 'line') dims.line = line.line;
    else dims.scope3Category = line.category;
  }
  return dims;
}

/** A line with what one unit makes of it. */
type UnitLine = { unit: LineEmission; term: LineTerm | null };

/** Kilograms of scopes 1 to 3. */
const countedKg = ({ scope, kg }: LineEmission): number => (scope === 'outside' ? 0 : (kg?.abs().toNumber() ?? 0));

function split(lines: readonly UnitLine[], groups: readonly LineGroup[]): PreparedPart[] {
  if (lines.length === 0) return [{ dims: dimsOf(null, groups), lines: [], terms: [], kgPerUnit: 0 }];
  const parts = new Map<string, PreparedPart>();
  for (const { unit, term } of lines) {
    const dims = groups.length === 0 ? dimsOf(null, groups) : dimsOf(unit, groups);
    const key = JSON.stringify(dims);
    const part = parts.get(key) ?? { dims, lines: [], terms: [], kgPerUnit: 0 };
    part.lines.push(unit);
    if (term !== null) part.terms.push(term);
    part.kgPerUnit += countedKg(unit);
    parts.set(key, part);
  }
  return [...parts.values()];
}

/** Remembers what follows from a basis and its factor years. */
function remembering<T>(
  make: (basis: EmissionsBasis, years: FactorYears) => T,
): (basis: EmissionsBasis, years: FactorYears) => T {
  const known = new WeakMap<EmissionsBasis, Map<FactorYears, T>>();
  return (basis, years) => {
    const byYears = known.get(basis) ?? new Map<FactorYears, T>();
    known.set(basis, byYears);
    const made = byYears.get(years) ?? make(basis, years);
    byYears.set(years, made);
    return made;
  };
}

const ONE = new Decimal(1);

/** A splitter for one question over the given factor sets and the organisation's reported lines. */
export function lineSplitter(
  question: Pick<FigureQuestion, 'groupBy' | 'scopes' | 'lines' | 'gas'>,
  sets: readonly FactorSet[],
  reportedLines: readonly string[],
): LineSplitter {
  const groups = question.groupBy.filter(isLineGroup);
  const resolve = rememberingResolve(sets, question.gas);
  const left = new Set<Line>();
  const propertyOf = remembering((basis, years) => ({
    property: fuelPropertyFor(sets, years[0]?.year ?? 0, basis),
  }));

  const isIncluded = (line: LineEmission): boolean => {
    if (question.scopes.length > 0 && !question.scopes.includes(line.scope)) return false;
    if (question.lines.length > 0) return question.lines.includes(line.line);
    return reportedLines.includes('all') || reportedLines.includes(line.line);
  };
  const included = (lines: readonly UnitLine[]): UnitLine[] =>
    lines.filter(({ unit }) => {
      const keep = isIncluded(unit);
      if (!keep) left.add(unit.line);
      return keep;
    });
  const partsOf = remembering((basis, years) => {
    const terms = lineTerms(basis, years, resolve, propertyOf(basis, years).property, question.gas);
    return split(included(terms.map((term) => ({ term, unit: lineEmission(term, ONE) }))), groups);
  });

  return {
    partsOf,
    ofUse(quantity, basis, years) {
      return partsOf(basis, years).map(({ terms, ...part }) => ({
        ...part,
        lines: terms.map((term) => lineEmission(term, quantity ?? ZERO)),
      }));
    },
    ofSelfUse(selfUseKwh, basis) {
      const unit = ownGenerationLine(selfUseKwh, basis.control, basis.scope3Category);
      return split(included(unit === null ? [] : [{ unit, term: null }]), groups);
    },
    finalEnergy: (quantity, basis, years) => finalEnergy(quantity, basis, propertyOf(basis, years).property),
    none: () => dimsOf(null, groups),
    excluded: () => left,
  };
}
