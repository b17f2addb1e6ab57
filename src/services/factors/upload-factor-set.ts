import type { Principal } from '../../domain/access.ts';
import { touchedOne } from '../../domain/change-log/touched.ts';
import { type FactorDifference, factorDifferences } from '../../domain/factor-differences.ts';
import { type MappedRows, mapOfficialRows } from '../../domain/factor-file/map-official-rows.ts';
import { type FactorFile, readFactorFile } from '../../domain/factor-file/read-factor-file.ts';
import { type SaidEdition, settleEdition } from '../../domain/factor-file/settle-edition.ts';
import type { Edition } from '../../domain/reference/edition.ts';
import type { FactorSetSeed } from '../../domain/reference/factor-set-seed.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { ChangeConfiguration } from '../change-configuration.ts';
import { factorSetDigest } from '../reference-data/factor-set-digest.ts';
import type { ReadFactorSheets } from './factor-file-port.ts';
import type { FactorReads, StoredFactorSet } from './factor-store-port.ts';
import { activeVersionOf, seedWithProperties } from './present-version.ts';

/** What uploading needs. */
export type UploadFactorSetDeps = { reads: FactorReads; change: ChangeConfiguration; readSheets: ReadFactorSheets };

/** What became of an uploaded file: a new version, the rows of a version that stood already, or nothing new. */
export type UploadedFactorSet = {
  outcome: 'version-added' | 'rows-added' | 'unchanged';
  edition: Edition;
  active: boolean;
  file: FactorFile & { sha256: string; bytes: number; fileName: string | null };
  mapped: MappedRows;
  /** The version that figures use now, and what this one has otherwise; empty where it is that version. */
  present: string | null;
  differences: FactorDifference[];
  warnings: string[];
};

function refuseOther({ id, version }: Edition, differences: readonly FactorDifference[]): never {
  const named = differences
    .slice(0, 5)
    .map(({ key, before, after }) => `${key} ${before ?? 'none'} → ${after ?? 'none'}`);
  const detail =
    `${id} ${version} is stored with other figures (${named.join('; ')}${differences.length > 5 ? '; …' : ''}), and a stored version ` +
    `is never edited: expected another version, such as version=${version}-corrected`;
  throw new Refusal('conflict', detail, [{ pointer: '?version', code: 'version-stored', detail }]);
}

/** Notes of lines that the version in use has and the file has not, because figures would then take an older edition. */
function absenceWarnings(differences: readonly FactorDifference[]): string[] {
  const absent = differences.filter(
    ({ kind, before, after }) => kind === 'removed' || (before !== null && after === null),
  );
  if (absent.length === 0) return [];
  const keys = absent.map(({ key }) => key).join(', ');
  return [
    `Lines of the version in use that the file lacks or leaves blank: ${keys}. Figures would take them from an earlier edition.`,
  ];
}

/**
 * Stores an official flat file as a version of a factor set: every row of it, and the lines of this service found among
 * them. No figure uses it before it is activated. A file whose lines are those of a version that is stored already adds
 * its rows to that version; the same file again changes nothing.
 * @throws Refusal `unreadable-file`, `payload-too-large`, `busy`; `invalid-request` where parameters are missing or
 * contradict the file; `conflict` where the version is stored with other figures.
 */
export async function uploadFactorSet(
  { reads, change, readSheets }: UploadFactorSetDeps,
  content: AsyncIterable<Uint8Array>,
  said: SaidEdition & { fileName: string | null },
  principal: Principal,
): Promise<UploadedFactorSet> {
  const { sha256, bytes, sheets } = await readSheets(content);
  const file = { ...readFactorFile(sheets), sha256, bytes, fileName: said.fileName };
  const mapped = mapOfficialRows(file.rows);
  const settled = settleEdition(said, file, sha256);
  const present = await activeVersionOf(reads, settled.id);
  const seed = await seedWithProperties(reads, settled, mapped.factors);
  const edition = { ...settled, digest: factorSetDigest(seed) };
  const presentFactors = present === null ? null : await reads.wholeVersion(settled.id, present);
  const differences = presentFactors === null ? [] : factorDifferences(presentFactors.factors, seed.factors);
  const stored = await reads.wholeVersion(edition.id, edition.version);

  return change(
    { kind: 'factor-set', principal, touched: touchedOne('factor-set', edition.id) },
    async ({ factors, changeId }) => {
      await factors.lock();
      const known = await factors.find(edition.id, edition.version);
      const answer = {
        edition,
        active: known?.active ?? false,
        file,
        mapped,
        present,
        differences,
        warnings: [...mapped.warnings, ...absenceWarnings(differences)],
      };
      if (known?.fileSha256 === sha256) return { ...answer, outcome: 'unchanged' as const };
      if (known !== null && stored === null)
        throw new Refusal('busy', `${edition.id} ${edition.version} was stored at this moment; send the file again`);
      if (known !== null) {
        const other = otherFigures(stored, seed);
        if (known.fileSha256 !== null || other.length > 0) refuseOther(edition, other);
        await factors.addFile(known.setId, { ...file, keys: mapped.keys }, await changeId());
        return { ...answer, outcome: 'rows-added' as const };
      }
      const id = await changeId();
      const setId = await factors.add({ ...seed, edition }, 'file', id);
      await factors.addFile(setId, { ...file, keys: mapped.keys }, id);
      return { ...answer, outcome: 'version-added' as const };
    },
  );
}

function otherFigures(stored: StoredFactorSet | null, seed: FactorSetSeed): FactorDifference[] {
  return stored === null ? [] : factorDifferences(stored.factors, seed.factors);
}
