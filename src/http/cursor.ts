import { createHash } from 'node:crypto';
import { Refusal } from '../domain/refusal.ts';

/** What a list was filtered by; a cursor only fits the filters it was made with. */
export type CursorFilters = Readonly<Record<string, unknown>>;

function fingerprint(filters: CursorFilters): string {
  const sorted = Object.entries(filters).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64url').slice(0, 12);
}

function refuse(detail: string): never {
  throw new Refusal('invalid-cursor', detail, [{ pointer: '?cursor', code: 'invalid-cursor', detail }]);
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

/** An opaque cursor: the sort values of the last entry of a page, bound to the filters. */
export function encodeCursor(filters: CursorFilters, position: readonly string[]): string {
  return Buffer.from(JSON.stringify([fingerprint(filters), ...position])).toString('base64url');
}

/**
 * The sort values in a cursor, `count` of them.
 * @throws Refusal `invalid-cursor` when it is not one of ours, or was made with other filters.
 */
export function decodeCursor(cursor: string, filters: CursorFilters, count: number): string[] {
  const parts = parse(cursor);
  // A NUL is no text for the database; no key holds one, so that no cursor of ours does.
  const isOurs = Array.isArray(parts) && parts.every((part) => typeof part === 'string' && !part.includes('\0'));
  if (!isOurs || parts.length !== count + 1)
    return refuse('The cursor is not one that this list gave: expected nextCursor of the page before');
  const [made, ...position] = parts as string[];
  if (made !== fingerprint(filters))
    return refuse('The cursor belongs to other filters: expected the filters of the page before');
  return position;
}
