import type { Settings } from '../domain/reference/default-settings.ts';

/** Settings inside one transaction. */
export type SettingsStore = {
  /** Locks the settings until the transaction ends. What stands now, or null before they were first written. */
  lock(): Promise<Settings | null>;
  /** Replaces the settings. */
  write(changeId: bigint, settings: Settings): Promise<void>;
};

/** Settings as they stand now, outside any transaction. */
export type SettingsReads = {
  find(): Promise<Settings | null>;
};
