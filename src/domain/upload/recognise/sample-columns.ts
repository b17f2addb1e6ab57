import { readChannel } from '../channel-words.ts';
import { readDay } from '../day-text.ts';
import { marksOf } from '../decimal-mark.ts';
import { type ColumnRole, headerWords, rankOf } from '../header-words.ts';
import { DATE_ORDERS, type Delimiter, type LayoutColumn } from '../layout.ts';
import { createMomentReader, dateTextOf } from '../moment-text.ts';
import { readIsEstimate, readQuality } from '../quality-words.ts';
import { readValue } from '../read-value.ts';
import { isFault } from '../row-fault.ts';

/** A column of the sample: its header in plain words, and its first cells. */
export type SampleColumn = LayoutColumn & { words: string; cells: readonly string[] };

/** The columns of a file below a header line, or of one that has none. */
export type SampleTable = { delimiter: Delimiter; headerLine: number | null; columns: readonly SampleColumn[] };

/** Makes columns of rows. */
export function sampleColumns(headers: readonly string[] | null, rows: readonly (readonly string[])[]): SampleColumn[] {
  const width = headers?.length ?? Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: width }, (_, index) => {
    const header = headers === null ? null : (headers[index] ?? '');
    return { index, header, words: headerWords(header ?? ''), cells: rows.map((row) => row[index] ?? '') };
  });
}

/** A column as a layout names it. */
export function layoutColumn({ index, header }: SampleColumn): LayoutColumn {
  return { index, header };
}

/** The part of the cells with a text that pass a test; 0 when there are none. */
export function shareOf({ cells }: SampleColumn, test: (text: string) => boolean): number {
  let filled = 0;
  let passed = 0;
  for (const text of cells) {
    if (text === '') continue;
    filled += 1;
    if (test(text)) passed += 1;
  }
  return filled === 0 ? 0 : passed / filled;
}

/** Whether a column has no text at all. */
export function isBlankColumn({ cells }: SampleColumn): boolean {
  return cells.every((text) => text === '');
}

const { time } = createMomentReader('day-first');

/** Whether a text can be a date, or a date and a time, in any order. */
export function isDateText(text: string): boolean {
  if (/^\d{1,5}$/.test(text) && text.length !== 5) return false;
  return DATE_ORDERS.some((order) => !isFault(readDay(dateTextOf(text), order)));
}

/** Whether a text can be a time of day. */
export function isTimeText(text: string): boolean {
  return !isFault(time(text));
}

/** Whether a text is a number, with a point or a comma, or says that one is missing. A large unit may have more decimals than can be stored. */
export function isValueText(text: string): boolean {
  if (marksOf(text) === 'comma') return true;
  const value = readValue(text);
  return typeof value === 'number' || value.code === 'too-many-decimals';
}

/** Whether a text says how good a value is. */
export function isFlagText(text: string): boolean {
  return typeof readQuality(text) === 'number';
}

/** Whether a text answers whether a value is an estimate. */
export function isAnswerText(text: string): boolean {
  return typeof readIsEstimate(text) === 'number';
}

/** Whether a text names a channel. */
export function isChannelText(text: string): boolean {
  return readChannel(text) !== null;
}

/** The columns whose headers fit a role, the best first. */
export function inRole(columns: readonly SampleColumn[], role: ColumnRole): SampleColumn[] {
  const ranked = columns.flatMap((column) => {
    const rank = rankOf(column.words, role);
    return rank === null ? [] : [{ column, rank }];
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ column }) => column);
}
