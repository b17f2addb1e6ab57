import type { Unit } from './activities.ts';
import type { Placement } from './control.ts';
import { addToCoverage, type Coverage, type CoverageSums, coverageOf, NO_COVERAGE } from './coverage.ts';
import { type Decimal, ZERO } from './decimal.ts';
import type { AppliedTerm, EmissionsBasis } from './emissions.ts';
import { type LineMarks, NO_MARKS } from './line-marks.ts';
import type { MarketSums } from './market/market-sums.ts';

type Activity = Pick<EmissionsBasis, 'activity' | 'unit'>;

/** Kilograms of one category of scope 3, exact. */
export type CategorySum = { category: number; upstream: boolean; kg: Decimal };

/** Coverage sums of an activity: by quantity, and by expected kilograms to weigh activities against each other. */
export type ActivityCoverage = Activity & { byQuantity: CoverageSums; byKg: CoverageSums };

/** Kilograms of a figure by scope, exact. `total` is scopes 1 to 3: CO2 outside of scopes is never in it (rule B1). */
export type EmissionSums = {
  scope1: Decimal;
  scope2: Decimal;
  scope3: Decimal;
  outsideOfScopes: Decimal;
  scope3ByCategory: CategorySum[];
};

/** What a row or total adds up to. */
export type RowSums = {
  /** By unit; empty when nothing is known. */
  quantities: Map<Unit, Decimal>;
  /** Units in which a quantity is known or expected, each once. */
  units: Unit[];
  /** Final energy at gross calorific value; null where none is known. */
  energyKwh: Decimal | null;
  selfUseKwh: Decimal | null;
  /** Heat of the council's own network that others use (rule B6). */
  heatSoldKwh: Decimal | null;
  emissions: EmissionSums;
  /** What is to be said of the lines behind it. */
  marks: LineMarks;
  /** What heat on a network's own factor would emit by the national one; null where there is none (rule B5). */
  national: { scope2: Decimal; scope3: Decimal } | null;
  /** What it is on the market basis, where that was asked (rule C2). */
  market: MarketSums | null;
  coverage: ActivityCoverage[];
};

/** A row to which nothing has been added yet. */
export function emptyRow(): RowSums {
  return {
    quantities: new Map(),
    units: [],
    energyKwh: null,
    selfUseKwh: null,
    heatSoldKwh: null,
    emissions: { scope1: ZERO, scope2: ZERO, scope3: ZERO, outsideOfScopes: ZERO, scope3ByCategory: [] },
    marks: NO_MARKS,
    national: null,
    market: null,
    coverage: [],
  };
}

/** Sums of most rows begin with what they end with: nothing is added to nought. */
const plus = (sum: Decimal, value: Decimal): Decimal => (sum === ZERO ? value : sum.plus(value));

/** Names a unit in which a row has a quantity, or should have one. */
export function addUnit({ units }: RowSums, unit: Unit): void {
  if (!units.includes(unit)) units.push(unit);
}

/** Adds a known quantity to a row. */
export function addQuantity(row: RowSums, unit: Unit, quantity: Decimal): void {
  addUnit(row, unit);
  row.quantities.set(unit, plus(row.quantities.get(unit) ?? ZERO, quantity));
}

/** Adds final energy to a row; what is not in kWh, such as water, is no energy. */
export function addEnergy(row: RowSums, { value, unit }: { value: Decimal; unit: Unit }): void {
  if (unit === 'kWh') row.energyKwh = plus(row.energyKwh ?? ZERO, value);
}

/** Adds kilograms of a category of scope 3. */
export function addCategory(sums: EmissionSums, category: number, upstream: boolean, kg: Decimal): void {
  const own = sums.scope3ByCategory.find((sum) => sum.category === category && sum.upstream === upstream);
  if (own === undefined) sums.scope3ByCategory.push({ category, upstream, kg });
  else own.kg = own.kg.plus(kg);
}

function addKg({ emissions }: RowSums, { scope, category, upstream }: Placement, kg: Decimal): void {
  if (scope === 'outside') {
    emissions.outsideOfScopes = plus(emissions.outsideOfScopes, kg);
    return;
  }
  if (scope === 1) emissions.scope1 = plus(emissions.scope1, kg);
  else if (scope === 2) emissions.scope2 = plus(emissions.scope2, kg);
  else emissions.scope3 = plus(emissions.scope3, kg);
  if (category !== null) addCategory(emissions, category, upstream, kg);
}

/** Adds what a factor line makes of a quantity; what has no factor is said by the marks of the line, never added as 0. */
export function addApplied(
  row: RowSums,
  placement: Placement,
  { kg, nationalKg }: Omit<AppliedTerm, 'quantity'>,
): void {
  if (kg !== null) addKg(row, placement, kg);
  if (nationalKg === undefined) return;
  const { scope2, scope3 } = row.national ?? { scope2: ZERO, scope3: ZERO };
  const national = nationalKg ?? ZERO;
  row.national =
    placement.scope === 2 ? { scope2: scope2.plus(national), scope3 } : { scope2, scope3: scope3.plus(national) };
}

/** The sums of a row for an activity, made where it has none yet. */
function coverageIn({ coverage }: Pick<RowSums, 'coverage'>, { activity, unit }: Activity): ActivityCoverage {
  const found = coverage.find((entry) => entry.activity === activity && entry.unit === unit);
  if (found !== undefined) return found;
  const own = { activity, unit, byQuantity: { ...NO_COVERAGE }, byKg: { ...NO_COVERAGE } };
  coverage.push(own);
  return own;
}

/** Adds how complete a stream is to a row, of which one unit emits `kgPerUnit` by the row's lines. */
export function addCompleteness(row: RowSums, basis: Activity, sums: CoverageSums, kgPerUnit: number): void {
  const own = coverageIn(row, basis);
  addToCoverage(own.byQuantity, sums);
  addToCoverage(own.byKg, sums, kgPerUnit);
}

/** Adds how complete one row is to another. */
export function addRowCoverage(to: Pick<RowSums, 'coverage'>, from: Pick<RowSums, 'coverage'>): void {
  for (const entry of from.coverage) {
    const own = coverageIn(to, entry);
    addToCoverage(own.byQuantity, entry.byQuantity);
    addToCoverage(own.byKg, entry.byKg);
  }
}

/** Coverage of a row: by expected quantity within an activity, by expected emissions across activities (rule F1). */
export function rowCoverage({ coverage }: Pick<RowSums, 'coverage'>): Coverage | null {
  const [only] = coverage;
  if (coverage.length === 1 && only !== undefined) return coverageOf(only.byQuantity);
  const sums = { ...NO_COVERAGE };
  for (const { byKg } of coverage) addToCoverage(sums, byKg);
  return coverageOf(sums);
}
