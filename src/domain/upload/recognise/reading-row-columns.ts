import { type ColumnRole, headerUnit, rankOf } from '../header-words.ts';
import { hourWords, readHour, speaksOfHours } from '../hour-text.ts';
import type { ReadingRowLayout } from '../layout.ts';
import type { MeterLookup } from '../meter-lookup.ts';
import { quoted } from '../row-fault.ts';
import { findDateColumn } from './date-columns.ts';
import type { Draft } from './day-row-columns.ts';
import { findMeterColumns } from './meter-columns.ts';
import type { Hints } from './recognition.ts';
import {
  inRole,
  isBlankColumn,
  isDateText,
  isTimeText,
  isValueText,
  layoutColumn,
  type SampleColumn,
  type SampleTable,
  shareOf,
} from './sample-columns.ts';
import { findSharedColumns, sharedLayout } from './shared-columns.ts';
import { findValueColumn } from './value-column.ts';

/** A header that is itself a number or a date: the line is data, or a title with a date in it. */
const LOOKS_LIKE_DATA = /^\W*\d[\d\W]*$/;
const isPeriodText = (text: string) => /^\d{1,3}$/.test(text) || readHour(text) !== null;
/** Numbers of periods from here on count quarter-hours: half-hours end at 50. */
const QUARTER_HOURS_FROM = 90;
const LAST_HOUR = 24;

/** Columns whose headers say that they hold neither value nor meter. */
const OTHER_ROLES: readonly ColumnRole[] = ['end', 'day', 'start', 'time'];

type Moment = { date: SampleColumn; time: SampleColumn | null; period: SampleColumn | null; isEnd: boolean };

const fits = (column: SampleColumn, test: (text: string) => boolean) =>
  isBlankColumn(column) || shareOf(column, test) >= 0.5;

/** Whether dates in a column come with a time of day. */
const hasTimes = (column: SampleColumn) =>
  column.cells.some((text) => /\d[T\s]\s*\d{1,2}:\d{2}/.test(text) || /^\d{1,2}:\d{2}/.test(text));

/** Where the moment of a row stands. */
function findMoment(columns: readonly SampleColumn[]): Moment | null {
  const one = (role: ColumnRole) => inRole(columns, role).find((column) => fits(column, isDateText)) ?? null;
  const start = one('start');
  const day = one('day');
  const end = one('end');
  const date = start ?? (day === null ? end : null) ?? day ?? end ?? findDateColumn(columns);
  if (date === null || (start === null && day === null && end === null && isBlankColumn(date))) return null;
  const isAlone = date !== start && date !== end && !hasTimes(date);
  const others = columns.filter((column) => column !== date);
  const time =
    inRole(others, 'time').find(
      (column) => fits(column, isTimeText) && !isCounted(column) && !areHoursToMidnight(column),
    ) ?? null;
  const period =
    [...inRole(others, 'period'), ...inRole(others, 'time')].find((column) => fits(column, isPeriodText)) ?? null;
  const unnamed = others.find(
    (column) =>
      (column.header === null || !OTHER_ROLES.some((role) => rankOf(column.words, role) !== null)) &&
      shareOf(column, isTimeText) === 1 &&
      (column.header === null || shareOf(column, (text) => text.includes(':')) === 1) &&
      !isCounted(column),
  );
  // A header that speaks of a time is believed though its cells cannot be read: without them a day would have one value.
  const unread = inRole(others, 'time').find((column) => !isBlankColumn(column) && !isCounted(column));
  const clock = time ?? (period === null ? (unread ?? unnamed ?? null) : null);
  const isEnd = date === end || (isAlone && clock !== null && hourWords(clock.words) === 'end');
  if (!isAlone && (hasTimes(date) || clock === null)) return { date, time: null, period: null, isEnd };
  return { date, time: clock, period: clock === null ? period : null, isEnd };
}

/** Small whole numbers that count: 1, 2, 3 are periods and not times. */
function isCounted({ cells }: SampleColumn): boolean {
  const filled = cells.filter((text) => text !== '');
  return (
    filled.length > 0 && filled.every((text) => /^\d{1,2}$/.test(text)) && filled.some((text) => Number(text) % 5 !== 0)
  );
}

/** Times of whole hours up to 24:00 under a header of hours: `Hour Ending` 01:00 to 24:00 numbers the hours of the day. */
function areHoursToMidnight(column: SampleColumn): boolean {
  if (!speaksOfHours(column.words) || hourWords(column.words) !== 'end') return false;
  const hours = column.cells.filter((text) => text !== '').map((text) => readHour(text)?.hour ?? 0);
  return hours.includes(LAST_HOUR) && !hours.includes(0);
}

/** The length of what period numbers count: hours to 25, half-hours to 50, quarter-hours to 100. */
function periodMinutes(period: SampleColumn | null): number | null {
  if (period === null) return null;
  const most = Math.max(0, ...period.cells.map((text) => readHour(text)?.hour ?? Number(text)).filter(Number.isFinite));
  if (speaksOfHours(period.words) && most <= 25) return 60;
  return most > QUARTER_HOURS_FROM ? 15 : 30;
}

/** The columns of a row for each reading. Null when there is no date. */
export function draftReadingRows(
  table: SampleTable,
  find: MeterLookup,
  hints: Hints,
): Draft<ReadingRowLayout> | string | null {
  const { columns } = table;
  if (table.headerLine !== null && columns.some(({ header }) => LOOKS_LIKE_DATA.test(header ?? ''))) return null;
  const moment = findMoment(columns);
  if (moment === null) return null;
  const { date, time, period, isEnd } = moment;
  const timed = new Set([date, time, period]);
  const isOther = (column: SampleColumn) =>
    timed.has(column) || OTHER_ROLES.some((role) => rankOf(column.words, role) !== null);
  const untimed = columns.filter((column) => !isOther(column));
  const namers = untimed.filter((column) => rankOf(column.words, 'value') === null);
  const meter = findMeterColumns(namers, find, hints);
  const shared = findSharedColumns(untimed.filter((column) => !meter.columns.includes(column)));
  const used = new Set(
    [shared.columns.quality, shared.columns.channel, shared.columns.unit].map((column) => column?.index),
  );
  const left = untimed.filter((column) => !meter.columns.includes(column) && !used.has(column.index));
  const holdsValues = (column: SampleColumn) => fits(column, isValueText) || rankOf(column.words, 'value') !== null;
  const numeric = left.filter(holdsValues);
  const value = findValueColumn(numeric, meter.columns, find);
  if (typeof value === 'string') return value;
  const isDaily = time === null && period === null && !hasTimes(date) && rankOf(date.words, 'start') === null && !isEnd;
  const layout: ReadingRowLayout = {
    shape: 'reading-rows',
    ...sharedLayout(table, shared, headerUnit(value.column.words)),
    columns: {
      meter: meter.columns.map(layoutColumn),
      date: layoutColumn(date),
      ...shared.columns,
      value: layoutColumn(value.column),
      time: time === null ? null : layoutColumn(time),
      period: period === null ? null : layoutColumn(period),
    },
    periodNumbers: 'counted',
    isDaily,
    label: isEnd ? 'end' : null,
    resolutionMinutes: hints.resolutionMinutes ?? periodMinutes(period),
  };
  const valueName = value.column.header ?? `column ${value.column.index + 1}`;
  return {
    layout,
    decisions: [
      ...(meter.decision === null ? [] : [meter.decision]),
      { about: 'value', column: valueName, value: quoted(valueName), reason: value.reason, certainty: 'likely' },
      ...shared.decisions,
    ],
    known: meter.known,
  };
}
