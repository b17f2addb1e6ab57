import type pg from 'pg';
import type { UploadClock } from '../../domain/upload/layout.ts';
import type { RowFault } from '../../domain/upload/row-fault.ts';
import type {
  UploadMode,
  UploadRecord,
  UploadResult,
  UploadStatus,
  UploadStore,
} from '../../services/uploads/ports.ts';
import { toRefusal } from '../errors.ts';
import { withTransaction } from '../transaction.ts';
import { IS_LEFT_SQL } from './upload-lock.ts';

const START = `
insert into upload (received_at, principal, file_name, media_type, mode, clock, status, result)
values ($1, $2, $3, $4, $5, $6, 'receiving', '{}') returning id`;

const FINISH = `
update upload set finished_at = $2, status = $3, sha256 = $4, bytes = $5, result = $6, change_id = $7 where id = $1`;

const ADD_REFUSALS = `
insert into upload_refusal (upload_id, ordinal, line, field, value, code, detail)
select $1, r.ordinal - 1, r.line, r.field, r.value, r.code, r.detail
from unnest($2::integer[], $3::text[], $4::text[], $5::text[], $6::text[])
  with ordinality as r(line, field, value, code, detail, ordinal)`;

const FIND = `
select u.id, u.received_at, u.finished_at, u.file_name, u.media_type, u.sha256, u.bytes, u.mode, u.clock, u.status, u.result
from upload u where u.id = $1`;

const REFUSALS = `
select r.line, r.field, r.value, r.code, r.detail from upload_refusal r where r.upload_id = $1 order by r.ordinal`;

const END_INTERRUPTED = `
update upload u
   set finished_at = $1,
       status = case when c.id is null then 'failed' else 'stored' end,
       change_id = c.id,
       result = case when c.id is null then jsonb_build_object('reason', $2::text) else '{}' end
  from upload w
  left join change c on c.upload_id = w.id
 where w.id = u.id and u.status = 'receiving' and ${IS_LEFT_SQL}`;

type Row = {
  id: string;
  received_at: Date;
  finished_at: Date | null;
  file_name: string | null;
  media_type: string;
  sha256: string | null;
  bytes: string | null;
  mode: UploadMode;
  clock: UploadClock | null;
  status: UploadStatus;
  result: { result?: UploadResult | null; reason?: string | null };
};

type RefusalRow = Omit<RowFault, 'column'> & { field: string | null };

function fromRow(row: Row, refusals: readonly RefusalRow[]): UploadRecord {
  return {
    id: BigInt(row.id),
    status: row.status,
    receivedAt: row.received_at,
    finishedAt: row.finished_at,
    fileName: row.file_name,
    mediaType: row.media_type,
    mode: row.mode,
    clock: row.clock,
    sha256: row.sha256,
    bytes: row.bytes === null ? null : Number(row.bytes),
    result: row.result.result ?? null,
    reason: row.result.reason ?? null,
    refusals: refusals.map(({ line, field, value, code, detail }) => ({ line, column: field, value, code, detail })),
  };
}

/** PostgreSQL takes every character in a text but NUL. */
const storable = (text: string | null): string | null => text?.replaceAll('\0', '\uFFFD') ?? null;

/** Keeps the record of uploads. */
export function createUploadStore(pool: pg.Pool): UploadStore {
  const query = <R extends pg.QueryResultRow>(text: string, values: unknown[]) =>
    pool.query<R>(text, values).catch((error: unknown) => {
      throw toRefusal(error);
    });

  return {
    async start({ receivedAt, principal, fileName, mediaType, mode, clock }) {
      const { rows } = await query<{ id: string }>(START, [receivedAt, principal, fileName, mediaType, mode, clock]);
      return BigInt(rows[0]?.id ?? 0);
    },

    async finish(id, { finishedAt, status, sha256, bytes, result, reason, changeId, refusals }) {
      const json = JSON.stringify({ result, reason: storable(reason) });
      await withTransaction(pool, async (client) => {
        await client.query(FINISH, [id.toString(), finishedAt, status, sha256, bytes, json, changeId]);
        if (refusals.length === 0) return;
        await client.query(ADD_REFUSALS, [
          id.toString(),
          refusals.map((refusal) => refusal.line),
          refusals.map((refusal) => storable(refusal.column)),
          refusals.map((refusal) => storable(refusal.value)),
          refusals.map((refusal) => refusal.code),
          refusals.map((refusal) => storable(refusal.detail)),
        ]);
      });
    },

    async find(id) {
      const { rows } = await query<Row>(FIND, [id.toString()]);
      const row = rows[0];
      if (row === undefined) return null;
      const refusals = await query<RefusalRow>(REFUSALS, [id.toString()]);
      return fromRow(row, refusals.rows);
    },

    async endInterrupted(now, reason) {
      const { rowCount } = await query(END_INTERRUPTED, [now, reason]);
      return rowCount ?? 0;
    },
  };
}
