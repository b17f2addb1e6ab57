import { inRole, isBlankColumn, isDateText, type SampleColumn, shareOf } from './sample-columns.ts';

/** The part of a column's cells that must be dates; a line of totals may stand among them. */
const DATE_SHARE = 0.5;
/** The same for a column whose header does not speak of a date. */
const UNNAMED_DATE_SHARE = 0.8;

/**
 * The column of the date, with or without a time: by its header where its cells bear it out, else by its cells alone.
 * Without rows to look at, the header has to do.
 */
export function findDateColumn(columns: readonly SampleColumn[]): SampleColumn | null {
  const named = [...inRole(columns, 'day'), ...inRole(columns, 'start')];
  const isDates = (column: SampleColumn, share: number) => shareOf(column, isDateText) >= share;
  return (
    named.find((column) => isDates(column, DATE_SHARE)) ??
    columns.find((column) => isDates(column, UNNAMED_DATE_SHARE)) ??
    named.find((column) => isBlankColumn(column)) ??
    named[0] ??
    null
  );
}
