import { type BookType, utils, type WorkBook, type WorkSheet, write } from '@e965/xlsx';

/** A cell of a workbook to be made: a text, a number, a number with its format, or a cell as the library has it. */
export type MadeCell =
  | string
  | number
  | null
  | [number, string]
  | { t: 'e' | 'n' | 's' | 'b'; v: number | string | boolean; f?: string };
export type MadeSheet = { name: string; rows: readonly (readonly MadeCell[])[]; isHidden?: boolean; merged?: string };

function sheetOf({ rows, merged }: MadeSheet): WorkSheet {
  const sheet: WorkSheet = {};
  rows.forEach((cells, r) => {
    cells.forEach((cell, c) => {
      if (cell === null) return;
      const place = utils.encode_cell({ r, c });
      if (Array.isArray(cell)) sheet[place] = { t: 'n', v: cell[0], z: cell[1] };
      else if (typeof cell === 'object') sheet[place] = cell;
      else sheet[place] = { t: typeof cell === 'number' ? 'n' : 's', v: cell };
    });
  });
  const width = Math.max(...rows.map((cells) => cells.length));
  sheet['!ref'] = utils.encode_range({ s: { r: 0, c: 0 }, e: { r: rows.length - 1, c: width - 1 } });
  if (merged !== undefined) sheet['!merges'] = [utils.decode_range(merged)];
  return sheet;
}

/** Makes a workbook. */
export function workbookFile(sheets: readonly MadeSheet[], type: BookType = 'xlsx', date1904 = false): Buffer {
  const workbook: WorkBook = utils.book_new();
  for (const sheet of sheets) utils.book_append_sheet(workbook, sheetOf(sheet), sheet.name);
  workbook.Workbook = {
    WBProps: { date1904 },
    Sheets: sheets.map(({ name, isHidden }) => ({ name, Hidden: isHidden === true ? 1 : 0 })),
  };
  return write(workbook, { type: 'buffer', bookType: type, compression: true }) as Buffer;
}

/** The number by which a workbook that counts from 1900 stands for a day. */
export function serialOf(day: string): number {
  return Date.parse(day) / 86_400_000 + 25_569;
}
