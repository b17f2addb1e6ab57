import type pg from 'pg';
import { LIMITS } from '../../limits.ts';
import { CLOCK } from '../queries/estate-query.ts';

/** A server that follows the primary one and is a little behind it. */
export type Replica = {
  pool: pg.Pool;
  /** Connections of their own for snapshots, each of which a request holds until it is answered. */
  snapshots: pg.Pool;
  /** Whether the change `seq` has arrived, or arrives while a caller can wait for it. False where the server is gone. */
  hasReached(seq: bigint): Promise<boolean>;
  /** Tells of a failure that is the server's own: nothing is asked of it for a while. */
  failed(error: unknown): void;
};

const POLL_MS = 5;

/**
 * Follows how far a replica is, by the clock that travels with the data. While nothing new is written, knowing that it was
 * far enough once is enough, and no question costs a look.
 */
export function followReplica(pool: pg.Pool, snapshots: pg.Pool, log: (message: string) => void): Replica {
  let newest = -1n;
  let looking: Promise<void> | null = null;
  let goneUntilMs = 0;

  const failed = (error: unknown) => {
    if (performance.now() >= goneUntilMs)
      log(`The replica does not serve (${(error as Error).message}): reads go to the primary server meanwhile.`);
    goneUntilMs = performance.now() + LIMITS.replicaRestMs;
    newest = -1n;
  };
  // A replica that was built anew behind the same address may hold less than the one before.
  pool.on('connect', () => {
    newest = -1n;
  });

  const look = async () => {
    const { rows } = await pool.query<{ seq: string }>({ name: 'clock', text: CLOCK });
    const seq = BigInt(rows[0]?.seq ?? -1);
    if (seq > newest) newest = seq;
  };
  /** Whoever waits for the same server waits for one look. */
  const lookTogether = (): Promise<void> => {
    looking ??= look().finally(() => {
      looking = null;
    });
    return looking;
  };

  return {
    pool,
    snapshots,
    failed,
    async hasReached(seq) {
      const startedMs = performance.now();
      if (startedMs < goneUntilMs) return false;
      try {
        for (;;) {
          if (newest >= seq) return true;
          await lookTogether();
          if (newest >= seq) return true;
          if (performance.now() - startedMs > LIMITS.replicaWaitMs) return false;
          await new Promise((resolve) => {
            setTimeout(resolve, POLL_MS);
          });
        }
      } catch (error) {
        failed(error);
        return false;
      }
    },
  };
}
