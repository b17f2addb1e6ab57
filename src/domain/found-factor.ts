import type { FactorSeed } from './reference/factor-set-seed.ts';

/** A published factor, and the set it stands in. */
export type FoundFactor = FactorSeed & { set: string; version: string; year: number; active: boolean };

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
  after: FactorPosition | null;
  limit: number;
};
