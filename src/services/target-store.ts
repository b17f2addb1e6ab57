import type { Target } from '../domain/targets/target.ts';
import type { PageRequest } from './page.ts';

/** A target's identity, locked, with what is known of it now; `current` is null for one that was never written. */
export type LockedTarget = { id: number; current: Target | null };

/** Targets inside one transaction. */
export type TargetStore = {
  /** Locks a target's identity until the transaction ends, making it first where it does not exist. */
  claim(key: string): Promise<LockedTarget>;
  /** Replaces what is known of a target; what was promised before is kept. */
  write(id: number, changeId: bigint, target: Target): Promise<void>;
  /** Ends what is known of a target, without a successor. */
  end(id: number, changeId: bigint): Promise<void>;
};

/** Which targets are asked for. A null filter takes all. */
export type TargetFilter = { status: string | null; boundary: string | null };

/** The moment of a change, to the microsecond: a question `asOf` it sees what the change wrote. */
export type VersionMoment = { seq: string; recordedAt: string };

/** A target as it was worded from one change to another; `until` is null for what still stands. */
export type TargetVersion = { from: VersionMoment; until: VersionMoment | null; target: Target };

/** Targets outside any transaction: as they stand now, or as they stood at a clock reading. */
export type TargetReads = {
  find(key: string, atSeq?: string | null): Promise<Target | null>;
  /**
   * Up to `limit + 1` versions of a target that were known at a clock reading, or by now, the newest first; `after` is the
   * clock reading that wrote the last one of the page before.
   */
  versions(key: string, page: PageRequest, atSeq: string | null): Promise<TargetVersion[]>;
  /** Up to `limit + 1` targets after `after`, by key in byte order. */
  list(filter: TargetFilter, page: PageRequest, atSeq: string | null): Promise<Target[]>;
};
