import { randomBytes } from 'node:crypto';
import type { Now } from '../clock.ts';
import type { AccessScope, Principal } from '../domain/access.ts';
import { touchedOne, touchedTogether } from '../domain/change-log/touched.ts';
import { Refusal } from '../domain/refusal.ts';
import { hashKey, isActive } from './access.ts';
import type { ChangeConfiguration } from './change-configuration.ts';
import type { KeyReads, KeyRecord } from './key-store.ts';

/** Name of the key that the process makes or takes at its start. */
export const BOOTSTRAP_KEY_NAME = 'bootstrap';

/** What a new key should be. */
export type KeyRequest = { name: string; scopes: readonly AccessScope[]; expiresAt: Date | null };

/** The keys of the API. */
export type ApiKeys = {
  /** Issues a key. Its text is given here and never again. */
  issue(request: KeyRequest, principal: Principal): Promise<{ record: KeyRecord; key: string }>;
  list(): Promise<KeyRecord[]>;
  /** Revokes a key at once. Revoking it again changes nothing. */
  revoke(id: number, principal: Principal): Promise<void>;
};

/** A new key: 256 random bits behind a prefix by which a leaked key can be recognised. */
export function generateKey(): string {
  return `cck_${randomBytes(32).toString('base64url')}`;
}

function refuseField(field: string, code: string, detail: string): never {
  throw new Refusal('invalid-request', detail, [{ pointer: `/${field}`, code, detail }]);
}

function checkRequest({ name, expiresAt }: KeyRequest, at: Date): void {
  if (name === BOOTSTRAP_KEY_NAME)
    refuseField(
      'name',
      'reserved',
      `name is '${name}': that name belongs to the key of the first start, expected another`,
    );
  if (expiresAt !== null && expiresAt <= at)
    refuseField(
      'expiresAt',
      'in-the-past',
      `expiresAt is ${expiresAt.toISOString()}: expected an instant in the future`,
    );
}

function opensEverything(key: KeyRecord, at: Date): boolean {
  return key.scopes.includes('admin') && isActive(key, at);
}

/** Builds the use cases of API keys. */
export function createApiKeys(reads: KeyReads, change: ChangeConfiguration, now: Now): ApiKeys {
  return {
    async issue(request, principal) {
      const createdAt = now();
      checkRequest(request, createdAt);
      const key = generateKey();
      const record = await change(
        { kind: 'api-key', principal, touched: touchedOne('api-key', request.name) },
        async ({ keys, changeId }) => {
          await changeId();
          return keys.insert({ ...request, hash: hashKey(key), createdAt });
        },
      );
      return { record, key };
    },

    list: () => reads.list(),

    async revoke(id, principal) {
      const at = now();
      const named = (await reads.list()).filter((key) => key.id === id);
      const touched = touchedTogether(named.map(({ name }) => touchedOne('api-key', name)));
      await change({ kind: 'api-key', principal, touched }, async ({ keys, changeId }) => {
        const all = await keys.lockAll();
        const key = all.find((candidate) => candidate.id === id);
        if (key === undefined) throw new Refusal('not-found', `There is no API key ${id}`);
        if (key.revokedAt !== null) return;
        if (opensEverything(key, at) && !all.some((other) => other.id !== id && opensEverything(other, at)))
          throw new Refusal('conflict', `API key ${id} is the last one with the scope admin: issue another one first`);
        await changeId();
        await keys.revoke([id], at);
      });
    },
  };
}
