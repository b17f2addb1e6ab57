import type { Principal } from '../domain/access.ts';
import type { Touched } from '../domain/change-log/touched.ts';
import type { SupplyKind } from '../domain/supply/supply.ts';
import type { FactorWrites } from './factors/factor-store-port.ts';
import type { KeyStore } from './key-store.ts';
import type { LayoutStore } from './layouts/layout-store.ts';
import type { MeterStore } from './meter-store.ts';
import type { SettingsStore } from './settings-store.ts';
import type { SiteStore } from './site-store.ts';
import type { SupplyStore } from './supply/supply-store.ts';
import type { TargetStore } from './target-store.ts';

/** What kind of change it is, and whose. */
export type ConfigurationChange = {
  kind:
    | 'site'
    | 'meter'
    | 'settings'
    | 'target'
    | 'layout'
    | 'api-key'
    | 'factor-set'
    | 'factor-activation'
    | SupplyKind;
  principal: Principal;
  /** What it touches, if it changes anything. */
  touched: Touched;
};

/** The stores of one running transaction. They must not outlive it. */
export type ConfigurationStores = {
  sites: SiteStore;
  meters: MeterStore;
  settings: SettingsStore;
  targets: TargetStore;
  layouts: LayoutStore;
  supply: SupplyStore;
  keys: KeyStore;
  factors: FactorWrites;
  /**
   * Draws the number that the new rows carry. Drawn only once something is to be written, and only after what is written
   * to has been locked: of two writers of one row the later one must have the higher number.
   */
  changeId: () => Promise<bigint>;
};

/**
 * Runs one change of configuration in a transaction of its own. If `work` drew a change id, the change is stamped on the
 * knowledge clock as the very last act; if it did not, nothing was changed and the clock stands still.
 * @throws Refusal `busy` when a lock or the database is not to be had in time.
 */
export type ChangeConfiguration = <Result>(
  change: ConfigurationChange,
  work: (stores: ConfigurationStores) => Promise<Result>,
) => Promise<Result>;

/** What a write came to. */
export type PutOutcome<Value> = { created: boolean; value: Value };
