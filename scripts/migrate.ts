import { openDatabase } from '../src/stores/database.ts';
import { migrate } from '../src/stores/migrations/migrate.ts';

// Brings the database to the newest migration. The service does the same when it starts; this is for operators who
// migrate first and start several processes afterwards. Reads DATABASE_URL, or DATA_DIR for the embedded database.
const database = await openDatabase({
  databaseUrl: process.env.DATABASE_URL,
  dataDir: process.env.DATA_DIR ?? '.data',
  log: (message) => console.error(message),
}).catch(fail);

try {
  const { applied } = await migrate(database.connection);
  console.log(applied.length === 0 ? 'Nothing to migrate.' : `Applied: ${applied.join(', ')}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  await database.close();
}

function fail(error: Error): never {
  console.error(error.message);
  process.exit(1);
}
