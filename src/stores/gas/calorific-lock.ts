import type { PoolClient } from 'pg';
import { ADVISORY_LOCKS } from '../advisory-locks.ts';

/**
 * Holds the calorific values still until the transaction ends. Whoever converts volumes reads them under the shared lock;
 * a table of values is written under the other, so that no volume is converted by values that are being replaced. Taken
 * after the locks of meters.
 */
export async function lockCalorificValues(client: PoolClient, purpose: 'read' | 'write'): Promise<void> {
  const lock = purpose === 'read' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock';
  await client.query(`select ${lock}(${ADVISORY_LOCKS.calorificValues})`);
}
