import type { Dated } from './estate.ts';
import type { DaySpan, LocalDay } from './local-day.ts';
import { Refusal } from './refusal.ts';

/**
 * Checks a list of dated entries: ascending, no day twice, only the first without a first day.
 * @throws Refusal `invalid-request` naming the entry.
 */
export function checkDated(entries: readonly Dated<object>[], pointer: string): void {
  entries.slice(1).forEach((entry, index) => {
    const before = entries[index]?.from ?? null;
    if (entry.from !== null && (before === null || before < entry.from)) return;
    const name = `${pointer.slice(1)} entry ${index + 2}`;
    const detail =
      entry.from === null
        ? `${name} lacks 'from': only the first entry may hold since ever`
        : `${name} holds from ${entry.from}, which is not later than ${before}, where the entry before it begins`;
    throw new Refusal('invalid-request', detail, [
      { pointer: `${pointer}/${index + 1}/from`, code: 'wrong-order', detail },
    ]);
  });
}

/** The entry that holds on a day, or null before the first. Entries ascend. */
export function inForce<Entry extends Dated<object>>(entries: readonly Entry[], day: LocalDay): Entry | null {
  return entries.findLast((entry) => entry.from === null || entry.from <= day) ?? null;
}

/** Days with what holds on them. */
export type Piece<T> = DaySpan & { value: T };

const FAR: LocalDay = '9999-01-01';
const NEAR: LocalDay = '0001-01-01';

/** Turns entries that hold from a day on into spans, in order. */
export function datedSpans<T>(entries: readonly Dated<T>[]): Piece<Dated<T>>[] {
  const sorted = [...entries].sort((a, b) => ((a.from ?? NEAR) < (b.from ?? NEAR) ? -1 : 1));
  return sorted.map((value, index) => ({ start: value.from ?? NEAR, end: sorted[index + 1]?.from ?? FAR, value }));
}
