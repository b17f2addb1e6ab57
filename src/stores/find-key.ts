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

/** Finds API keys by their hash. */
export function createFindKey(pool: Pool): FindKey {
  return async (hash) => {
    const { rows } = await pool
      .query<Row>({ name: 'find-key', text: FIND_KEY_SQL, values: [Buffer.from(hash)] })
      .catch((error: unknown) => {
        throw toRefusal(error);
      });
    const row = rows[0];
    if (row === undefined) throw new Error('The clock has no row: the database is not migrated.');
    const { id, scopes, expires_at: expiresAt, revoked_at: revokedAt } = row;
    return { key: id === null ? null : { id, scopes, expiresAt, revokedAt }, clockSeq: BigInt(row.seq) };
  };
}
