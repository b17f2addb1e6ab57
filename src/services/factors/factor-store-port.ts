import type { FactorAccount } from '../../domain/factor-account.ts';
import type { OfficialRow } from '../../domain/factor-file/official-row.ts';
import type { FactorFile } from '../../domain/factor-file/read-factor-file.ts';
import type { FactorSet } from '../../domain/factor-set.ts';
import type { FactorSetOrigin, FactorSetSummary } from '../../domain/factor-set-summary.ts';
import type { FactorFilter, FoundFactor } from '../../domain/found-factor.ts';
import type { FoundOfficialRow, OfficialRowFilter } from '../../domain/found-official-row.ts';
import type { FactorSetSeed } from '../../domain/reference/factor-set-seed.ts';

/** The numbers of a stored version with all that is said of them. */
export type StoredFactorSet = Pick<FactorSetSeed, 'factors' | 'fuelProperties'>;

/** A version that was brought into use, or taken out of it without another in its place, and what that changed. */
export type FactorEvent = {
  set: string;
  version: string;
  seq: string;
  recordedAt: Date;
  principal: string;
  kind: 'activated' | 'withdrawn';
  reason: string | null;
  /** Null for the sets that the service came with: they changed nothing that was there before. */
  account: FactorAccount | null;
};

/** Reads factor sets; `atSeq` asks for them as they were known at a clock reading. */
export type FactorReads = {
  listFactorSets(atSeq?: bigint | null): Promise<FactorSetSummary[]>;
  findFactors(filter: FactorFilter, atSeq?: bigint | null): Promise<FoundFactor[]>;
  findRows(filter: OfficialRowFilter): Promise<FoundOfficialRow[]>;
  factorVersion(id: string, version: string, atSeq?: bigint | null): Promise<FactorSet | null>;
  wholeVersion(id: string, version: string): Promise<StoredFactorSet | null>;
  /** What was brought into and out of use of a set, or of every set, in order, as it was known at a clock reading. */
  accounts(id: string | null, atSeq?: bigint | null): Promise<FactorEvent[]>;
};

/** The publisher's file behind a version. */
export type FactorFileRecord = Omit<FactorFile, 'stated'> & {
  sha256: string;
  bytes: number;
  fileName: string | null;
  keys: ReadonlyMap<OfficialRow, string>;
};

/** Identity of a stored version, with what tells whether it is the same again. */
export type StoredVersion = { setId: number; digest: string; active: boolean; fileSha256: string | null };

/** Factor sets inside one transaction. */
export type FactorWrites = {
  /** Keeps every other writer of factor sets out until the transaction ends. */
  lock(): Promise<void>;
  find(id: string, version: string): Promise<StoredVersion | null>;
  /** Stores a version that no figure uses yet; its identity. */
  add(seed: FactorSetSeed, origin: FactorSetOrigin, changeId: bigint): Promise<number>;
  addFile(setId: number, file: FactorFileRecord, changeId: bigint): Promise<void>;
  /** Ends whatever version of a set figures use; with what that changes where no other takes its place. */
  end(id: string, changeId: bigint, account: FactorAccount | null): Promise<void>;
  activate(setId: number, id: string, changeId: bigint, account: FactorAccount, reason: string | null): Promise<void>;
};
