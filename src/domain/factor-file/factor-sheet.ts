/** A row of a table as it was read: its number from 1, and its cells as text. A number is its shortest exact text. */
export type SheetRow = { rowNumber: number; cells: readonly string[] };

/** One table of a factor file: a sheet of a workbook, or a whole CSV file, which has no name. */
export type FactorSheet = { name: string | null; rows: readonly SheetRow[] };

/** A cell without the blanks around it. */
export function cellAt(row: SheetRow, column: number | null): string {
  return column === null ? '' : (row.cells[column] ?? '').replace(/\s+/g, ' ').trim();
}
