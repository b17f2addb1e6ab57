import type pg from 'pg';
import { touchedOne } from '../../domain/change-log/touched.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import type { AreaRow, AreaTable, AreaTableKind, Geography } from '../../domain/places/area-table.ts';
import type { AreaTableInput, AreaTableOutcome, AreaTableStore } from '../../services/places/area-tables-port.ts';
import { ADVISORY_LOCKS } from '../advisory-locks.ts';
import { inChange, withConnection } from '../change.ts';
import { knownWhen } from '../past/known-when.ts';
import { type AreaInsert, insertAreas } from './insert-areas.ts';

const COLUMNS = 't.key, t.kind, t.geography, t.source, t.published_on, t.digest, t.row_count';

const LOCK = `select pg_advisory_xact_lock(${ADVISORY_LOCKS.areaTables})`;
const SESSION = `set local statement_timeout = '30min'`;
const FIND = `select t.id, ${COLUMNS} from area_table t where t.key = $1 and ${knownWhen('t', '$2::bigint')}`;
const LIST = `
select ${COLUMNS} from area_table t
where ${knownWhen('t', '$3::bigint')} and ($1::text is null or t.key collate "C" > $1)
order by t.key collate "C"
limit $2`;
const DRAW_ID = `select nextval(pg_get_serial_sequence('area_table', 'id'))::integer as id`;
const END = 'update area_table set superseded_by = $2 where key = $1 and superseded_by is null';
const INSERT = `
insert into area_table (id, key, kind, geography, source, published_on, digest, row_count, change_id)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

type Row = {
  key: string;
  kind: AreaTableKind;
  geography: Geography;
  source: string;
  published_on: LocalDay | null;
  digest: string;
  row_count: number;
};

/** A table from its row. */
export function areaTableFromRow({ published_on, row_count, ...table }: Row): AreaTable {
  const { key, kind, geography, source, digest } = table;
  return { key, kind, geography, source, publishedOn: published_on, digest, rows: row_count };
}

function isSame(current: AreaTable | null, input: AreaTableInput, digest: string, geography: Geography): boolean {
  return (
    current !== null &&
    current.digest === digest &&
    current.geography === geography &&
    current.source === input.source &&
    current.publishedOn === input.publishedOn
  );
}

/** Look-up tables of areas in the database. */
export function makeAreaTableStore(pool: pg.Pool): AreaTableStore {
  const stamp = (principal: string) => ({ kind: 'area-table' as const, principal, uploadId: null, config: true });
  return {
    write: (input, rows, principal) =>
      withConnection(pool, async (client) => {
        const { result } = await inChange<AreaTableOutcome>(client, stamp(principal), async (drawChangeId) => {
          await client.query(SESSION);
          await client.query(LOCK);
          await client.query('savepoint before_rows');
          const found = (await client.query<Row>(FIND, [input.key, null])).rows[0];
          const current = found === undefined ? null : areaTableFromRow(found);
          const id = (await client.query<{ id: number }>(DRAW_ID)).rows[0]?.id ?? 0;
          // The rows come while the file is read; the table they belong to is known when it has ended.
          await client.query('set constraints area_postcode_table_id_fkey, area_deprivation_table_id_fkey deferred');
          const insert: AreaInsert = { client, tableId: id };
          let next = await rows.next();
          for (; next.done !== true; next = await rows.next())
            await insertAreas(insert, next.value as readonly AreaRow[]);
          const { digest, ...read } = next.value;
          if (current !== null && isSame(current, input, digest, read.geography)) {
            await client.query('rollback to savepoint before_rows');
            return { touched: null, result: { table: current, read, outcome: 'unchanged' } };
          }
          const table: AreaTable = { ...input, kind: read.kind, geography: read.geography, digest, rows: read.rows };
          const changeId = await drawChangeId();
          await client.query(END, [input.key, changeId]);
          const { key, kind, geography, source, publishedOn } = table;
          await client.query(INSERT, [id, key, kind, geography, source, publishedOn, digest, read.rows, changeId]);
          const outcome = current === null ? 'created' : 'replaced';
          return { touched: touchedOne('area-table', key), result: { table, read, outcome } };
        });
        return result;
      }),

    async find(key, atSeq) {
      const row = (await pool.query<Row>(FIND, [key, atSeq])).rows[0];
      return row === undefined ? null : areaTableFromRow(row);
    },

    async list({ after, limit }, atSeq) {
      const { rows } = await pool.query<Row>(LIST, [after, limit + 1, atSeq]);
      return rows.map(areaTableFromRow);
    },

    end: (key, principal) =>
      withConnection(pool, async (client) => {
        const { result } = await inChange(client, stamp(principal), async (drawChangeId) => {
          await client.query(LOCK);
          const found = await client.query(FIND, [key, null]);
          if (found.rows.length === 0) return { touched: null, result: false };
          await client.query(END, [key, await drawChangeId()]);
          return { touched: touchedOne('area-table', key), result: true };
        });
        return result;
      }),
  };
}
