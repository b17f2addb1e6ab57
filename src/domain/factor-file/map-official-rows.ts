import { Decimal } from '../decimal.ts';
import type { FactorSeed } from '../reference/factor-set-seed.ts';
import { gasSplitWarning } from '../reference/gas-split.ts';
import { toTenSignificantDigits } from '../reference/ten-significant-digits.ts';
import { officialKeyOf } from './official-keys.ts';
import { gasOf, type OfficialRow, type RowGas } from './official-row.ts';

/** The lines of this service that a flat file has, and the rows that they come from. */
export type MappedRows = {
  factors: ReadonlyMap<string, FactorSeed>;
  /** The key that each mapped row belongs to, its gas parts included. */
  keys: ReadonlyMap<OfficialRow, string>;
  warnings: string[];
};

type Parts = Partial<Record<RowGas, OfficialRow>>;

const UNIT_NAMES: Readonly<Record<string, string>> = { 'cubic metres': 'm3', tonnes: 'tonne', litres: 'litre' };
/** Lines that the publication has in another unit only: published factor, how many of its units make one, and a note. */
const DERIVED = [
  { from: 'kg', to: 'tonne', unit: 'tonne', times: '1000', note: 'published per kg, times 1000' },
  { from: 'gj', to: 'net_cv', unit: 'kWh (Net CV)', times: '0.0036', note: 'published per GJ, times 0.0036' },
] as const;
const DERIVED_FUELS = ['fuel.hvo', 'fuel.hvo.wtt', 'fuel.hvo.outside_scopes'];

function scopeOf({ scope }: OfficialRow): string {
  return /^scope ?([123])$/i.exec(scope)?.[1] ?? 'outside';
}

function unitOf(row: OfficialRow, key: string): string {
  if (key.endsWith('.net_cv')) return 'kWh (Net CV)';
  if (key.endsWith('.gross_cv')) return 'kWh (Gross CV)';
  return UNIT_NAMES[row.uom.toLowerCase()] ?? row.uom.replace(/ \((?:Net|Gross) CV\)$/i, '');
}

function nameOf(row: OfficialRow, unit: string): string {
  const levels = [row.level1, row.level2, row.level3, row.columnText].filter((text) => text !== '');
  return `${[...new Set(levels)].join(' › ')}, per ${unit}`;
}

function placeOf(row: OfficialRow): string {
  return row.rowId === null ? `row ${row.rowNumber}` : `row ${row.rowNumber}, row ID ${row.rowId}`;
}

/** CO2 outside of scopes is published as its CO2 part alone, which is then the whole factor (rule B1). */
function factorOf(key: string, parts: Parts): FactorSeed | null {
  const whole = parts.co2e ?? (parts.co2 !== undefined && scopeOf(parts.co2) === 'outside' ? parts.co2 : undefined);
  if (whole === undefined) return null;
  const unit = unitOf(whole, key);
  return {
    key,
    name: nameOf(whole, unit),
    unit,
    scope: scopeOf(whole),
    kgCo2e: whole.value,
    kgCo2: parts.co2?.value ?? null,
    kgCh4Co2e: parts.ch4?.value ?? null,
    kgN2oCo2e: parts.n2o?.value ?? null,
    source: placeOf(whole),
    confidence: 'official file',
    notes: null,
  };
}

function timesEach(
  factor: FactorSeed,
  times: string,
): Pick<FactorSeed, 'kgCo2e' | 'kgCo2' | 'kgCh4Co2e' | 'kgN2oCo2e'> {
  const converted = (value: Decimal | null) =>
    value === null ? null : toTenSignificantDigits(value.times(new Decimal(times)));
  return {
    kgCo2e: converted(factor.kgCo2e),
    kgCo2: converted(factor.kgCo2),
    kgCh4Co2e: converted(factor.kgCh4Co2e),
    kgN2oCo2e: converted(factor.kgN2oCo2e),
  };
}

function addDerived(factors: Map<string, FactorSeed>): void {
  for (const fuel of DERIVED_FUELS)
    for (const { from, to, unit, times, note } of DERIVED) {
      const published = factors.get(`${fuel}.${from}`);
      const key = `${fuel}.${to}`;
      if (published === undefined || factors.has(key)) continue;
      const name = published.name.replace(/, per [^,]*$/, `, per ${unit}`);
      factors.set(key, {
        ...published,
        ...timesEach(published, times),
        ...{ key, name, unit, confidence: 'derived', notes: note },
      });
    }
}

/**
 * Finds the lines of this service among the rows of a flat file. CO2e is the published CO2e, never a sum of its parts
 * (rule A6); a line that two rows claim with different numbers is left out rather than guessed, with a warning.
 */
export function mapOfficialRows(rows: readonly OfficialRow[]): MappedRows {
  const parts = new Map<string, Parts>();
  const keys = new Map<OfficialRow, string>();
  const claimed = new Map<string, OfficialRow[]>();
  for (const row of rows) {
    const gas = gasOf(row);
    const key = gas === null ? null : officialKeyOf(row);
    if (gas === null || key === null) continue;
    const known = parts.get(key) ?? {};
    const before = known[gas];
    if (before === undefined) {
      parts.set(key, { ...known, [gas]: row });
      keys.set(row, key);
    } else if (before.value?.toFixed() !== row.value?.toFixed())
      claimed.set(key, [...(claimed.get(key) ?? [before]), row]);
  }
  const warnings = [...claimed].map(
    ([key, at]) =>
      `${key} is left out: rows ${at.map((row) => row.rowNumber).join(' and ')} state different factors for it`,
  );
  const factors = new Map<string, FactorSeed>();
  for (const [key, found] of parts) {
    const factor = claimed.has(key) ? null : factorOf(key, found);
    if (factor !== null) factors.set(key, factor);
  }
  addDerived(factors);
  for (const factor of factors.values()) {
    const warning = gasSplitWarning(factor);
    if (warning !== null) warnings.push(warning);
  }
  for (const [row, key] of keys) if (!factors.has(key)) keys.delete(row);
  return { factors, keys, warnings };
}
