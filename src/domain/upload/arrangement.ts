import type { LayoutColumn } from './layout.ts';

/** What a line above rows can say of all of them. */
export const ABOVE_ROLES = ['meter', 'date', 'channel', 'unit'] as const;
export type AboveRole = (typeof ABOVE_ROLES)[number];

/** A line that says something of the rows below it, until it is said anew: `MPAN: 1200023305967` or `#S 3`. */
export type AboveMark = {
  /** The word before what is said, in small letters; '' for a line of one cell that is the name itself. */
  mark: string;
  holds: AboveRole;
  /** What codes stand for; null where the text is meant as it stands. */
  texts: Readonly<Record<string, string>> | null;
};

/** A column of values under the meter it is of. */
export type MeterColumn = LayoutColumn & {
  /** Name of the meter, as its lookup knows it. */
  meter: string;
  channel: string | null;
  unit: string | null;
  /** Place of the column with the quality of these values. */
  flag: number | null;
};

/** Values side by side whose header says of which meter, of which date, or of which month they are. */
export type Across =
  | {
      holds: 'meter';
      columns: readonly MeterColumn[];
      /** Lines between that of the meters and the first row, such as one of units. */
      linesBelow: number;
    }
  | {
      holds: 'date';
      /** Place of the first date; the header of each file says which dates there are. */
      first: number;
    }
  | {
      holds: 'month';
      /** Place of the first month; the header of each file says which months there are. */
      first: number;
      /** The unit in the headers of the columns that are meant, in small letters; null for those without one. */
      unit: string | null;
    };

/**
 * How a table that is none of rows by meter and date is unfolded into one. Its records then are: what lines above say,
 * in order of `above`; the columns of `keep`; and where values stand across, what `ACROSS_HEADERS` lists.
 */
export type Arrangement = {
  above: readonly AboveMark[];
  across: Across | null;
  /** The columns that a row has for all its values; null for all columns of the row. */
  keep: readonly LayoutColumn[] | null;
};

/** The header of the column that unfolding makes of what lines above say. */
export const HEADER_OF: Readonly<Record<AboveRole, string>> = {
  meter: 'Meter',
  date: 'Date',
  channel: 'Channel',
  unit: 'Unit',
};

/** Headers of the columns that unfolding makes of a column of values. */
export const ACROSS_HEADERS = {
  meter: ['Meter', 'Channel', 'Unit', 'Value', 'Quality'],
  date: ['Date', 'Value'],
  month: ['Month', 'Value', 'Quality'],
} as const;

/** Headers that unfolding makes. */
export const MADE_HEADERS: ReadonlySet<string> = new Set([
  ...Object.values(HEADER_OF),
  ...ACROSS_HEADERS.meter,
  ...ACROSS_HEADERS.month,
]);

/** The header of the unfolded table; `header` is the line of the file. */
export function unfoldedHeader({ above, across, keep }: Arrangement, header: readonly string[]): string[] {
  return [
    ...above.map(({ holds }) => HEADER_OF[holds]),
    ...(keep === null ? header : keep.map((column) => column.header ?? '')),
    ...(across === null ? [] : ACROSS_HEADERS[across.holds]),
  ];
}
