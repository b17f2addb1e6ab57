import { Refusal } from '../refusal.ts';
import { clip } from './row-fault.ts';
import { type SheetCell, sheetCellText } from './sheet-cell.ts';

/** Rows and cells of a sheet; both may have holes. */
export type SheetRows = readonly (readonly (SheetCell | undefined)[] | undefined)[];

/** Rows of the largest sheet that a spreadsheet makes. */
const ROWS_MAX = 1_048_576;
/** Characters of a cell that are read: no name, date or value is longer. */
const CELL_LENGTH_MAX = 1_000;
/** Bytes that are gathered before they are given on. */
const BLOCK_LENGTH = 256 * 1024;

function written(text: string): string {
  const line = clip(text, CELL_LENGTH_MAX).replace(/[\r\n]+/g, ' ');
  return /[",;\t|]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
}

/** Places of an array that hold something, in order, however many holes are between them. */
const places = (list: readonly unknown[]) => Object.keys(list).map(Number);

function rowText(row: readonly (SheetCell | undefined)[], from1904: boolean, onResidue: () => void): string {
  let text = '';
  let last = 0;
  for (const column of places(row)) {
    const cell = row[column];
    if (cell === undefined) continue;
    text += ','.repeat(column - last) + written(sheetCellText(cell, from1904, onResidue));
    last = column;
  }
  return text;
}

/**
 * A sheet as delimited text, block by block, its rows on the lines of their numbers.
 * @throws Refusal `unreadable-file` for a row that no spreadsheet has; `payload-too-large` beyond `lengthMax`.
 */
export function* sheetText(
  rows: SheetRows,
  options: { from1904: boolean; lengthMax: number; onResidue: () => void },
): Generator<string> {
  let block = '';
  let length = 0;
  let line = 0;
  for (const place of places(rows)) {
    if (place >= ROWS_MAX)
      throw new Refusal(
        'unreadable-file',
        `The sheet has a row ${place + 1}: no spreadsheet has more than ${ROWS_MAX}`,
      );
    const row = rows[place] ?? [];
    const text = `${'\n'.repeat(place - line)}${rowText(row, options.from1904, options.onResidue)}`;
    line = place;
    block += text;
    length += text.length;
    if (length > options.lengthMax)
      throw new Refusal(
        'payload-too-large',
        'The sheet is larger than its file can honestly be: save it as CSV and send that',
      );
    if (block.length < BLOCK_LENGTH) continue;
    yield block;
    block = '';
  }
  yield `${block}\n`;
}
