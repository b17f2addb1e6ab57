import { MADE_HEADERS } from './arrangement.ts';
import type { AnyLayout } from './bill-layout.ts';
import type { UploadMeter } from './meter-lookup.ts';
import { addUpDay, type ParsedDay, type RawDay, type ZeroCount } from './parsed-day.ts';
import type { Question } from './recognise/recognition.ts';
import { type CensusTaker, createCensusTaker } from './row-census.ts';
import { type CellFault, clip, type RowFault } from './row-fault.ts';
import type { SettledLayout } from './settle-layout.ts';
import type { SideRow } from './side-rows.ts';
import { createTotalChecker, type TotalChecker } from './total-check.ts';

/** Something about a file that its sender should know although nothing was refused for it. */
export type UploadNotice = { code: string; detail: string };

/** Notices of one file that are kept. */
const NOTICES_MAX = 200;
/** Characters of a refused cell that are kept. */
const VALUE_LENGTH_MAX = 200;

/** How one table of a file is read; `file` is its name, null where the file is one table. */
export type TableLayout = SettledLayout<AnyLayout> & { file: string | null };

/** The lines of the tables before one, and the last line of its own that something was read of. */
export type TableLines = { file: string | null; before: number; last: number };

type MeterTally = ZeroCount & { key: string };

/** What reading a file has come to so far. */
export type Tally = {
  read: number;
  accepted: number;
  refused: number;
  /** Values that are present in accepted rows. */
  values: number;
  /** Actual values that an estimate in the same file would have replaced. */
  keptActual: number;
  /** Rows of reactive energy, demand or the other direction by channel, and those that are no data. */
  skipped: Map<string, number>;
  /** Rows that are no readings, by kind, with the line of the first. */
  sideRows: Map<SideRow, { rows: number; line: number }>;
  /** Name of the table that is read. */
  table: string | null;
  /** Where the lines of each table begin, when those of all tables are counted through; the last is being read. */
  lines: TableLines[];
  /** The line of a record of this table, counted through all tables. */
  lineOf(line: number): number;
  /** How the tables are read, as far as that is settled. */
  layouts: TableLayout[];
  /** What tables leave open that have no layout to be kept. */
  questions: Question[];
  /** Whose rows the file has. */
  census: CensusTaker;
  /** The totals that the supplier wrote. */
  totals: TotalChecker;
  /** Begins the next table of the file. */
  beginTable(name: string | null): void;
  /** Header of the column of the file that the record being read was made of; null where it is a record of the file. */
  origin: string | null;
  /** What a row is that cannot be read, where it is no reading at all; null for a bad row. */
  sideRowOf: (line: number) => SideRow | null;
  faults: RowFault[];
  notices: Map<string, UploadNotice>;
  /** By meter that has at least one value. */
  meters: Map<number, MeterTally>;
  firstDay: number;
  lastDay: number;
  refuse(line: number, column: string | null, value: string | null, fault: CellFault): void;
  notice(code: string, detail: string): void;
  /** Adds a day up and counts it; null when there is nothing in it to store. */
  add(raw: RawDay, meter: UploadMeter): ParsedDay | null;
};

/** Makes an empty tally that describes at most `faultsMax` faults. */
export function createTally(faultsMax: number): Tally {
  const tally: Tally = {
    read: 0,
    accepted: 0,
    refused: 0,
    values: 0,
    keptActual: 0,
    skipped: new Map(),
    sideRows: new Map(),
    table: null,
    lines: [{ file: null, before: 0, last: 0 }],
    lineOf(line) {
      const own = tally.lines.at(-1);
      if (own === undefined) return line;
      own.last = Math.max(own.last, line);
      return own.before + line;
    },
    layouts: [],
    questions: [],
    census: createCensusTaker(),
    totals: createTotalChecker(),
    beginTable(name) {
      const before = tally.lines.at(-1);
      tally.lines.push({ file: name, before: (before?.before ?? 0) + (before?.last ?? 0), last: 0 });
      tally.table = name;
      tally.origin = null;
      tally.sideRowOf = () => null;
    },
    origin: null,
    sideRowOf: () => null,
    faults: [],
    notices: new Map(),
    meters: new Map(),
    firstDay: Number.POSITIVE_INFINITY,
    lastDay: Number.NEGATIVE_INFINITY,
    refuse(line, column, value, { code, detail }) {
      const side = tally.sideRowOf(line);
      if (side !== null) {
        const before = tally.sideRows.get(side) ?? { rows: 0, line };
        tally.sideRows.set(side, { ...before, rows: before.rows + 1 });
        return;
      }
      tally.refused += 1;
      if (tally.faults.length < faultsMax)
        tally.faults.push({
          file: tally.table,
          line,
          column: column !== null && MADE_HEADERS.has(column) ? (tally.origin ?? column) : column,
          value: value === null ? null : clip(value, VALUE_LENGTH_MAX),
          code,
          detail,
        });
    },
    notice(code, detail) {
      const key = `${code} ${detail}`;
      if (!tally.notices.has(key) && tally.notices.size < NOTICES_MAX) tally.notices.set(key, { code, detail });
    },
    add(raw, meter) {
      const own = tally.meters.get(meter.id) ?? { key: meter.key, values: 0, longestRun: 0, run: 0 };
      const day = addUpDay(raw, own);
      if (day === null) return null;
      day.line = tally.lineOf(day.line);
      tally.meters.set(meter.id, own);
      if (raw.dayNumber < tally.firstDay) tally.firstDay = raw.dayNumber;
      if (raw.dayNumber > tally.lastDay) tally.lastDay = raw.dayNumber;
      return day;
    },
  };
  return tally;
}
