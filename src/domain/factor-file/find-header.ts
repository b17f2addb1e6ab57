import { cellAt, type FactorSheet, type SheetRow } from './factor-sheet.ts';

const COLUMN_MARKS = {
  rowId: /^(?:row ?)?id$/,
  scope: /^scope$/,
  level1: /^level ?1$/,
  level2: /^level ?2$/,
  level3: /^level ?3$/,
  level4: /^level ?4$/,
  columnText: /^column ?text$/,
  uom: /^(?:uom|unit of measure(?:ment)?)$/,
  ghg: /^ghg(?: ?\/ ?units?)?$/,
  value: /^ghg conversion factors?(?: \d{4})?$/,
} as const;
const REQUIRED = ['scope', 'level1', 'level2', 'level3', 'uom', 'ghg', 'value'] as const;

/** Rows at the top of a sheet among which its header is looked for. */
const HEADER_WITHIN = 60;

export type FactorColumn = keyof typeof COLUMN_MARKS;

/** The header of a flat file: on which row it stands, which column means what, and the year it names. */
export type FactorHeader = {
  rowNumber: number;
  columns: Readonly<Record<FactorColumn, number | null>>;
  year: number | null;
};

function headerOf(row: SheetRow): FactorHeader | null {
  const texts = row.cells.map((_, column) => cellAt(row, column).toLowerCase());
  const place = (name: FactorColumn): number | null => {
    const at = texts.findIndex((text) => COLUMN_MARKS[name].test(text));
    return at < 0 ? null : at;
  };
  const columns = {
    rowId: place('rowId'),
    scope: place('scope'),
    level1: place('level1'),
    level2: place('level2'),
    level3: place('level3'),
    level4: place('level4'),
    columnText: place('columnText'),
    uom: place('uom'),
    ghg: place('ghg'),
    value: place('value'),
  };
  if (REQUIRED.some((name) => columns[name] === null)) return null;
  const year = /\d{4}$/.exec(texts[columns.value ?? 0] ?? '')?.[0];
  return { rowNumber: row.rowNumber, columns, year: year === undefined ? null : Number(year) };
}

/** Finds the header of a flat file by what its columns are called, wherever they stand; null where a sheet has none. */
export function findFactorHeader({ rows }: FactorSheet): FactorHeader | null {
  for (const row of rows.slice(0, HEADER_WITHIN)) {
    const header = headerOf(row);
    if (header !== null) return header;
  }
  return null;
}
