import type { Principal } from '../domain/access.ts';
import { TOUCHES_ALL } from '../domain/change-log/touched.ts';
import { gasNotices } from '../domain/gas/gas-settings.ts';
import { DEFAULT_SETTINGS, type Settings } from '../domain/reference/default-settings.ts';
import type { ChangeConfiguration } from './change-configuration.ts';
import { checkAllLeases } from './lease-types.ts';
import type { Knowledge } from './past/known-at.ts';
import { sameContent } from './same-content.ts';
import type { SettingsReads } from './settings-store.ts';
import type { RespreadTotals } from './weather/respread-port.ts';

/** The organisation's settings. */
export type SettingsService = {
  /** What holds now or held then; the defaults where nothing was ever set. */
  get(known: Knowledge): Promise<Settings>;
  /**
   * Replaces the settings, and says what that leaves as it was. The same settings again change nothing.
   * @throws Refusal `lease-type-missing` for financial control while leases state no kind.
   */
  put(settings: Settings, principal: Principal): Promise<{ settings: Settings; notices: string[] }>;
};

/** Builds the use cases of settings. */
export function createSettings(
  reads: SettingsReads,
  change: ChangeConfiguration,
  respread: RespreadTotals,
): SettingsService {
  return {
    get: async ({ seq }) => (await reads.find(seq)) ?? DEFAULT_SETTINGS,

    async put(settings, principal) {
      const before = await change({ kind: 'settings', principal, touched: TOUCHES_ALL }, async (stores) => {
        const current = await stores.settings.lock();
        if (!sameContent(current, settings)) {
          await checkAllLeases(settings.consolidation, stores);
          await stores.settings.write(await stores.changeId(), settings);
        }
        return current ?? DEFAULT_SETTINGS;
      });
      await respread({}, principal.label);
      return { settings, notices: gasNotices(before.gas, settings.gas) };
    },
  };
}
