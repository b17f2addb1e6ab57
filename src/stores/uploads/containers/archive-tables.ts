import { Refusal } from '../../../domain/refusal.ts';
import { quoted } from '../../../domain/upload/row-fault.ts';
import { LIMITS } from '../../../limits.ts';
import { HEAD_BYTES, kindOf } from './file-kind.ts';
import { gathered } from './gathered.ts';
import { peek } from './peek.ts';
import type { Packed, Table } from './table.ts';
import { textBlocks } from './text-blocks.ts';
import { isWorkbook, oldWorkbookTables, workbookTables } from './workbook.ts';
import { openZip, type ZipArchive, type ZipMember } from './zip-archive.ts';

/** What operating systems put beside the files of a folder, and files that go with data and are none. */
const NO_DATA = [
  /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|\._|Thumbs\.db$|desktop\.ini$)/i,
  /\.(?:pdf|docx?|pptx?|rtf|md|html?|xml|xsd|json|png|jpe?g|gif|bmp|svg|ico|log|exe|msg|eml)$/i,
  /(?:^|\/)(?:read[ _-]?me|licen[cs]e)[^/]*$/i,
];

const NAMES_SHOWN = 20;

/** A refusal with the name of the member in front. */
function inMember(name: string, error: unknown): unknown {
  if (!(error instanceof Refusal)) return error;
  const detail = error.message.replace(/^The (?=file|workbook)/, 'the ');
  return new Refusal(error.code, `${quoted(name)} in the archive: ${detail}`, error.faults, { cause: error });
}

async function* namedBlocks(name: string, blocks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* blocks;
  } catch (error) {
    throw inMember(name, error);
  }
}

async function* workbookMember(bytes: Buffer, packed: Packed): AsyncGenerator<Table> {
  const archive = await openZip(bytes);
  try {
    if (!isWorkbook(archive))
      throw new Refusal('unreadable-file', 'It is an archive in an archive: pack the files themselves');
    yield* workbookTables(archive, bytes.length, packed);
  } finally {
    archive.close();
  }
}

async function* memberTables(member: ZipMember, packed: Packed): AsyncGenerator<Table> {
  const { head, blocks } = await peek(member.read(), HEAD_BYTES);
  const kind = kindOf(head);
  if (kind === 'empty') throw new Refusal('unreadable-file', 'The file is empty');
  if (kind === 'gzip') throw new Refusal('unreadable-file', 'It is compressed once more: pack the file itself');
  if (kind === 'text')
    yield {
      name: member.name,
      isOptional: /\.txt$/i.test(member.name),
      blocks: namedBlocks(member.name, textBlocks(head, blocks, packed.notice)),
    };
  else if (kind === 'old-workbook') yield* oldWorkbookTables(blocks, packed);
  else {
    const tooLarge = `The archive in the archive is larger than the ${LIMITS.uploadWorkbookBytesMax} bytes of a workbook: pack the files themselves, or save it as CSV`;
    yield* workbookMember(await gathered(blocks, LIMITS.uploadWorkbookBytesMax, tooLarge), packed);
  }
}

/**
 * The tables of an archive, member by member. What is no data by its name is left out and named.
 * @throws Refusal `unreadable-file` that names the member.
 */
export async function* archiveTables({ members }: ZipArchive, { notice, onWait }: Packed): AsyncGenerator<Table> {
  const data = members.filter(({ name }) => !NO_DATA.some((mark) => mark.test(name)));
  const beside = members.filter((member) => !data.includes(member)).map(({ name }) => quoted(name));
  if (data.length === 0)
    throw new Refusal('unreadable-file', 'The archive has no file of data in it: expected CSV files or workbooks');
  if (beside.length > 0) {
    const more = beside.length > NAMES_SHOWN ? ` and ${beside.length - NAMES_SHOWN} more` : '';
    notice(
      'members-skipped',
      `Members of the archive that are no data were left out: ${beside.slice(0, NAMES_SHOWN).join(', ')}${more}.`,
    );
  }
  for (const member of data) {
    try {
      yield* memberTables(member, { name: member.name, notice, onWait });
    } catch (error) {
      throw inMember(member.name, error);
    }
  }
}
