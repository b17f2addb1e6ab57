import type { LocalDay } from '../../domain/local-day.ts';
import type { Fault, RefusalCode } from '../../domain/refusal.ts';
import type { BillEnd } from '../../domain/upload/bill-ends.ts';
import type { DecimalMark } from '../../domain/upload/decimal-mark.ts';
import type { DateOrder, DayBasis, IntervalLabel, RowDate, UploadClock } from '../../domain/upload/layout.ts';
import type { Question } from '../../domain/upload/recognise/recognition.ts';
import type { ValueKind } from '../../domain/upload/recognise/rising-values.ts';
import type { RowFault } from '../../domain/upload/row-fault.ts';
import type { UploadNotice } from '../../domain/upload/tally.ts';
import type { ReadAs, UploadReport } from '../../domain/upload/upload-report.ts';
import type { PageRequest } from '../page.ts';
import type { WriteOutcome } from '../readings-port.ts';

/** Strict: one refused row and nothing is stored. Lenient: the good rows are stored. */
export const UPLOAD_MODES = ['strict', 'lenient'] as const;
export type UploadMode = (typeof UPLOAD_MODES)[number];

/** Where an upload stands. */
export const UPLOAD_STATUSES = [
  'receiving',
  'processing',
  'stored',
  'nothing-new',
  'refused',
  'failed',
  'undone',
] as const;
export type UploadStatus = (typeof UPLOAD_STATUSES)[number];

/** What the sender says about a file. */
export type UploadSettings = {
  mode: UploadMode;
  clock: UploadClock | null;
  label: IntervalLabel | null;
  dateOrder: DateOrder | null;
  dayBasis: DayBasis | null;
  rowDate: RowDate | null;
  decimalMark: DecimalMark | null;
  valuesAre: ValueKind | null;
  billEnd: BillEnd | null;
  resolutionMinutes: number | null;
  /** Estimates of the file take the place of actual values; null: they do not (rule E2). */
  replaceActual: boolean | null;
  meter: string | null;
  /** Name of the kept layout that the file has. */
  layout: string | null;
};

/** Why a file as a whole was refused, or why receiving it failed, and what its sender has to answer before it can be read. */
export type UploadRefusal = {
  code: RefusalCode;
  detail: string;
  faults: readonly Fault[];
  questions: readonly Question[];
};

/** `receive`: keep a file as it arrives, and read it. `keep`: keep it alone. `read`: read one that is kept. */
export type IngestWork = 'receive' | 'keep' | 'read';

/** What is done with a file. */
export type IngestRequest = UploadSettings & {
  work: IngestWork;
  uploadId: bigint;
  fileName: string | null;
  /** Where the file is kept. */
  keptFileId: bigint;
  principal: string;
  now: Date;
};

/** A file that was read to its end, or as far as it can be read; the hash and length are null where it was not received whole. */
export type IngestResult = { sha256: string | null; bytes: number | null } & (
  | {
      kind: 'read';
      report: UploadReport;
      write: WriteOutcome | null;
      daysUnchanged: number;
      readsUnchanged: number;
      billsUnchanged: number;
    }
  | { kind: 'refused'; refusal: UploadRefusal }
  | { kind: 'kept' }
  /** Another process reads this file, or has read it. */
  | { kind: 'elsewhere' }
);

/**
 * Keeps a file as it arrives, reads it and stores what it says, as the request says; a kept one has no source. Rejects when
 * the source fails, and then has stored nothing.
 */
export type IngestUpload = (source: AsyncIterable<Uint8Array> | null, request: IngestRequest) => Promise<IngestResult>;

/** What an upload came to, once its file has been read. */
export type UploadResult = {
  readAs: ReadAs;
  rows: { read: number; accepted: number; refused: number; skipped: number };
  meters: number;
  days: { new: number; changed: number; unchanged: number; refused: number };
  /** Absent in the records of files that came before register reads were taken. */
  registerReadings?: { written: number; unchanged: number; kept: number; refused: number };
  /** Absent in the records of files that came before bills were taken. */
  bills?: { written: number; unchanged: number; refused: number };
  valuesAccepted: number;
  keptActual: number;
  zeros: UploadReport['zeros'];
  /** Half-open: `end` is the first day after. */
  period: { start: string; end: string } | null;
  /** Clock reading of the change, or null when nothing new was stored. */
  seq: string | null;
  notices: UploadNotice[];
  /** How many refusals there are; `refusals` lists the first. */
  refusalCount: number;
};

