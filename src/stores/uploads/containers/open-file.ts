import { Refusal } from '../../../domain/refusal.ts';
import { archiveTables } from './archive-tables.ts';
import { type FileKind, HEAD_BYTES, kindOf } from './file-kind.ts';
import { gunzipped } from './gunzipped.ts';
import { peek } from './peek.ts';
import { spooled } from './spooled.ts';
import type { OnWait, Packed, Table } from './table.ts';
import { type Notice, textBlocks } from './text-blocks.ts';
import { isWorkbook, oldWorkbookTables, workbookTables } from './workbook.ts';
import { openZip } from './zip-archive.ts';

/** Refuses what is compressed twice over. */
function refuseInGzip(kind: FileKind): never {
  const what =
    kind === 'gzip' ? 'compressed twice' : 'a workbook or an archive that was compressed once more with gzip';
  throw new Refusal('unreadable-file', `The file is ${what}: send what is inside it`);
}

/** A workbook or an archive, whose list of members stands at its end: it is written down first. */
async function* zipTables(source: AsyncIterable<Buffer>, packed: Packed): AsyncGenerator<Table> {
  const file = await spooled(source);
  const archive = await openZip(file);
  try {
    yield* isWorkbook(archive) ? workbookTables(archive, file.bytes, packed) : archiveTables(archive, packed);
  } finally {
    archive.close();
  }
}

/**
 * Opens a delivered file: takes its tables out of what they are packed in, and makes UTF-8 of their text. What a file is
 * shows in its bytes, whatever the sender calls it. Tables are read in order, each to its end or not at all.
 * Workbooks are held in memory one at a time: `onWait` is told of a file that waits for its turn.
 * @throws Refusal `unreadable-file` for what cannot be read, `payload-too-large` for what grows out of all proportion.
 */
export async function* openFile(source: AsyncIterable<Buffer>, notice: Notice, onWait: OnWait): AsyncGenerator<Table> {
  const packed = { name: null, notice, onWait };
  let file = await peek(source, HEAD_BYTES);
  let kind = kindOf(file.head);
  if (kind === 'gzip') {
    file = await peek(gunzipped(file.blocks), HEAD_BYTES);
    kind = kindOf(file.head);
    if (kind !== 'text' && kind !== 'empty') refuseInGzip(kind);
  }
  if (kind === 'empty') throw new Refusal('unreadable-file', 'The file is empty');
  if (kind === 'zip') yield* zipTables(file.blocks, packed);
  else if (kind === 'old-workbook') yield* oldWorkbookTables(file.blocks, packed);
  else yield { name: null, isOptional: false, blocks: textBlocks(file.head, file.blocks, notice) };
}
