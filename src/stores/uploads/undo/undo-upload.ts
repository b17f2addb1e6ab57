import type pg from 'pg';
import type { UndoLog } from '../../../domain/day-history.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { UndoUpload, UploadUndo } from '../../../services/uploads/ports.ts';
import { inChange, withConnection } from '../../change.ts';
import { movedSpans, spansByMeter } from '../../readings/evidence-spans.ts';
import { settleStage } from '../../readings/settle-stage.ts';
import { openStage } from '../../readings/stage.ts';
import { standingEvidence, storeSpanConversions } from '../../readings/standing-evidence.ts';
import { touchedEvidence, touchedMeters } from '../../readings/touched-meters.ts';
import { lockMeters, writeStagedDays } from '../../readings/write-meter-days.ts';
import { type KeptDay, stageDaysBefore } from './undo-days.ts';
import { undoTotals } from './undo-totals.ts';

/** Kept days that are told one by one. */
const KEPT_DAYS_MAX = 100;

const METERS_OF_CHANGE = `
select d.meter_id from meter_day d where d.change_id = $1
union select r.meter_id from meter_day_revision r where r.change_id = $1 and r.superseded_by > $1
union select b.meter_id from billed_period b where b.change_id = $1 or b.superseded_by = $1
union select r.meter_id from register_reading r where r.change_id = $1 or r.superseded_by = $1`;

const FIND_UPLOAD = 'select u.status, u.change_id, u.undone_at from upload u where u.id = $1';

const UNDO_LOG = `
select u.change_id, u.undone_change_id from upload u
where u.undone_at is not null and u.change_id is not null and u.id <> $1`;

const SESSION_SQL = `set local statement_timeout = '30min'; set local work_mem = '32MB'`;

const OUTCOME_OF_DAYS = `
select count(*) filter (where d.quantity is null and d.intervals is null)::int as removed,
  count(*) filter (where d.quantity is not null or d.intervals is not null)::int as restored
from meter_day_stage i join meter_day d on d.meter_id = i.meter_id and d.day = i.day
where d.change_id = $1`;

const NAME_KEPT_DAYS = `
select m.key as meter, w.day, c.seq, c.upload_id as upload
from unnest($1::integer[], $2::date[], $3::bigint[]) with ordinality as w(meter_id, day, change_id, ordinal)
join meter m on m.id = w.meter_id join change c on c.id = w.change_id
order by w.ordinal`;

const MARK_UNDONE = `
update upload set status = 'undone', undone_at = $2, undone_by = $3, undone_change_id = $4, undo = $5 where id = $1`;

type UploadState = { status: string; change_id: string | null; undone_at: Date | null };

function refuseUnlessUndoable(uploadId: bigint, state: UploadState | undefined): string {
  if (state === undefined) throw new Refusal('unknown-upload', `There is no upload ${uploadId}`);
  if (state.undone_at !== null)
    throw new Refusal('already-undone', `Upload ${uploadId} was undone at ${state.undone_at.toISOString()} already`);
  if (state.change_id === null)
    throw new Refusal(
      'conflict',
      `Upload ${uploadId} is ${state.status}: nothing of it was stored, so there is nothing to undo`,
    );
  return state.change_id;
}

async function undoLog(client: pg.PoolClient, uploadId: string): Promise<UndoLog> {
  const { rows } = await client.query<{ change_id: string; undone_change_id: string | null }>(UNDO_LOG, [uploadId]);
  const undos = rows.flatMap(({ undone_change_id: undo }) => (undo === null ? [] : [undo]));
  return { undone: new Set(rows.map((row) => row.change_id)), undos: new Set(undos) };
}

async function namesOf(client: pg.PoolClient, kept: readonly KeptDay[]): Promise<UploadUndo['kept']> {
  const told = kept.slice(0, KEPT_DAYS_MAX);
  const { rows } = await client.query<UploadUndo['kept'][number]>(NAME_KEPT_DAYS, [
    told.map(({ meterId }) => meterId),
    told.map(({ day }) => day),
    told.map(({ changeId }) => changeId),
  ]);
  return rows;
}

async function standingSpans(client: pg.PoolClient, meterIds: readonly number[]) {
  const { standing, stored, meters, gas } = await standingEvidence(client, meterIds, [], []);
  return { ...spansByMeter({ bills: standing, reads: stored, meters }, gas), gas };
}

/**
 * Makes the use of the store that takes an upload back, in the five steps of a write (docs/decisions/0004-the-write.md):
 * its meters are locked, what it replaced is staged, bills it replaced come back, what follows from them is settled again,
 * and the clock moves last. Nothing is deleted: answers as of an earlier moment stay what they were.
 */
export function createUndoUpload(pool: pg.Pool): UndoUpload {
  return (uploadId, { principal, now }) =>
    withConnection(pool, async (client) => {
      const id = uploadId.toString();
      const found = await client.query<UploadState>(FIND_UPLOAD, [id]);
      const changeId = refuseUnlessUndoable(uploadId, found.rows[0]);
      const meters = await client.query<{ meter_id: number }>(METERS_OF_CHANGE, [changeId]);
      const meterIds = meters.rows.map((row) => row.meter_id).sort((a, b) => a - b);
      await openStage(client);
      const stamp = { kind: 'undo', principal, uploadId, config: false } as const;
      await inChange(client, stamp, async (drawChangeId) => {
        await client.query(SESSION_SQL);
        await lockMeters(client, meterIds);
        const locked = await client.query<UploadState>(`${FIND_UPLOAD} for no key update`, [id]);
        refuseUnlessUndoable(uploadId, locked.rows[0]);
        const undoId = await drawChangeId();
        const log = await undoLog(client, id);
        const before = await standingSpans(client, meterIds);
        const { bills, reads } = await undoTotals(client, meterIds, { changeId, undoId, log });
        const { spans, conversions, gas } = await standingSpans(client, meterIds);
        await storeSpanConversions(client, gas, conversions, undoId);
        const kept = await stageDaysBefore(client, changeId, meterIds, log);
        await client.query('analyze meter_day_stage (meter_id, day)');
        await settleStage(client, spans, movedSpans(before.spans, spans), gas, undoId, 'instead');
        const { touched: days } = await writeStagedDays(client, undoId);
        const outcome = await client.query<{ removed: number; restored: number }>(OUTCOME_OF_DAYS, [undoId]);
        const totals = bills.ended + reads.ended === 0 ? [] : await touchedEvidence(client, meterIds, undoId);
        const touched = [...days, ...totals];
        const changed = touched.length > 0;
        const undo: UploadUndo = {
          daysRestored: outcome.rows[0]?.restored ?? 0,
          daysRemoved: outcome.rows[0]?.removed ?? 0,
          daysKept: kept.length,
          billsEnded: bills.ended,
          billsRestored: bills.restored,
          billsKept: bills.kept,
          readsEnded: reads.ended,
          readsRestored: reads.restored,
          readsKept: reads.kept,
          kept: await namesOf(client, kept),
        };
        await client.query(MARK_UNDONE, [id, now, principal, changed ? undoId : null, JSON.stringify(undo)]);
        return { touched: changed ? touchedMeters(touched) : null, result: undo };
      });
    });
}
