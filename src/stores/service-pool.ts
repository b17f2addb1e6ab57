import pg from 'pg';
import type { DatabaseConnection } from './connection.ts';
import { valueParsers } from './value-parsers.ts';

export type PoolOptions = {
  /** Told of a connection that broke while nobody used it; the pool replaces it. */
  onError: (error: Error) => void;
  maxConnections?: number;
  /** Longest wait for a connection that others hold. */
  connectTimeoutMs?: number;
};

/** Longest wait for a lock. An upload holds its meters for seconds; beyond this the caller is told to come again. */
const LOCK_TIMEOUT_MS = 10_000;
/** Longest statement. What may rightly take longer says so with `set local statement_timeout`. */
const STATEMENT_TIMEOUT_MS = 120_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 60_000;
const CONNECT_TIMEOUT_MS = 10_000;

/** The service's connections. Every session is in UTC, limited in time, and noticed by the server when it is gone. */
export function servicePool(connection: DatabaseConnection, options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    application_name: 'council-carbon',
    connectionTimeoutMillis: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    keepAlive: true,
    max: options.maxConnections ?? 10,
    ...connection,
    types: valueParsers,
    onConnect: (client) => client.query(SESSION_SETTINGS),
  });
  pool.on('error', options.onError);
  // While a connection is lent out the pool does not listen, and an error nobody listens to would end the process.
  // Whoever has it learns of the break from the query that fails.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** A request holds its snapshot for as long as it is worked on, and others wait for that. */
const SNAPSHOT_WAIT_MS = 60_000;

/** Connections for snapshots. Whoever needs one says so when it breaks; nobody listens to one that is idle. */
export function snapshotPool(connection: DatabaseConnection): pg.Pool {
  return servicePool(connection, { onError: () => {}, connectTimeoutMs: SNAPSHOT_WAIT_MS });
}

/**
 * Set by a query, because poolers between service and server refuse unknown start-up options. Prisma sends instants
 * without a zone and takes the session to be in UTC. Compiling a sum of a portfolio takes longer than the sum itself, and
 * the planner's guesses about lists of meters make it compile often. The last setting is refused by servers on some
 * systems.
 */
const SESSION_SETTINGS = `
  set timezone = 'UTC';
  set datestyle = 'ISO, YMD';
  set jit = off;
  set lock_timeout = ${LOCK_TIMEOUT_MS};
  set statement_timeout = ${STATEMENT_TIMEOUT_MS};
  set idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_TIMEOUT_MS};
  do $$ begin
    perform set_config('client_connection_check_interval', '500ms', false);
  exception when others then null;
  end $$`;
