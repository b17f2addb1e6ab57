import { createHash } from 'node:crypto';
import { isLocalDay } from '../domain/local-day.ts';
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

const isInstant = (text: string): boolean => {
  const ms = isLocalDay(text.slice(0, 10)) ? Date.parse(text) : Number.NaN;
  return Number.isFinite(ms) && new Date(ms).toISOString() === text;
};
const isMoment = (text: string): boolean =>
  isLocalDay(text.slice(0, 10)) &&
  /^(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d))?$/.test(text.slice(10));

/** What a sort value is. What is compared as anything but text has to be it: the database would stumble over the rest. */
const PARTS = {
  text: () => true,
  day: isLocalDay,
  /** In UTC, to the thousandth of a second. */
  instant: isInstant,
  /** What `asOf` takes, or nothing. */
  moment: (text: string) => text === '' || isMoment(text),
  number: (text: string) => /^\d{1,18}$/.test(text),
  /** The number of a row of a file. */
  row: (text: string) => /^\d{1,9}$/.test(text),
  degrees: (text: string) => /^\d{1,2}(\.\d{1,2})?$/.test(text),
  /** A day, and a number that orders what is of the same day. */
  dayAndNumber: (text: string) => isLocalDay(text.slice(0, 10)) && /^ \d{20}$/.test(text.slice(10)),
} as const satisfies Record<string, (text: string) => boolean>;
export type CursorPart = keyof typeof PARTS;

/**
 * The sort values in a cursor, each of its kind.
 * @throws Refusal `invalid-cursor` when it is not one of ours, or was made with other filters.
 */
export function decodeCursor<const Kinds extends readonly CursorPart[]>(
  cursor: string,
  filters: CursorFilters,
  kinds: Kinds,
): { [At in keyof Kinds]: string } {
  const parts = parse(cursor);
  // A NUL is no text for the database; no key holds one, so that no cursor of ours does.
  const isOurs = Array.isArray(parts) && parts.every((part) => typeof part === 'string' && !part.includes('\0'));
  const [made, ...position] = isOurs ? (parts as string[]) : [];
  if (position.length !== kinds.length || !kinds.every((kind, at) => PARTS[kind](position[at] ?? '')))
    return refuse('The cursor is not one that this list gave: expected nextCursor of the page before');
  if (made !== fingerprint(filters))
    return refuse('The cursor belongs to other filters: expected the filters of the page before');
  return position as { [At in keyof Kinds]: string };
}
