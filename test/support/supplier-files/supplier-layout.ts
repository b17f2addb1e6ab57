import type { Fuel } from './true-readings.ts';

/**
 * Clocks a file may have been written by. `local48` stands for always 48 values of the clock on the wall: in spring the
 * hour that did not exist is blank or zero, in autumn the second of the repeated hours is dropped, or added to the first.
 */
export const FILE_CLOCKS = ['local', 'utc', 'local48-blank', 'local48-zero', 'local48-summed'] as const;
export type FileClock = (typeof FILE_CLOCKS)[number];

/** What a column that is no value holds. */
export type ColumnContent =
  | 'key'
  | 'serial'
  | 'alias'
  | 'date'
  /** Time of a reading, as `SupplierLayout.time` writes it. */
  | 'time'
  /** The date and the time at which the interval of a reading ends. */
  | 'end-date'
  | 'end-time'
  /** Number of the half-hour in its day, from 1. */
  | 'period'
  | 'value'
  /** Sum of the values in the row. */
  | 'total'
  /** What the dial shows after the row. */
  | 'dial'
  /** A or E, for the row. */
  | 'flag'
  /** Yes where the row is an estimate. */
  | 'is-estimate'
  /** kWh, or kVArh in a row of reactive energy. */
  | 'unit'
  /** AI, or RI in a row of reactive energy. */
  | 'channel'
  | 'fuel'
  | { fixed: string };

/** A column that is no value of a day. */
export type Column = readonly [header: string, content: ColumnContent];

/** The values of a day side by side. */
export type ValueBlock = {
  labels: readonly string[];
  /** Header of the column beside each value, before or after it, or of a second block behind all of them. */
  besides: { where: 'before' | 'after' | 'block'; header: (label: string) => string; holds: 'flag' | 'nothing' } | null;
  /** Headers of the columns that take the repeated hour in autumn, where the block itself has 48. */
  timeChange: readonly string[] | null;
};

/** The layout of a supplier's files: names and settings as published, the rest by what such a file must hold. */
export type SupplierLayout = {
  name: string;
  fuels: readonly Fuel[];
  clocks: readonly FileClock[];
  before: readonly Column[];
  /** Null for a file with a row for each reading. */
  values: ValueBlock | null;
  after: readonly Column[];
  writeDate: (dayNumber: number) => string;
  /** Minutes after midnight as the time column or the second half of a date and time has them. */
  writeTime?: (minute: number) => string;
  /** Times of a row for each reading name the end of its interval. */
  label?: 'start' | 'end';
  /** Lines above the header. */
  titles: number;
  hasHeader: boolean;
  /** Every cell is in quotes. */
  isQuoted?: boolean;
  /** For every row of active energy there is one of reactive energy. */
  hasReactive?: boolean;
  /** The date is that of the day after, on which the file was made. */
  isDatedNextDay?: boolean;
  /** Rows run by date and then by meter, not by meter and then by date. */
  isByDate?: boolean;
};
