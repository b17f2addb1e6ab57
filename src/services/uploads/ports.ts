import type { Fault, RefusalCode } from '../../domain/refusal.ts';
import type { IntervalLabel, UploadClock } from '../../domain/upload/layout.ts';
import type { RowFault } from '../../domain/upload/row-fault.ts';
import type { UploadNotice } from '../../domain/upload/tally.ts';
import type { ReadAs, UploadReport } from '../../domain/upload/upload-report.ts';
import type { WriteOutcome } from '../readings-port.ts';

/** Strict: one refused row and nothing is stored. Lenient: the good rows are stored. */
export const UPLOAD_MODES = ['strict', 'lenient'] as const;
export type UploadMode = (typeof UPLOAD_MODES)[number];

/** Where an upload stands. */
export const UPLOAD_STATUSES = ['receiving', 'stored', 'nothing-new', 'refused', 'failed'] as const;
export type UploadStatus = (typeof UPLOAD_STATUSES)[number];

/** What the sender says about a file. */
export type UploadSettings = {
  mode: UploadMode;
  clock: UploadClock | null;
  label: IntervalLabel | null;
  resolutionMinutes: number | null;
  meter: string | null;
};

/** Why a file as a whole was refused, or why receiving it failed. */
export type UploadRefusal = { code: RefusalCode; detail: string; faults: readonly Fault[] };

/** What is done with a file that arrives. */
export type IngestRequest = UploadSettings & { uploadId: bigint; principal: string; now: Date };

/** A file that was read to its end, or as far as it can be read; the hash and length are null where it was not received whole. */
export type IngestResult = { sha256: string | null; bytes: number | null } & (
  | { kind: 'read'; report: UploadReport; write: WriteOutcome | null; daysUnchanged: number }
  | { kind: 'refused'; refusal: UploadRefusal }
);

/** Reads a file as it arrives and stores what it says. Rejects when the source fails, and then has stored nothing. */
export type IngestUpload = (source: AsyncIterable<Uint8Array>, request: IngestRequest) => Promise<IngestResult>;

/** What an upload came to, once its file has been read. */
export type UploadResult = {
  readAs: ReadAs;
  rows: { read: number; accepted: number; refused: number; skipped: number };
  meters: number;
  days: { new: number; changed: number; unchanged: number; refused: number };
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

/** One delivered file. */
export type UploadRecord = {
  id: bigint;
  status: UploadStatus;
  receivedAt: Date;
  finishedAt: Date | null;
  fileName: string | null;
  mediaType: string;
  mode: UploadMode;
  clock: UploadClock | null;
  sha256: string | null;
  bytes: number | null;
  result: UploadResult | null;
  /** Why the file as a whole was refused, or failed. */
  reason: string | null;
  refusals: readonly RowFault[];
};

/** A file that begins to arrive. */
export type UploadStart = Pick<UploadRecord, 'receivedAt' | 'fileName' | 'mediaType' | 'mode' | 'clock'> & {
  principal: string;
};

/** How an upload ended. */
export type UploadEnd = Pick<UploadRecord, 'status' | 'sha256' | 'bytes' | 'result' | 'reason' | 'refusals'> & {
  finishedAt: Date;
  changeId: string | null;
};

/** Keeps the record of uploads. */
export type UploadStore = {
  start(upload: UploadStart): Promise<bigint>;
  finish(id: bigint, end: UploadEnd): Promise<void>;
  find(id: bigint): Promise<UploadRecord | null>;
  /**
   * Ends the uploads that a process left behind when it stopped: stored where their change was committed, else failed.
   * Uploads that another process is receiving stay. Returns how many were ended.
   */
  endInterrupted(now: Date, reason: string): Promise<number>;
};
