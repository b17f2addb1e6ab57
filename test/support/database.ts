import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type DatabaseConnection, withDatabase } from '../../src/stores/connection.ts';
import { connectDatabase, type Database } from '../../src/stores/database.ts';

/** What is needed of a tap test here; written out so that tests and subtests both fit. */
type Test = { teardown: (handler: () => Promise<void>) => void };

let databaseCount = 0;

/**
 * A migrated database with the reference data, for this test alone: a copy of the run's template, dropped in
 * teardown with whatever is connected to it. Takes about a tenth of a second; one a file is the custom.
 */
export async function testDatabase(t: Test): Promise<Database> {
  const connection = await createDatabase(t, environment('TEST_TEMPLATE'));
  const database = await connectDatabase(connection, () => {}, await replicaOf(connection));
  t.teardown(() => database.close());
  return database;
}

/** An empty database, for tests of migrations. */
export function emptyDatabase(t: Test): Promise<DatabaseConnection> {
  return createDatabase(t, 'template0');
}

/** The server the tests run on, as its administrator. */
export function testServer(): DatabaseConnection {
  return JSON.parse(environment('TEST_SERVER')) as DatabaseConnection;
}

/** Runs one statement on a connection of its own. */
export async function queryOnce<Row extends pg.QueryResultRow>(
  connection: DatabaseConnection,
  text: string,
): Promise<Row[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

/** The same database at the replica, where the run has one: created there as soon as what created it has arrived. */
async function replicaOf(connection: DatabaseConnection): Promise<DatabaseConnection | null> {
  const url = process.env.TEST_DATABASE_READ_URL;
  if (url === undefined || url === '') return null;
  const server = { connectionString: url };
  const [made] = await queryOnce<{ name: string }>(connection, 'select current_database() as name');
  const known = () => queryOnce(server, `select from pg_database d where d.datname = '${made?.name}'`);
  while ((await known()).length === 0) await sleep(20);
  return withDatabase(server, made?.name ?? '');
}

async function createDatabase(t: Test, template: string): Promise<DatabaseConnection> {
  const name = `cc_test_${process.pid}_${++databaseCount}`;
  await queryOnce(testServer(), `drop database if exists ${name} with (force)`); // Of an earlier process of this number.
  await queryOnce(testServer(), `create database ${name} template ${template}`);
  t.teardown(async () => {
    await queryOnce(testServer(), `drop database if exists ${name} with (force)`);
  });
  return withDatabase(testServer(), name);
}

function environment(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error('Tests that need a database are run by: npm test -- <files>');
  return value;
}
