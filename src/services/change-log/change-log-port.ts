import type { ChangeFilter, RecordedChange } from '../../domain/change-log/recorded-change.ts';
import type { TouchedKey } from '../../domain/change-log/touched.ts';

/** Reads the log of changes. */
export type ChangeLogReader = {
  /** The first `limit` changes after a clock reading, in order of the clock. */
  read(filter: ChangeFilter, afterSeq: string, limit: number): Promise<RecordedChange[]>;
  /** What stands for a site: its record, and every meter that ever was there. Null where no such site was ever recorded. */
  keysOfSite(site: string): Promise<readonly TouchedKey[] | null>;
  wasMeter(meter: string): Promise<boolean>;
};
