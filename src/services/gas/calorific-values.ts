import type { Now } from '../../clock.ts';
import type { Principal } from '../../domain/access.ts';
import { localDayOf } from '../../domain/calendar.ts';
import {
  type CalorificEntry,
  type CalorificValue,
  checkCalorificValues,
  isOutsideBand,
} from '../../domain/gas/calorific-values.ts';
import { Refusal } from '../../domain/refusal.ts';
import { LIMITS } from '../../limits.ts';
import type { CalorificFilter, CalorificOutcome, CalorificPosition, CalorificStore } from './calorific-port.ts';

/** Daily calorific values of gas by zone. */
export type CalorificValues = {
  /** Lays a table over what stands. Values outside the band of the network are taken and returned. */
  put(
    entries: readonly CalorificEntry[],
    principal: Principal,
  ): Promise<{ outcome: CalorificOutcome; outsideBand: CalorificValue[] }>;
  /** Values that stand now, or stood at a clock reading, in order of zone and day. */
  list(
    filter: CalorificFilter,
    after: CalorificPosition | null,
    limit: number,
    atSeq: string | null,
  ): Promise<{ items: CalorificValue[]; next: CalorificPosition | null }>;
};

function checkCount(entries: readonly CalorificEntry[]): void {
  if (entries.length === 0) throw new Refusal('invalid-request', 'The table holds no calorific values');
  if (entries.length <= LIMITS.calorificValuesMax) return;
  throw new Refusal(
    'payload-too-large',
    `The table holds ${entries.length} values: expected at most ${LIMITS.calorificValuesMax}; send it in parts`,
  );
}

/** Builds the use cases of calorific values. */
export function createCalorificValues(store: CalorificStore, now: Now): CalorificValues {
  return {
    async put(entries, principal) {
      checkCount(entries);
      const values = checkCalorificValues(entries, localDayOf(now()));
      const outcome = await store.write(values, principal.label);
      return { outcome, outsideBand: values.filter(isOutsideBand) };
    },

    async list(filter, after, limit, atSeq) {
      const found = await store.list(filter, after, limit + 1, atSeq);
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return { items, next: found.length > limit && last !== undefined ? { zone: last.zone, day: last.day } : null };
    },
  };
}
