import type { Bucket } from './buckets.ts';
import type { Coverage } from './coverage.ts';
import { type Decimal, roundKg, roundQuantity, ZERO } from './decimal.ts';
import { type FactorSet, isOfficial } from './factor-set.ts';
import type { Figure } from './figure.ts';
import type { FigureFlag } from './figure-flags.ts';
import type { LineDims } from './figure-lines.ts';
import type { MeterDims } from './figure-plan.ts';
import type { FigureRow } from './figure-table.ts';
import type { CarriedForward } from './line-marks.ts';
import type { DaySpan, LocalDay } from './local-day.ts';
import { lengthDays } from './local-day.ts';
import { type AnsweredTiers, answeredTiers, withMarket } from './market/answered-market.ts';
import { type RowSums, rowCoverage } from './row-sums.ts';
import type { Flow } from './segments.ts';

/** A period as answers echo it; `complete` is absent once all its days have ended. */
export type AnsweredPeriod = DaySpan & { label: string; complete?: false; elapsedDays?: number; partial?: true };

/** Why a figure may still move (rule A7). */
export const PROVISIONAL_REASONS = [
  'factor-set-not-published',
  'line-carried-forward',
  'instrument-running',
  'supplier-data-pending',
  'year-running',
] as const;

/** A quantity, or null where nothing is known: missing is never 0. */
export type AnsweredQuantity = { value: number | null; unit: string };

/** Kilograms rounded to the gram; null as a whole where nothing is known. */
export type AnsweredEmissions = {
  scope1: number;
  scope2: number;
  scope3: number;
  outsideOfScopes: number;
  total: number;
  /** Beside the others where the market basis is asked; `total` never holds them (rules B8, C2). */
  scope2Market?: number;
  totalMarket?: number;
  scope1Market?: number;
  scope3ByCategory: { category: number; upstream: boolean; kgCo2e: number }[];
};

/** What a row and a total have in common. */
export type AnsweredSums = {
  quantity?: AnsweredQuantity;
  quantities?: AnsweredQuantity[];
  selfUseKwh?: number;
  heatSoldKwh?: number;
  emissionsKgCo2e: AnsweredEmissions | null;
  coverage: Coverage | null;
  notQuantified: string[];
  carriedForward?: CarriedForward[];
  provisional?: string[];
  incomplete?: true;
  sets: string[];
  flags?: FigureFlag[];
  tiers?: AnsweredTiers;
  greenGasKwh?: number;
  /** What heat on networks' own factors would emit by the national ones (rule B5). */
  heatAtNationalFactorsKgCo2e?: { scope2: number; scope3: number; total: number };
};

export type AnsweredRow = AnsweredSums &
  MeterDims &
  LineDims & { period: AnsweredPeriod; flow?: Flow; inTotal?: false };

/** A period with what of it has elapsed. */
export function answeredPeriod(period: Bucket | (DaySpan & { label: string }), today: LocalDay): AnsweredPeriod {
  const { label, start, end } = period;
  const answered: AnsweredPeriod = { label, start, end };
  if ('partial' in period && period.partial) answered.partial = true;
  if (end > today) {
    answered.complete = false;
    answered.elapsedDays = lengthDays({ start, end: today });
  }
  return answered;
}

/** Kilograms of a row or total on their way out. */
export function answeredEmissions(sums: RowSums): AnsweredEmissions {
  const { scope1, scope2, scope3, outsideOfScopes, scope3ByCategory } = sums.emissions;
  const categories = [...scope3ByCategory].sort(
    (a, b) => a.category - b.category || Number(a.upstream) - Number(b.upstream),
  );
  return {
    scope1: roundKg(scope1),
    scope2: roundKg(scope2),
    scope3: roundKg(scope3),
    outsideOfScopes: roundKg(outsideOfScopes),
    total: roundKg(scope1.plus(scope2).plus(scope3)),
    ...withMarket(sums),
    scope3ByCategory: categories.map(({ category, upstream, kg }) => ({ category, upstream, kgCo2e: roundKg(kg) })),
  };
}

function quantitiesOf(sums: RowSums): Pick<AnsweredSums, 'quantity' | 'quantities'> {
  const all = [...sums.units].sort().map((unit): AnsweredQuantity => {
    const value = sums.quantities.get(unit);
    return { value: value === undefined ? null : roundQuantity(value), unit };
  });
  const [only] = all;
  return all.length === 1 && only !== undefined ? { quantity: only } : { quantities: all };
}

