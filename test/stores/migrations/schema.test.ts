import { readFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { catalogue } from '../../../src/stores/migrations/catalogue.ts';
import { diffMigrationsAgainstSchema } from '../../../src/stores/migrations/diff-migrations.ts';
import { prismaFolder, readSchema } from '../../../src/stores/migrations/prisma-folder.ts';
import { emptyDatabase, queryOnce, testDatabase, testServer } from '../../support/database.ts';

t.test('the migrations lead to exactly the model in schema.prisma', async (t) => {
  t.equal(await diffMigrationsAgainstSchema(await emptyDatabase(t)), undefined);
});

t.test('a column renamed in the model only is found', async (t) => {
  const planted = readSchema().replace('@map("config_seq")', '@map("configuration_seq")');
  t.match(await diffMigrationsAgainstSchema(await emptyDatabase(t), planted), /configuration_seq/);
});

t.test('a profile column dropped from the model is found', async (t) => {
  const planted = readSchema().replace(/^ {2}intervals .*\n/m, '');
  t.match(await diffMigrationsAgainstSchema(await emptyDatabase(t), planted), /DROP COLUMN "intervals"/);
});

t.test('comparing leaves the compared database empty and no database behind', async (t) => {
  const connection = await emptyDatabase(t);
  await diffMigrationsAgainstSchema(connection);
  t.same(await queryOnce(connection, "select relname from pg_class where relnamespace = 'public'::regnamespace"), []);
  const shadows = "select datname from pg_database where datname like 'cc_shadow_%'";
  // Another run on the same server may be comparing at this moment, but not for long.
  let left = await queryOnce(testServer(), shadows);
  for (let tries = 0; left.length > 0 && tries < 50; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    left = await queryOnce(testServer(), shadows);
  }
  t.same(left, []);
});

t.test('constraints, indexes and comments are those of the committed catalogue', async (t) => {
  const { connection } = await testDatabase(t);
  const committed = readFileSync(path.join(prismaFolder(), 'catalogue.txt'), 'utf8');
  t.equal(await catalogue(connection), committed, 'if this change is meant, run: npm run catalogue');
});

t.test('a check that was dropped shows in the catalogue', async (t) => {
  const { connection, pool } = await testDatabase(t);
  await pool.query('alter table meter_day drop constraint meter_day_profile_check');
  t.notMatch(await catalogue(connection), 'meter_day_profile_check');
});

t.test('no foreign key leads into or out of the tables of meter-days', async (t) => {
  const { pool } = await testDatabase(t);
  const { rows } = await pool.query(`
    select c.conname from pg_constraint c
    where c.contype = 'f' and (c.conrelid::regclass::text ~ '^meter_(day|month|extent)'
                            or c.confrelid::regclass::text ~ '^meter_(day|month|extent)')`);
  t.same(rows, []);
});
