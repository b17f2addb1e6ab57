import type { Line, Unit } from './activities.ts';
import { addCoverage, type Coverage, type CoverageSums, coverageOf, NO_COVERAGE } from './coverage.ts';
import { type Decimal, ZERO } from './decimal.ts';
import type { LineEmission } from './emissions.ts';
import type { FigureFlag } from './figure-flags.ts';
import type { Stream } from './figure-plan.ts';
import type { MarketSums } from './market/market-sums.ts';

/** Kilograms of a figure by scope, exact. `total` is scopes 1 to 3: CO2 outside of scopes is never in it (rule B1). */
export type EmissionSums = {
  scope1: Decimal;
  scope2: Decimal;
  scope3: Decimal;
  outsideOfScopes: Decimal;
  scope3ByCategory: Map<string, { category: number; upstream: boolean; kg: Decimal }>;
};

/** A factor taken from an earlier set because its own year's set lacks the line (rule A4). */
export type CarriedForward = { line: string; fromSet: string };

/** What a row or total adds up to. */
export type RowSums = {
  /** By unit; empty when nothing is known. */
  quantities: Map<Unit, Decimal>;
  /** Units in which a quantity is known or expected. */
  units: Set<Unit>;
  /** Final energy at gross calorific value; null where none is known. */
  energyKwh: Decimal | null;
  selfUseKwh: Decimal | null;
  /** Heat of the council's own network that others use (rule B6). */
  heatSoldKwh: Decimal | null;
  emissions: EmissionSums;
  lines: Set<Line>;
  notQuantified: Map<string, string>;
  carriedForward: Map<string, CarriedForward>;
  provisional: Set<string>;
  sets: Set<string>;
  flags: Set<FigureFlag>;
  /** What heat on a network's own factor would emit by the national one; null where there is none (rule B5). */
  national: { scope2: Decimal; scope3: Decimal } | null;
  /** What it is on the market basis, where that was asked (rule C2). */
  market: MarketSums | null;
  /** A scope 1 or 2 line has no factor: the total is too small by an unknown amount. */
  incomplete: boolean;
  /** Coverage sums by activity and unit: by quantity, and by expected kilograms to weigh activities against each other. */
  coverage: Map<string, { byQuantity: CoverageSums; byKg: CoverageSums }>;
};

/** A row to which nothing has been added yet. */
export function emptyRow(): RowSums {
  return {
    quantities: new Map(),
    units: new Set(),
    energyKwh: null,
    selfUseKwh: null,
    heatSoldKwh: null,
    emissions: { scope1: ZERO, scope2: ZERO, scope3: ZERO, outsideOfScopes: ZERO, scope3ByCategory: new Map() },
    lines: new Set(),
    notQuantified: new Map(),
    carriedForward: new Map(),
    provisional: new Set(),
    sets: new Set(),
    flags: new Set(),
    national: null,
    market: null,
    incomplete: false,
    coverage: new Map(),
  };
}

/** Adds a known quantity to a row. */
export function addQuantity(row: RowSums, unit: Unit, quantity: Decimal): void {
  row.units.add(unit);
  row.quantities.set(unit, (row.quantities.get(unit) ?? ZERO).plus(quantity));
}

/** Adds final energy to a row; what is not in kWh, such as water, is no energy. */
export function addEnergy(row: RowSums, { value, unit }: { value: Decimal; unit: Unit }): void {
  if (unit === 'kWh') row.energyKwh = (row.energyKwh ?? ZERO).plus(value);
}

/**
 * Adds how complete a stream is to a row, of which one unit emits `kgPerUnit` by the row's lines. `shownIn` is the unit in
 * which the row shows the stream's quantity.
 */
export function addCompleteness(
  row: RowSums,
  stream: Stream,
  sums: CoverageSums,
  kgPerUnit: number,
  shownIn: Unit,
): void {
  const { activity, unit } = stream.basis;
  row.units.add(shownIn);
  const key = `${activity} ${unit}`;
  const before = row.coverage.get(key) ?? { byQuantity: NO_COVERAGE, byKg: NO_COVERAGE };
  row.coverage.set(key, {
    byQuantity: addCoverage(before.byQuantity, sums),
    byKg: addCoverage(before.byKg, sums, kgPerUnit),
  });
}

function addKg(row: RowSums, line: LineEmission, kg: Decimal): void {
  const sums = row.emissions;
  if (line.scope === 'outside') {
    sums.outsideOfScopes = sums.outsideOfScopes.plus(kg);
    return;
  }
  if (line.scope === 1) sums.scope1 = sums.scope1.plus(kg);
  else if (line.scope === 2) sums.scope2 = sums.scope2.plus(kg);
  else sums.scope3 = sums.scope3.plus(kg);
  if (line.category === null) return;
  const key = `${line.category} ${line.upstream}`;
  const before = sums.scope3ByCategory.get(key)?.kg ?? ZERO;
  sums.scope3ByCategory.set(key, { category: line.category, upstream: line.upstream, kg: before.plus(kg) });
}

function addNational(row: RowSums, line: LineEmission): void {
  for (const flag of line.flags ?? []) row.flags.add(flag);
  if (line.nationalKg === undefined) return;
  const { scope2, scope3 } = row.national ?? { scope2: ZERO, scope3: ZERO };
  const kg = line.nationalKg ?? ZERO;
  row.national = line.scope === 2 ? { scope2: scope2.plus(kg), scope3 } : { scope2, scope3: scope3.plus(kg) };
}

/** Adds a factor line to a row; a line without a factor is listed, never added as 0 (rule A4). */
export function addLine(row: RowSums, stream: Stream, line: LineEmission): void {
  row.lines.add(line.line);
  addNational(row, line);
  if (stream.basis.heatEfficiency !== null) row.flags.add('estimated-from-heat');
  if (stream.split?.floor != null) row.flags.add('estimated-by-floor-area');
  const name = `${stream.basis.activity}.${line.line}`;
  for (const source of line.factor?.sources ?? []) {
    row.sets.add(source.set.id);
    if (source.notPublished) row.provisional.add('factor-set-not-published');
    if (!source.carriedForward) continue;
    row.carriedForward.set(name, { line: name, fromSet: source.set.id });
    if (line.scope === 1 || line.scope === 2) row.provisional.add('line-carried-forward');
  }
  if (line.kg !== null) {
    addKg(row, line, line.kg);
    return;
  }
  row.notQuantified.set(name, line.reason ?? 'no factor');
  if (line.scope === 1 || line.scope === 2) row.incomplete = true;
}

/** Adds how complete one row is to another. */
export function addRowCoverage(to: RowSums['coverage'], from: RowSums['coverage']): void {
  for (const [key, { byQuantity, byKg }] of from) {
    const before = to.get(key) ?? { byQuantity: NO_COVERAGE, byKg: NO_COVERAGE };
    to.set(key, {
      byQuantity: addCoverage(before.byQuantity, byQuantity),
      byKg: addCoverage(before.byKg, byKg),
    });
  }
}

/** Coverage of a row: by expected quantity within an activity, by expected emissions across activities (rule F1). */
export function rowCoverage(row: Pick<RowSums, 'coverage'>): Coverage | null {
  const entries = [...row.coverage.values()];
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) return coverageOf(only.byQuantity);
  return coverageOf(entries.reduce((sums, { byKg }) => addCoverage(sums, byKg), NO_COVERAGE));
}
