import type { UploadClock } from '../../domain/upload/layout.ts';
import type { RowFault } from '../../domain/upload/row-fault.ts';
import { LEFT_TO_THE_FILE } from '../../domain/upload/upload-options.ts';
import type {
  Undone,
  UploadMode,
  UploadProgress,
  UploadRecord,
  UploadResult,
  UploadSettings,
  UploadStatus,
  UploadSummary,
  UploadUndo,
} from '../../services/uploads/ports.ts';

const COLUMNS = `
u.id, u.principal, u.retry_of, u.progress, u.received_at, u.finished_at, u.file_name, u.media_type, coalesce(u.sha256, k.sha256) as sha256,
  coalesce(u.bytes, k.bytes) as bytes, u.mode, u.clock, u.settings, u.status, u.result, k.id as kept_id, k.kept_at, k.removed_at,
  u.undone_at, u.undone_by, u.undo, c.seq as undone_seq`;
const TABLES =
  'upload u left join kept_file k on k.id = u.kept_file_id and k.kept_at is not null left join change c on c.id = u.undone_change_id';

export const FIND_UPLOAD = `select ${COLUMNS} from ${TABLES} where u.id = $1`;

export const LIST_UPLOADS = `
select ${COLUMNS} from ${TABLES}
where ($1::text is null or u.status = $1) and ($2::bigint is null or u.id < $2)
order by u.id desc limit $3`;

export const UPLOAD_REFUSALS = `
select r.file, r.line, r.field, r.value, r.code, r.detail from upload_refusal r where r.upload_id = $1 order by r.ordinal`;

export type UploadRow = {
  id: string;
  principal: string;
  retry_of: string | null;
  progress: UploadProgress | null;
  received_at: Date;
  finished_at: Date | null;
  file_name: string | null;
  media_type: string;
  sha256: string | null;
  bytes: string | null;
  mode: UploadMode;
  clock: UploadClock | null;
  /** Empty in records of versions that kept mode and clock alone. */
  settings: Partial<UploadSettings>;
  status: UploadStatus;
  result: { result?: UploadResult | null; reason?: string | null };
  kept_id: string | null;
  kept_at: Date | null;
  removed_at: Date | null;
  undone_at: Date | null;
  undone_by: string | null;
  undo: UploadUndo | null;
  undone_seq: string | null;
};

export type RefusalRow = Omit<RowFault, 'column'> & { field: string | null };

function undoneOf({ undone_at: at, undone_by: by, undo, undone_seq: seq }: UploadRow): Undone | null {
  return at === null || by === null || undo === null ? null : { ...undo, at, by, seq };
}
/** Settings that an upload may have been sent without. */
const NOTHING_SAID = { ...LEFT_TO_THE_FILE, replaceActual: null, meter: null, layout: null };

/** A row of `LIST_UPLOADS`. */
export function fromUploadRow(row: UploadRow): UploadSummary {
  const { mode, clock, sha256, kept_id, kept_at, removed_at, result } = row;
  const bytes = row.bytes === null ? null : Number(row.bytes);
  const isKept = removed_at === null && kept_id !== null && kept_at !== null && sha256 !== null && bytes !== null;
  return {
    id: BigInt(row.id),
    principal: row.principal,
    retryOf: row.retry_of === null ? null : BigInt(row.retry_of),
    progress: row.progress,
    status: row.status,
    receivedAt: row.received_at,
    finishedAt: row.finished_at,
    fileName: row.file_name,
    mediaType: row.media_type,
    mode,
    clock,
    sha256,
    bytes,
    settings: { ...NOTHING_SAID, ...row.settings, mode, clock },
    keptFile: isKept ? { id: BigInt(kept_id), keptAt: kept_at, sha256, bytes } : null,
    fileRemovedAt: removed_at,
    result: result.result ?? null,
    undone: undoneOf(row),
    reason: result.reason ?? null,
  };
}

/** A row of `FIND_UPLOAD` with its refusals. */
export function fromUploadRows(row: UploadRow, refusals: readonly RefusalRow[]): UploadRecord {
  return {
    ...fromUploadRow(row),
    refusals: refusals.map(({ file, line, field, value, code, detail }) => ({
      file,
      line,
      column: field,
      value,
      code,
      detail,
    })),
  };
}