function answeredSums(sums: RowSums, carriesLines: boolean, provisional: readonly string[]): AnsweredSums {
  const { marks } = sums;
  // Waste water has lines beside a supply whose quantity alone is counted (rule B7).
  const known = sums.quantities.size > 0 || marks.lines.size > 0;
  const coverage = rowCoverage(sums);
  // Data so young that its supplier usually takes longer may still come (rules A7, F3).
  const pending = coverage?.pending === undefined || coverage.pending === 0 ? [] : ['supplier-data-pending'];
  const reasons = [...new Set([...marks.provisional, ...provisional, ...pending])].sort();
  const answered: AnsweredSums = {
    ...quantitiesOf(sums),
    emissionsKgCo2e: known && carriesLines ? answeredEmissions(sums) : null,
    coverage,
    notQuantified: [...marks.notQuantified.keys(), ...(sums.market?.notQuantified.keys() ?? [])].sort(),
    sets: [...marks.sets].sort(),
  };
  if (sums.selfUseKwh !== null) answered.selfUseKwh = roundQuantity(sums.selfUseKwh);
  if (sums.heatSoldKwh !== null) answered.heatSoldKwh = roundQuantity(sums.heatSoldKwh);
  if (marks.carriedForward.size > 0) answered.carriedForward = [...marks.carriedForward.values()].sort(byLine);
  if (reasons.length > 0) answered.provisional = reasons;
  const missesMarket = sums.market?.notQuantified.has('electricity.market') === true;
  if (marks.incomplete || missesMarket) answered.incomplete = true;
  if (sums.market !== null && carriesLines) Object.assign(answered, answeredTiers(sums.market));
  if (marks.flags.size > 0) answered.flags = [...marks.flags].sort();
  if (sums.national !== null) {
    const { scope2, scope3 } = sums.national;
    const total = roundKg(scope2.plus(scope3));
    answered.heatAtNationalFactorsKgCo2e = { scope2: roundKg(scope2), scope3: roundKg(scope3), total };
  }
  return answered;
}

const byLine = (a: CarriedForward, b: CarriedForward): number => (a.line < b.line ? -1 : 1);

function yearRunning(end: LocalDay, today: LocalDay): string[] {
  return end > today ? ['year-running'] : [];
}

/** A row on its way out, rounded once. */
export function answeredRow(row: FigureRow, today: LocalDay): AnsweredRow {
  const used = row.flow === 'use';
  const sums = answeredSums(row.sums, used, yearRunning(row.bucket.end, today));
  const answered: AnsweredRow = { period: answeredPeriod(row.bucket, today), ...row.dims, ...sums };
  if (!used) {
    answered.flow = row.flow;
    answered.inTotal = false;
  }
  return answered;
}

/** The total on its way out, rounded from the exact total, not from the rounded rows. */
export function answeredTotal(figure: Pick<Figure, 'total'>, period: DaySpan, today: LocalDay): AnsweredSums {
  return answeredSums(figure.total, true, yearRunning(period.end, today));
}

/** The exact kilograms of scopes 1 to 3 of a figure, location-based. */
export function exactTotalKg(sums: RowSums): Decimal {
  const { scope1, scope2, scope3 } = sums.emissions;
  return ZERO.plus(scope1).plus(scope2).plus(scope3);
}

/** One use of a factor set: the days it was applied to, and whether another will take its place. */
export type AppliedSet = {
  set: string;
  version: string;
  from: LocalDay;
  to: LocalDay;
  provisional: boolean;
  days?: number;
};

/** The sets a year's factors come from: the newest edition, and sets of the operator's own that are no older than it. */
function setsOfYear(sets: readonly FactorSet[], year: number): FactorSet[] {
  const out = sets.filter((set) => set.year <= year).sort((a, b) => b.year - a.year);
  const edition = out.find(isOfficial);
  const own = out.filter((set) => !isOfficial(set) && (edition === undefined || set.year >= edition.year));
  return edition === undefined ? own : [edition, ...own];
}

/** Which sets a span of days took its factors from (rule A1); blended spans name both, with their days (rule A2). */
export function appliedSets(
  cells: readonly (DaySpan & { years: readonly { year: number; days: number }[] })[],
  sets: readonly FactorSet[],
): AppliedSet[] {
  const applied: AppliedSet[] = [];
  for (const cell of cells) {
    const used = cell.years.flatMap(({ year, days }) => setsOfYear(sets, year).map((set) => ({ set, year, days })));
    for (const { set, year, days } of used) {
      const entry: AppliedSet = {
        set: set.id,
        version: set.version,
        from: cell.start,
        to: cell.end,
        provisional: set.year < year,
      };
      if (cell.years.length > 1) entry.days = days;
      const before = applied.find(
        (other) =>
          other.set === entry.set &&
          other.to === entry.from &&
          other.days === entry.days &&
          other.provisional === entry.provisional,
      );
      if (before === undefined) applied.push(entry);
      else before.to = entry.to;
    }
  }
  return applied;
}
