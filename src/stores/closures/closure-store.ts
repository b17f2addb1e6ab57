import type pg from 'pg';
import type { PoolClient } from 'pg';
import { hullOf, type Touched, touchedOne } from '../../domain/change-log/touched.ts';
import type { Closure } from '../../domain/closures.ts';
import { addDays, type LocalDay } from '../../domain/local-day.ts';
import type { ClosureStore } from '../../services/closures/closures.ts';
import { ADVISORY_LOCKS } from '../advisory-locks.ts';
import { inChange, withConnection } from '../change.ts';
import { knownWhen } from '../past/known-when.ts';

const COLUMNS = 'c.key, c.name, c.first_day, c.last_day, c.sites, c.categories, c.portfolios';

const FIND = `select ${COLUMNS} from closure c where c.key = $1 and ${knownWhen('c', '$2::bigint')}`;

const LIST = `
select ${COLUMNS}
from closure c
where ${knownWhen('c', '$3::bigint')} and ($1::text is null or c.key collate "C" > $1::text collate "C")
order by c.key collate "C"
limit $2`;

const CURRENT = `select ${COLUMNS} from closure c where c.superseded_by is null order by c.key collate "C"`;

const END = 'update closure c set superseded_by = $2 where c.key = $1 and c.superseded_by is null';

const INSERT = `
insert into closure (key, change_id, name, first_day, last_day, sites, categories, portfolios)
values ($1, $2::bigint, $3, $4::date, $5::date, $6::text[], $7::text[], $8::text[])`;

type Row = {
  key: string;
  name: string;
  first_day: LocalDay;
  last_day: LocalDay;
  sites: string[];
  categories: string[];
  portfolios: string[];
};

const fromRow = ({ first_day: firstDay, last_day: lastDay, ...row }: Row): Closure => ({ ...row, firstDay, lastDay });

const valuesOf = ({ name, firstDay, lastDay, sites, categories, portfolios }: Closure): unknown[] => [
  name,
  firstDay,
  lastDay,
  sites,
  categories,
  portfolios,
];

const LOCK = `select pg_advisory_xact_lock(${ADVISORY_LOCKS.closures})`;

async function standing(client: PoolClient, key: string): Promise<Closure | null> {
  await client.query(LOCK);
  const { rows } = await client.query<Row>(FIND, [key, null]);
  return rows[0] === undefined ? null : fromRow(rows[0]);
}

/** All closures as they stood at a clock reading, by key. */
export async function closuresAt(pool: pg.Pool, seq: string): Promise<Closure[]> {
  const { rows } = await pool.query<Row>(LIST, [null, null, seq]);
  return rows.map(fromRow);
}

/** A closure, and the days that it closes or has closed. */
function touchedBy(key: string, closures: readonly (Closure | null)[]): Touched {
  const spans = closures.map((closure) =>
    closure === null ? null : { start: closure.firstDay, end: addDays(closure.lastDay, 1) },
  );
  return touchedOne('closure', key, hullOf(spans));
}

/** Closures in the database. */
export function makeClosureStore(pool: pg.Pool): ClosureStore {
  const stamp = (principal: string) => ({ kind: 'closure' as const, principal, uploadId: null, config: false });
  return {
    write: (closure, principal) =>
      withConnection(pool, async (client) => {
        const { result } = await inChange(client, stamp(principal), async (drawChangeId) => {
          const current = await standing(client, closure.key);
          const created = current === null;
          const isSame = !created && JSON.stringify(valuesOf(current)) === JSON.stringify(valuesOf(closure));
          if (isSame) return { touched: null, result: { created } };
          const changeId = await drawChangeId();
          await client.query(END, [closure.key, changeId]);
          await client.query(INSERT, [closure.key, changeId, ...valuesOf(closure)]);
          return { touched: touchedBy(closure.key, [current, closure]), result: { created } };
        });
        return result;
      }),

    end: (key, principal) =>
      withConnection(pool, async (client) => {
        const { result } = await inChange(client, stamp(principal), async (drawChangeId) => {
          const current = await standing(client, key);
          if (current === null) return { touched: null, result: false };
          await client.query(END, [key, await drawChangeId()]);
          return { touched: touchedBy(key, [current]), result: true };
        });
        return result;
      }),

    async find(key, atSeq) {
      const { rows } = await pool.query<Row>({ name: 'closure', text: FIND, values: [key, atSeq] });
      return rows[0] === undefined ? null : fromRow(rows[0]);
    },

    async list({ after, limit }, atSeq) {
      const { rows } = await pool.query<Row>({ name: 'closures', text: LIST, values: [after, limit + 1, atSeq] });
      return rows.map(fromRow);
    },

    async current() {
      const { rows } = await pool.query<Row>({ name: 'current-closures', text: CURRENT });
      return rows.map(fromRow);
    },
  };
}
