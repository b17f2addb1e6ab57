import { CFB, read, type WorkBook } from '@e965/xlsx';
import { Refusal } from '../../../domain/refusal.ts';
import { quoted } from '../../../domain/upload/row-fault.ts';
import { type SheetRows, sheetText } from '../../../domain/upload/sheet-text.ts';
import { LIMITS } from '../../../limits.ts';
import { gathered } from './gathered.ts';
import { asTable, type Packed, type Table } from './table.ts';
import { createTurns } from './turns.ts';
import type { ZipArchive, ZipMember } from './zip-archive.ts';

/** Numbers as they are stored, with their formats; no formulas, styles or shown texts. */
const READ_OPTIONS = { dense: true, cellNF: true, cellText: false, cellFormula: false, cellHTML: false } as const;
/** How much longer than its file the text of a workbook may be: cells far apart, and texts that many cells share. */
const TEXT_RATIO_MAX = 8;

const WORKBOOK = 'xl/workbook.xml';
/** Parts of a workbook that its cells do not need. */
const UNNEEDED =
  /^(?:docProps|customXml|xl\/(?:drawings|charts|media|externalLinks|pivotCache|pivotTables|embeddings|theme))\//i;

/** Other kinds of documents that are archives inside, by a member that they have. */
const DOCUMENTS: readonly [RegExp, string][] = [
  [/^xl\/workbook\.bin$/i, 'a binary workbook (.xlsb)'],
  [/^mimetype$/, 'an OpenDocument file'],
  [/^word\//, 'a Word document'],
  [/^ppt\//, 'a presentation'],
  [/^Index\/Document\.iwa$/, 'a Numbers spreadsheet'],
];

const asXlsx = 'save it as .xlsx or as CSV and send that';

/**
 * Whether an archive is a workbook.
 * @throws Refusal `unreadable-file` for other documents, by their names.
 */
export function isWorkbook({ members }: ZipArchive): boolean {
  if (members.some(({ name }) => name.toLowerCase() === WORKBOOK)) return true;
  const document = DOCUMENTS.find(([mark]) => members.some(({ name }) => mark.test(name)));
  if (document !== undefined) throw new Refusal('unreadable-file', `The file is ${document[1]}: ${asXlsx}`);
  return false;
}

function tooLarge(what: string, bytesMax: number): string {
  return `The workbook ${what} ${bytesMax} bytes that are read of one: save it as CSV, which may be of any size`;
}

function parse(bytes: Buffer): WorkBook {
  try {
    return read(bytes, { ...READ_OPTIONS, type: 'buffer' });
  } catch (error) {
    const isProtected = /password|encrypt/i.test((error as Error).message);
    throw new Refusal(
      'unreadable-file',
      isProtected
        ? 'The workbook is protected with a password: save it without one'
        : 'The workbook is damaged, or of a kind that is not read: open it in a spreadsheet and save it as .xlsx or CSV',
      [],
      { cause: error },
    );
  }
}

/** The visible sheets of a workbook as tables. Sheets that are no tables of readings are left out by their reader. */
function* sheets(workbook: WorkBook, textMax: number, { name: file, notice }: Packed): Generator<Table> {
  const from1904 = workbook.Workbook?.WBProps?.date1904 === true;
  const properties = workbook.Workbook?.Sheets ?? [];
  const hidden = workbook.SheetNames.filter((_, index) => (properties[index]?.Hidden ?? 0) !== 0);
  const visible = workbook.SheetNames.filter((name) => !hidden.includes(name));
  const inFile = file === null ? '' : ` of ${quoted(file)}`;
  if (hidden.length > 0)
    notice('sheets-hidden', `Hidden sheets${inFile} were left out: ${hidden.map(quoted).join(', ')}.`);
  let residues = 0;
  for (const sheet of visible) {
    const rows = (workbook.Sheets[sheet]?.['!data'] ?? []) as SheetRows;
    const name = visible.length === 1 ? file : [file, sheet].filter((part) => part !== null).join(' › ');
    const text = sheetText(rows, { from1904, lengthMax: textMax, onResidue: () => (residues += 1) });
    yield asTable(name, visible.length > 1, text);
  }
  if (residues > 0)
    notice(
      'binary-residue',
      `${residues} numbers${inFile} carried what binary sums leave behind their tenth digit, such as 0.30000000000000004 for 0.3: they were rounded to six decimals.`,
    );
}

async function unpacked(members: readonly ZipMember[]): Promise<Buffer> {
  const bytes = members.reduce((sum, member) => sum + member.bytes, 0);
  if (bytes > LIMITS.uploadWorkbookPlainBytesMax)
    throw new Refusal('payload-too-large', tooLarge('is unpacked larger than the', LIMITS.uploadWorkbookPlainBytesMax));
  const container = CFB.utils.cfb_new();
  for (const member of members)
    CFB.utils.cfb_add(
      container,
      `/${member.name}`,
      await gathered(member.read(), member.bytes, 'The workbook is damaged'),
    );
  return CFB.write(container, { fileType: 'zip', type: 'buffer', compression: false }) as Buffer;
}

/**
 * A workbook (.xlsx), parsed. The library gets it unpacked and packed anew, with the parts that cells need: what it reads is
 * what was measured, whatever the headers of the archive say.
 */
export async function parseWorkbook(archive: ZipArchive, bytes: number): Promise<WorkBook> {
  if (bytes > LIMITS.uploadWorkbookBytesMax)
    throw new Refusal('payload-too-large', tooLarge('is larger than the', LIMITS.uploadWorkbookBytesMax));
  const needed = archive.members.filter(({ name }) => /\.(?:xml|rels)$/i.test(name) && !UNNEEDED.test(name));
  return parse(await unpacked(needed));
}

/** A workbook in the binary form of before 2007 (.xls), parsed. */
export async function parseOldWorkbook(source: AsyncIterable<Buffer>): Promise<WorkBook> {
  const bytesMax = LIMITS.uploadOldWorkbookBytesMax;
  const bytes = await gathered(source, bytesMax, tooLarge('is larger than the', bytesMax));
  const listing = CFB.read(bytes, { type: 'buffer' }) as { FullPaths: string[] };
  const has = (stream: RegExp) => listing.FullPaths.some((path) => stream.test(path));
  if (has(/\/EncryptedPackage$/i))
    throw new Refusal('unreadable-file', 'The workbook is protected with a password: save it without one');
  if (!has(/\/(?:Workbook|Book)$/i))
    throw new Refusal('unreadable-file', `The file is an old document of another program, not a workbook: ${asXlsx}`);
  return parse(bytes);
}

/** A parsed workbook takes many times the memory of its file, so that uploads hold them one after the other. */
const turns = createTurns(LIMITS.uploadWorkbooksAtOnceMax);

async function* inTurn(parsed: () => Promise<WorkBook>, bytesMax: number, packed: Packed): AsyncGenerator<Table> {
  const leave = await turns.take(packed.onWait);
  try {
    yield* sheets(await parsed(), bytesMax * TEXT_RATIO_MAX, packed);
  } finally {
    leave();
  }
}

/** The sheets of a workbook (.xlsx), when it has its turn. */
export async function* workbookTables(archive: ZipArchive, bytes: number, packed: Packed): AsyncGenerator<Table> {
  yield* inTurn(() => parseWorkbook(archive, bytes), LIMITS.uploadWorkbookPlainBytesMax, packed);
}

/** The sheets of a workbook in the binary form of before 2007 (.xls), when it has its turn. */
export async function* oldWorkbookTables(source: AsyncIterable<Buffer>, packed: Packed): AsyncGenerator<Table> {
  yield* inTurn(() => parseOldWorkbook(source), LIMITS.uploadOldWorkbookBytesMax, packed);
}
