import { once } from 'node:events';
import { type FromPrepareProcess, prepareDatabase } from './prepare.ts';
import type { DatabaseConnection } from './stores/connection.ts';

// The process that prepares the database when the service starts. It ends when the service takes its hand away.
async function answer(): Promise<FromPrepareProcess> {
  const [connection] = (await once(process, 'message')) as [DatabaseConnection];
  try {
    return { prepared: await prepareDatabase(connection) };
  } catch (error) {
    const { message, stack } = error as Error;
    return { failure: { message, stack } };
  }
}

process.on('disconnect', () => process.exit());
process.send?.(await answer());
