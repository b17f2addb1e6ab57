import type { Now } from '../../clock.ts';
import { DEFAULT_SETTINGS } from '../../domain/reference/default-settings.ts';
import { LIMITS } from '../../limits.ts';
import type { SettingsReads } from '../settings-store.ts';

/** Removes the bytes of up to `limit` files that were kept before an instant; a file that is being read stays. Returns how many. */
export type RemoveKept = (before: Date, now: Date, limit: number) => Promise<number>;

/** Removes what has been kept for longer than the settings say; returns how many files. */
export type RemoveKeptFiles = () => Promise<number>;

const DAY_MS = 86_400_000;

/** Builds the use case of removing old files: their records, digests and what they stored stay. */
export function createRemoveKeptFiles(settings: SettingsReads, remove: RemoveKept, now: Now): RemoveKeptFiles {
  return async () => {
    const { keptFileDays } = (await settings.find(null)) ?? DEFAULT_SETTINGS;
    if (keptFileDays === null) return 0;
    const moment = now();
    const before = new Date(moment.getTime() - keptFileDays * DAY_MS);
    let removed = 0;
    for (;;) {
      const batch = await remove(before, moment, LIMITS.keptFilesRemovedAtOnceMax);
      removed += batch;
      if (batch < LIMITS.keptFilesRemovedAtOnceMax) return removed;
    }
  };
}
