import type pg from 'pg';
import { CHANGE_KINDS, type ChangeKind } from '../../domain/change-log/change-kinds.ts';
import type { ChangeFilter, FactorChange, RecordedChange } from '../../domain/change-log/recorded-change.ts';
import type { TouchedCount } from '../../domain/change-log/touched.ts';
import type { FactorAccount } from '../../domain/factor-account.ts';
import { addDays, type LocalDay } from '../../domain/local-day.ts';
import type { ChangeLogReader } from '../../services/change-log/change-log-port.ts';

const COLUMNS = `c.seq, to_char(c.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as recorded_at, c.kind,
  c.principal, k.name as key_name, c.upload_id, c.touched, c.first_day, c.last_day`;

/** A key is known by its number, whatever became of it since. */
const KEY = `left join api_key k on 'key:' || k.id = c.principal`;

const ALL = `select ${COLUMNS} from change c ${KEY} where c.seq > $1::bigint order by c.seq limit $2`;

/**
 * The first of each kind, and of these the first. Written as a range of the index of kinds: for an equality the planner
 * would go through the whole log where it thinks a kind common that is rare.
 */
const OF_KINDS = `
select ${COLUMNS}
from unnest($3::text[]) w(kind)
cross join lateral (
  select h.*
  from change h
  where (h.kind, h.seq) > (w.kind, $1::bigint) and (h.kind, h.seq) <= (w.kind, 9223372036854775807)
  order by h.kind, h.seq
  limit $2
) c
${KEY}
order by c.seq
limit $2`;

/** The first of each key and kind. A change may have touched several of the keys. */
const OF_KEYS = `
with found as (
  select distinct k.seq
  from unnest($4::text[], $5::text[]) t(subject, key)
  cross join unnest($3::text[]) w(kind)
  cross join lateral (
    select h.seq
    from change_key h
    where h.subject = t.subject and h.key = t.key and h.kind = w.kind and h.seq > $1::bigint
    order by h.seq
    limit $2
  ) k
  order by k.seq
  limit $2
)
select ${COLUMNS} from found f join change c on c.seq = f.seq ${KEY} order by c.seq`;

/** What was kept with activations, and with withdrawals that left their set without a version in use. */
const ACCOUNTS = `
select e.seq, v.account
from change e
join factor_activation a on e.id in (a.change_id, a.superseded_by)
cross join lateral (values (case when a.change_id = e.id then a.account else a.end_account end)) v(account)
where e.seq = any($1::bigint[]) and v.account is not null`;

const SITE_KEYS = `
select 'site' as subject, s.key from site s where s.key = $1
union all
select distinct 'meter', m.key
from meter_placement p
join site s on s.id = p.site_id
join meter m on m.id = p.meter_id
where s.key = $1`;

type Row = {
  seq: string;
  recorded_at: string;
  kind: ChangeKind;
  principal: string;
  key_name: string | null;
  upload_id: string | null;
  touched: TouchedCount[];
  first_day: LocalDay | null;
  last_day: LocalDay | null;
};

function fromRow(row: Row, accounts: ReadonlyMap<string, FactorChange>): RecordedChange {
  const { seq, kind, touched, first_day: start, last_day: last } = row;
  return {
    ...{ seq, kind, touched },
    recordedAt: row.recorded_at,
    by: row.principal,
    keyName: row.key_name,
    upload: row.upload_id,
    days: start === null || last === null ? null : { start, end: addDays(last, 1) },
    factorChange: accounts.get(seq) ?? null,
  };
}

/** Reads the log of changes in the database. */
export function makeChangeLogReader(pool: pg.Pool): ChangeLogReader {
  const rowsOf = async ({ kinds, keys }: ChangeFilter, afterSeq: string, limit: number): Promise<Row[]> => {
    const from = [afterSeq, limit];
    const all = kinds.length === 0 ? CHANGE_KINDS : kinds;
    if (keys !== null) {
      const columns = [keys.map(({ subject }) => subject), keys.map(({ key }) => key)];
      return (await pool.query<Row>({ name: 'changes-of-keys', text: OF_KEYS, values: [...from, all, ...columns] }))
        .rows;
    }
    if (kinds.length > 0)
      return (await pool.query<Row>({ name: 'changes-of-kinds', text: OF_KINDS, values: [...from, kinds] })).rows;
    return (await pool.query<Row>({ name: 'changes', text: ALL, values: from })).rows;
  };
  const accountsOf = async (rows: readonly Row[]): Promise<ReadonlyMap<string, FactorChange>> => {
    const seqs = rows.flatMap(({ kind, seq }) => (kind === 'factor-activation' ? [seq] : []));
    if (seqs.length === 0) return new Map();
    const found = await pool.query<{ seq: string; account: FactorAccount }>(ACCOUNTS, [seqs]);
    return new Map(found.rows.map(({ seq, account }) => [seq, account]));
  };
  return {
    async read(filter, afterSeq, limit) {
      const rows = await rowsOf(filter, afterSeq, limit);
      const accounts = await accountsOf(rows);
      return rows.map((row) => fromRow(row, accounts));
    },

    async keysOfSite(site) {
      const { rows } = await pool.query<{ subject: 'site' | 'meter'; key: string }>(SITE_KEYS, [site]);
      return rows.length === 0 ? null : rows;
    },

    async wasMeter(meter) {
      return (await pool.query('select from meter m where m.key = $1', [meter])).rowCount === 1;
    },
  };
}
