import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type ApiClient, ApiError, createApiClient } from './api-client.ts';

const KEY_NAME = 'demonstration reader';

type KeyFile = { adminKey?: string; readKey?: string };

/** Keys of the demonstration, kept beside its database so that they stay the same from one start to the next. */
export type KeyRing = { read(): KeyFile; write(keys: KeyFile): void };

/** The keys in `file`, which only this user can read. */
export function keyRing(file: string): KeyRing {
  return {
    read: () => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as KeyFile) : {}),
    write: (keys) => {
      mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(file, JSON.stringify(keys), { mode: 0o600 });
      chmodSync(file, 0o600);
    },
  };
}

async function opens(baseUrl: string, key: string): Promise<boolean> {
  try {
    await createApiClient(baseUrl, key).get('/v1/settings');
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return false;
    throw error;
  }
}

type Key = { id: number; name: string; status: string; key: string };

/** A key that can read: the one of the last start if it still opens, else a new one in place of it. */
export async function readKey(baseUrl: string, admin: ApiClient, ring: KeyRing): Promise<string> {
  const kept = ring.read();
  if (kept.readKey !== undefined && (await opens(baseUrl, kept.readKey))) return kept.readKey;
  const { data } = await admin.get<{ data: Key[] }>('/v1/api-keys');
  for (const { id, name, status } of data)
    if (name === KEY_NAME && status === 'active') await admin.delete(`/v1/api-keys/${id}`);
  const { key } = await admin.post<Key>('/v1/api-keys', { name: KEY_NAME, scopes: ['read'] });
  ring.write({ ...kept, readKey: key });
  return key;
}
