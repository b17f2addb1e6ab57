import type { Coverage } from '../../domain/coverage.ts';
import { type Decimal, sum, ZERO } from '../../domain/decimal.ts';
import type { FigureSettings } from '../../domain/estate.ts';
import { rowCoverage } from '../../domain/row-sums.ts';
import { type AllocationMember, allocate, splitKg, weightsOf } from '../../domain/targets/allocation.ts';
import { hasStatus, type Target } from '../../domain/targets/target.ts';
import { type DataEvidence, dataReasons, verdictOf, type YearStatus } from '../../domain/targets/target-status.ts';
import type { TargetYear } from './judge-years.ts';
import { type PartFigures, partFigure } from './part-figures.ts';

/** One year of a part of a target. Kilograms to the gram; those of all parts add up to the whole. */
export type PartYear = {
  year: TargetYear;
  /** Of what the target allows in the year. */
  share: Decimal;
  allowedKg: Decimal;
  /** As reported, and as judged: null where nothing is known. */
  actualKg: Decimal | null;
  comparableKg: Decimal | null;
  gapKg: Decimal | null;
  coverage: Coverage | null;
  status: YearStatus | null;
  reasons: readonly string[];
};

/** What a part may emit on the whole path, and has emitted. */
export type PartBudget = {
  allowedKg: Decimal;
  /** Of the years that are over; null where one of them is not known well enough. */
  usedKg: Decimal | null;
  atLeastKg: Decimal;
};

/** A year of the whole with what its parts emitted: as reported, and as judged. */
export type YearFigures = { year: TargetYear; reported: PartFigures; judged: PartFigures };

/** What the years of parts are made from. */
export type PartsInput = {
  target: Target;
  settings: Pick<FigureSettings, 'missingShareMax' | 'estimatedShareMax'>;
  /** Names of parts, in order. */
  parts: readonly string[];
  members: readonly AllocationMember[];
  /** Why the baseline of a part carries no verdict. */
  startReasons: ReadonlyMap<string, readonly string[]>;
  startYear: number;
  lastYear: number;
  years: readonly YearFigures[];
};

/** Amounts to the gram that add up to the whole, for the parts of which something is known. */
function splitKnown(wholeKg: Decimal | null, exact: readonly (Decimal | null)[]): (Decimal | null)[] {
  const known = exact.flatMap((kg) => kg ?? []);
  const split = splitKg(wholeKg ?? sum(known), known);
  let next = 0;
  return exact.map((kg) => (kg === null ? null : (split[next++] ?? null)));
}

type Unjudged = Omit<PartYear, 'status' | 'reasons'> & { evidence: DataEvidence; notComparable: readonly string[] };

/** Every part in one year, before the verdict. */
function partsInYear(input: PartsInput, { year, reported, judged }: YearFigures): Unjudged[] {
  const { settings, parts, members, startReasons } = input;
  const { allowedKg, shares } = allocate(year.allowedKg, weightsOf(parts, members, year.recalculation));
  const kgOf = (figures: PartFigures) => parts.map((part) => partFigure(figures, part).kg);
  const actual = splitKnown(year.actualKg, kgOf(reported));
  const comparable = splitKnown(year.comparableKg, kgOf(judged));
  return parts.map((part, index) => {
    const figure = partFigure(judged, part);
    const share = shares[index] ?? ZERO;
    const own = allowedKg[index] ?? ZERO;
    const comparableKg = comparable[index] ?? null;
    const coverage = rowCoverage(figure);
    const noShare = share.isZero() && own.isZero() ? ['it has no share of the baseline'] : [];
    const notComparable = [...year.notComparable, ...noShare];
    const evidence = {
      ...{ actualKg: comparableKg, coverage, notQuantified: figure.missing },
      startReasons: startReasons.get(part) ?? [],
      missingShareMax: settings.missingShareMax,
      estimatedShareMax: settings.estimatedShareMax,
    };
    return {
      ...{ year, share, allowedKg: own, actualKg: actual[index] ?? null, comparableKg, coverage, evidence },
      gapKg: comparableKg === null || year.notComparable.length > 0 ? null : comparableKg.minus(own),
      notComparable,
    };
  });
}

/** What of a year counts towards a budget: all that is known, and whether that is enough. */
function countedOf({ year, comparableKg, evidence }: Unjudged): { kg: Decimal; isKnown: boolean } {
  if (year.notComparable.length > 0) return { kg: ZERO, isKnown: false };
  return { kg: comparableKg ?? ZERO, isKnown: dataReasons(evidence).length === 0 };
}

/** The years of the path after its start, to its last amount: those of its budget (rule H1). */
export function pathYears(years: readonly TargetYear[], startYear: number, lastYear: number): TargetYear[] {
  return years.filter(({ year }) => year > startYear && year <= lastYear);
}

function budgetOf({ startYear, lastYear }: PartsInput, years: readonly Unjudged[]): PartBudget {
  const onPath = new Set(
    pathYears(
      years.map(({ year }) => year),
      startYear,
      lastYear,
    ),
  );
  const path = years.filter(({ year }) => onPath.has(year));
  const counted = path.filter(({ year }) => year.isOver).map(countedOf);
  const atLeastKg = sum(counted.map(({ kg }) => kg));
  return {
    allowedKg: sum(path.map(({ allowedKg }) => allowedKg)),
    usedKg: counted.every(({ isKnown }) => isKnown) ? atLeastKg : null,
    atLeastKg,
  };
}

/** The verdicts on a part's years, by the rule of the whole (rule H6): none on a stated line, nor on a year that runs. */
function judgedYears({ target, startYear }: PartsInput, isLine: boolean, years: readonly Unjudged[]): PartYear[] {
  let sums = { allowedKg: ZERO, actualKg: ZERO, unknown: [] as string[] };
  return years.map((unjudged): PartYear => {
    const { evidence, notComparable, ...rest } = unjudged;
    const { year, allowedKg } = rest;
    if (!year.isOver || year.year === startYear || isLine) return { ...rest, status: null, reasons: [] };
    const { kg, isKnown } = countedOf(unjudged);
    sums = {
      allowedKg: sums.allowedKg.plus(allowedKg),
      actualKg: sums.actualKg.plus(kg),
      unknown: isKnown ? sums.unknown : [...sums.unknown, year.period.label],
    };
    const budget = target.budgets.length > 0 ? { ...sums, capBroken: false } : null;
    const { status, reasons } = verdictOf({
      ...{ ...evidence, allowedKg, notComparable, isMilestone: year.isMilestone, budget },
    });
    return { ...rest, status: hasStatus(target) ? status : null, reasons };
  });
}

/** The years and the budget of every part, in the order of `parts`. */
export function allocatedYears(
  input: PartsInput,
  isLine: (part: string) => boolean,
): { years: PartYear[]; budget: PartBudget }[] {
  const columns = input.years.map((figures) => partsInYear(input, figures));
  return input.parts.map((part, index) => {
    const years = columns.flatMap((column) => column[index] ?? []);
    return { years: judgedYears(input, isLine(part), years), budget: budgetOf(input, years) };
  });
}
