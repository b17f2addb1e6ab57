import type { Decimal } from '../decimal.ts';
import { toTenSignificantDigits } from '../reference/ten-significant-digits.ts';
import { Refusal } from '../refusal.ts';
import { cellAt, type FactorSheet, type SheetRow } from './factor-sheet.ts';
import { type FactorColumn, type FactorHeader, findFactorHeader } from './find-header.ts';
import type { OfficialRow } from './official-row.ts';
import { type StatedEdition, statedEdition } from './stated-edition.ts';

/** An official flat file as it was read. */
export type FactorFile = {
  /** The sheet the factors stand on; null in a CSV file. */
  sheet: string | null;
  headerRow: number;
  /** `with-ids`: the layout of 2023 onwards; `without-ids`: that of 2016 to 2022. */
  layout: 'with-ids' | 'without-ids';
  stated: StatedEdition;
  rows: readonly OfficialRow[];
};

const NUMBER = /^-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** How a file may write that it states no number. */
const BLANK = /^(?:|-|–|—|n\/?a|not available)$/i;

function refuse(sheet: FactorSheet, row: SheetRow, value: string, expected: string): never {
  const place = sheet.name === null ? `line ${row.rowNumber}` : `'${sheet.name}', row ${row.rowNumber}`;
  const detail = `${place}: the conversion factor is '${value.slice(0, 60)}', expected ${expected}`;
  throw new Refusal('unreadable-file', detail, [
    { pointer: `/rows/${row.rowNumber}`, code: 'invalid-conversion-factor', detail },
  ]);
}

function factorOf(sheet: FactorSheet, row: SheetRow, text: string): Decimal | null {
  if (BLANK.test(text)) return null;
  if (!NUMBER.test(text)) refuse(sheet, row, text, 'a number, or nothing where there is none');
  return toTenSignificantDigits(text.replaceAll(',', ''));
}

function readRows(sheet: FactorSheet, { rowNumber, columns }: FactorHeader): OfficialRow[] {
  const rows: OfficialRow[] = [];
  for (const row of sheet.rows) {
    if (row.rowNumber <= rowNumber) continue;
    const text = (column: FactorColumn) => cellAt(row, columns[column]);
    // What stands below the table, such as the word END, names no level.
    if (text('scope') === '' || text('level1') === '') continue;
    rows.push({
      rowNumber: row.rowNumber,
      rowId: text('rowId') || null,
      scope: text('scope'),
      level1: text('level1'),
      level2: text('level2'),
      level3: text('level3'),
      level4: text('level4'),
      columnText: text('columnText'),
      uom: text('uom'),
      ghg: text('ghg'),
      value: factorOf(sheet, row, text('value')),
    });
  }
  return rows;
}

/**
 * Reads an official flat file from its sheets: the table is the sheet whose header has the columns of one, whatever it is
 * called and wherever it stands. Numbers are the stored ones to 10 significant digits (rule A5), and blank is kept apart
 * from zero.
 * @throws Refusal `unreadable-file` for a file without such a table, and for a factor that is no number, with its row.
 */
export function readFactorFile(sheets: readonly FactorSheet[]): FactorFile {
  for (const sheet of sheets) {
    const header = findFactorHeader(sheet);
    if (header === null) continue;
    const rows = readRows(sheet, header);
    if (rows.length === 0) continue;
    const stated = statedEdition(sheets);
    return {
      sheet: sheet.name,
      headerRow: header.rowNumber,
      layout: header.columns.rowId === null ? 'without-ids' : 'with-ids',
      stated: { ...stated, year: header.year ?? stated.year },
      rows,
    };
  }
  const detail =
    'The file has no table of conversion factors: expected a flat file with the columns Scope, Level 1 to Level 3, UOM, GHG and GHG Conversion Factor';
  throw new Refusal('unreadable-file', detail, [{ pointer: '', code: 'no-factor-table', detail }]);
}
