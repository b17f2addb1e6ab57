import type { Activity, Direction, MeterKind } from '../domain/activities.ts';
import type { Meter } from '../domain/meter.ts';
import type { ContractedMeter } from '../domain/supply/product-overlap.ts';
import type { PageRequest } from './page.ts';

/** Which meters are asked for. A null filter takes all. */
export type MeterFilter = {
  /** Key of a site that the meter belongs to on some day. */
  site: string | null;
  activity: Activity | null;
  kind: MeterKind | null;
  direction: Direction | null;
};

/** A meter's identity, locked, with what is known of it now; `current` is null for one that was deleted or never written. */
export type LockedMeter = { id: number; current: Meter | null };

/** A meter with the identities that its fields refer to. */
export type MeterRow = { meter: Meter; parentId: number | null; siteIds: ReadonlyMap<string, number> };

/** Meters inside one transaction. */
export type MeterStore = {
  /**
   * Locks a meter's identity, and its parent's with it, in one statement and in ascending order: the order in which
   * every writer of readings takes them. Makes the meter's identity where it does not exist; the parent is null when
   * there is no such meter now.
   */
  claim(key: string, parentKey: string | null): Promise<{ meter: LockedMeter; parentId: number | null }>;
  /** Locks a meter's identity. Null when there is none. */
  lock(key: string): Promise<LockedMeter | null>;
  /** Keys of the meters above a meter, nearest first. Only true while `claim` with a parent holds the hierarchy. */
  ancestors(id: number, limit: number): Promise<string[]>;
  /** Keys of the meters that a meter feeds directly, at most `limit`, in order. */
  children(id: number, limit: number): Promise<string[]>;
  /** Whether any reading, register reading or billed period was ever stored for a meter. */
  hasReadings(id: number): Promise<boolean>;
  /** Meters that contracts supply, or supplied on some day, by key. */
  contracted(): Promise<ContractedMeter[]>;
  /** The meters that tenants share, of those that belong to a site on some day. */
  sharedAt(siteId: number): Promise<Meter[]>;
  /** Replaces what is known of a meter. */
  write(id: number, changeId: bigint, row: MeterRow): Promise<void>;
  /** Ends what is known of a meter, without a successor. */
  end(id: number, changeId: bigint): Promise<void>;
};

/** Meters outside any transaction: as they stand now (`seq` null), or as they stood at a clock reading. */
export type MeterReads = {
  find(key: string, seq: string | null): Promise<Meter | null>;
  /** Up to `limit + 1` meters after `after`, by key in byte order. */
  list(filter: MeterFilter, page: PageRequest, seq: string | null): Promise<Meter[]>;
};
