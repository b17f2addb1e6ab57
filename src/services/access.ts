import { createHash } from 'node:crypto';
import type { Now } from '../clock.ts';
import type { AccessScope, Principal } from '../domain/access.ts';

/** A key as it is stored: never the key itself. */
export type StoredKey = {
  id: number;
  scopes: readonly AccessScope[];
  expiresAt: Date | null;
  revokedAt: Date | null;
};

/** Finds a key by the SHA-256 of its text and, in the same look, the newest change of the store. */
export type FindKey = (hash: Uint8Array) => Promise<{ key: StoredKey | null; clockSeq: bigint }>;

/** Somebody who may come in, and what the store had reached at that moment. */
export type Admitted = { principal: Principal; clockSeq: bigint };

/** Tells who holds a key. */
export type Access = {
  /** The holder of a key that is known, not expired and not revoked; null otherwise. */
  admit(token: string): Promise<Admitted | null>;
};

/**
 * SHA-256 of a key. Keys are 256 random bits (or an operator's choice of at least 32 characters), so a fast hash is
 * enough, and finding it by equality in an index reveals nothing about a key that is not known already.
 */
export function hashKey(token: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHash('sha256').update(token, 'utf8').digest());
}

/** Whether a stored key opens anything at an instant. */
export function isActive(key: Pick<StoredKey, 'expiresAt' | 'revokedAt'>, at: Date): boolean {
  return key.revokedAt === null && (key.expiresAt === null || key.expiresAt > at);
}

/** Builds the check of keys over a store. */
export function createAccess(findKey: FindKey, now: Now): Access {
  return {
    async admit(token) {
      const { key, clockSeq } = await findKey(hashKey(token));
      if (key === null || !isActive(key, now())) return null;
      return { principal: { keyId: key.id, label: `key:${key.id}`, scopes: key.scopes }, clockSeq };
    },
  };
}
