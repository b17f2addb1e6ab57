import type { KeptLayout } from '../../domain/upload/kept-layout.ts';
import type { PageRequest } from '../page.ts';

/** A layout's identity, locked, with what is known of it now; `current` is null for one that was never written. */
export type LockedLayout = { id: number; current: KeptLayout | null };

/** Kept layouts inside one transaction. */
export type LayoutStore = {
  /** Locks a layout's identity until the transaction ends, making it first where it does not exist. */
  claim(name: string): Promise<LockedLayout>;
  /** Replaces a layout; what it was before is kept. */
  write(id: number, changeId: bigint, layout: KeptLayout): Promise<void>;
  /** Ends a layout, without a successor. */
  end(id: number, changeId: bigint): Promise<void>;
};

/** Kept layouts outside any transaction, as they stand now or stood at a clock reading. */
export type LayoutReads = {
  find(name: string, atSeq: string | null): Promise<KeptLayout | null>;
  /** Up to `limit + 1` layouts after `after`, by name in byte order. */
  list(page: PageRequest, atSeq: string | null): Promise<KeptLayout[]>;
};
