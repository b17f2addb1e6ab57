import type { Decimal } from '../decimal.ts';
import { refuseCell, type TableRow } from './read-csv-table.ts';
import { toTenSignificantDigits } from './ten-significant-digits.ts';

const NUMBER = /^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * A published number, to 10 significant digits. A blank cell is null: it means that nothing was published, never zero.
 * @throws Refusal `invalid-request` for anything else, a negative number included.
 */
export function readNumberCell(table: string, row: TableRow, column: string): Decimal | null {
  const text = (row.cells[column] ?? '').trim();
  if (text === '') return null;
  if (!NUMBER.test(text)) refuseCell(table, row, column, 'a number of zero or more, or nothing');
  return toTenSignificantDigits(text);
}

/**
 * A text that must be there.
 * @throws Refusal `invalid-request` when it is blank.
 */
export function readTextCell(table: string, row: TableRow, column: string): string {
  const text = (row.cells[column] ?? '').trim();
  if (text === '') refuseCell(table, row, column, 'a text');
  return text;
}

/**
 * A publication year.
 * @throws Refusal `invalid-request` when it is no year between 1990 and 2100.
 */
export function readYearCell(table: string, row: TableRow, column: string): number {
  const text = (row.cells[column] ?? '').trim();
  const year = Number(text);
  if (!/^\d{4}$/.test(text) || year < 1990 || year > 2100)
    refuseCell(table, row, column, 'a year between 1990 and 2100');
  return year;
}
