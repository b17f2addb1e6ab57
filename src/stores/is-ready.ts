import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { LIMITS } from '../limits.ts';

/** Asks the database for an answer. False when none comes in time; never throws. */
export function createIsReady(pool: Pool): () => Promise<boolean> {
  return async () => {
    const timer = new AbortController();
    const late = delay(LIMITS.readyTimeoutMs, false, { signal: timer.signal, ref: false }).catch(() => false);
    const answered = pool.query('select from clock').then(
      () => true,
      () => false,
    );
    const ready = await Promise.race([answered, late]);
    timer.abort();
    return ready;
  };
}
