import type { Arrangement } from './arrangement.ts';
import type { DecimalMark } from './decimal-mark.ts';
import type { PeriodNumbers } from './hour-text.ts';

/** How the times of a file are to be read (rule E8). */
export const UPLOAD_CLOCKS = ['local', 'utc', 'gmt48', 'local48'] as const;
export type UploadClock = (typeof UPLOAD_CLOCKS)[number];

/** Whether a time names the start or the end of its interval. */
export const LABELS = ['start', 'end'] as const;
export type IntervalLabel = (typeof LABELS)[number];

/** Which part of a date written in numbers comes first: 26/10/2025, 10/26/2025, 25-10-26. */
export const DATE_ORDERS = ['day-first', 'month-first', 'year-first'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

/** Whether a day runs from midnight to midnight, or from 05:00 (06:00 before October 2015) as gas is allocated (rule E7). */
export const DAY_BASES = ['local', 'gas-day'] as const;
export type DayBasis = (typeof DAY_BASES)[number];

/** Whether the date of a row of a day is that of its values, or of the day after, when the row was sent. */
export const ROW_DATES = ['same-day', 'day-after'] as const;
export type RowDate = (typeof ROW_DATES)[number];

/** What may stand between the cells of a line. */
export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** What a column about quality says: which quality it is, or whether the value is an estimate. */
export const QUALITY_MEANINGS = ['quality', 'is-estimate'] as const;
export type QualityMeaning = (typeof QUALITY_MEANINGS)[number];

/** A column: its place from 0, and its header as the file has it; null in a file without a header line. */
export type LayoutColumn = { index: number; header: string | null };

/** Rows that are no data, such as totals at the end: those whose cell has one of these texts, in small letters. */
export type SkipRule = { column: LayoutColumn; texts: readonly string[] };

/** Columns that both shapes may have; null where the file has none. */
export type SharedColumns = {
  /** Columns that name the meter, the best first: a row is of the first that is not blank. Empty: the sender names it. */
  meter: readonly LayoutColumn[];
  /** The date, with or without a time. */
  date: LayoutColumn;
  quality: LayoutColumn | null;
  channel: LayoutColumn | null;
  unit: LayoutColumn | null;
};

type SharedLayout = {
  delimiter: Delimiter;
  /** Line the header stands on, from 1; null when there is none. */
  headerLine: number | null;
  /** How the file is unfolded into rows that name meter and date; null where it has such rows. Columns are then those of the unfolded table. */
  arrangement: Arrangement | null;
  qualityMeans: QualityMeaning;
  /** The unit a header names for the values, in small letters. */
  unit: string | null;
  /** What stands before decimals; null where it makes no difference: a number that it would matter for is refused. */
  decimalMark: DecimalMark | null;
  /** How dates in numbers are read; null when every date shows it, as with four digits of a year in front. */
  dateOrder: DateOrder | null;
  /** Null when every time carries its offset, or when no answer would change anything. */
  clock: UploadClock | null;
  /** Null where one value a day is said to be of neither. */
  dayBasis: DayBasis | null;
  skip: readonly SkipRule[];
};

/** A row for each meter and day, the values of the day side by side. */
export type DayRowLayout = SharedLayout & {
  shape: 'day-rows';
  columns: SharedColumns & {
    values: readonly LayoutColumn[];
    /** The flag of each value. */
    flags: readonly LayoutColumn[] | null;
    /** The hour that autumn repeats, where it stands apart from the 48. */
    repeatedHour: readonly LayoutColumn[];
    /** The sum of the day. */
    total: LayoutColumn | null;
  };
  resolutionMinutes: number;
  /** The values are the last columns and stand side by side, so that a row may have more or fewer of them. */
  isOpenEnded: boolean;
  /** Minutes after midnight at which the first value begins: 0, or that of the gas day. */
  firstMinute: number;
  rowDate: RowDate;
};

/** A row for each reading. */
export type ReadingRowLayout = SharedLayout & {
  shape: 'reading-rows';
  columns: SharedColumns & {
    value: LayoutColumn;
    /** The time of day, where the date stands alone. */
    time: LayoutColumn | null;
    /** The number of the settlement period, where there is no time. */
    period: LayoutColumn | null;
  };
  /** What the numbers of periods count. */
  periodNumbers: PeriodNumbers;
  /** There is no time at all: one value a day. */
  isDaily: boolean;
  /** Null where the rows are days or periods, which name the interval itself. */
  label: IntervalLabel | null;
  /** Length of the intervals; null takes the commonest step between the rows of each meter. */
  resolutionMinutes: number | null;
};

/** Whether rows are told by the number of their interval in the day, counted from 1. */
export function isCountedPeriod({ columns, periodNumbers }: ReadingRowLayout): boolean {
  return columns.period !== null && periodNumbers === 'counted';
}

/** How a file is read. It is plain data: it can be kept as JSON and used again for the next file of the supplier. */
export type Layout = DayRowLayout | ReadingRowLayout;

/** What a column is called in a message. */
export function columnName({ header, index }: LayoutColumn): string {
  return header === null || header === '' ? `column ${index + 1}` : header;
}
