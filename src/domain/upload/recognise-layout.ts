import { type ColumnRole, headerClock, headerUnit, headerWords, rankOf } from './header-words.ts';
import { findIntervalColumns, lateFirstHour } from './interval-columns.ts';
import type { DayRowLayout, Layout, ReadingRowLayout } from './layout.ts';
import { quoted } from './row-fault.ts';

/** The layout of a header, or why there is none; `matches` says how much of a header the line is. */
export type Recognition = { layout: Layout } | { problem: string; matches: number };

type Column = { index: number; words: string; header: string };

/** The column that fits a role best, or null. */
function best(columns: readonly Column[], role: ColumnRole): Column | null {
  let found: { column: Column; rank: number } | null = null;
  for (const column of columns) {
    const rank = rankOf(column.words, role);
    if (rank !== null && (found === null || rank < found.rank)) found = { column, rank };
  }
  return found?.column ?? null;
}

function sharedColumns(columns: readonly Column[], meter: Column | null, dayWords: string, valueWords: string) {
  const isEstimate = best(columns, 'is-estimate');
  const quality = best(columns, 'quality') ?? isEstimate;
  return {
    headers: columns.map((column) => column.header),
    meterColumn: meter?.index ?? null,
    qualityColumn: quality?.index ?? null,
    qualityIsEstimate: quality !== null && quality === isEstimate,
    channelColumn: best(columns, 'channel')?.index ?? null,
    unitColumn: best(columns, 'unit')?.index ?? null,
    headerUnit: headerUnit(valueWords),
    headerClock: headerClock(dayWords),
  };
}

function dayRows(columns: readonly Column[], meter: Column | null): DayRowLayout | string | null {
  const headers = columns.map((column) => column.header);
  const intervals = findIntervalColumns(headers);
  if (intervals === null) return null;
  const day = best(columns, 'day') ?? best(columns, 'start');
  if (day === null)
    return 'it has the intervals of a day side by side, but no column for the date, such as Date or Settlement Date';
  const { valueColumns, flagColumns, resolutionMinutes } = intervals;
  const first = valueColumns[0] ?? 0;
  const inOrder = valueColumns.every((column, index) => column === first + index);
  const isOpenEnded = flagColumns === null && inOrder && valueColumns.at(-1) === columns.length - 1;
  // Flags that belong to single values are no quality of the row.
  const others = columns.filter(({ index }) => !valueColumns.includes(index) && flagColumns?.includes(index) !== true);
  const shared = sharedColumns(others, meter, day.words, columns[first]?.words ?? '');
  return {
    ...shared,
    headers,
    shape: 'day-rows',
    dayColumn: day.index,
    resolutionMinutes,
    valueColumns,
    flagColumns,
    isOpenEnded,
  };
}

const NAMES_SHOWN = 3;

/** The column of the values: by its words, else by the unit in its header, else the only one that is left. */
function valueColumn(columns: readonly Column[], taken: readonly (Column | null)[]): Column | string {
  const left = columns.filter((column) => !taken.includes(column));
  const dial = best(left, 'dial');
  const byWord = best(left, 'value');
  if (byWord !== null) return byWord;
  if (dial !== null)
    return `column ${quoted(dial.header)} holds dial readings, not consumption: send them to /v1/readings`;
  const byUnit = left.filter((column) => headerUnit(column.words) !== null);
  const rest = byUnit.length > 0 ? byUnit : left;
  const [only] = rest;
  if (rest.length === 1 && only !== undefined) return only;
  const names = rest
    .slice(0, NAMES_SHOWN)
    .map((column) => quoted(column.header))
    .join(' and ');
  return rest.length === 0
    ? 'it has no column for the value'
    : `more than one column could hold the value, such as ${names}`;
}

/** Columns that never hold the value of a reading. */
const NEVER_VALUES: readonly ColumnRole[] = [
  'end',
  'channel',
  'unit',
  'quality',
  'is-estimate',
  'day',
  'start',
  'time',
  'meter',
];

/** A header that is itself a number or a date: the line is data, or a title with a date in it. */
const LOOKS_LIKE_DATA = /^\W*\d[\d\W]*$/;

function readingRows(columns: readonly Column[], meter: Column | null): ReadingRowLayout | string | null {
  if (columns.some((column) => LOOKS_LIKE_DATA.test(column.header))) return null;
  const start = best(columns, 'start');
  const end = best(columns, 'end');
  const day = best(columns, 'day');
  const time = best(columns, 'time');
  const period = best(columns, 'period');
  const moment = start ?? (day === null ? end : null) ?? day ?? end;
  if (moment === null) return null;
  const isAlone = moment === day;
  const timeColumn = isAlone ? (time ?? period) : null;
  const others = NEVER_VALUES.flatMap((role) => columns.filter((column) => rankOf(column.words, role) !== null));
  const value = valueColumn(columns, [meter, moment, timeColumn, ...others]);
  if (typeof value === 'string') return value;
  return {
    ...sharedColumns(columns, meter, `${moment.words} ${timeColumn?.words ?? ''}`, value.words),
    shape: 'reading-rows',
    valueColumn: value.index,
    dayColumn: moment.index,
    timeColumn: timeColumn?.index ?? null,
    timeIsPeriod: timeColumn !== null && timeColumn === period,
    isDaily: isAlone && timeColumn === null,
    label: moment === end ? 'end' : null,
  };
}

/**
 * Tells from a header how the columns of a file are to be read. `needsMeter` is false when the sender has named the one
 * meter of the file. Recognising layouts by their content as well will take the place of this function; its answer stays.
 */
export function recogniseLayout(headers: readonly string[], needsMeter: boolean): Recognition {
  const columns = headers.map((header, index) => ({ index, header, words: headerWords(header) }));
  const meter = best(columns, 'meter');
  const lateHour = lateFirstHour(headers);
  if (lateHour !== null)
    return {
      matches: 2,
      problem: `its columns begin at ${quoted(lateHour)}, as for gas days: send one row for each reading instead`,
    };
  const found = dayRows(columns, meter) ?? readingRows(columns, meter);
  if (found === null) return { matches: 0, problem: 'it has no column for the date, such as Date or Timestamp' };
  if (typeof found === 'string') return { matches: meter === null ? 1 : 2, problem: found };
  if (meter === null && needsMeter)
    return {
      matches: 2,
      problem:
        'it has no column for the meter, such as MPAN or Meter: add one, or name the meter of the file with ?meter=',
    };
  return { layout: found };
}
