import type { SupplyDocuments, SupplyKind } from '../../domain/supply/supply.ts';
import type { PageRequest } from '../page.ts';

/** A record's identity, locked, with what is known of it now; `current` is null for one that was never written. */
export type LockedRecord<Kind extends SupplyKind> = { id: number; current: SupplyDocuments[Kind] | null };

/** Supply records inside one transaction. */
export type SupplyStore = {
  /** Locks a record's identity until the transaction ends, making it first where it does not exist. */
  claim<Kind extends SupplyKind>(kind: Kind, key: string): Promise<LockedRecord<Kind>>;
  /** Whether a record exists now; it stays until the transaction ends. */
  hold(kind: SupplyKind, key: string): Promise<boolean>;
  /** Makes writers of one kind wait for each other, and gives all records of it. */
  lockKind<Kind extends SupplyKind>(kind: Kind): Promise<SupplyDocuments[Kind][]>;
  /** Keys of meters that name a heat network now, at most `limit`, in order. */
  metersOn(network: string, limit: number): Promise<string[]>;
  /** Replaces a record; what it was before is kept. */
  write<Kind extends SupplyKind>(id: number, changeId: bigint, value: SupplyDocuments[Kind]): Promise<void>;
  /** Ends a record, without a successor. */
  end(id: number, changeId: bigint): Promise<void>;
};

/** Supply records outside any transaction, as they stand now or stood at a clock reading. */
export type SupplyReads = {
  find<Kind extends SupplyKind>(kind: Kind, key: string, atSeq: string | null): Promise<SupplyDocuments[Kind] | null>;
  /** Up to `limit + 1` records after `after`, by key in byte order. */
  list<Kind extends SupplyKind>(kind: Kind, page: PageRequest, atSeq: string | null): Promise<SupplyDocuments[Kind][]>;
  /** Every record of a kind, by key in byte order. */
  all<Kind extends SupplyKind>(kind: Kind, atSeq: string | null): Promise<SupplyDocuments[Kind][]>;
};
