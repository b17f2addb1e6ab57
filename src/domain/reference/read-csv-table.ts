import { CsvError, parse } from 'csv-parse/sync';
import { Refusal } from '../refusal.ts';

/** One row of a table: its cells by column name, and the 1-based line it begins on. */
export type TableRow = { line: number; cells: Readonly<Record<string, string>> };

/** Refuses a table because of one cell; the fault's pointer is `/line/column`. */
export function refuseCell(table: string, row: TableRow, column: string, expected: string): never {
  const detail = `${table}, line ${row.line}: ${column} is '${row.cells[column] ?? ''}', expected ${expected}`;
  throw new Refusal('invalid-request', detail, [{ pointer: `/${row.line}/${column}`, code: 'invalid-cell', detail }]);
}

/**
 * Reads CSV text (RFC 4180, LF or CRLF, first line the column names) whose columns must be exactly `columns`, in any
 * order. `table` names it in refusals.
 * @throws Refusal `invalid-request` for text that is no CSV, and for missing, repeated or unknown columns.
 */
export function readCsvTable(text: string, columns: readonly string[], table: string): TableRow[] {
  const lines = readCsvRecords(text, table);
  const header = lines[0]?.record ?? [];
  const wrong = [
    ...columns.filter((name) => !header.includes(name)),
    ...header.filter((name) => !columns.includes(name)),
  ];
  if (wrong.length > 0 || header.length !== columns.length) {
    const detail = `${table}, line 1: the columns must be ${columns.join(', ')}; at fault: ${wrong.join(', ') || 'one is repeated'}`;
    throw new Refusal('invalid-request', detail, [{ pointer: '/1', code: 'invalid-columns', detail }]);
  }
  return lines.slice(1).map(({ record, line }) => ({
    line,
    cells: Object.fromEntries(header.map((name, index) => [name, record[index] ?? ''])),
  }));
}

/**
 * Reads CSV text (RFC 4180, LF or CRLF) into its records, each with the 1-based line it begins on. `isRagged` lets records
 * be of unequal length, as where a title stands above a table.
 * @throws Refusal `invalid-request` for text that is no CSV, and for records of unequal length.
 */
export function readCsvRecords(
  text: string,
  table: string,
  { isRagged = false }: { isRagged?: boolean } = {},
): { record: string[]; line: number }[] {
  const found: { record: string[]; line: number }[] = [];
  let lastLine = 0;
  try {
    parse(text, {
      bom: true,
      relax_column_count: isRagged,
      on_record: (record: string[], { lines }) => {
        // `lines` is the last line of the record: a quoted cell may hold line breaks.
        found.push({ record, line: lastLine + 1 });
        lastLine = lines;
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const detail = `${table} is no CSV table: ${error.message}`;
    throw new Refusal('invalid-request', detail, [{ pointer: '', code: 'invalid-csv', detail }], { cause: error });
  }
  return found;
}
