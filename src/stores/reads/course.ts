import pg from 'pg';
import { isLostConnection, toRefusal } from '../errors.ts';
import { BEGIN_SNAPSHOT } from '../snapshot.ts';

/** A server that a request may read from: connections for snapshots, and others for statements that need none. */
export type ReadServer = { snapshots: pg.Pool; pool: pg.Pool; failed: (error: unknown) => void };

/** What one request reads. */
export type Course = {
  /** Runs one statement of the request, after those before it. */
  query(args: unknown[]): Promise<unknown>;
  /** What follows is read at another server, or at the same later on, in a snapshot of its own. */
  beginAnew(server: ReadServer): Promise<void>;
  /** The same without a snapshot: each statement says itself of which moment it is, however long the last is in coming. */
  settle(server: ReadServer): Promise<void>;
  /** Gives the snapshot back. What still reads afterwards has nobody who waits for it. */
  end(): Promise<void>;
};

/** A statement that a replica could not run for reasons of its own: it is gone, it cancelled, or it cannot write. */
const OWN_FAULTS = new Set(['40001', '40P01', '25006']);

function isFaultOfServer(error: unknown): boolean {
  return isLostConnection(error) || (error instanceof pg.DatabaseError && OWN_FAULTS.has(error.code ?? ''));
}

const run = (target: pg.Pool | pg.PoolClient, args: unknown[]): Promise<unknown> =>
  Reflect.apply(target.query, target, args);

async function openSnapshot(pool: pg.Pool): Promise<pg.PoolClient> {
  const client = await pool.connect();
  try {
    await client.query(BEGIN_SNAPSHOT);
    return client;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function closeSnapshot(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('commit');
    client.release();
  } catch {
    client.release(true);
  }
}

/**
 * Begins a course on a server. The snapshot is taken with the first statement, so that what reads nothing takes none. Where
 * a server that is not the primary one fails before anything was read, the primary one takes its place.
 */
export function beginCourse(first: ReadServer, primary: ReadServer): Course {
  let server = first;
  let snapshot: pg.PoolClient | null = null;
  let manner: 'snapshot' | 'settled' | 'over' = 'snapshot';
  let tail: Promise<unknown> = Promise.resolve();

  /** A connection takes one statement at a time. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = tail.then(work);
    tail = done.catch(() => undefined);
    return done;
  };

  const close = async () => {
    const client = snapshot;
    snapshot = null;
    if (client !== null) await closeSnapshot(client);
  };

  const moveTo = async (next: ReadServer) => {
    await close();
    server = next;
  };

  /** Each by itself; one that the server could not run is run at the primary one. */
  const settled = async (args: unknown[]): Promise<unknown> => {
    const asked = manner === 'over' ? primary : server;
    try {
      return await run(asked.pool, args);
    } catch (error) {
      if (asked === primary || !isFaultOfServer(error)) throw toRefusal(error);
      if (isLostConnection(error)) asked.failed(error);
      server = primary;
      return run(primary.pool, args);
    }
  };

  const inSnapshot = async (args: unknown[]): Promise<unknown> => {
    if (manner !== 'snapshot') return settled(args);
    const isFirst = snapshot === null;
    try {
      snapshot ??= await openSnapshot(server.snapshots);
      return await run(snapshot, args);
    } catch (error) {
      if (server === primary || !isFaultOfServer(error)) throw toRefusal(error);
      if (isLostConnection(error)) server.failed(error);
      if (!isFirst) throw toRefusal(error);
      await close();
      server = primary;
      return inSnapshot(args);
    }
  };

  return {
    query: (args) => (manner === 'snapshot' ? inTurn(() => inSnapshot(args)) : settled(args)),
    beginAnew: (next) => inTurn(() => moveTo(next)),
    settle: (next) =>
      inTurn(async () => {
        await moveTo(next);
        if (manner !== 'over') manner = 'settled';
      }),
    end: () =>
      inTurn(async () => {
        manner = 'over';
        await close();
      }),
  };
}
