import type { FactorSeed } from './reference/factor-set-seed.ts';

/** Where a factor stands in the publisher's file. */
export type SourceRow = { fileSha256: string; sheet: string | null; rowNumber: number; rowId: string | null };

/** A published factor, the set it stands in, and its row of the publisher's file where that is held. */
export type FoundFactor = FactorSeed & {
  set: string;
  version: string;
  year: number;
  active: boolean;
  row: SourceRow | null;
};

/** Where a page of factors begins: after this one, in order of key, set and version. */
export type FactorPosition = { key: string; set: string; version: string };

/** Which factors are looked for; empty lists and nulls do not narrow. */
export type FactorFilter = {
  /** Null: the sets that are active. Version null: the active version of that set. */
  set: { id: string; version: string | null } | null;
  keyPrefix: string | null;
  keys: readonly string[] | null;
  unit: string | null;
  scope: string | null;
  /** A part of the key or the name. */
  text: string | null;
  after: FactorPosition | null;
  limit: number;
};
