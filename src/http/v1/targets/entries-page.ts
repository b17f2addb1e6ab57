import { LIMITS } from '../../../limits.ts';
import type { PageRequest } from '../../../services/page.ts';
import { type CursorFilters, type CursorPart, decodeCursor } from '../../cursor.ts';
import type { EntriesQuery } from './offset-schemas.ts';

/** The page that is asked for of a list below a target, and what its cursors are bound to. */
export function entriesPage(
  target: string,
  { cursor, limit = LIMITS.pageSizeDefault, asOf }: EntriesQuery,
  position: CursorPart,
): { bound: CursorFilters; page: PageRequest } {
  const bound = { target, asOf };
  const [after = null] = cursor === undefined ? [] : decodeCursor(cursor, bound, [position]);
  return { bound, page: { after, limit } };
}
