import { ADVISORY_LOCKS } from '../advisory-locks.ts';

/**
 * Held by the connection that receives an upload for as long as it does: a process that starts can tell uploads that
 * another process is receiving from those that were left behind. The number of the upload is cut to what a lock takes.
 */
const LOCK_OF = (id: string) => `${ADVISORY_LOCKS.upload}, (${id} % 2147483647)::integer`;

export const HOLD_UPLOAD_SQL = `select pg_advisory_lock(${LOCK_OF('$1::bigint')})`;

/** True for an upload that nobody is receiving. */
export const IS_LEFT_SQL = `pg_try_advisory_xact_lock(${LOCK_OF('u.id')})`;
