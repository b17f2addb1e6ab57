import path from 'node:path';
import type { DatabaseConnection } from '../src/stores/connection.ts';
import { openEmbedded } from '../src/stores/embedded/open-embedded.ts';

/** A PostgreSQL server for tests: the one at TEST_DATABASE_URL, else an embedded one in `folder`. */
export async function openTestServer(
  folder: string,
): Promise<{ connection: DatabaseConnection; close: () => Promise<void> }> {
  const url = process.env.TEST_DATABASE_URL;
  if (url !== undefined && url !== '') return { connection: { connectionString: url }, close: async () => {} };
  // Nothing here outlives the run, so nothing need reach the disk.
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };
  return openEmbedded({ dataDir: path.join(folder, 'data'), settings });
}
