/** How the times of a file are to be read (rule E8). */
export const UPLOAD_CLOCKS = ['local', 'utc', 'gmt48', 'local48'] as const;
export type UploadClock = (typeof UPLOAD_CLOCKS)[number];

/** Whether a time names the start or the end of its interval. */
export const LABELS = ['start', 'end'] as const;
export type IntervalLabel = (typeof LABELS)[number];

/** Columns that both shapes have; null where the file has none. */
type SharedColumns = {
  headers: readonly string[];
  meterColumn: number | null;
  qualityColumn: number | null;
  /** The quality column asks "is it an estimate?" rather than naming the quality. */
  qualityIsEstimate: boolean;
  channelColumn: number | null;
  unitColumn: number | null;
  /** The unit a header names for the values, in small letters. */
  headerUnit: string | null;
  /** The clock a header names, as in `Date (UTC)`. */
  headerClock: UploadClock | null;
};

/** A row for each meter and day, the values of the day side by side. */
export type DayRowLayout = SharedColumns & {
  shape: 'day-rows';
  dayColumn: number;
  resolutionMinutes: number;
  valueColumns: readonly number[];
  flagColumns: readonly number[] | null;
  /** The values are the last columns and stand side by side, so that a row may have more or fewer of them. */
  isOpenEnded: boolean;
};

/** A row for each reading. */
export type ReadingRowLayout = SharedColumns & {
  shape: 'reading-rows';
  valueColumn: number;
  /** The column with date and time together, or the date alone. */
  dayColumn: number;
  /** The time of day, or the number of the settlement period, where the date stands alone. */
  timeColumn: number | null;
  timeIsPeriod: boolean;
  /** There is no time at all: one value a day. */
  isDaily: boolean;
  label: IntervalLabel | null;
};

/** How the columns of a file are read. */
export type Layout = DayRowLayout | ReadingRowLayout;
