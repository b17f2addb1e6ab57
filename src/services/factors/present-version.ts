import type { FactorSetSummary } from '../../domain/factor-set-summary.ts';
import type { Edition } from '../../domain/reference/edition.ts';
import type { FactorSeed, FactorSetSeed } from '../../domain/reference/factor-set-seed.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { FactorReads } from './factor-store-port.ts';

/** The version of a set that figures use; null where none is. */
export async function activeVersionOf(reads: FactorReads, id: string): Promise<string | null> {
  return (await reads.listFactorSets()).find((set) => set.id === id && set.active)?.version ?? null;
}

/**
 * A set of factors with the calorific values of its edition: a flat file has none, so they are those of the version in use,
 * or of the newest other version of the same set.
 */
export async function seedWithProperties(
  reads: FactorReads,
  edition: Edition,
  factors: ReadonlyMap<string, FactorSeed>,
): Promise<FactorSetSeed> {
  const versions = (await reads.listFactorSets()).filter(({ id }) => id === edition.id);
  const from = versions.find(({ active }) => active) ?? versions.at(-1);
  const other = from === undefined ? null : await reads.wholeVersion(from.id, from.version);
  return { edition, factors, fuelProperties: other?.fuelProperties ?? new Map() };
}

/**
 * One stored version of a set.
 * @throws Refusal `not-found` naming the versions held.
 */
export async function heldVersion(
  reads: Pick<FactorReads, 'listFactorSets'>,
  id: string,
  version: string,
  atSeq: bigint | null = null,
): Promise<FactorSetSummary> {
  const versions = (await reads.listFactorSets(atSeq)).filter((set) => set.id === id);
  const found = versions.find((set) => set.version === version);
  if (found !== undefined) return found;
  const held = versions.map((set) => set.version).join(', ');
  const detail =
    held === ''
      ? `there is no factor set '${id}'`
      : `factor set '${id}' has no version '${version}': expected one of ${held}`;
  throw new Refusal('not-found', detail, [{ pointer: '', code: 'unknown-factor-set', detail }]);
}
