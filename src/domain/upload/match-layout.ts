import { Refusal } from '../refusal.ts';
import type { AnyLayout } from './bill-layout.ts';
import type { KeptLayout } from './kept-layout.ts';
import { columnName, type Delimiter, type LayoutColumn } from './layout.ts';
import type { Sample } from './recognise/recognition.ts';
import { firstLines, type SampleLine } from './recognise/sample-lines.ts';

/** Lines that are looked at for a header: titles may stand above it. */
const LINES_MAX = 50;

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, index) => text === b[index]);

/** A kept layout as it fits one file: its header may stand on another line there. */
export type FittedLayout<Kind extends AnyLayout = AnyLayout> = KeptLayout<Kind>;

/**
 * Finds the kept layout whose header a file has, exactly.
 * @throws Refusal `invalid-request` where several have it: the sender then says which.
 */
export function matchLayout<Kind extends AnyLayout>(
  sample: Sample,
  kept: readonly KeptLayout<Kind>[],
): FittedLayout<Kind> | null {
  const linesBy = new Map<Delimiter, SampleLine[]>();
  const matches = kept.flatMap(({ name, header, layout }): FittedLayout<Kind>[] => {
    if (header === null) return [];
    const lines = linesBy.get(layout.delimiter) ?? firstLines(sample, layout.delimiter, LINES_MAX);
    linesBy.set(layout.delimiter, lines);
    const found = lines.find(({ cells }) => isSame(cells, header));
    return found === undefined ? [] : [{ name, header, layout: { ...layout, headerLine: found.line } }];
  });
  if (matches.length < 2) return matches[0] ?? null;
  const names = matches.map(({ name }) => name);
  const detail = `The header of the file is that of the kept layouts ${names.join(', ')}: say which with layout=${names[0]}`;
  throw new Refusal('invalid-request', detail, [{ pointer: '?layout', code: 'missing', detail }]);
}

/** The columns whose headers stand on the header line of the file, by their place in it. */
function columnsOf({ columns, arrangement }: AnyLayout): readonly LayoutColumn[] {
  const across = arrangement?.across ?? null;
  if (across?.holds === 'meter') return across.columns;
  if (across !== null) return arrangement?.keep ?? [];
  const made = arrangement?.above.length ?? 0;
  const held: readonly (LayoutColumn | readonly LayoutColumn[] | null)[] = Object.values(columns);
  return held
    .flatMap((column) => column ?? [])
    .flatMap((column) => (column.index < made ? [] : [{ ...column, index: column.index - made }]));
}

/**
 * Fits a layout that the sender named to a file: each of its columns has to stand where the layout says.
 * @throws Refusal `unreadable-file` when no line has its headers.
 */
export function fitLayout<Kind extends AnyLayout>(
  sample: Sample,
  { name, header, layout }: KeptLayout<Kind>,
): FittedLayout<Kind> {
  if (layout.headerLine === null) return { name, header, layout };
  const columns = columnsOf(layout);
  const lines = firstLines(sample, layout.delimiter, LINES_MAX);
  const found = lines.find(({ cells }) => columns.every((column) => cells[column.index] === column.header));
  if (found !== undefined) return { name, header: found.cells, layout: { ...layout, headerLine: found.line } };
  const nearest = lines.toSorted((a, b) => hits(b, columns) - hits(a, columns))[0];
  const missing = columns.find((column) => nearest?.cells[column.index] !== column.header);
  const stands = nearest?.cells[missing?.index ?? 0] ?? 'nothing';
  const why =
    missing === undefined
      ? ''
      : `: at column ${missing.index} it expects '${columnName(missing)}', where '${stands}' stands`;
  throw new Refusal('unreadable-file', `No line of the file is the header of the layout '${name}'${why}`);
}

function hits({ cells }: SampleLine, columns: readonly LayoutColumn[]): number {
  return columns.filter((column) => cells[column.index] === column.header).length;
}

/** The whole header line of a file that is read by a layout; null where it has none. */
export function headerOf(sample: Sample, { delimiter, headerLine }: AnyLayout): readonly string[] | null {
  if (headerLine === null) return null;
  return firstLines(sample, delimiter, headerLine).find(({ line }) => line === headerLine)?.cells ?? null;
}
