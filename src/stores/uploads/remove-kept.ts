import type pg from 'pg';
import type { RemoveKept } from '../../services/uploads/remove-kept-files.ts';

/** The lock keeps a retry from taking up a file whose bytes are about to go. */
const REMOVE = `
with due as (
  select k.id from kept_file k
  where k.kept_at < $1 and k.removed_at is null
    and not exists (select 1 from upload u where u.kept_file_id = k.id and u.status in ('receiving', 'processing'))
  order by k.id
  limit $3
  for update skip locked
), gone as (
  delete from kept_file_block b using due d where b.file_id = d.id
)
update kept_file k set removed_at = $2 from due d where k.id = d.id`;

/** Removes the bytes of files that were kept long ago. */
export function createRemoveKept(pool: pg.Pool): RemoveKept {
  return async (before, now, limit) => (await pool.query(REMOVE, [before, now, limit])).rowCount ?? 0;
}
