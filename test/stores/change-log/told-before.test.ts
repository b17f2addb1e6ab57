import { readFile } from 'node:fs/promises';
import t from 'tap';
import { testApp } from '../../support/app.ts';
import { writeEveryKind } from '../../support/change-log.ts';

const service = await testApp(t);
const { pool } = service.database;
await writeEveryKind(service);

const MIGRATION = 'prisma/migrations/20261123129001_change_log/migration.sql';

/** What the log says of each change but those of keys, which leave no rows that tell of it. */
const told = async () => {
  const keys = await pool.query('select k.seq, k.kind, k.subject, k.key from change_key k order by 1, 2, 3, 4');
  const changes = await pool.query(`
    select c.seq, c.first_day, c.last_day,
      (select jsonb_agg(e.value order by e.value ->> 'subject') from jsonb_array_elements(c.touched) e) as touched
    from change c order by c.seq`);
  return { keys: keys.rows, changes: changes.rows };
};

t.test('changes from before the log are told as it would have told them', async (t) => {
  const recorded = await told();
  t.ok(recorded.keys.length > 40);
  const sql = await readFile(MIGRATION, 'utf8');
  await pool.query(`update change set touched = '[]', first_day = null, last_day = null`);
  await pool.query('delete from change_key');
  await pool.query(`begin; ${sql.slice(sql.indexOf('create temporary table'))} commit`);
  t.strictSame(await told(), recorded);
});
