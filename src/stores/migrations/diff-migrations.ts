import path from 'node:path';
import type { DatabaseConnection } from '../connection.ts';
import { readMigrationList } from './migration-list.ts';
import { prismaFolder, readSchema } from './prisma-folder.ts';
import { withSchemaEngine } from './schema-engine.ts';

/**
 * What is missing in the migrations to reach `schema`, as SQL; undefined when nothing is. The database at
 * `connection` is not touched: the migrations run in a database of their own on the same server.
 *
 * Prisma compares tables, columns, keys and plain indexes. Checks, partial indexes, functions and comments are
 * compared by the catalogue instead.
 */
export async function diffMigrationsAgainstSchema(
  connection: DatabaseConnection,
  schema = readSchema(),
): Promise<string | undefined> {
  const migrationsList = readMigrationList(path.join(prismaFolder(), 'migrations'));
  return withSchemaEngine(connection, async (engine) => {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'migrations', ...migrationsList },
      to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: asTheEngineSeesIt(schema) }] },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return exitCode === 0 ? undefined : (stdout ?? '');
  });
}

/**
 * Profiles are arrays with null elements, which Prisma's client can neither read nor write; the model therefore
 * hides them from it as unsupported. In the database the engine recognises them as lists of floats.
 */
function asTheEngineSeesIt(schema: string): string {
  return schema.replaceAll('Unsupported("double precision[]")?', 'Float[]');
}
