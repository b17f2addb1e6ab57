import { type ColumnRole, headerClock, headerUnit, headerWords, rankOf } from './header-words.ts';
import { findIntervalColumns, lateFirstHour } from './interval-columns.ts';
import type { DayRowLayout, Delimiter, Layout, LayoutColumn, ReadingRowLayout } from './layout.ts';
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

/** Where a header was found. */
export type HeaderPlace = { delimiter: Delimiter; headerLine: number };

const columnOf = ({ index, header }: Column): LayoutColumn => ({ index, header });
const columnOrNull = (column: Column | null): LayoutColumn | null => (column === null ? null : columnOf(column));

function shared(place: HeaderPlace, columns: readonly Column[], dayWords: string, valueWords: string) {
  const isEstimate = best(columns, 'is-estimate');
  const quality = best(columns, 'quality') ?? isEstimate;
  return {
    ...place,
    qualityMeans: quality !== null && quality === isEstimate ? ('is-estimate' as const) : ('quality' as const),
    unit: headerUnit(valueWords),
    dateOrder: null,
    clock: headerClock(dayWords),
    dayBasis: 'local' as const,
    skip: [],
  };
}

function sharedColumns(columns: readonly Column[], meter: Column | null, date: Column) {
  return {
    meter: meter === null ? [] : [columnOf(meter)],
    date: columnOf(date),
    quality: columnOrNull(best(columns, 'quality') ?? best(columns, 'is-estimate')),
    channel: columnOrNull(best(columns, 'channel')),
    unit: columnOrNull(best(columns, 'unit')),
  };
}

function dayRows(place: HeaderPlace, columns: readonly Column[], meter: Column | null): DayRowLayout | string | null {
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
  const at = (index: number): LayoutColumn => ({ index, header: headers[index] ?? null });
  return {
    shape: 'day-rows',
    ...shared(place, others, day.words, columns[first]?.words ?? ''),
    columns: {
      ...sharedColumns(others, meter, day),
      values: valueColumns.map(at),
      flags: flagColumns?.map(at) ?? null,
      repeatedHour: [],
      total: null,
    },
    resolutionMinutes,
    isOpenEnded,
    firstMinute: 0,
    rowDate: 'same-day',
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

function readingRows(
  place: HeaderPlace,
  columns: readonly Column[],
  meter: Column | null,
): ReadingRowLayout | string | null {
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
    shape: 'reading-rows',
    ...shared(place, columns, `${moment.words} ${timeColumn?.words ?? ''}`, value.words),
    columns: {
      ...sharedColumns(columns, meter, moment),
      value: columnOf(value),
      time: timeColumn === period ? null : columnOrNull(timeColumn),
      period: timeColumn === period ? columnOrNull(period) : null,
    },
    isDaily: isAlone && timeColumn === null,
    label: moment === end ? 'end' : null,
    resolutionMinutes: null,
  };
}

/**
 * Tells from a header how the columns of a file are to be read. `needsMeter` is false when the sender has named the one
 * meter of the file. Recognising layouts by their content as well will take the place of this function; its answer stays.
 */
export function recogniseLayout(headers: readonly string[], needsMeter: boolean, place: HeaderPlace): Recognition {
  const columns = headers.map((header, index) => ({ index, header, words: headerWords(header) }));
  const meter = best(columns, 'meter');
  const lateHour = lateFirstHour(headers);
  if (lateHour !== null)
    return {
      matches: 2,
      problem: `its columns begin at ${quoted(lateHour)}, as for gas days: send one row for each reading instead`,
    };
  const found = dayRows(place, columns, meter) ?? readingRows(place, columns, meter);
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
