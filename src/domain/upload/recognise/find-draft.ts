import { DELIMITERS, type Delimiter, type Layout } from '../layout.ts';
import type { MeterLookup } from '../meter-lookup.ts';
import { quoted } from '../row-fault.ts';
import { type Draft, draftDayRows } from './day-row-columns.ts';
import { draftReadingRows } from './reading-row-columns.ts';
import type { Hints, Sample } from './recognition.ts';
import { isDateText, type SampleTable, sampleColumns } from './sample-columns.ts';
import { firstLines, type SampleLine } from './sample-lines.ts';

/** Rows that are looked at to tell what a column holds. */
const ROWS_MAX = 120;
/** Lines that are looked at for the header: some files have a title of several lines above it. */
const HEADER_LINES_MAX = 30;

/** Why a line is no header; `matches` says how much of one it is. */
type Miss = { line: SampleLine; problem: string; matches: number };

/** What a table lacks that nothing names a meter of. */
export const NEEDS_METER =
  'it has no column for the meter, such as MPAN or Meter: add one, name the meter of the file with ?meter=, or send its name with ?fileName= where that names the one meter';

/** A first line with which a spreadsheet is told the delimiter of the file. */
const SEPARATOR_LINE = /^"?sep=([^\w"])/i;

/** The delimiter that the file names itself, or all that are usual. */
export function delimitersOf({ bytes, arranged }: Sample): readonly Delimiter[] {
  if (arranged !== null) return [arranged.delimiter];
  const named = SEPARATOR_LINE.exec(bytes.toString('latin1', 0, 16))?.[1];
  const found = DELIMITERS.filter((delimiter) => delimiter === named);
  return found.length === 0 ? DELIMITERS : found;
}

function draftOf(
  table: SampleTable,
  find: MeterLookup,
  hints: Hints,
): Draft<Layout> | { problem: string; matches: number } {
  const found = draftDayRows(table, find, hints) ?? draftReadingRows(table, find, hints);
  if (found === null) return { problem: 'it has no column for the date, such as Date or Timestamp', matches: 0 };
  if (typeof found === 'string') return { problem: found, matches: 1 };
  if (found.layout.columns.meter.length === 0 && hints.meterKey === null) return { problem: NEEDS_METER, matches: 2 };
  return found;
}

/** Rows of one width below a line, such as data has. */
function rowsBelow(lines: readonly SampleLine[], from: number, width: number): string[][] {
  return lines
    .slice(from)
    .flatMap(({ cells }) => (cells.length > width / 2 ? [cells] : []))
    .slice(0, ROWS_MAX);
}

/** A date that is written with its separators: no header has one, a row of data does. */
function isPlainDate(text: string): boolean {
  return /\D/.test(text) && isDateText(text);
}

/** A line of words, or of words and counted intervals: a row of data has numbers in most of its cells. */
export function canBeHeader({ cells }: SampleLine): boolean {
  const filled = cells.filter((cell) => cell !== '');
  const decimals = filled.filter((cell) => /^-?\d*[.,]\d+$/.test(cell));
  return filled.length > 1 && decimals.length < filled.length / 4 && !filled.some(isPlainDate);
}

function tablesOf(lines: readonly SampleLine[], delimiter: Delimiter): { line: SampleLine; table: SampleTable }[] {
  const candidates = lines.slice(0, HEADER_LINES_MAX);
  const headed = candidates.flatMap((line, index) => {
    if (!canBeHeader(line)) return [];
    const columns = sampleColumns(line.cells, rowsBelow(lines, index + 1, line.cells.length));
    return [{ line, table: { delimiter, headerLine: line.line, columns } }];
  });
  const [first] = lines;
  // Words alone are headers of something, whatever it is.
  if (first === undefined || first.cells.length < 2 || !first.cells.some((text) => /^[+-]?\d/.test(text)))
    return headed;
  // Without a header the first line is data like the others.
  const columns = sampleColumns(
    null,
    lines.slice(0, ROWS_MAX).map(({ cells }) => cells),
  );
  return [...headed, { line: first, table: { delimiter, headerLine: null, columns } }];
}

function problemOf(first: SampleLine | undefined, miss: Miss | null): { problem: string } {
  if (first === undefined) return { problem: 'The file is empty' };
  const line = miss?.line ?? first;
  const problem = miss?.problem ?? 'it is no header with a meter, a date and values';
  return {
    problem: `The columns of the file are not recognised. Line ${line.line} is ${quoted(line.cells.join(', '))}: ${problem}`,
  };
}

/**
 * Finds the header in a sample, the first line, cut at any of the usual delimiters, below which there is a table of meter
 * data; or that there is none, and what the columns are by their content alone.
 */
export function findDraft(sample: Sample, find: MeterLookup, hints: Hints): Draft<Layout> | { problem: string } {
  let miss: Miss | null = null;
  let first: SampleLine | undefined;
  const tables = delimitersOf(sample).flatMap((delimiter) => {
    const lines = firstLines(sample, delimiter, HEADER_LINES_MAX + ROWS_MAX);
    first ??= lines[0];
    return tablesOf(lines, delimiter);
  });
  for (const { line, table } of tables.toSorted(
    (a, b) => Number(a.table.headerLine === null) - Number(b.table.headerLine === null),
  )) {
    const found = draftOf(table, find, hints);
    if ('layout' in found) return found;
    if (found.matches > (miss?.matches ?? 0)) miss = { line, ...found };
  }
  return problemOf(first, miss);
}
