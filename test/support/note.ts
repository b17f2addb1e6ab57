import { readFileSync } from 'node:fs';

/** A box of worked examples in a calculation note: the words after its tag, and its lines. */
export type NoteBox = { words: string; lines: string[] };

/** A calculation note, with the boxes of each tag. */
export type Note = { text: string; boxes(tag: string): NoteBox[]; lines(tag: string): string[] };

/** Reads a calculation note. */
export function readNote(page: string): Note {
  const text = readFileSync(new URL(`../../docs/calculation/${page}.md`, import.meta.url), 'utf8');
  const all = [...text.matchAll(/^```([\w-]+)(?: ([^\n]*))?\n(.*?)^```/gms)].map(
    ([, tag = '', words = '', body = '']) => ({
      tag,
      words,
      lines: body.trim().split('\n'),
    }),
  );
  const boxes = (wanted: string) => all.filter(({ tag }) => tag === wanted);
  return { text, boxes, lines: (tag) => boxes(tag).flatMap(({ lines }) => lines) };
}

/** The parts that a pattern finds in an example; an example that does not match is a slip of the pen. */
export function partsOf(line: string, pattern: RegExp): string[] {
  const match = pattern.exec(line);
  if (match === null) throw new Error(`'${line}' is not of the form ${pattern}`);
  return match.slice(1).map((part) => part ?? '');
}
