import type { ArrivingBill, StoredBilledPeriod } from '../domain/billed-period.ts';
import type { IntervalProfile } from '../domain/interval-profile.ts';
import type { LocalDay } from '../domain/local-day.ts';
import type { ArrivingRead, RefusedRead } from '../domain/registers/place-reads.ts';
import type { RefusedDay } from '../domain/settle-meter.ts';
import type { SpanConflict } from '../domain/span-totals.ts';

/** One profile of one meter-day, checked; `line` is where it stood in a file. */
export type ProfileInput = { meterId: number; day: LocalDay; profile: IntervalProfile; line: number | null };

/** The totals that a delivery states beside its profiles: bills and register reads. */
export type DeliveredTotals = { bills: readonly ArrivingBill[]; reads: readonly ArrivingRead[] };

/** Who writes, and what for. `partial`: store the good rows when some cannot be stored; otherwise all or none. */
export type WriteContext = {
  kind: 'readings' | 'upload';
  principal: string;
  uploadId: bigint | null;
  partial: boolean;
  /** What of the delivery may put estimates in place of actual values: all of it, or its rows by their lines (rule E2). */
  replaceActual: 'all' | ReadonlySet<number>;
};

/** What a write did. Where something was refused and the write was not partial, nothing was stored. */
export type WriteOutcome = {
  /** Clock reading of the change, or null when nothing new was written. */
  seq: string | null;
  changeId: string | null;
  daysNew: number;
  daysChanged: number;
  billsWritten: number;
  readsWritten: number;
  /** Register reads that left a better or later one of their day standing (rules E2, E4). */
  readsKept: number;
  /** Intervals in which an arriving estimate left an actual value standing (rule E2). */
  keptActual: number;
  conflicts: (SpanConflict & { meterId: number })[];
  refused: RefusedDay[];
  /** Bills that could not be stored: they overlap a stored one, or correct an invoice that is not there (null). */
  refusedBills: { bill: ArrivingBill; overlaps: StoredBilledPeriod | null }[];
  refusedReads: RefusedRead[];
};

/** Stores checked readings, all in one change. */
export type ReadingsStore = {
  write(profiles: readonly ProfileInput[], totals: DeliveredTotals, context: WriteContext): Promise<WriteOutcome>;
};
