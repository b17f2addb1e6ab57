import pg from 'pg';
import type { DatabaseConnection } from '../connection.ts';

/**
 * The `cluster_name` of the server that takes a connection there, undefined when none does. By its name a server is
 * told from another one that has the same folder open.
 */
export async function whoAnswers(connection: DatabaseConnection): Promise<string | undefined> {
  const client = new pg.Client(connection);
  client.on('error', () => {}); // The query below fails as well.
  try {
    await client.connect();
    const { rows } = await client.query<{ cluster_name: string }>('show cluster_name');
    return rows[0]?.cluster_name;
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => {});
  }
}
