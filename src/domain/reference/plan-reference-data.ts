import { canonicalJson, type Json } from '../canonical-json.ts';
import type { Edition } from './edition.ts';
import { type TargetSeed, targetSeedContent } from './target-seed.ts';

/** A target that was ever in a database, a withdrawn one too. */
export type HeldTarget = {
  key: string;
  /** True while it stands and no one but the service has written it. */
  isAsShipped: boolean;
  /** Every version of it, as `targetSeedContent` gives a shipped one. */
  versions: readonly Json[];
};

/** The reference data a database holds. */
export type HeldReferenceData = {
  factorSets: readonly { id: string; version: string; digest: string; active: boolean }[];
  targets: readonly HeldTarget[];
  hasSettings: boolean;
};

/** What a database lacks of the reference data shipped with the service. */
export type ReferenceDataPlan<E> = {
  factorSets: readonly { edition: E; activate: boolean }[];
  targets: readonly TargetSeed[];
  /** Held as they were shipped earlier, and worded anew since. */
  revisedTargets: readonly TargetSeed[];
  settings: boolean;
  /** What an operator should know. */
  warnings: readonly string[];
};

/** True when there is nothing to write. */
export function isNothingToDo(plan: ReferenceDataPlan<unknown>): boolean {
  const { factorSets, targets, revisedTargets, settings } = plan;
  return factorSets.length === 0 && targets.length === 0 && revisedTargets.length === 0 && !settings;
}

function isRevised(target: TargetSeed, held: HeldTarget | undefined): boolean {
  if (held === undefined || !held.isAsShipped) return false;
  const content = canonicalJson(targetSeedContent(target) as Json);
  return held.versions.every((version) => canonicalJson(version) !== content);
}

/**
 * Compares what is shipped with what is held. A published set is never edited: one that is held with other figures
 * is left and warned of. Of a key one version is active, and the first to come is; a later version waits for the
 * operator, because activating it changes figures. Settings are only given once. So is a target, which gets a version with
 * its newer wording while no one else has written it; a wording that it had before is that of an older release, and stays.
 */
export function planReferenceData<E extends Pick<Edition, 'id' | 'version' | 'digest'>>(
  held: HeldReferenceData,
  shipped: { editions: readonly E[]; targets: readonly TargetSeed[] },
): ReferenceDataPlan<E> {
  const active = new Map(held.factorSets.filter((set) => set.active).map((set) => [set.id, set.version]));
  const factorSets: { edition: E; activate: boolean }[] = [];
  const warnings: string[] = [];
  for (const edition of shipped.editions) {
    const { id, version, digest } = edition;
    const same = held.factorSets.find((set) => set.id === id && set.version === version);
    const other = active.get(id);
    if (same === undefined) {
      factorSets.push({ edition, activate: other === undefined });
      if (other === undefined) active.set(id, version);
      else
        warnings.push(`Factor set ${id} ${version} was added and is not active: ${other} is. Activate it to use it.`);
    } else if (same.digest !== digest) {
      warnings.push(
        `Factor set ${id} ${version} is stored with other figures than the ones shipped with this release ` +
          `(stored digest ${same.digest}, shipped ${digest}). The stored figures stay: published sets are never edited.`,
      );
    }
  }
  const known = new Map(held.targets.map((target) => [target.key, target]));
  const targets = shipped.targets.filter(({ key }) => !known.has(key));
  const revisedTargets = shipped.targets.filter((target) => isRevised(target, known.get(target.key)));
  return { factorSets, targets, revisedTargets, settings: !held.hasSettings, warnings };
}
