import type { AccessScope } from '../domain/access.ts';

/** An API key without the key itself. */
export type KeyRecord = {
  id: number;
  name: string;
  scopes: readonly AccessScope[];
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
};

/** A key about to be stored. */
export type NewKey = Omit<KeyRecord, 'id' | 'revokedAt'> & { hash: Uint8Array<ArrayBuffer> };

/** API keys inside one transaction. */
export type KeyStore = {
  /** Holds all keys against other changes until the transaction ends, and gives them in order of id. */
  lockAll(): Promise<KeyRecord[]>;
  findByHash(hash: Uint8Array<ArrayBuffer>): Promise<KeyRecord | null>;
  insert(key: NewKey): Promise<KeyRecord>;
  revoke(ids: readonly number[], at: Date): Promise<void>;
};

/** API keys as they stand now. */
export type KeyReads = {
  /** All keys, revoked ones too, in order of id. */
  list(): Promise<KeyRecord[]>;
};
