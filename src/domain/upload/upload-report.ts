import { groupBy } from '../group-by.ts';
import { addDays, type DaySpan, dayOfNumber } from '../local-day.ts';
import type { DateOrder, IntervalLabel, Layout, UploadClock } from './layout.ts';
import type { Decision } from './recognise/recognition.ts';
import type { RowCensus } from './row-census.ts';
import type { RowFault } from './row-fault.ts';
import type { SideRow } from './side-rows.ts';
import type { TableLines, Tally, UploadNotice } from './tally.ts';
import type { TotalCheck } from './total-check.ts';

/** Zero values of one meter. */
export type MeterZeros = { meter: string; values: number; longestRunIntervals: number };

/** What a file can be: one of the tables, or a data flow of register reads. */
export const FILE_SHAPES = [
  'day-rows',
  'reading-rows',
  'register-rows',
  'bill-rows',
  'd0010',
] as const satisfies readonly (Layout['shape'] | 'register-rows' | 'bill-rows' | 'd0010')[];
export type FileShape = (typeof FILE_SHAPES)[number];

/** How the reader understood the file. */
export type ReadAs = {
  shape: FileShape;
  /** Line the header stands on; null when there is none. */
  headerLine: number | null;
  clock: UploadClock | null;
  label: IntervalLabel | null;
  dateOrder: DateOrder | null;
  /** What was decided about the file, and why. */
  decisions: Decision[];
  /** How each member of an archive, or sheet of a workbook, was understood; absent in a file that is one table. */
  tables?: (Omit<ReadAs, 'tables'> & { file: string })[];
};

/** What reading a file came to, before anything is stored. */
export type UploadReport = {
  readAs: ReadAs;
  /** The layout that it was read by; null for a data flow, which has one of its own. */
  layout: Layout | null;
  /** Whose rows it has. */
  census: RowCensus;
  /** The supplier's own totals, held against the values; null where no row has one. */
  totals: TotalCheck | null;
  rows: { read: number; accepted: number; refused: number; skipped: number };
  /** Rows of channels that are not stored, by channel. */
  skipped: { channel: string; rows: number }[];
  values: number;
  keptActual: number;
  meters: number;
  /** The days that have a value; null when none has. */
  period: DaySpan | null;
  zeros: { values: number; meters: MeterZeros[] };
  /** Where the lines of each table begin, when those of all tables are counted through: days and reads have such lines. */
  lines: readonly TableLines[];
  /** The first refused rows, by line. */
  faults: RowFault[];
  notices: UploadNotice[];
};

/** Meters whose zeros are listed: those with the longest runs. */
const ZERO_METERS_MAX = 100;

function zerosOf(tally: Tally): UploadReport['zeros'] {
  const meters = [...tally.meters.values()].filter((meter) => meter.values > 0);
  meters.sort((a, b) => b.longestRun - a.longestRun || (a.key < b.key ? -1 : 1));
  return {
    values: meters.reduce((sum, meter) => sum + meter.values, 0),
    meters: meters
      .slice(0, ZERO_METERS_MAX)
      .map(({ key, values, longestRun }) => ({ meter: key, values, longestRunIntervals: longestRun })),
  };
}

function totalNotices({ rowsAgree, rowsDiffer, differences: [first] }: TotalCheck): UploadNotice[] {
  if (first === undefined) return [];
  const { line, total, sum, difference } = first;
  const detail = `The total of ${rowsDiffer} of ${rowsAgree + rowsDiffer} rows is not the sum of their values, such as on line ${line}: ${total}, and the values add up to ${sum}, a difference of ${difference}. The values are stored.`;
  return [{ code: 'total-differs', detail }];
}

const SIDE_ROW_NAMES: Readonly<Record<SideRow, string>> = {
  total: 'rows of totals',
  repeat: 'repeats of the lines above the data',
  remark: 'remarks',
};

/** What the sender should know of a file. */
export function noticesOf(tally: Tally): UploadNotice[] {
  const notices = [...tally.notices.values()];
  const skipped = [...tally.skipped].map(([channel, rows]) => `${rows} of ${channel}`);
  if (skipped.length > 0)
    notices.push({
      code: 'channels-skipped',
      detail: `Rows were left out because their channel does not belong to the meter they name: ${skipped.join(', ')}.`,
    });
  const sideRows = [...tally.sideRows].map(
    ([kind, { rows, line }]) => `${rows} ${SIDE_ROW_NAMES[kind]} (the first on line ${line})`,
  );
  if (sideRows.length > 0)
    notices.push({
      code: 'side-rows-skipped',
      detail: `Rows that are no readings were left out: ${sideRows.join(', ')}.`,
    });
  return [...notices, ...totalNotices(tally.totals.result())];
}

/** The faults of each table by line, the tables in the order of the file. */
function inOrder(faults: readonly RowFault[]): RowFault[] {
  const tables = groupBy(faults, ({ file }) => file);
  return [...tables.values()].flatMap((own) => own.sort((a, b) => a.line - b.line));
}

/** Sums up a tally. */
export function reportOf(tally: Tally, readAs: ReadAs, layout: Layout | null): UploadReport {
  const skipped = [...tally.skipped].map(([channel, rows]) => ({ channel, rows }));
  const sideRows = [...tally.sideRows.values()];
  const isEmpty = tally.meters.size === 0;
  const totals = tally.totals.result();
  return {
    readAs,
    layout,
    census: tally.census.result(),
    totals: totals.rowsAgree + totals.rowsDiffer === 0 ? null : totals,
    rows: {
      read: tally.read,
      accepted: tally.accepted,
      refused: tally.refused,
      skipped: [...skipped, ...sideRows].reduce((sum, { rows }) => sum + rows, 0),
    },
    skipped,
    values: tally.values,
    keptActual: tally.keptActual,
    meters: tally.meters.size,
    period: isEmpty ? null : { start: dayOfNumber(tally.firstDay), end: addDays(dayOfNumber(tally.lastDay), 1) },
    zeros: zerosOf(tally),
    lines: tally.lines,
    faults: inOrder(tally.faults),
    notices: noticesOf(tally),
  };
}
