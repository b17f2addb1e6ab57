import type { Edition } from './edition.ts';
import type { FactorRow } from './factor-rows.ts';
import type { FactorSeed, FactorSetSeed, FuelPropertySeed } from './factor-set-seed.ts';
import type { FuelPropertyRow } from './fuel-property-rows.ts';
import { gasSplitWarning } from './gas-split.ts';
import { refuseCell } from './read-csv-table.ts';

/**
 * Puts an edition together from the rows of its year; rows of other years are left aside. Warnings name what looks odd
 * and is kept as published.
 * @throws Refusal `invalid-request` when a key occurs twice in the edition.
 */
export function buildFactorSet(
  edition: Edition,
  factorRows: readonly FactorRow[],
  propertyRows: readonly FuelPropertyRow[],
): { seed: FactorSetSeed; warnings: string[] } {
  const factors = new Map<string, FactorSeed>();
  const warnings: string[] = [];
  for (const { year, table, row, factor } of factorRows) {
    if (year !== edition.year) continue;
    if (factors.has(factor.key)) refuseCell(table, row, 'activity_key', `each key once in ${year}`);
    factors.set(factor.key, factor);
    const warning = gasSplitWarning(factor);
    if (warning !== null) warnings.push(`${edition.id}: ${warning}`);
  }
  const fuelProperties = new Map<string, FuelPropertySeed>();
  for (const { year, table, row, property } of propertyRows) {
    if (year !== edition.year) continue;
    if (fuelProperties.has(property.key)) refuseCell(table, row, 'activity_key', `each key once in ${year}`);
    fuelProperties.set(property.key, property);
  }
  return { seed: { edition, factors, fuelProperties }, warnings };
}
