import { SCOPES } from '../activities.ts';
import type { FactorSeed } from './factor-set-seed.ts';
import { readCsvTable, refuseCell, type TableRow } from './read-csv-table.ts';
import { readNumberCell, readTextCell, readYearCell } from './read-number-cell.ts';

const COLUMNS = [
  'publication_year',
  'activity_key',
  'activity_name',
  'scope',
  'unit',
  'kg_co2e_per_unit',
  'kg_co2',
  'kg_ch4_co2e',
  'kg_n2o_co2e',
  'valid_from',
  'valid_to',
  'source',
  'confidence',
  'notes',
] as const;

/** A factor of a table, with the edition it belongs to and where it stands. */
export type FactorRow = { year: number; table: string; row: TableRow; factor: FactorSeed };

const SCOPE_NAMES = SCOPES.map(String);

function readRow(table: string, row: TableRow): FactorRow {
  const scope = readTextCell(table, row, 'scope');
  if (!SCOPE_NAMES.includes(scope)) refuseCell(table, row, 'scope', `one of ${SCOPE_NAMES.join(', ')}`);
  const factor: FactorSeed = {
    key: readTextCell(table, row, 'activity_key'),
    name: readTextCell(table, row, 'activity_name'),
    unit: readTextCell(table, row, 'unit'),
    scope,
    kgCo2e: readNumberCell(table, row, 'kg_co2e_per_unit'),
    kgCo2: readNumberCell(table, row, 'kg_co2'),
    kgCh4Co2e: readNumberCell(table, row, 'kg_ch4_co2e'),
    kgN2oCo2e: readNumberCell(table, row, 'kg_n2o_co2e'),
    source: readTextCell(table, row, 'source'),
    confidence: readTextCell(table, row, 'confidence'),
    notes: row.cells.notes?.trim() || null,
  };
  return { year: readYearCell(table, row, 'publication_year'), table, row, factor };
}

/**
 * Reads a factor table: one row a factor and edition. Numbers are rounded to 10 significant digits (rule A5), blanks
 * stay null. `table` names the table in refusals.
 * @throws Refusal `invalid-request` naming line, column and value: a negative number, an unknown scope, a missing text.
 */
export function readFactorRows(csvText: string, table: string): FactorRow[] {
  return readCsvTable(csvText, COLUMNS, table).map((row) => readRow(table, row));
}
