import { headerWords, rankOf } from '../header-words.ts';
import { isDateText, isTimeText, isValueText } from './sample-columns.ts';
import type { SampleLine } from './sample-lines.ts';

/** The lines of headers above the first row, and the rows below them. */
export type HeaderStack = {
  /** From top to bottom; the last stands on the row. */
  headers: readonly SampleLine[];
  rows: readonly SampleLine[];
  /** Columns of rows. */
  width: number;
};

const HEADERS_MAX = 4;
/** Cells at the beginning of a row among which its date, time or period stands. */
const MOMENT_CELLS = 4;

const isNumber = (text: string) => text !== '' && isValueText(text) && !/^[-a-z#?/]+$/i.test(text);
const isMoment = (text: string) => isDateText(text) || isTimeText(text) || /^\d{1,2}$/.test(text);

/** A row of values: a date, a time or the number of a period in front, and numbers behind. */
function isRow({ cells }: SampleLine): boolean {
  const front = cells.slice(0, MOMENT_CELLS).filter((text) => text !== '');
  if (!front.some(isMoment)) return false;
  const moment = front.findIndex(isMoment);
  return cells.filter((text) => text !== '').some((text, index) => index !== moment && isNumber(text));
}

/** Words above a column that says when or where, and not how much. */
export function isKeyHeader(text: string): boolean {
  const words = headerWords(text);
  return (['day', 'start', 'end', 'time', 'period', 'meter', 'serial', 'quality', 'unit', 'channel'] as const).some(
    (role) => rankOf(words, role) !== null,
  );
}

const isPlainDate = (text: string) => /\D/.test(text) && isDateText(text);

/** A row of numbers below a line of dates: a day for each column. */
function isBelowDates({ cells }: SampleLine, above: SampleLine | undefined): boolean {
  const dated = (above?.cells ?? []).flatMap((text, index) => (isPlainDate(text) ? [index] : []));
  return dated.length > 1 && dated.filter((index) => isNumber(cells[index] ?? '')).length * 2 > dated.length;
}

/** Finds the first row of a sample and the headers above it. Null where a row has none. */
export function findHeaderStack(lines: readonly SampleLine[]): HeaderStack | null {
  const at = lines.findIndex(
    (line, index) =>
      isBelowDates(line, lines[index - 1]) ||
      (isRow(line) && (lines[index + 1] === undefined || isRow(lines[index + 1] ?? line))),
  );
  const row = lines[at];
  if (row === undefined || at === 0) return null;
  const headers: SampleLine[] = [];
  for (let index = at - 1; index >= 0 && headers.length < HEADERS_MAX; index--) {
    const line = lines[index];
    if (line === undefined || line.cells.filter((text) => text !== '').length < 1) break;
    headers.unshift(line);
  }
  const width = Math.max(row.cells.length, ...headers.map(({ cells }) => cells.length));
  return { headers, rows: lines.slice(at).filter(({ cells }) => cells.length > row.cells.length / 2), width };
}
