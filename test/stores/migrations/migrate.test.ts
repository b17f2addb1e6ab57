import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { migrate } from '../../../src/stores/migrations/migrate.ts';
import { startChild } from '../../support/child.ts';
import { emptyDatabase, queryOnce } from '../../support/database.ts';

const PROGRAM = 'test/support/programs/migrate-folder.ts';

function writeMigrations(folder: string, scripts: Record<string, string>): void {
  for (const [name, script] of Object.entries(scripts)) {
    mkdirSync(path.join(folder, name), { recursive: true });
    writeFileSync(path.join(folder, name, 'migration.sql'), script);
  }
}

t.test('an empty database gets every migration, and a second run finds nothing to do', async (t) => {
  const connection = await emptyDatabase(t);
  t.match(await migrate(connection), { applied: ['20261122000000_init'] });
  t.same(await migrate(connection), { applied: [] });
  t.match(await queryOnce(connection, 'select c.id, c.seq from clock c'), [{ id: 1, seq: '0' }]);
});

t.test('of two processes that migrate at once, one does it and the other finds it done', async (t) => {
  const connection = await emptyDatabase(t);
  const folder = t.testdir();
  writeMigrations(folder, {
    '1_slow': 'create table slow (id int); select pg_sleep(1);',
    '2_next': 'create table next (id int);',
  });
  const children = [1, 2].map(() => startChild(t, PROGRAM, [JSON.stringify(connection), folder]));
  const results = await Promise.all(children.map((child) => child.until(/applied (.*)/)));
  t.same(results.map(([, applied]) => applied).sort(), ['["1_slow","2_next"]', '[]']);
});

t.test('a script may hold semicolons in comments, strings and function bodies', async (t) => {
  const connection = await emptyDatabase(t);
  const folder = t.testdir();
  writeMigrations(folder, {
    '1_semicolons': `
      create table a (b text default 'one; two'); -- one; two
      create function c() returns int language plpgsql as $$ begin perform 1; return 2; end $$ -- no semicolon at the end`,
  });
  t.same(await migrate(connection, folder), { applied: ['1_semicolons'] });
  t.match(await queryOnce(connection, 'select c()'), [{ c: 2 }]);
});

t.test('a failing migration leaves nothing of itself, keeps those before it, and is tried again', async (t) => {
  const connection = await emptyDatabase(t);
  const folder = t.testdir();
  writeMigrations(folder, {
    '1_good': 'create table good (id int);',
    '2_bad': 'create table half (id int); insert into missing values (1);',
  });
  await t.rejects(migrate(connection, folder), {
    message: /^Migration 2_bad failed .*relation "missing" does not exist\.$/,
  });
  const tables = "select relname from pg_class where relkind = 'r' and relname in ('good', 'half') order by 1";
  t.same(await queryOnce(connection, tables), [{ relname: 'good' }]);

  await t.rejects(migrate(connection, folder), /missing/, 'still failing, still for the same reason');

  writeMigrations(folder, { '2_bad': 'create table half (id int);' });
  t.same(await migrate(connection, folder), { applied: ['2_bad'] });
  t.same(await queryOnce(connection, tables), [{ relname: 'good' }, { relname: 'half' }]);
  t.same(await migrate(connection, folder), { applied: [] });
});

t.test('a migration that the server finishes after its process was killed is not done again', async (t) => {
  const connection = await emptyDatabase(t);
  const folder = t.testdir();
  writeMigrations(folder, { '1_slow': 'create table slow (id int); select pg_sleep(2); insert into slow values (1);' });
  // So that the server does not notice the death before the script has ended.
  const unwatched = { ...connection, options: '-c client_connection_check_interval=0' };
  const killed = startChild(t, PROGRAM, [JSON.stringify(unwatched), folder]);
  const running =
    "select 1 from pg_stat_activity a where a.datname = current_database() and a.query like 'create table slow%'";
  await killed.until(/migrating/);
  while ((await queryOnce(connection, running)).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  killed.process.kill('SIGKILL');
  await killed.exited;
  t.same(await migrate(connection, folder), { applied: [] });
  t.same(await queryOnce(connection, 'select s.id from slow s'), [{ id: 1 }]);
});
