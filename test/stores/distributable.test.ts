import t from 'tap';
import { testDatabase } from '../support/database.ts';
import { readProjectFiles } from '../support/project-files.ts';

/** What can be spread over several servers by meter, and what that forbids (docs/scaling.md). */
const BY_METER = ['meter_day', 'meter_day_revision', 'meter_month', 'meter_extent', 'gap_estimate'];

const { pool } = await testDatabase(t);

type Names = { name: string };

t.test('every unique index of the tables of days has the meter in it', async (t) => {
  const { rows } = await pool.query<Names & { columns: string[] }>(
    `select i.indexrelid::regclass::text as name,
        array(select a.attname::text from pg_attribute a where a.attrelid = i.indrelid and a.attnum = any(i.indkey)) as columns
       from pg_index i where i.indisunique and i.indrelid::regclass::text = any($1)`,
    [BY_METER],
  );
  t.ok(rows.length >= BY_METER.length);
  for (const { name, columns } of rows) t.ok(columns.includes('meter_id'), name);
});

t.test('no foreign key leads into them or out of them, and no trigger stands on them', async (t) => {
  const keys = await pool.query<Names>(
    `select c.conname as name from pg_constraint c
      where c.contype = 'f' and (c.conrelid::regclass::text = any($1) or c.confrelid::regclass::text = any($1))`,
    [BY_METER],
  );
  t.strictSame(keys.rows, []);
  const triggers = await pool.query<Names>(
    'select g.tgname as name from pg_trigger g where not g.tgisinternal and g.tgrelid::regclass::text = any($1)',
    [BY_METER],
  );
  t.strictSame(triggers.rows, []);
});

t.test('no statement locks their rows', (t) => {
  const sources = readProjectFiles((file) => file.startsWith('src/stores/') && file.endsWith('.ts'));
  const locks = sources.flatMap(({ path, text }) =>
    [...text.matchAll(/from (\w+) \w+\b[^`';]*\bfor (?:no key )?(?:update|share)/g)].map(
      (match) => `${match[1]} ${path}`,
    ),
  );
  t.ok(locks.length > 3, 'locks are found');
  t.strictSame(
    locks.filter((lock) => BY_METER.some((table) => lock.startsWith(`${table} `))),
    [],
  );
  t.end();
});
