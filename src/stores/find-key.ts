import type { Pool } from 'pg';
import type { AccessScope } from '../domain/access.ts';
import type { FindKey } from '../services/access.ts';
import { toRefusal } from './errors.ts';

type Row = {
  seq: string;
  id: number | null;
  scopes: AccessScope[];
  expires_at: Date | null;
  revoked_at: Date | null;
};

/** One round trip for every request: the key, and how far the clock is. */
const FIND_KEY_SQL = `
  select c.seq, k.id, k.scopes, k.expires_at, k.revoked_at
    from clock c
    left join api_key k on k.hash = $1
   where c.id = 1`;

type Found = Awaited<ReturnType<FindKey>>;

async function find(pool: Pool, hash: Uint8Array): Promise<Found> {
  const { rows } = await pool
    .query<Row>({ name: 'find-key', text: FIND_KEY_SQL, values: [Buffer.from(hash)] })
    .catch((error: unknown) => {
      throw toRefusal(error);
    });
  const row = rows[0];
  if (row === undefined) throw new Error('The clock has no row: the database is not migrated.');
  const { id, scopes, expires_at: expiresAt, revoked_at: revokedAt } = row;
  return { key: id === null ? null : { id, scopes, expiresAt, revokedAt }, clockSeq: BigInt(row.seq) };
}

/**
 * Finds API keys by their hash. Requests with the same key that come in while one is being looked for share the next look:
 * it begins after all of them came in, so it tells each of them of everything that had been acknowledged by then.
 */
export function createFindKey(pool: Pool): FindKey {
  const looks = new Map<string, { present: Promise<unknown>; next: Promise<Found> | null }>();
  return (hash) => {
    const name = Buffer.from(hash).toString('latin1');
    const look = (): Promise<Found> => {
      const present = find(pool, hash);
      const standing = { present, next: null };
      looks.set(name, standing);
      const forget = () => {
        if (looks.get(name) === standing && standing.next === null) looks.delete(name);
      };
      present.then(forget, forget);
      return present;
    };
    const standing = looks.get(name);
    if (standing === undefined) return look();
    standing.next ??= standing.present.then(look, look);
    return standing.next;
  };
}
