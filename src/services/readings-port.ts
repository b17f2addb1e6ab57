import type { BilledPeriod, StoredBilledPeriod } from '../domain/billed-period.ts';
import type { IntervalProfile } from '../domain/interval-profile.ts';
import type { LocalDay } from '../domain/local-day.ts';
import type { RefusedDay } from '../domain/settle-meter.ts';
import type { SpanConflict } from '../domain/span-totals.ts';

/** One profile of one meter-day, checked; `line` is where it stood in a file. */
export type ProfileInput = { meterId: number; day: LocalDay; profile: IntervalProfile; line: number | null };

/** Who writes, and what for. `partial`: store the good rows when some cannot be stored; otherwise all or none. */
export type WriteContext = {
  kind: 'readings' | 'upload';
  principal: string;
  uploadId: bigint | null;
  partial: boolean;
};

/** What a write did. Where `refused` or `overlaps` is not empty and the write was not partial, nothing was stored. */
export type WriteOutcome = {
  /** Clock reading of the change, or null when nothing new was written. */
  seq: string | null;
  changeId: string | null;
  daysNew: number;
  daysChanged: number;
  billsWritten: number;
  /** Intervals in which an arriving estimate left an actual value standing (rule E2). */
  keptActual: number;
  conflicts: (SpanConflict & { meterId: number })[];
  refused: RefusedDay[];
  overlaps: { bill: BilledPeriod; stored: StoredBilledPeriod }[];
};

/** Stores checked readings, all in one change. */
export type ReadingsStore = {
  write(
    profiles: readonly ProfileInput[],
    bills: readonly BilledPeriod[],
    context: WriteContext,
  ): Promise<WriteOutcome>;
};
