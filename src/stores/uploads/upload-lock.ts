import { ADVISORY_LOCKS } from '../advisory-locks.ts';

/**
 * Held by the connection that receives an upload for as long as it does: a process that starts can tell uploads that
 * another process is receiving from those that were left behind. The number of the upload is cut to what a lock takes.
 */
const LOCK_OF = (id: string) => `${ADVISORY_LOCKS.upload}, (${id} % 2147483647)::integer`;

export const HOLD_UPLOAD_SQL = `select pg_advisory_lock(${LOCK_OF('$1::bigint')})`;

/** True for an upload that nobody is receiving. */
export const IS_LEFT_SQL = `pg_try_advisory_xact_lock(${LOCK_OF('u.id')})`;

/**
 * Gets hold of an upload that is to be processed, for as long as the connection lives, and tells its kept file. Gives no row
 * where another connection has it, or where its change was committed and only its record is left to write.
 */
export const CLAIM_UPLOAD_SQL = `
select k.sha256, k.bytes::float8 as bytes
from upload u join kept_file k on k.id = u.kept_file_id and k.kept_at is not null and k.removed_at is null
where u.id = $1::bigint and u.status = 'processing' and pg_try_advisory_lock(${LOCK_OF('$1::bigint')})
  and not exists (select 1 from change c where c.upload_id = u.id and c.kind = 'upload')`;
