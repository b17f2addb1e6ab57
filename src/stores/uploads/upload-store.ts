import type pg from 'pg';
import { Refusal } from '../../domain/refusal.ts';
import type { UploadStart, UploadStore } from '../../services/uploads/ports.ts';
import { toRefusal } from '../errors.ts';
import { withTransaction } from '../transaction.ts';
import { readKeptFile } from './kept-files.ts';
import { IS_LEFT_SQL } from './upload-lock.ts';
import {
  FIND_UPLOAD,
  fromUploadRow,
  fromUploadRows,
  LIST_UPLOADS,
  type RefusalRow,
  UPLOAD_REFUSALS,
  type UploadRow,
} from './upload-rows.ts';

const START = `
with kept as (insert into kept_file default values returning id)
insert into upload (received_at, principal, file_name, media_type, mode, clock, settings, status, result, kept_file_id, progress)
select $1, $2, $3, $4, $5, $6, $7, 'receiving', '{}', kept.id,
  jsonb_build_object('phase', 'receiving', 'bytesRead', 0, 'bytesTotal', $8::bigint)
from kept
returning id, kept_file_id`;

const WAITING = `jsonb_build_object('phase', 'waiting', 'bytesRead', 0, 'bytesTotal', k.bytes)`;

const START_RETRY = `
insert into upload (received_at, principal, file_name, media_type, mode, clock, settings, status, result, kept_file_id, retry_of, progress)
select $1, $2, $3, $4, $5, $6, $7, 'processing', '{}', k.id, $9, ${WAITING} from kept_file k
where k.id = $8 and k.removed_at is null for share of k
returning id`;

const PROMISE = `
update upload u set status = 'processing', progress = ${WAITING}
from kept_file k where u.id = $1 and k.id = u.kept_file_id and k.kept_at is not null`;

const LEFT = `select u.id from upload u where u.status = 'processing' and ${IS_LEFT_SQL} order by u.id`;

const FINISH = `
update upload set finished_at = $2, status = $3, sha256 = $4, bytes = $5, result = $6, change_id = $7, progress = null
where id = $1`;

const ADD_REFUSALS = `
insert into upload_refusal (upload_id, ordinal, file, line, field, value, code, detail)
select $1, r.ordinal - 1, r.file, r.line, r.field, r.value, r.code, r.detail
from unnest($2::text[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::text[])
  with ordinality as r(file, line, field, value, code, detail, ordinal)`;

/** A file of which a part is missing is of no use to anybody. */
const DROP_PARTS = `
delete from kept_file k using upload u
where u.id = any($1::bigint[]) and k.id = u.kept_file_id and k.kept_at is null`;

const END_INTERRUPTED = `
update upload u
   set finished_at = $1,
       status = case when c.id is null then 'failed' else 'stored' end,
       change_id = c.id,
       result = case when c.id is null then jsonb_build_object('reason', $2::text) else '{}' end,
       progress = null
  from upload w
  left join change c on c.upload_id = w.id and c.kind = 'upload'
 where w.id = u.id and u.received_at <= $3 and ${IS_LEFT_SQL}
   and (u.status = 'receiving' or u.status = 'processing' and c.id is not null)
returning u.id`;

/** PostgreSQL takes every character in a text but NUL. */
const storable = (text: string | null): string | null => text?.replaceAll('\0', '\uFFFD') ?? null;

function startValues({ receivedAt, principal, fileName, mediaType, settings }: UploadStart): unknown[] {
  const { mode, clock } = settings;
  return [receivedAt, principal, fileName, mediaType, mode, clock, JSON.stringify(settings)];
}

/** Keeps the record of uploads, and their files. */
export function createUploadStore(pool: pg.Pool): UploadStore {
  const query = <R extends pg.QueryResultRow>(text: string, values: unknown[]) =>
    pool.query<R>(text, values).catch((error: unknown) => {
      throw toRefusal(error);
    });

  return {
    async start({ expectedBytes, ...start }) {
      const { rows } = await query<{ id: string; kept_file_id: string }>(START, [...startValues(start), expectedBytes]);
      return { id: BigInt(rows[0]?.id ?? 0), keptFileId: BigInt(rows[0]?.kept_file_id ?? 0) };
    },

    async startRetry({ retryOf, keptFileId, ...start }) {
      const values = [...startValues(start), keptFileId.toString(), retryOf.toString()];
      const { rows } = await query<{ id: string }>(START_RETRY, values);
      if (rows[0] === undefined)
        throw new Refusal('file-not-kept', `The file of upload ${retryOf} is not kept any more`);
      return BigInt(rows[0].id);
    },

    async promise(id) {
      const { rowCount } = await query(PROMISE, [id.toString()]);
      if (rowCount !== 1) throw new Error(`The file of upload ${id} was not kept.`);
    },

    async left() {
      const { rows } = await query<{ id: string }>(LEFT, []);
      return rows.map(({ id }) => BigInt(id));
    },

    async finish(id, { finishedAt, status, sha256, bytes, result, reason, changeId, refusals }) {
      const json = JSON.stringify({ result, reason: storable(reason) });
      await withTransaction(pool, async (client) => {
        await client.query(FINISH, [id.toString(), finishedAt, status, sha256, bytes, json, changeId]);
        await client.query(DROP_PARTS, [[id.toString()]]);
        if (refusals.length === 0) return;
        await client.query(ADD_REFUSALS, [
          id.toString(),
          refusals.map((refusal) => storable(refusal.file)),
          refusals.map((refusal) => refusal.line),
          refusals.map((refusal) => storable(refusal.column)),
          refusals.map((refusal) => storable(refusal.value)),
          refusals.map((refusal) => refusal.code),
          refusals.map((refusal) => storable(refusal.detail)),
        ]);
      });
    },

    async find(id) {
      const { rows } = await query<UploadRow>(FIND_UPLOAD, [id.toString()]);
      const row = rows[0];
      if (row === undefined) return null;
      const refusals = await query<RefusalRow>(UPLOAD_REFUSALS, [id.toString()]);
      return fromUploadRows(row, refusals.rows);
    },

    async list({ status }, { after, limit }) {
      const { rows } = await query<UploadRow>(LIST_UPLOADS, [status, after, limit + 1]);
      return rows.map(fromUploadRow);
    },

    readKept: (fileId) => readKeptFile(pool, fileId),

    async endInterrupted(now, reason, before) {
      const { rows } = await query<{ id: string }>(END_INTERRUPTED, [now, reason, before]);
      await query(DROP_PARTS, [rows.map(({ id }) => id)]);
      return rows.length;
    },
  };
}
