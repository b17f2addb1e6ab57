import type { Settings } from './default-settings.ts';
import type { FactorSetSeed } from './factor-set-seed.ts';
import type { TargetSeed } from './target-seed.ts';

/** Reference data to be stored, as one change. */
export type ReferenceDataWrite = {
  factorSets: readonly { seed: FactorSetSeed; activate: boolean }[];
  targets: readonly TargetSeed[];
  /** Targets that get a new version. */
  revisedTargets: readonly TargetSeed[];
  settings: Settings | null;
};
