import { isAscii, isUtf8 } from 'node:buffer';
import { Refusal } from '../../../domain/refusal.ts';
import { refuseOtherText } from './file-kind.ts';
import { encodingOf, isBinary, type TextEncoding } from './text-encoding.ts';

/** Tells the sender something about a file, once. */
export type Notice = (code: string, detail: string) => void;

const BYTE_ORDER_MARK = Buffer.of(0xef, 0xbb, 0xbf);
const EMPTY = Buffer.alloc(0);

/** Bytes of UTF-8 that a block may end in the middle of: from the last byte that begins a letter of several. */
function incompleteBytes(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? back : 0;
  }
  return 0;
}

function without(bytes: Buffer, what: Buffer): Buffer {
  const kept: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf(what); at >= 0; at = bytes.indexOf(what, from)) {
    kept.push(bytes.subarray(from, at));
    from = at + what.length;
  }
  return Buffer.concat([...kept, bytes.subarray(from)]);
}

/** Makes UTF-8 of UTF-8, byte by byte where it is not: such letters are taken for Windows-1252. */
function createUtf8(notice: Notice) {
  const windows = new TextDecoder('windows-1252');
  let carry = EMPTY;
  let letters = 0;

  const repair = (bytes: Buffer): Buffer =>
    Buffer.from(
      bytes.toString('latin1').replace(/[\x80-\xff]+/g, (run) => {
        const written = Buffer.from(run, 'latin1');
        if (isUtf8(written)) return written.toString();
        letters += written.length;
        return windows.decode(written);
      }),
    );

  return {
    decode(block: Buffer, isLast = false): Buffer {
      if (carry.length === 0 && isAscii(block)) return block;
      const bytes = Buffer.concat([carry, block]);
      const end = bytes.length - (isLast ? 0 : incompleteBytes(bytes));
      carry = bytes.subarray(end);
      const whole = bytes.subarray(0, end);
      const text = isUtf8(whole) ? whole : repair(whole);
      return text.includes(BYTE_ORDER_MARK) ? without(text, BYTE_ORDER_MARK) : text;
    },
    end(): Buffer {
      const rest = this.decode(EMPTY, true);
      if (letters > 0)
        notice('not-utf-8', `The file is not in UTF-8: ${letters} letters were read as Windows-1252 has them.`);
      return rest;
    },
  };
}

/** Makes UTF-8 of UTF-16. */
function createUtf16(encoding: Exclude<TextEncoding, 'utf-8'>) {
  const decoder = new TextDecoder(encoding);
  return {
    decode: (block: Buffer) => Buffer.from(decoder.decode(block, { stream: true })),
    end: () => Buffer.from(decoder.decode()),
  };
}

/**
 * The text of a file in UTF-8 without a byte order mark, block by block, whatever it came in: UTF-8, UTF-16 of either
 * order, with or without a mark, or Windows-1252. NUL bytes are left out.
 * @throws Refusal `unreadable-file` for what is no text, or no table: a web page, JSON.
 */
export async function* textBlocks(head: Buffer, blocks: AsyncIterable<Buffer>, notice: Notice): AsyncGenerator<Buffer> {
  const encoding = encodingOf(head);
  const decoding = encoding === 'utf-8' ? createUtf8(notice) : createUtf16(encoding);
  if (encoding === 'utf-8' && isBinary(head))
    throw new Refusal('unreadable-file', 'The file is no plain text: save it as CSV and send that');
  refuseOtherText(new TextDecoder(encoding).decode(head).replaceAll('\0', ''));
  let nuls = 0;
  const withoutNuls = (text: Buffer): Buffer => {
    if (!text.includes(0)) return text;
    const kept = text.filter((byte) => byte !== 0);
    nuls += text.length - kept.length;
    return Buffer.from(kept.buffer, kept.byteOffset, kept.length);
  };
  for await (const block of blocks) yield withoutNuls(decoding.decode(block));
  yield withoutNuls(decoding.end());
  if (nuls > 0) notice('nul-bytes', `The file has ${nuls} NUL bytes, which no text has: they were left out.`);
}
