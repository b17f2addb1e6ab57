import pg from 'pg';
import type { ChangeKind } from '../domain/change-log/change-kinds.ts';
import { countTouched, type Touched } from '../domain/change-log/touched.ts';
import { addDays } from '../domain/local-day.ts';
import { LIMITS } from '../limits.ts';
import type { Prisma } from './prisma-client/client.ts';

/** What a change is recorded with when it is committed. */
export type Stamp = {
  /** Drawn early with `NEXT_CHANGE_ID_SQL` and carried by the rows of the change. */
  changeId: bigint;
  kind: ChangeKind;
  principal: string;
  uploadId: bigint | null;
  /** Whether it touches configuration (sites, meters, factors, targets, settings) rather than readings alone. */
  config: boolean;
  /** What the log of changes says of it. */
  touched: Touched;
};

/** A change in the order in which changes became visible. */
export type Stamped = { seq: bigint; recordedAt: Date };

/** Draws the identity of a change before its rows are written. */
export const NEXT_CHANGE_ID_SQL = `select nextval(pg_get_serial_sequence('change', 'id')) as id`;

function literal(text: string): string {
  // A NUL ends a query text on its way to the server, and with it everything after.
  if (text.includes('\0')) throw new Error('A change cannot be recorded with a NUL in its kind or principal.');
  return pg.escapeLiteral(text);
}

const json = (value: unknown): string => literal(JSON.stringify(value));

/** Lists every key by itself, by which the log of changes is searched. */
function keysSql(kind: ChangeKind, { keys }: Touched): string {
  return `, listed as (
  insert into change_key (subject, key, kind, seq)
  select k.subject, k.key, ${literal(kind)}, s.seq
    from stamped s cross join json_to_recordset(${json(keys)}::json) k(subject text, key text)
)`;
}

/**
 * The last statement of every writing transaction: moves the clock and records the change. The clock's row lock is
 * held until commit, so that the order of `seq` is the order in which changes become visible; nothing may be locked
 * after it. All values stand in the text, so that it can travel together with `commit` in one simple query.
 */
export function stampSql({ changeId, kind, principal, uploadId, config, touched }: Stamp): string {
  const { keys, days } = touched;
  const summary = json(countTouched(touched, LIMITS.touchedKeysMax));
  const span = days === null ? 'null, null' : `${literal(days.start)}::date, ${literal(addDays(days.end, -1))}::date`;
  return `with stamped as (
  update clock c
     set seq = c.seq + 1,
         config_seq = case when ${config} then c.seq + 1 else c.config_seq end,
         recorded_at = greatest(clock_timestamp(), c.recorded_at + interval '1 microsecond')
  returning c.seq, c.recorded_at
)${keys.length === 0 ? '' : keysSql(kind, touched)}
insert into change (id, seq, recorded_at, kind, principal, upload_id, touched, first_day, last_day)
select ${changeId}::bigint, s.seq, s.recorded_at, ${literal(kind)}, ${literal(principal)}, ${uploadId ?? 'null'}::bigint,
  ${summary}::jsonb, ${span}
  from stamped s
returning seq, recorded_at`;
}

type StampRow = { seq: bigint | string; recorded_at: Date };

function readStamp(rows: readonly StampRow[]): Stamped {
  const row = rows[0];
  if (row === undefined) throw new Error('The clock has no row: the database is not migrated.');
  return { seq: BigInt(row.seq), recordedAt: row.recorded_at };
}

/** Stamps and commits the open transaction of a pg client in one round trip. After an error the caller rolls back. */
export async function stampAndCommit(client: pg.ClientBase, stamp: Stamp): Promise<Stamped> {
  // Two statements in one simple query give a list of results, which the types of pg do not say.
  const results: unknown = await client.query(`${stampSql(stamp)}; commit`);
  const [stamped] = results as pg.QueryResult<StampRow>[];
  return readStamp(stamped?.rows ?? []);
}

type PrismaTransaction = Pick<Prisma.TransactionClient, '$queryRawUnsafe'>;

/** Draws the identity of a change inside an interactive transaction. */
export async function nextChangeId(tx: PrismaTransaction): Promise<bigint> {
  const [row] = await tx.$queryRawUnsafe<{ id: bigint }[]>(NEXT_CHANGE_ID_SQL);
  if (row === undefined) throw new Error('The database gave no change identity.');
  return row.id;
}

/** Stamps an interactive transaction. Must be its last statement: return right after it, so that it commits. */
export async function stampInTransaction(tx: PrismaTransaction, stamp: Stamp): Promise<Stamped> {
  return readStamp(await tx.$queryRawUnsafe<StampRow[]>(stampSql(stamp)));
}
