import { Refusal } from '../../../domain/refusal.ts';
import { HEAD_BYTES, kindOf } from './file-kind.ts';
import { gunzipped } from './gunzipped.ts';
import { peek } from './peek.ts';
import { type Notice, textBlocks } from './text-blocks.ts';

/** One table of a delivered file, as text in UTF-8. */
export type Table = { blocks: AsyncIterable<Buffer> };

/** Refuses what is compressed twice over. */
function refuseInGzip(kind: string): never {
  const what =
    kind === 'gzip' ? 'compressed twice' : 'a workbook or an archive that was compressed once more with gzip';
  throw new Refusal('unreadable-file', `The file is ${what}: send what is inside it`);
}

/**
 * Opens a delivered file: takes it out of what it is packed in, and makes UTF-8 of its text. What it is shows in its
 * bytes, whatever the sender calls it.
 * @throws Refusal `unreadable-file` for what cannot be read, `payload-too-large` for what grows out of all proportion.
 */
export async function* openFile(source: AsyncIterable<Buffer>, notice: Notice): AsyncGenerator<Table> {
  let file = await peek(source, HEAD_BYTES);
  let kind = kindOf(file.head);
  if (kind === 'gzip') {
    file = await peek(gunzipped(file.blocks), HEAD_BYTES);
    kind = kindOf(file.head);
    if (kind !== 'text' && kind !== 'empty') refuseInGzip(kind);
  }
  if (kind === 'empty') throw new Refusal('unreadable-file', 'The file is empty');
  if (kind !== 'text')
    throw new Refusal('unreadable-file', 'The file is a workbook or an archive: save it as CSV (UTF-8) and send that');
  yield { blocks: textBlocks(file.head, file.blocks, notice) };
}
