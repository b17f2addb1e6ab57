import { headerUnit, isFlagHeader } from '../header-words.ts';
import { findIntervalColumns, type IntervalColumns } from '../interval-columns.ts';
import type { DayRowLayout, LayoutColumn } from '../layout.ts';
import type { MeterLookup } from '../meter-lookup.ts';
import { findDateColumn } from './date-columns.ts';
import { findMeterColumns } from './meter-columns.ts';
import type { Decision, Hints } from './recognition.ts';
import {
  isBlankColumn,
  isFlagText,
  layoutColumn,
  type SampleColumn,
  type SampleTable,
  shareOf,
} from './sample-columns.ts';
import { findSharedColumns, sharedLayout } from './shared-columns.ts';
import { findValueRun, isSumOf } from './value-run.ts';

/** Part of a day's use that may lie in one hour. */
const HOUR_OF_DAY = 0.15;
/** Minutes after midnight at which a gas day begins. */
const GAS_DAY_MINUTE = 300;

/** A layout before dates and clock are settled, and what was decided on the way; or why there is none. */
export type Draft<L> = {
  layout: L;
  decisions: Decision[];
  /** The part of the rows whose meter is known: 1 where the sender names it. */
  known: number;
};

/** Flags that stand beside each value: by their headers, or by their cells under a header that says nothing. */
function flagsBeside(columns: readonly SampleColumn[], values: readonly number[]): number[] | null {
  const isFlag = (column: SampleColumn | undefined) =>
    column !== undefined &&
    !values.includes(column.index) &&
    (isFlagHeader(column.words) || shareOf(column, isFlagText) === 1);
  for (const offset of [1, -1]) {
    if (values.every((index) => isFlag(columns[index + offset]))) return values.map((index) => index + offset);
  }
  return null;
}

function intervalsOf({ columns, headerLine }: SampleTable): IntervalColumns | null {
  const named = headerLine === null ? null : findIntervalColumns(columns.map(({ header }) => header ?? ''));
  const found = named ?? findValueRun(columns);
  if (found === null || found.flagColumns !== null) return found;
  return { ...found, flagColumns: flagsBeside(columns, found.valueColumns) };
}

/** The sum of a row among columns that are no values, known by the sums themselves. */
export function totalOf(others: readonly SampleColumn[], values: readonly SampleColumn[]): SampleColumn | null {
  const summed = others.find((column) => !isBlankColumn(column) && isSumOf(column, values));
  if (summed !== undefined) return summed;
  // A file of an autumn day alone has a total that its values do not reach.
  return others.find((column) => /\b(total|sum)\b/.test(column.words) && isSumOf(column, values, HOUR_OF_DAY)) ?? null;
}

/** The date and the values of a row for each meter and day. Null when the columns have no day side by side. */
export function draftDayRows(table: SampleTable, find: MeterLookup, hints: Hints): Draft<DayRowLayout> | string | null {
  const intervals = intervalsOf(table);
  if (intervals === null) return null;
  const { columns } = table;
  const { valueColumns, flagColumns, repeatedHourColumns, resolutionMinutes } = intervals;
  const taken = new Set([...valueColumns, ...(flagColumns ?? []), ...repeatedHourColumns]);
  const firstTaken = Math.min(...taken);
  const others = columns.filter(({ index }) => !taken.has(index));
  const date = findDateColumn(others);
  if (date === null)
    return 'it has the intervals of a day side by side, but no column for the date, such as Date or Settlement Date';
  const meter = findMeterColumns(
    others.filter((column) => column !== date),
    find,
    hints,
  );
  const at = (index: number): LayoutColumn => ({ index, header: columns[index]?.header ?? null });
  const values = valueColumns.flatMap((index) => columns[index] ?? []);
  const rest = others.filter((column) => column !== date && !meter.columns.includes(column));
  const total = totalOf(rest, values);
  const shared = findSharedColumns(rest.filter((column) => column !== total));
  const first = valueColumns[0] ?? 0;
  const inOrder = valueColumns.every((column, index) => column === first + index);
  const firstMinute = intervals.firstMinute >= GAS_DAY_MINUTE ? intervals.firstMinute : 0;
  const layout: DayRowLayout = {
    shape: 'day-rows',
    ...sharedLayout(table, shared, headerUnit(columns[firstTaken]?.words ?? '')),
    columns: {
      meter: meter.columns.map(layoutColumn),
      date: layoutColumn(date),
      ...shared.columns,
      values: valueColumns.map(at),
      flags: flagColumns?.map(at) ?? null,
      repeatedHour: repeatedHourColumns.map(at),
      total: total === null ? null : layoutColumn(total),
    },
    dayBasis: firstMinute > 0 ? 'gas-day' : 'local',
    resolutionMinutes,
    isOpenEnded: flagColumns === null && inOrder && valueColumns.at(-1) === columns.length - 1,
    firstMinute,
    rowDate: 'same-day',
  };
  const named = values[0]?.header ?? null;
  const decision: Decision = {
    about: 'values',
    column: named,
    value: `${valueColumns.length} columns of ${resolutionMinutes} minutes`,
    reason:
      table.headerLine === null
        ? `As many columns of numbers end the row as a day has intervals.`
        : `The headers from '${named ?? ''}' to '${values.at(-1)?.header ?? ''}' name the intervals of a day.`,
    certainty: named === null ? 'likely' : 'certain',
  };
  const decisions = [...(meter.decision === null ? [] : [meter.decision]), decision, ...shared.decisions];
  return { layout, decisions, known: meter.known };
}
