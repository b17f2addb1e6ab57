import type { Principal } from '../../domain/access.ts';
import { touchedOne } from '../../domain/change-log/touched.ts';
import { type EnteredSet, enteredFactors, yearOfSet } from '../../domain/entered-set.ts';
import type { FactorSetSummary } from '../../domain/factor-set-summary.ts';
import type { Edition } from '../../domain/reference/edition.ts';
import type { FactorSeed } from '../../domain/reference/factor-set-seed.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { ChangeConfiguration, PutOutcome } from '../change-configuration.ts';
import { factorSetDigest } from '../reference-data/factor-set-digest.ts';
import type { FactorReads } from './factor-store-port.ts';
import { heldVersion, seedWithProperties } from './present-version.ts';

/** A factor of each key that is held, of the newest set that has it: for its name, unit and scope. */
async function publishedFactors(reads: FactorReads): Promise<Map<string, FactorSeed>> {
  const known = new Map<string, FactorSeed>();
  for (const { id, version } of await reads.listFactorSets())
    for (const factor of (await reads.wholeVersion(id, version))?.factors.values() ?? []) known.set(factor.key, factor);
  return known;
}

/**
 * Stores a version of a set that is entered rather than uploaded: the operator's own, or the publisher's with corrections.
 * No figure uses it before it is activated. The same again changes nothing.
 * @throws Refusal `invalid-request` naming what is wrong with it, `not-found` for a `basedOn` that is not held, `conflict`
 * for a version that is stored with other figures.
 */
export async function enterFactorSet(
  { reads, change }: { reads: FactorReads; change: ChangeConfiguration },
  entered: EnteredSet,
  principal: Principal,
): Promise<PutOutcome<FactorSetSummary>> {
  const { id, version, basedOn, factors: _, ...said } = entered;
  const year = yearOfSet(id);
  if (basedOn !== null) await heldVersion(reads, id, basedOn);
  const taken = basedOn === null ? null : await reads.wholeVersion(id, basedOn);
  const factors = enteredFactors(entered, taken?.factors ?? new Map(), await publishedFactors(reads));
  const blank: Edition = {
    ...said,
    id,
    version,
    year,
    attribution: '',
    officialFileSha256: null,
    notes: [],
    digest: '',
  };
  const seed = await seedWithProperties(reads, blank, factors);
  const edition = { ...blank, digest: factorSetDigest(seed) };
  const created = await change(
    { kind: 'factor-set', principal, touched: touchedOne('factor-set', id) },
    async (stores) => {
      await stores.factors.lock();
      const known = await stores.factors.find(id, version);
      if (known !== null && known.digest !== edition.digest) {
        const detail = `${id} ${version} is stored with other figures, and a stored version is never edited: expected another version`;
        throw new Refusal('conflict', detail, [{ pointer: '', code: 'version-stored', detail }]);
      }
      if (known !== null) return false;
      await stores.factors.add({ ...seed, edition }, 'entered', await stores.changeId());
      return true;
    },
  );
  return { created, value: await heldVersion(reads, id, version) };
}