/** A file that is kept as it was received. */
export type KeptFile = { id: bigint; keptAt: Date; sha256: string; bytes: number };

/** What taking an upload back did. */
export type UploadUndo = {
  /** Meter-days that say what they said before the upload. */
  daysRestored: number;
  /** Meter-days of which nothing is known any more, as before the upload. */
  daysRemoved: number;
  /** Meter-days that stay, because a later write has changed what the upload delivered. */
  daysKept: number;
  billsEnded: number;
  billsRestored: number;
  billsKept: number;
  readsEnded: number;
  readsRestored: number;
  readsKept: number;
  /** The first of the kept days, each with the change that it is from now. */
  kept: { meter: string; day: LocalDay; seq: string; upload: string | null }[];
};

/** When and by whom an upload was taken back. `seq` is null where nothing of it was left. */
export type Undone = UploadUndo & { at: Date; by: string; seq: string | null };

/** Takes an upload back, as one change. @throws Refusal `unknown-upload`, `already-undone`, `conflict`, `busy`. */
export type UndoUpload = (id: bigint, by: { principal: string; now: Date }) => Promise<void>;

/** What is being done with a file. */
export const UPLOAD_PHASES = ['receiving', 'waiting', 'reading', 'storing'] as const;

/** How far an upload is. `bytesTotal` is null where its sender does not say how long the file is. */
export type UploadProgress = { phase: (typeof UPLOAD_PHASES)[number]; bytesRead: number; bytesTotal: number | null };

/** One delivered file. */
export type UploadRecord = {
  id: bigint;
  /** Who sent it: the label of the key. */
  principal: string;
  /** The upload whose file this one reads once more. */
  retryOf: bigint | null;
  /** Null when it is over. */
  progress: UploadProgress | null;
  status: UploadStatus;
  receivedAt: Date;
  finishedAt: Date | null;
  fileName: string | null;
  mediaType: string;
  mode: UploadMode;
  clock: UploadClock | null;
  sha256: string | null;
  bytes: number | null;
  settings: UploadSettings;
  /** The file as it was received; null where it did not arrive whole, or was deleted since. */
  keptFile: KeptFile | null;
  /** When the bytes of its file were removed, because they had been kept for as long as the settings say. */
  fileRemovedAt: Date | null;
  result: UploadResult | null;
  undone: Undone | null;
  /** Why the file as a whole was refused, or failed. */
  reason: string | null;
  refusals: readonly RowFault[];
};

/** A record in a list: its refused rows are read one record at a time. */
export type UploadSummary = Omit<UploadRecord, 'refusals'>;

/** Which uploads a list gives. */
export type UploadFilter = { status: UploadStatus | null };

/** A file that begins to arrive. */
export type UploadStart = Pick<UploadRecord, 'receivedAt' | 'fileName' | 'mediaType' | 'settings'> & {
  principal: string;
};

/** What a record and the file that is kept for it are called. */
export type UploadIds = { id: bigint; keptFileId: bigint };

/** How an upload ended. */
export type UploadEnd = Pick<UploadRecord, 'status' | 'sha256' | 'bytes' | 'result' | 'reason' | 'refusals'> & {
  finishedAt: Date;
  changeId: string | null;
};

/** Keeps the record of uploads. */
export type UploadStore = {
  start(upload: UploadStart & { expectedBytes: number | null }): Promise<UploadIds>;
  /** Begins an upload of a file that is kept already: it is to be processed. */
  startRetry(upload: UploadStart & { retryOf: bigint; keptFileId: bigint }): Promise<bigint>;
  /** The file is kept: from now on the upload is processed, by this process or the next. */
  promise(id: bigint): Promise<void>;
  /** Uploads that are to be processed and that no process has hold of, oldest first. */
  left(): Promise<bigint[]>;
  /** A file that had not arrived whole is dropped with it. */
  finish(id: bigint, end: UploadEnd): Promise<void>;
  find(id: bigint): Promise<UploadRecord | null>;
  /** Newest first; `after` is the number of the last one of the page before. At most `limit` and one more. */
  list(filter: UploadFilter, page: PageRequest): Promise<UploadSummary[]>;
  /** The bytes of a kept file as they were received. */
  readKept(fileId: bigint): AsyncIterable<Uint8Array>;
  /**
   * Ends the uploads that a process left behind when it stopped: stored where their change was committed, else failed.
   * Uploads that another process has hold of stay, and so do those that began after `before`. Returns how many were ended.
   */
  endInterrupted(now: Date, reason: string, before: Date): Promise<number>;
};
