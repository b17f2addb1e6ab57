import path from 'node:path';
import type { DatabaseConnection } from '../connection.ts';
import { readMigrationList } from './migration-list.ts';
import { prismaFolder } from './prisma-folder.ts';
import { withSchemaEngine } from './schema-engine.ts';

const FILTERS = { externalTables: [], externalEnums: [] };

/**
 * Brings the database to the newest migration; `applied` names what was done, in order, and is empty when nothing
 * was to do. Each migration is applied whole or not at all, so one that failed is simply tried again by the next
 * call. Safe to call from several processes at once. Throws an Error whose message names the migration and the
 * server's reason.
 */
export async function migrate(
  connection: DatabaseConnection,
  folder = path.join(prismaFolder(), 'migrations'),
): Promise<{ applied: string[] }> {
  const migrationsList = readMigrationList(folder);
  return withSchemaEngine(connection, async (engine) => {
    const history = await engine.diagnoseMigrationHistory({
      migrationsList,
      optInToShadowDatabase: false,
      filters: FILTERS,
    });
    for (const migrationName of history.failedMigrationNames) await engine.markMigrationRolledBack({ migrationName });
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: FILTERS });
    return { applied: appliedMigrationNames };
  });
}
