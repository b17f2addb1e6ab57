import type { ClientConfig } from 'pg';

/**
 * Where a PostgreSQL database is and how to log in: what pg takes, either fields or a `connectionString`.
 * It names a database, never a pool, so that it can be handed to another process or pointed at another database.
 */
export type DatabaseConnection = ClientConfig;

/**
 * The same server and login with another database name. pg lets a `connectionString` override `database`, so the
 * name has to be changed inside it.
 */
export function withDatabase(connection: DatabaseConnection, database: string): DatabaseConnection {
  if (connection.connectionString === undefined) return { ...connection, database };
  const url = new URL(connection.connectionString);
  url.pathname = `/${encodeURIComponent(database)}`;
  return { ...connection, connectionString: url.toString() };
}
