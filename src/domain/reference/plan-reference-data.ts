import type { Edition } from './edition.ts';

/** The reference data a database holds. */
export type HeldReferenceData = {
  factorSets: readonly { id: string; version: string; digest: string; active: boolean }[];
  /** Keys of every target that was ever there, withdrawn ones included. */
  targetKeys: readonly string[];
  hasSettings: boolean;
};

/** What a database lacks of the reference data shipped with the service. */
export type ReferenceDataPlan<E, T> = {
  factorSets: readonly { edition: E; activate: boolean }[];
  targets: readonly T[];
  settings: boolean;
  /** What an operator should know. */
  warnings: readonly string[];
};

/** True when there is nothing to write. */
export function isNothingToDo(plan: ReferenceDataPlan<unknown, unknown>): boolean {
  return plan.factorSets.length === 0 && plan.targets.length === 0 && !plan.settings;
}

/**
 * Compares what is shipped with what is held. A published set is never edited: one that is held with other figures
 * is left and warned of. Of a key one version is active, and the first to come is; a later version waits for the
 * operator, because activating it changes figures. Targets and settings are only given once.
 */
export function planReferenceData<E extends Pick<Edition, 'id' | 'version' | 'digest'>, T extends { key: string }>(
  held: HeldReferenceData,
  shipped: { editions: readonly E[]; targets: readonly T[] },
): ReferenceDataPlan<E, T> {
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
  const targets = shipped.targets.filter((target) => !held.targetKeys.includes(target.key));
  return { factorSets, targets, settings: !held.hasSettings, warnings };
}
