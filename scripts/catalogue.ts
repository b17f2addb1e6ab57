import { writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { withDatabase } from '../src/stores/connection.ts';
import { catalogue } from '../src/stores/migrations/catalogue.ts';
import { migrate } from '../src/stores/migrations/migrate.ts';
import { prismaFolder } from '../src/stores/migrations/prisma-folder.ts';
import { makeRunFolder } from './run-folder.ts';
import { openTestServer } from './test-server.ts';

// Writes prisma/catalogue.txt from the migrations. Run it after adding one, and read the difference before committing.
const folder = makeRunFolder();
const server = await openTestServer(folder.path);
try {
  const name = `cc_test_catalogue_${process.pid}`;
  const admin = new pg.Client(server.connection);
  await admin.connect();
  await admin.query(`create database ${name}`);
  try {
    const connection = withDatabase(server.connection, name);
    await migrate(connection);
    writeFileSync(path.join(prismaFolder(), 'catalogue.txt'), await catalogue(connection));
  } finally {
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  }
} finally {
  await server.close();
  folder.remove();
}
