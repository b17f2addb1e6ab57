import { changedYears, type FactorAccount, type KgChange } from '../factor-account.ts';
import type { DaySpan } from '../local-day.ts';
import type { ChangeKind } from './change-kinds.ts';
import type { TouchedCount, TouchedKey } from './touched.ts';

/** What an activation of factors changed, as it was computed before it was made and kept with it (rule A7). */
export type FactorChange = Pick<FactorAccount, 'set' | 'fromVersion' | 'toVersion' | 'policy' | 'years' | 'targets'>;

/** One change as the log tells it. */
export type RecordedChange = {
  seq: string;
  /** In UTC to the microsecond. */
  recordedAt: string;
  kind: ChangeKind;
  /** The key that made it, as `key:4`, or `system`; and what the key is called. */
  by: string;
  keyName: string | null;
  /** The upload that made it, or that it takes back. */
  upload: string | null;
  touched: readonly TouchedCount[];
  days: DaySpan | null;
  factorChange: FactorChange | null;
};

/** Which changes are asked for. Kinds: none means all. `keys`: those that touched any of them; null means all. */
export type ChangeFilter = { kinds: readonly ChangeKind[]; keys: readonly TouchedKey[] | null };

/** Adds kilograms up in whole grams, as they are printed; null where any of them is not known. */
function sumKg(amounts: readonly (number | null)[]): number | null {
  const grams = amounts.reduce<number | null>(
    (sum, kg) => (sum === null || kg === null ? null : sum + Math.round(kg * 1000)),
    0,
  );
  return grams === null ? null : grams / 1000;
}

/** The old and the new figure over the reporting years that a change of factors changes, and the amount due to it (rule A7). */
export function factorChangeKg(change: Pick<FactorChange, 'years'>): KgChange {
  const years = changedYears(change);
  return {
    kgBefore: sumKg(years.map(({ kgBefore }) => kgBefore)),
    kgAfter: sumKg(years.map(({ kgAfter }) => kgAfter)),
    kgDifference: sumKg(years.map(({ kgDifference }) => kgDifference)),
  };
}
