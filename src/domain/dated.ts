import type { Dated } from './estate.ts';
import type { LocalDay } from './local-day.ts';
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
