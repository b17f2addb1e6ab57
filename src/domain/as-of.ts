import { localDayOf, parseInstantMs, startOfDayMs } from './calendar.ts';
import { addDays, isLocalDay, type LocalDay } from './local-day.ts';
import { Refusal } from './refusal.ts';

/** A moment of knowledge as it was asked for (rule A8). */
export type AskedMoment = {
  /** As the caller wrote it. */
  requested: string;
  /** The instant it means, in UTC to the microsecond, as `2025-07-31T22:59:59.999999Z`. */
  instant: string;
  /** The local day that this instant lies in: what was "today" then. */
  day: LocalDay;
};

/** What an answer says about the knowledge it was made from. */
export type AsOf = {
  requested: string;
  /** The newest change that was known. */
  seq: string;
  /** When that change was recorded, in UTC to the microsecond. */
  recordedAt: string;
};

/** Where the value stands that `name` names: a member of the body, written as `/member`, or a parameter of the query. */
export const pointerTo = (name: string): string => (name.startsWith('/') ? name : `?${name}`);

function refuse(text: string, expected: string, name: string): never {
  const detail = `${name} is '${text}': expected ${expected}`;
  throw new Refusal('invalid-request', detail, [{ pointer: pointerTo(name), code: 'invalid-as-of', detail }]);
}

/** Digits of a second beyond the milliseconds: the clock of the store counts microseconds. */
function microsecondsOf(text: string): string {
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? '';
  return fraction.slice(3, 6).padEnd(3, '0');
}

/**
 * Reads `asOf`, or the parameter `name`: an instant with its offset, or a day, which means its last microsecond in local
 * time (rule A8).
 * @throws Refusal `invalid-request` naming the value and the two forms.
 */
export function parseAsOf(text: string, name = 'asOf'): AskedMoment {
  if (isLocalDay(text)) {
    const lastMs = new Date(startOfDayMs(addDays(text, 1)) - 1).toISOString();
    return { requested: text, instant: lastMs.replace('Z', '999Z'), day: text };
  }
  // A plus sign that was not encoded in an address arrives as a blank.
  if (/T[\d:.]+ \d\d:\d\d$/.test(text))
    refuse(text, 'the plus sign of an offset written %2B in an address, or Z for UTC', name);
  let ms: number;
  try {
    ms = parseInstantMs(text, pointerTo(name));
  } catch {
    return refuse(text, 'a day such as 2025-07-31, or an instant with its offset such as 2025-07-31T17:00:00Z', name);
  }
  const at = new Date(ms);
  return { requested: text, instant: at.toISOString().replace('Z', `${microsecondsOf(text)}Z`), day: localDayOf(at) };
}
