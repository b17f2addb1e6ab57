import type { DaySpan } from '../../domain/local-day.ts';
import type { RefusedRead } from '../../domain/registers/place-reads.ts';
import type { RefusedDay } from '../../domain/settle-meter.ts';
import type { SpanConflict } from '../../domain/span-totals.ts';
import type { RowFault } from '../../domain/upload/row-fault.ts';
import type { TableLines, UploadNotice } from '../../domain/upload/tally.ts';
import { LIMITS } from '../../limits.ts';
import type { WriteOutcome } from '../readings-port.ts';
import type { IngestResult, UploadEnd, UploadMode, UploadResult, UploadStatus } from './ports.ts';

type Read = Extract<IngestResult, { kind: 'read' }>;

/** Conflicts with bills that are told one by one. */
const CONFLICTS_MAX = 20;
const MICRO = 1_000_000;

/** The table of a line that is counted through all tables of a file, and the line in it. */
function placeOf(line: number, tables: readonly TableLines[]): Pick<RowFault, 'file' | 'line'> {
  const own = tables.findLast(({ before }) => before < line);
  return { file: own?.file ?? null, line: line - (own?.before ?? 0) };
}

function faultOfDay({ line, detail }: RefusedDay, tables: readonly TableLines[]): RowFault {
  return { ...placeOf(line ?? 0, tables), column: null, value: null, code: 'conflict', detail };
}

function faultOfRead({ read, field, code, detail }: RefusedRead, tables: readonly TableLines[]): RowFault {
  const value = field === 'serial' ? read.serial : null;
  return { ...placeOf(read.line, tables), column: field, value, code, detail };
}

/** A bill that overlaps a stored one; a file names no invoice that a bill takes the place of. */
function faultOfBill({ bill, overlaps }: WriteOutcome['refusedBills'][number]): RowFault {
  const days = ({ start, end }: DaySpan) => `${start}/${end}`;
  const other = overlaps === null ? 'another' : `the one of ${days(overlaps)}`;
  const detail = `The bill of ${days(bill)} (the end is the first day after it) overlaps ${other}: expected days that no other bill of the meter covers, or for a correction exactly the same days or the same invoice`;
  const { file, line } = bill.place ?? { file: null, line: 0 };
  return { file, line, column: null, value: null, code: 'overlapping-billed-period', detail };
}

function conflictNotices(conflicts: readonly SpanConflict[]): UploadNotice[] {
  return conflicts.slice(0, CONFLICTS_MAX).map(({ code, start, end, totalMicro, coveredMicro }) => ({
    code,
    detail: `The ${code === 'bill-below-intervals' ? 'bill' : 'register'} from ${start} to ${end} says ${Number(totalMicro) / MICRO}, the intervals inside it add up to ${Number(coveredMicro) / MICRO}: nothing was spread over the time without intervals.`,
  }));
}

function statusOf(
  write: WriteOutcome | null,
  report: Read['report'],
  refusals: number,
  mode: UploadMode,
): UploadStatus {
  const isRefused = refusals > 0 && (mode === 'strict' || report.rows.accepted === 0);
  if (isRefused) return 'refused';
  return write?.seq === null || write === null ? 'nothing-new' : 'stored';
}

/** How an upload ends whose file was read to its end. */
export function endOfRead(
  { sha256, bytes, report, write, daysUnchanged, readsUnchanged, billsUnchanged }: Read,
  mode: UploadMode,
): Omit<UploadEnd, 'finishedAt'> {
  const refusedDays = write?.refused ?? [];
  const refusedReads = write?.refusedReads ?? [];
  const refusedBills = write?.refusedBills ?? [];
  const refusalCount = report.rows.refused + refusedDays.length + refusedReads.length + refusedBills.length;
  const status = statusOf(write, report, refusalCount, mode);
  const refusals = [
    ...report.faults,
    ...refusedDays.map((day) => faultOfDay(day, report.lines)),
    ...refusedReads.map((read) => faultOfRead(read, report.lines)),
    ...refusedBills.map(faultOfBill),
  ].slice(0, LIMITS.uploadRefusalsMax);
  const isStored = status === 'stored' || status === 'nothing-new';
  const result: UploadResult = {
    readAs: report.readAs,
    rows: report.rows,
    meters: report.meters,
    days: {
      new: isStored ? (write?.daysNew ?? 0) : 0,
      changed: isStored ? (write?.daysChanged ?? 0) : 0,
      unchanged: isStored ? daysUnchanged : 0,
      refused: refusedDays.length,
    },
    registerReadings: {
      written: isStored ? (write?.readsWritten ?? 0) : 0,
      unchanged: isStored ? readsUnchanged : 0,
      kept: isStored ? (write?.readsKept ?? 0) : 0,
      refused: refusedReads.length,
    },
    bills: {
      written: isStored ? (write?.billsWritten ?? 0) : 0,
      unchanged: isStored ? billsUnchanged : 0,
      refused: refusedBills.length,
    },
    valuesAccepted: report.values,
    keptActual: report.keptActual + (write?.keptActual ?? 0),
    zeros: report.zeros,
    period: report.period,
    seq: write?.seq ?? null,
    notices: [...report.notices, ...conflictNotices(write?.conflicts ?? [])],
    refusalCount,
  };
  return { status, sha256, bytes, result, reason: null, refusals, changeId: write?.changeId ?? null };
}
