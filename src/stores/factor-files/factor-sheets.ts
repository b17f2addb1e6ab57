import type { WorkBook } from '@e965/xlsx';
import type { FactorSheet, SheetRow } from '../../domain/factor-file/factor-sheet.ts';
import { readCsvRecords } from '../../domain/reference/read-csv-table.ts';
import { Refusal } from '../../domain/refusal.ts';
import { type SheetCell, sheetCellText } from '../../domain/upload/sheet-cell.ts';
import { LIMITS } from '../../limits.ts';
import { HEAD_BYTES, kindOf } from '../uploads/containers/file-kind.ts';
import { gathered } from '../uploads/containers/gathered.ts';
import { gunzipped } from '../uploads/containers/gunzipped.ts';
import { textBlocks } from '../uploads/containers/text-blocks.ts';
import { isWorkbook, parseOldWorkbook, parseWorkbook } from '../uploads/containers/workbook.ts';
import { openZip } from '../uploads/containers/zip-archive.ts';

const TOO_LARGE = `The file is larger than the ${LIMITS.factorFileBytesMax} bytes of a file of conversion factors`;

type Cells = readonly (SheetCell | undefined)[];

/** A number is its shortest exact text: what a workbook stores is rounded to ten digits later (rule A5), not before. */
function cellText(cell: SheetCell | undefined, from1904: boolean): string {
  if (cell === undefined) return '';
  const text = sheetCellText(cell, from1904, () => undefined);
  return typeof cell.v === 'number' && !/^\d{4}-\d\d-\d\d/.test(text) ? String(cell.v) : text;
}

function sheetRows(data: readonly (Cells | undefined)[], from1904: boolean): SheetRow[] {
  const places = Object.keys(data).map(Number);
  checkRows(places.length);
  return places.map((place) => ({
    rowNumber: place + 1,
    cells: Array.from((data[place] ?? []).slice(0, LIMITS.factorFileColumnsMax), (cell) => cellText(cell, from1904)),
  }));
}

function checkRows(count: number): void {
  if (count <= LIMITS.factorFileRowsMax) return;
  throw new Refusal(
    'payload-too-large',
    `The file has ${count} rows: a file of conversion factors has at most ${LIMITS.factorFileRowsMax}`,
  );
}

function workbookSheets(workbook: WorkBook): FactorSheet[] {
  const from1904 = workbook.Workbook?.WBProps?.date1904 === true;
  return workbook.SheetNames.map((name) => ({
    name,
    rows: sheetRows((workbook.Sheets[name]?.['!data'] ?? []) as readonly (Cells | undefined)[], from1904),
  }));
}

async function* blocksOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

async function textSheets(bytes: Buffer): Promise<FactorSheet[]> {
  const plain = textBlocks(bytes.subarray(0, HEAD_BYTES), blocksOf(bytes), () => undefined);
  const text = (await gathered(plain, LIMITS.factorFileBytesMax * 2, TOO_LARGE)).toString('utf8');
  const records = readCsvRecords(text, 'The file', { isRagged: true });
  checkRows(records.length);
  return [{ name: null, rows: records.map(({ record, line }) => ({ rowNumber: line, cells: record })) }];
}

/**
 * The tables of a file of conversion factors: the sheets of a workbook (.xlsx, .xls), or a CSV file, plain or compressed
 * with gzip. What a file is shows in its bytes. Limits come before unpacking, as with other uploads.
 * @throws Refusal `unreadable-file` for what cannot be read, `payload-too-large` for what is or becomes too large.
 */
export async function factorSheets(bytes: Buffer): Promise<FactorSheet[]> {
  const kind = kindOf(bytes.subarray(0, HEAD_BYTES));
  if (kind === 'empty') throw new Refusal('unreadable-file', 'The file is empty');
  if (kind === 'gzip')
    return textSheets(await gathered(gunzipped(blocksOf(bytes)), LIMITS.factorFileBytesMax, TOO_LARGE));
  if (kind === 'text') return textSheets(bytes);
  if (kind === 'old-workbook') return workbookSheets(await parseOldWorkbook(blocksOf(bytes)));
  const archive = await openZip(bytes);
  try {
    if (!isWorkbook(archive))
      throw new Refusal('unreadable-file', 'The file is an archive, not a workbook: send the flat file in it');
    return workbookSheets(await parseWorkbook(archive, bytes.length));
  } finally {
    archive.close();
  }
}
