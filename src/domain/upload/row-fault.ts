/** Why a row was refused: where it stands, what stood there, and what was expected. */
export type RowFault = {
  /** Name of the table inside the file: a member of an archive, a sheet. Null in a file that is one table. */
  file: string | null;
  /** Line of the file, from 1; row of a sheet. */
  line: number;
  /** Header of the column, or null when the row as a whole is at fault. */
  column: string | null;
  /** The text of the cell. */
  value: string | null;
  /** What kind of fault, stable. */
  code: string;
  /** The reason, in words. */
  detail: string;
};

/** What is wrong with one cell, before its place is known. */
export type CellFault = { code: string; detail: string };

/** True for a fault where a value could stand. */
export function isFault(result: object | number | string | null): result is CellFault {
  return typeof result === 'object' && result !== null && 'detail' in result;
}

const QUOTED_LENGTH_MAX = 60;

/** A text cut to a length, and never inside a character. */
export function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length).replace(/[\ud800-\udbff]$/, '')}…` : text;
}

/** A text as it is repeated in a message. */
export function quoted(text: string): string {
  return `'${clip(text, QUOTED_LENGTH_MAX)}'`;
}
