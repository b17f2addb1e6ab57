import { Refusal } from '../refusal.ts';
import { cellTexts } from './cells.ts';
import { DELIMITERS, type Delimiter, type Layout } from './layout.ts';
import { recogniseLayout } from './recognise-layout.ts';
import { createRecordSplitter } from './record-splitter.ts';
import { quoted } from './row-fault.ts';

/** Where the rows of a file begin and how to read them. */
export type FoundHeader = { line: number; layout: Layout };

/** A first line with which a spreadsheet is told the delimiter of the file. */
const SEPARATOR_LINE = /^"?sep=([^\w"])/i;

/** The delimiter that the file names itself, or all that are usual. */
function delimitersOf(head: Buffer): readonly Delimiter[] {
  const named = SEPARATOR_LINE.exec(head.toString('latin1', 0, 16))?.[1];
  const found = DELIMITERS.filter((delimiter) => delimiter === named);
  return found.length === 0 ? DELIMITERS : found;
}

/** Lines that are looked at for the header: some files have a title of several lines above it. */
const LINES_MAX = 30;

class Enough extends Error {}

type HeaderLine = { line: number; cells: string[] };

/** The first lines of a file, cut at a delimiter. */
function firstLines(head: Buffer, delimiter: Delimiter): HeaderLine[] {
  const lines: HeaderLine[] = [];
  const splitter = createRecordSplitter(delimiter.charCodeAt(0), (cells) => {
    lines.push({ line: cells.line, cells: cellTexts(cells) });
    if (lines.length === LINES_MAX) throw new Enough();
  });
  try {
    splitter.push(head);
    splitter.end();
  } catch (error) {
    // A head that ends inside a quoted cell gives what came before it.
    if (!(error instanceof Enough) && !(error instanceof Refusal)) throw error;
  }
  return lines;
}

function refuseUnrecognised(lines: readonly HeaderLine[], best: { line: number; problem: string } | null): never {
  const first = lines.find(({ cells }) => cells.some((cell) => cell !== ''));
  if (first === undefined) throw new Refusal('unreadable-file', 'The file is empty');
  const shown = lines.find(({ line }) => line === best?.line) ?? first;
  const header = quoted(shown.cells.join(', '));
  throw new Refusal(
    'unreadable-file',
    `The columns of the file are not recognised. Line ${shown.line} is ${header}: ${best?.problem ?? 'it is no header with a meter, a date and values'}`,
  );
}

/**
 * Finds the header in the first bytes of a file: the first line, cut at any of the usual delimiters, that says what its
 * columns are.
 * @throws Refusal `unreadable-file` with the line that came nearest and what it lacks.
 */
export function findHeader(head: Buffer, needsMeter: boolean): FoundHeader {
  let best: { line: number; problem: string; matches: number } | null = null;
  let shown: HeaderLine[] = [];
  for (const delimiter of delimitersOf(head)) {
    const lines = firstLines(head, delimiter);
    for (const { line, cells } of lines) {
      const found = recogniseLayout(cells, needsMeter, { delimiter, headerLine: line });
      if ('layout' in found) return { line, layout: found.layout };
      if (found.matches > (best?.matches ?? 0)) {
        best = { line, ...found };
        shown = lines;
      }
    }
    if (shown.length === 0) shown = lines;
  }
  return refuseUnrecognised(shown, best);
}
