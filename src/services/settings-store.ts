import type { Settings } from '../domain/reference/default-settings.ts';
import type { UntypedLeases } from './lease-types.ts';

/** Settings inside one transaction. */
export type SettingsStore = {
  /** Locks the settings until the transaction ends. What stands now, or null before they were first written. */
  lock(): Promise<Settings | null>;
  /** Holds the settings against a change until the transaction ends. What stands now, or null before the first write. */
  share(): Promise<Settings | null>;
  /** Leases of no stated kind, as they stand now. */
  untypedLeases(): Promise<UntypedLeases>;
  /** Replaces the settings. */
  write(changeId: bigint, settings: Settings): Promise<void>;
};

/** Settings outside any transaction: as they stand now (`seq` null), or as they stood at a clock reading. */
export type SettingsReads = {
  find(seq: string | null): Promise<Settings | null>;
};
