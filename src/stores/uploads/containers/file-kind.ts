import { Refusal } from '../../../domain/refusal.ts';
import { clip } from '../../../domain/upload/row-fault.ts';

/** What the first bytes of a file say that it is. Text is what is nothing else. */
export type FileKind = 'empty' | 'gzip' | 'zip' | 'old-workbook' | 'text';

/** Bytes of a file that are looked at to tell what it is. */
export const HEAD_BYTES = 64 * 1024;

const KINDS: readonly [FileKind, string][] = [
  ['gzip', '1f8b'],
  ['zip', '504b0304'],
  ['zip', '504b0506'],
  ['zip', '504b0708'],
  ['old-workbook', 'd0cf11e0a1b11ae1'],
];

const AS_CSV = 'save the table in it as CSV and send that';

/** Formats that are refused by their name, by the bytes they begin with. */
const OTHERS: readonly { bytes: string; what: string; advice?: string }[] = [
  { bytes: '25504446', what: 'a PDF document', advice: 'ask for the same data as CSV or as a workbook' },
  { bytes: '89504e47', what: 'an image (PNG)', advice: 'ask for the data behind it as CSV' },
  { bytes: 'ffd8ff', what: 'an image (JPEG)', advice: 'ask for the data behind it as CSV' },
  { bytes: '474946383', what: 'an image (GIF)', advice: 'ask for the data behind it as CSV' },
  { bytes: '526172211a07', what: 'an archive (RAR)', advice: 'pack the files as ZIP, or send each by itself' },
  { bytes: '377abcaf271c', what: 'an archive (7z)', advice: 'pack the files as ZIP, or send each by itself' },
  { bytes: '425a68', what: 'compressed with bzip2', advice: 'compress it with gzip or ZIP' },
  { bytes: 'fd377a585a00', what: 'compressed with xz', advice: 'compress it with gzip or ZIP' },
  { bytes: '28b52ffd', what: 'compressed with zstd', advice: 'compress it with gzip or ZIP' },
  { bytes: '50415231', what: 'a Parquet file', advice: AS_CSV },
  { bytes: Buffer.from('SQLite format 3').toString('hex'), what: 'a database (SQLite)', advice: AS_CSV },
  { bytes: Buffer.from('{\\rtf').toString('hex'), what: 'a document (RTF)', advice: AS_CSV },
];

const TAR_MARK = Buffer.from('ustar');
const TAR_MARK_AT = 257;

function refuse(what: string, advice: string): never {
  throw new Refusal('unreadable-file', `The file is ${what}, not a table: ${advice}`);
}

/**
 * Tells what a file is by its first bytes, whatever it is called.
 * @throws Refusal `unreadable-file` that names a format which is not read.
 */
export function kindOf(head: Buffer): FileKind {
  if (head.length === 0) return 'empty';
  const hex = head.toString('hex', 0, 16);
  const kind = KINDS.find(([, bytes]) => hex.startsWith(bytes));
  if (kind !== undefined) return kind[0];
  const other = OTHERS.find(({ bytes }) => hex.startsWith(bytes));
  if (other !== undefined) refuse(other.what, other.advice ?? AS_CSV);
  if (head.subarray(TAR_MARK_AT, TAR_MARK_AT + TAR_MARK.length).equals(TAR_MARK))
    refuse('an archive (tar)', 'pack the files as ZIP, or send each by itself');
  return 'text';
}

const WEB_PAGE =
  /^(?:<!--[\s\S]*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype html|html|head|body|table|script|meta|title|div)\b/i;
const TITLE = /<title[^>]*>\s*([^<]{1,200}?)\s*<\/title/i;
const TITLE_SHOWN = 60;
const JSON_TEXT = /^(?:\{\s*["}]|\[\s*[\][{"])/;
const QUOTED_RECORD = /^\["[^"\]]*"\]\s*[,;\t|]/;

/**
 * Refuses text that is no table.
 * @throws Refusal `unreadable-file` that names what it is.
 */
export function refuseOtherText(head: string): void {
  const text = head.trimStart();
  if (WEB_PAGE.test(text)) {
    const title = TITLE.exec(text)?.[1];
    refuse(
      title === undefined ? 'a web page' : `a web page ('${clip(title, TITLE_SHOWN)}')`,
      'a portal answers with one where a sign-in has run out or an export failed. Download it again; if it opens as a table in a spreadsheet, save that as CSV',
    );
  }
  if (/^<\?xml|^<[a-z][\w:-]*[\s>]/i.test(text))
    refuse('an XML document', 'ask for the same data as CSV or as a workbook');
  if (JSON_TEXT.test(text) && !QUOTED_RECORD.test(text))
    refuse('JSON', 'send readings as JSON to /v1/readings, in the form described there');
}
