import { Refusal } from '../refusal.ts';
import type { Cells } from './cells.ts';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const QUOTE = 34;

/** Longest record that is looked at. Anything longer is no table, or a quotation mark that is never closed. */
const RECORD_BYTES_MAX = 1024 * 1024;
const CELLS_MAX = 16_384;

/** Cuts a file into records, block by block. */
export type RecordSplitter = {
  push(block: Buffer): void;
  /** Gives out the last record when the file does not end with a line end. */
  end(): void;
};

const EMPTY: Buffer = Buffer.alloc(0);

/** Writes the cells of a record with quotation marks again, without the marks (RFC 4180: a doubled one stands for itself). */
function unquote(cells: Cells): void {
  const { bytes, starts, ends } = cells;
  const size = (ends[cells.count - 1] ?? 0) - (starts[0] ?? 0);
  const plain = Buffer.allocUnsafe(size);
  let to = 0;
  for (let index = 0; index < cells.count; index++) {
    let from = starts[index] ?? 0;
    let end = ends[index] ?? 0;
    const isQuoted = end - from >= 2 && bytes[from] === QUOTE && bytes[end - 1] === QUOTE;
    if (isQuoted) {
      from += 1;
      end -= 1;
    }
    starts[index] = to;
    for (; from < end; from++) {
      const byte = bytes[from] ?? 0;
      plain[to++] = byte;
      if (isQuoted && byte === QUOTE && bytes[from + 1] === QUOTE) from += 1;
    }
    ends[index] = to;
  }
  cells.bytes = plain;
}

function refuseLongRecord(line: number, inQuotes: boolean): never {
  const cause = inQuotes ? 'a quotation mark is opened in it and never closed' : 'it has no line end';
  throw new Refusal('unreadable-file', `The record on line ${line} is longer than ${RECORD_BYTES_MAX} bytes: ${cause}`);
}

/**
 * Splits bytes into records and cells in one pass, without making texts of them. Lines may end in LF, CRLF or CR, also in
 * turn; a cell may be quoted and then hold delimiters and line ends. Line numbers count the lines of the file.
 * @throws Refusal `unreadable-file` for a record without end.
 */
export function createRecordSplitter(delimiter: number, onRecord: (cells: Cells) => void): RecordSplitter {
  const starts = new Int32Array(CELLS_MAX);
  const ends = new Int32Array(CELLS_MAX);
  const cells: Cells = { bytes: EMPTY, starts, ends, count: 0, line: 1 };
  /** No byte from here on means anything to the splitter. */
  const plainFrom = Math.max(delimiter, QUOTE) + 1;
  let carry: Buffer = EMPTY;
  let nextLine = 1;

  const give = (bytes: Buffer, count: number, quoted: boolean, lines: number) => {
    cells.bytes = bytes;
    cells.count = count;
    cells.line = nextLine;
    nextLine += lines;
    if (quoted) unquote(cells);
    onRecord(cells);
  };

  const scan = (bytes: Buffer): number => {
    const size = bytes.length;
    let recordStart = 0;
    let cellStart = 0;
    let count = 0;
    let quoted = false;
    let inQuotes = false;
    let lines = 1;
    for (let at = 0; at < size; at++) {
      const byte = bytes[at] as number;
      if (byte >= plainFrom) continue;
      if (inQuotes) {
        if (byte === QUOTE) inQuotes = false;
        else if (byte === LINE_FEED || (byte === CARRIAGE_RETURN && bytes[at + 1] !== LINE_FEED)) lines += 1;
      } else if (byte === delimiter || byte === LINE_FEED || byte === CARRIAGE_RETURN) {
        // Whether a line feed belongs to a carriage return at the end of the block, the next block shows.
        if (byte === CARRIAGE_RETURN && at + 1 === size) break;
        if (count === CELLS_MAX)
          throw new Refusal('unreadable-file', `Line ${nextLine} has more than ${CELLS_MAX} cells`);
        starts[count] = cellStart;
        ends[count] = at;
        count += 1;
        if (byte === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED) at += 1;
        cellStart = at + 1;
        if (byte !== delimiter) {
          give(bytes, count, quoted, lines);
          recordStart = cellStart;
          count = 0;
          quoted = false;
          lines = 1;
        }
      } else if (byte === QUOTE && bytes[cellStart] === QUOTE && (at === cellStart || bytes[at - 1] === QUOTE)) {
        inQuotes = true;
        quoted = true;
      }
    }
    if (size - recordStart > RECORD_BYTES_MAX) refuseLongRecord(nextLine, inQuotes);
    return recordStart;
  };

  return {
    push(block) {
      const bytes = carry.length === 0 ? block : Buffer.concat([carry, block]);
      carry = bytes.subarray(scan(bytes));
    },
    end() {
      if (carry.length === 0) return;
      const rest = carry;
      carry = EMPTY;
      if (scan(Buffer.concat([rest, Buffer.of(LINE_FEED)])) !== rest.length + 1)
        throw new Refusal(
          'unreadable-file',
          `The record on line ${nextLine} has a quotation mark that is never closed`,
        );
    },
  };
}
