import type { PoolClient } from 'pg';
import type { UndoLog } from '../../../domain/day-history.ts';
import { type EvidenceKind, type EvidenceVersion, undoEvidence } from '../../../domain/evidence-history.ts';
import { groupBy } from '../../../domain/group-by.ts';

type Version = EvidenceVersion & { meterId: number };
type BillVersion = Version & { start: string; end: string; quality: string; isCredit: boolean; isDelivery: boolean };
type ReadVersion = Version & { series: string; slot: string };

/** What every row says beside its identity and its place in the history. */
const HISTORY = (row: string) => `${row}.id, ${row}.meter_id as "meterId", ${row}.change_id as "changeId",
  ${row}.superseded_by as "supersededBy", (to_jsonb(${row}) - array['id', 'change_id', 'superseded_by'])::text as content`;

const BILL_VERSIONS = `
select ${HISTORY('b')}, b.start_day as start, b.end_day as "end", b.quality, b.credits is not null as "isCredit",
  b.is_delivery as "isDelivery"
from billed_period b where b.meter_id = any($1::integer[]) order by b.meter_id, b.change_id, b.id`;

const READ_VERSIONS = `
select ${HISTORY('r')}, concat_ws('|', r.serial, r.register) as series,
  concat_ws('|', r.serial, r.register, r.day, r.opening) as slot
from register_reading r where r.meter_id = any($1::integer[]) order by r.meter_id, r.change_id, r.id`;

const END_ROWS = (table: string) => `update ${table} t set superseded_by = $2 where t.id = any($1::bigint[])`;

/** Rows that come back are rows of their own; every column but these three is as it was. */
const REPEAT_ROWS = (table: string) => `
insert into ${table}
select n.* from ${table} t
cross join lateral jsonb_populate_record(t, jsonb_build_object(
  'id', nextval(pg_get_serial_sequence('${table}', 'id')), 'change_id', $2::bigint, 'superseded_by', null)) n
where t.id = any($1::bigint[])`;

/** Bills of equal quality never overlap; an estimated one may stand beside an actual one, and a credit note beside any. */
const BILLS: EvidenceKind<BillVersion> = {
  meets: (a, b) => a.start < b.end && b.start < a.end,
  excludes: (a, b) =>
    a.content === b.content ||
    (!a.isCredit &&
      !b.isCredit &&
      !(a.isDelivery && b.isDelivery) &&
      a.quality === b.quality &&
      a.start < b.end &&
      b.start < a.end),
};

/** One read stands on each day of a register, an opening one beside a closing one. */
const READS: EvidenceKind<ReadVersion> = {
  meets: (a, b) => a.series === b.series,
  excludes: (a, b) => a.slot === b.slot,
};

/** How many rows of one kind an undo ended and brought back, and how many stay. */
export type RowsUndone = { ended: number; restored: number; kept: number };

type Undo = { changeId: string; undoId: string; log: UndoLog };

async function undoRows<Row extends Version>(
  client: PoolClient,
  table: string,
  rows: readonly Row[],
  kind: EvidenceKind<Row>,
  { changeId, undoId, log }: Undo,
): Promise<RowsUndone> {
  const byMeter = groupBy(rows, ({ meterId }) => meterId);
  const undone = [...byMeter.values()].map((versions) => undoEvidence(versions, changeId, log, kind));
  const ended = undone.flatMap((undo) => undo.ended.map(({ id }) => id));
  const restored = undone.flatMap((undo) => undo.restored.map(({ id }) => id));
  if (ended.length > 0) await client.query(END_ROWS(table), [ended, undoId]);
  if (restored.length > 0) await client.query(REPEAT_ROWS(table), [restored, undoId]);
  return { ended: ended.length, restored: restored.length, kept: undone.reduce((sum, { kept }) => sum + kept, 0) };
}

/** Takes back the bills and reads that a change wrote, and brings back those that it replaced. The meters are locked. */
export async function undoTotals(
  client: PoolClient,
  meterIds: readonly number[],
  undo: Undo,
): Promise<{ bills: RowsUndone; reads: RowsUndone }> {
  const bills = await client.query<BillVersion>(BILL_VERSIONS, [meterIds]);
  const reads = await client.query<ReadVersion>(READ_VERSIONS, [meterIds]);
  return {
    bills: await undoRows(client, 'billed_period', bills.rows, BILLS, undo),
    reads: await undoRows(client, 'register_reading', reads.rows, READS, undo),
  };
}
