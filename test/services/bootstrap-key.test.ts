import t from 'tap';
import { SYSTEM } from '../../src/domain/access.ts';
import { createAccess } from '../../src/services/access.ts';
import { createApiKeys } from '../../src/services/api-keys.ts';
import { ensureBootstrapKey } from '../../src/services/bootstrap-key.ts';
import { createChangeConfiguration } from '../../src/stores/configuration/change-configuration.ts';
import { createKeyReads } from '../../src/stores/configuration/key-store.ts';
import { createFindKey } from '../../src/stores/find-key.ts';
import { testDatabase } from '../support/database.ts';

const { pool, prisma } = await testDatabase(t);
const now = () => new Date('2026-11-22T12:00:00Z');
const change = createChangeConfiguration(prisma);
const access = createAccess(createFindKey(pool), now);
const apiKeys = createApiKeys(createKeyReads(prisma), change, now);
const FIRST = 'an-operators-key-of-at-least-32-characters';
const SECOND = 'another-operators-key-of-at-least-32-characters';

const opens = async (key: string) => (await access.admit(key))?.principal.scopes;

t.test('the first start makes one admin key, even when several processes start at once', async (t) => {
  const outcomes = await Promise.all([1, 2, 3].map(() => ensureBootstrapKey(change, null, now)));
  const generated = outcomes.flatMap((outcome) => (outcome.kind === 'generated' ? [outcome.key] : []));
  t.equal(generated.length, 1);
  t.strictSame(await opens(generated[0] ?? ''), ['admin']);
  t.strictSame(await ensureBootstrapKey(change, null, now), { kind: 'unchanged' }, 'later starts make none');

  t.strictSame(
    await ensureBootstrapKey(change, FIRST, now),
    { kind: 'added', replaced: 1 },
    "an operator's key takes its place",
  );
  t.equal(await opens(generated[0] ?? ''), undefined);
  t.strictSame(await opens(FIRST), ['admin']);
});

t.test('the same key again changes nothing; another one replaces it', async (t) => {
  t.strictSame(await ensureBootstrapKey(change, FIRST, now), { kind: 'unchanged' });
  t.strictSame(await ensureBootstrapKey(change, SECOND, now), { kind: 'added', replaced: 1 });
  t.equal(await opens(FIRST), undefined);
  t.strictSame(await opens(SECOND), ['admin']);
  t.strictSame(
    await ensureBootstrapKey(change, null, now),
    { kind: 'unchanged' },
    'taking the setting away keeps the key',
  );
  t.strictSame(await opens(SECOND), ['admin']);
});

t.test('keys issued through the API are left alone', async (t) => {
  const { key } = await apiKeys.issue({ name: 'Mine', scopes: ['admin'], expiresAt: null }, SYSTEM);
  await ensureBootstrapKey(change, FIRST.repeat(2), now);
  t.strictSame(await opens(key), ['admin']);
});

t.test('a key that was revoked through the API is not brought back by a restart', async (t) => {
  const current = (await apiKeys.list()).findLast(({ name, revokedAt }) => name === 'bootstrap' && revokedAt === null);
  await apiKeys.revoke(current?.id ?? 0, SYSTEM);
  t.strictSame(await ensureBootstrapKey(change, FIRST.repeat(2), now), { kind: 'revoked' });
  t.equal(await opens(FIRST.repeat(2)), undefined);
});
