import pg from 'pg';
import type { DatabaseConnection } from '../connection.ts';

/**
 * What the database holds, one line an object in a fixed order: columns, constraints, indexes, functions, triggers
 * and comments with their definitions. It covers what Prisma's comparison of model and migrations does not see.
 * The same on every supported version of PostgreSQL.
 */
export async function catalogue(connection: DatabaseConnection): Promise<string> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const { rows } = await client.query<{ line: string }>(CATALOGUE);
    return `${rows.map(({ line }) => line).join('\n')}\n`;
  } finally {
    await client.end();
  }
}

/** Not-null constraints are left out: they stand with the columns, and only PostgreSQL 18 lists them. */
const CATALOGUE = `
with tables as (
  select c.oid, c.relname as name, c.relkind from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and c.relname <> '_prisma_migrations'
)
select o.line from (
  select concat_ws(' ', 'column', t.name || '.' || a.attname, format_type(a.atttypid, a.atttypmod),
                   case when a.attnotnull then 'not null' end,
                   case a.attidentity when 'd' then 'identity by default' when 'a' then 'identity always' end,
                   'default ' || pg_get_expr(d.adbin, d.adrelid)) as line, 1 as kind, t.name, a.attnum::int as position
  from tables t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  union all
  select concat_ws(' ', 'constraint', t.name || '.' || n.conname, pg_get_constraintdef(n.oid)), 2, t.name, 0
  from tables t join pg_constraint n on n.conrelid = t.oid where n.contype <> 'n'
  union all
  select concat_ws(' ', 'index', t.name || '.' || i.relname, pg_get_indexdef(i.oid)), 3, t.name, 0
  from tables t join pg_index x on x.indrelid = t.oid join pg_class i on i.oid = x.indexrelid
  union all
  select concat_ws(' ', 'trigger', t.name || '.' || g.tgname, pg_get_triggerdef(g.oid)), 4, t.name, 0
  from tables t join pg_trigger g on g.tgrelid = t.oid where not g.tgisinternal
  union all
  select concat_ws(' ', 'function', p.oid::regprocedure, pg_get_functiondef(p.oid)), 5, p.proname, 0
  from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
  union all
  select concat_ws(' ', 'comment', concat_ws('.', t.name, a.attname) || ':', m.description), 6, t.name, m.objsubid
  from tables t join pg_description m on m.objoid = t.oid and m.classoid = 'pg_class'::regclass
  left join pg_attribute a on a.attrelid = t.oid and a.attnum = m.objsubid and m.objsubid > 0
) o
order by o.kind, o.name collate "C", o.position, o.line collate "C"`;
