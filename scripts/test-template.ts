import pg from 'pg';
import { loadReferenceData } from '../src/services/reference-data/load-reference-data.ts';
import { type DatabaseConnection, withDatabase } from '../src/stores/connection.ts';
import { connectDatabase } from '../src/stores/database.ts';
import { isAlive } from '../src/stores/embedded/is-alive.ts';
import { migrate } from '../src/stores/migrations/migrate.ts';
import { createReferenceDataStore } from '../src/stores/reference-data-store.ts';
import { createSeedFiles } from '../src/stores/seed-files.ts';

/**
 * Makes the database every test database is a copy of: all migrations and the reference data. `drop` removes it,
 * with whatever databases killed tests have left.
 */
export async function makeTemplate(
  connection: DatabaseConnection,
): Promise<{ name: string; drop: () => Promise<void> }> {
  const name = `cc_test_${process.pid}_template`;
  const admin = new pg.Client(connection);
  admin.on('error', () => {}); // The query that needs it reports a lost connection.
  await admin.connect();
  await dropLeftDatabases(admin);
  await admin.query(`create database ${name}`);
  await migrate(withDatabase(connection, name));
  await seedTemplate(withDatabase(connection, name));
  await admin.query(`alter database ${name} with is_template true allow_connections false`);
  const drop = async () => {
    await dropLeftDatabases(admin);
    await admin.end();
  };
  return { name, drop };
}

/** The reference data that every test may rely on: factor sets, published targets, default settings. */
async function seedTemplate(connection: DatabaseConnection): Promise<void> {
  const database = await connectDatabase(connection, () => {});
  try {
    await loadReferenceData({ readSeedFile: createSeedFiles(), store: createReferenceDataStore(database.prisma) });
  } finally {
    await database.close();
  }
}

/** Databases named after a process that is gone, or after one that had this process's number before. */
async function dropLeftDatabases(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ datname: string }>(
    "select d.datname from pg_database d where d.datname ~ '^cc_test_[0-9]+_'",
  );
  for (const { datname } of rows) {
    const pid = Number(datname.split('_')[2]);
    if (pid !== process.pid && isAlive(pid)) continue;
    try {
      await admin.query(`alter database ${datname} with is_template false`);
      await admin.query(`drop database ${datname} with (force)`);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError && error.code === '3D000')) throw error; // Another run dropped it.
    }
  }
}
