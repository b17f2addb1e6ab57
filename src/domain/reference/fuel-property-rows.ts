import type { FuelPropertySeed } from './factor-set-seed.ts';
import { readCsvTable, type TableRow } from './read-csv-table.ts';
import { readNumberCell, readTextCell, readYearCell } from './read-number-cell.ts';

const COLUMNS = [
  'publication_year',
  'activity_key',
  'fuel',
  'net_cv_gj_per_tonne',
  'gross_cv_gj_per_tonne',
  'density_kg_per_m3',
  'litres_per_tonne',
  'net_cv_kwh_per_kg',
  'gross_cv_kwh_per_kg',
  'net_cv_kwh_per_litre',
  'gross_cv_kwh_per_litre',
  'gross_kwh_per_m3_derived',
  'source',
  'confidence',
] as const;

/** A fuel's properties, with the edition they belong to and where they stand. */
export type FuelPropertyRow = { year: number; table: string; row: TableRow; property: FuelPropertySeed };

function readRow(table: string, row: TableRow): FuelPropertyRow {
  const property: FuelPropertySeed = {
    key: readTextCell(table, row, 'activity_key'),
    fuel: readTextCell(table, row, 'fuel'),
    netKwhPerKg: readNumberCell(table, row, 'net_cv_kwh_per_kg'),
    grossKwhPerKg: readNumberCell(table, row, 'gross_cv_kwh_per_kg'),
    netKwhPerLitre: readNumberCell(table, row, 'net_cv_kwh_per_litre'),
    grossKwhPerLitre: readNumberCell(table, row, 'gross_cv_kwh_per_litre'),
    grossKwhPerM3: readNumberCell(table, row, 'gross_kwh_per_m3_derived'),
    litresPerTonne: readNumberCell(table, row, 'litres_per_tonne'),
    source: readTextCell(table, row, 'source'),
  };
  return { year: readYearCell(table, row, 'publication_year'), table, row, property };
}

/**
 * Reads a table of calorific values and densities: one row a fuel and edition. Blanks stay null.
 * @throws Refusal `invalid-request` naming line, column and value.
 */
export function readFuelPropertyRows(csvText: string, table: string): FuelPropertyRow[] {
  return readCsvTable(csvText, COLUMNS, table).map((row) => readRow(table, row));
}
