import type { BillRowLayout } from './bill-layout.ts';
import { type HeadRecord, headRecords } from './head-records.ts';
import { rankOf } from './header-words.ts';
import { DELIMITERS, type Delimiter } from './layout.ts';
import type { MeterLookup } from './meter-lookup.ts';
import { findMonthRows } from './month-rows.ts';
import { findMonthsAcross } from './months-across.ts';
import type { Hints } from './recognise/recognition.ts';
import { isDateText, isTimeText, type SampleColumn, sampleColumns, shareOf } from './recognise/sample-columns.ts';
import type { SettledLayout } from './settle-layout.ts';

/** A table whose header may stand on a line: its columns, and what stands above it. */
export type MonthTable = {
  delimiter: Delimiter;
  line: number;
  header: readonly string[];
  columns: readonly SampleColumn[];
  /** Lines above the header, and the name of the sheet. */
  titles: readonly string[];
  /** Whether a column places a row in time: a day, a time or a numbered period. */
  isTimed: (column: SampleColumn) => boolean;
};

/** Lines that are looked at for the header, and rows below it. */
const LINES_MAX = 30;
const ROWS_MAX = 200;
const COUNT = /^\d{1,3}$/;

function isTimed(column: SampleColumn): boolean {
  const has = (test: (text: string) => boolean) => shareOf(column, test) > 0.5;
  const isOf = (...roles: Parameters<typeof rankOf>[1][]) => roles.some((role) => rankOf(column.words, role) !== null);
  const isCounted = () => has((text) => COUNT.test(text));
  if (isOf('day', 'start', 'end')) return has(isDateText) || isCounted();
  if (isOf('time', 'period')) return has(isTimeText) || isCounted();
  return has((text) => /\d:\d\d/.test(text));
}

function tableAt(
  delimiter: Delimiter,
  records: readonly HeadRecord[],
  at: number,
  name: string | null,
): MonthTable | null {
  const header = records[at];
  if (header === undefined || header.texts.filter((text) => text !== '').length < 2) return null;
  const rows = records.slice(at + 1, at + 1 + ROWS_MAX).map(({ texts }) => texts);
  const above = records.slice(0, at).map(({ texts }) => texts.filter((text) => text !== '').join(' '));
  return {
    delimiter,
    line: header.line,
    header: header.texts,
    columns: sampleColumns(
      header.texts,
      rows.filter(({ length }) => length > header.texts.length / 2),
    ),
    titles: name === null ? above : [...above, name],
    isTimed,
  };
}

/**
 * Finds a table of bills of whole months in the first bytes of a file: months side by side, or a row for each month. `name`
 * is that of its sheet. Null where it is something else, a problem where it is one that cannot be read.
 */
export function findMonths(
  head: Buffer,
  name: string | null,
  find: MeterLookup,
  hints: Hints,
): SettledLayout<BillRowLayout> | { problem: string } | null {
  let problem: { problem: string } | null = null;
  for (const delimiter of DELIMITERS) {
    if (!head.includes(delimiter)) continue;
    const records = headRecords(head, delimiter, LINES_MAX + ROWS_MAX);
    for (let at = 0; at < Math.min(records.length, LINES_MAX); at++) {
      const table = tableAt(delimiter, records, at, name);
      const found = table === null ? null : (findMonthRows(table, find, hints) ?? findMonthsAcross(table, find, hints));
      if (found !== null && 'layout' in found) return found;
      if (found !== null) problem ??= { problem: `Line ${table?.line}: ${found.problem}` };
    }
  }
  return problem;
}
