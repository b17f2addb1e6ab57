import type { Now } from '../clock.ts';
import { SYSTEM } from '../domain/access.ts';
import { touchedOne } from '../domain/change-log/touched.ts';
import { hashKey } from './access.ts';
import { BOOTSTRAP_KEY_NAME, generateKey } from './api-keys.ts';
import type { ChangeConfiguration } from './change-configuration.ts';
import type { KeyRecord, KeyStore } from './key-store.ts';

/** What the start did about the admin key, for the operator to be told. */
export type BootstrapOutcome =
  | { kind: 'unchanged' }
  /** A key was made. This is the only time its text is known. */
  | { kind: 'generated'; key: string }
  /** The operator's key was added; `replaced` former bootstrap keys were revoked. */
  | { kind: 'added'; replaced: number }
  /** The operator's key was revoked through the API and stays so. */
  | { kind: 'revoked' };

async function insertBootstrapKey(keys: KeyStore, key: string, createdAt: Date): Promise<void> {
  await keys.insert({ name: BOOTSTRAP_KEY_NAME, scopes: ['admin'], hash: hashKey(key), createdAt, expiresAt: null });
}

function activeBootstrapIds(all: readonly KeyRecord[]): number[] {
  return all.filter(({ name, revokedAt }) => name === BOOTSTRAP_KEY_NAME && revokedAt === null).map(({ id }) => id);
}

/**
 * Makes sure that somebody can get in, at every start of the process:
 * - without a key of the operator's choosing, makes one if there is no key at all yet;
 * - with one, adds it and revokes the bootstrap key it replaces, so that changing the setting changes the key. A key
 *   that was revoked through the API is not brought back by a restart.
 */
export async function ensureBootstrapKey(
  change: ChangeConfiguration,
  chosen: string | null,
  now: Now,
): Promise<BootstrapOutcome> {
  const touched = touchedOne('api-key', BOOTSTRAP_KEY_NAME);
  return change<BootstrapOutcome>({ kind: 'api-key', principal: SYSTEM, touched }, async ({ keys, changeId }) => {
    const all = await keys.lockAll();
    if (chosen === null) {
      if (all.length > 0) return { kind: 'unchanged' };
      const key = generateKey();
      await changeId();
      await insertBootstrapKey(keys, key, now());
      return { kind: 'generated', key };
    }
    const known = await keys.findByHash(hashKey(chosen));
    if (known !== null) return { kind: known.revokedAt === null ? 'unchanged' : 'revoked' };
    const replaced = activeBootstrapIds(all);
    await changeId();
    await keys.revoke(replaced, now());
    await insertBootstrapKey(keys, chosen, now());
    return { kind: 'added', replaced: replaced.length };
  });
}
