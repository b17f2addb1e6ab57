import { marksOf, pointedText } from '../decimal-mark.ts';
import type { IntervalColumns } from '../interval-columns.ts';
import { resolutionOfCount } from '../interval-columns.ts';
import { withoutThousands } from '../read-value.ts';
import { isBlankColumn, isFlagText, isValueText, type SampleColumn, shareOf } from './sample-columns.ts';

/** Fewer columns than this are no day. */
const VALUES_MIN = 23;
/** Sums are printed with fewer digits than the values they are of. */
const SUM_TOLERANCE = 0.002;

const isValues = (column: SampleColumn | undefined): boolean =>
  column !== undefined && (isBlankColumn(column) || shareOf(column, isValueText) === 1);
const isFlags = (column: SampleColumn | undefined): boolean =>
  column !== undefined && (isBlankColumn(column) || shareOf(column, isFlagText) === 1);

/** A number as it is written, before it is settled how numbers of the file are. */
function sizeOf(text: string): number {
  const pointed = pointedText(text, marksOf(text) === 'comma' ? 'comma' : 'point');
  return typeof pointed === 'string' ? Number(withoutThousands(pointed)) : Number.NaN;
}

/** Whether a column is the sum of others, row by row. */
export function isSumOf(total: SampleColumn, values: readonly SampleColumn[], tolerance = SUM_TOLERANCE): boolean {
  let rows = 0;
  let equal = 0;
  total.cells.forEach((text, row) => {
    const sum = values.reduce((all, { cells }) => all + (sizeOf(cells[row] ?? '') || 0), 0);
    if (text === '' || sum === 0) return;
    rows += 1;
    if (Math.abs(sizeOf(text) - sum) <= Math.max(Math.abs(sum), 1) * tolerance) equal += 1;
  });
  return rows > 0 && equal >= rows * 0.8;
}

/** Columns of values that end the row, with no total among them. */
function plainRun(columns: readonly SampleColumn[]): SampleColumn[] | null {
  let first = columns.length;
  while (first > 0 && isValues(columns[first - 1])) first -= 1;
  const run = columns.slice(first);
  if (resolutionOfCount(run.length) !== null) return run;
  const [head] = run;
  const last = run.at(-1);
  if (head !== undefined && resolutionOfCount(run.length - 1) !== null) {
    if (isSumOf(head, run.slice(1))) return run.slice(1);
    if (last !== undefined && isSumOf(last, run.slice(0, -1))) return run.slice(0, -1);
  }
  return null;
}

/** Values with a flag, or an unnamed column, between them. */
function alternatingRun(columns: readonly SampleColumn[]): { values: SampleColumn[]; flags: SampleColumn[] } | null {
  for (let first = 0; first + 2 * VALUES_MIN - 1 <= columns.length; first++) {
    const values: SampleColumn[] = [];
    const flags: SampleColumn[] = [];
    for (let index = first; index < columns.length; index += 2) {
      const [value, flag] = [columns[index], columns[index + 1]];
      if (value === undefined || !isValues(value) || isBlankColumn(value)) break;
      values.push(value);
      if (flag === undefined || !isFlags(flag)) break;
      flags.push(flag);
    }
    if (resolutionOfCount(values.length) !== null) return { values, flags };
  }
  return null;
}

/**
 * Finds the values of a day by their content alone: as many columns of numbers as a day has intervals, at the end of the
 * row or each with a flag after it. Null when there are none, or more than a day could have.
 */
export function findValueRun(columns: readonly SampleColumn[]): IntervalColumns | null {
  const alternating = alternatingRun(columns);
  const values = alternating?.values ?? plainRun(columns);
  if (values === null) return null;
  const flags = alternating?.flags ?? [];
  const hasFlags = flags.length === values.length && flags.some((flag) => !isBlankColumn(flag));
  return {
    resolutionMinutes: resolutionOfCount(values.length) ?? 30,
    valueColumns: values.map(({ index }) => index),
    flagColumns: hasFlags ? flags.map(({ index }) => index) : null,
    repeatedHourColumns: [],
    firstMinute: 0,
  };
}
