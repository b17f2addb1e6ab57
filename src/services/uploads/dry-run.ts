import type { Now } from '../../clock.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Question } from '../../domain/upload/recognise/recognition.ts';
import type { TableLayout } from '../../domain/upload/tally.ts';
import type { UploadReport } from '../../domain/upload/upload-report.ts';
import type { UploadRefusal, UploadSettings } from './ports.ts';

/** What a file comes to for one meter and month. */
export type ControlTotal = {
  meter: string;
  unit: string;
  /** `YYYY-MM`. */
  month: string;
  firstDay: string;
  lastDay: string;
  /** Days that have a value. */
  days: number;
  /** Exact sum of the values, in `unit`. */
  quantity: number;
  values: number;
  /** Intervals of those days without a value. */
  missing: number;
  /** Values that are estimates; they are among `values`. */
  estimated: number;
};

/** What storing the file would do to meter-days. */
export type DryRunDays = { new: number; changed: number; unchanged: number; refused: number };

/** What a file comes to once every question is answered. */
export type DryRunTotals = { controlTotals: ControlTotal[]; truncated: boolean; days: DryRunDays };

/** What a file says, as far as it can be told. */
export type DryRun = {
  sha256: string;
  bytes: number;
  /** How each of its tables is read. */
  layouts: TableLayout[];
  questions: Question[];
  /** Null where the file could not be read to its end because of an open question. */
  report: UploadReport | null;
  /** Null while a question is open: its answer would change them. */
  totals: DryRunTotals | null;
};

/** A file that is looked at and not stored. */
export type DryRunRequest = UploadSettings & { fileName: string | null; now: Date };

/** A file that was read, or why it cannot be. */
export type DryRunResult = { kind: 'looked-at'; dryRun: DryRun } | { kind: 'refused'; refusal: UploadRefusal };

/** Reads a file to its end and stores nothing of it, no record either. Rejects when the source fails. */
export type DryRunUpload = (source: AsyncIterable<Uint8Array>, request: DryRunRequest) => Promise<DryRunResult>;

/** A file on its way in, to be looked at. */
export type DryRunFile = Omit<DryRunRequest, 'now'> & { content: AsyncIterable<Uint8Array> };

/**
 * Looks at a file without storing anything of it.
 * @throws Refusal `unreadable-file`, `unknown-layout`, `busy` and the like, as an upload would.
 */
export type LookAtFile = (file: DryRunFile) => Promise<DryRun>;

/** Builds the use case of looking at a file. */
export function createLookAtFile(dryRun: DryRunUpload, now: Now): LookAtFile {
  return async ({ content, ...settings }) => {
    const result = await dryRun(content, { ...settings, now: now() });
    if (result.kind === 'looked-at') return result.dryRun;
    const { code, detail, faults } = result.refusal;
    throw new Refusal(code, detail, faults);
  };
}
