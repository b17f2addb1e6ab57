import type { Now } from '../../clock.ts';
import type { Principal } from '../../domain/access.ts';
import { localDayOf } from '../../domain/calendar.ts';
import { Refusal } from '../../domain/refusal.ts';
import { checkDegreeDays, type DegreeDayEntry, type DegreeDayValue } from '../../domain/weather/degree-days.ts';
import { LIMITS } from '../../limits.ts';
import type { DegreeDayFilter, DegreeDayOutcome, DegreeDayPosition, DegreeDayStore } from './degree-days-port.ts';

/** Degree days by region. */
export type DegreeDays = {
  /**
   * Lays a table over what stands; totals that are spread over degree days are spread anew.
   * @throws Refusal `invalid-request` naming each value that is no good, `payload-too-large` for too many.
   */
  put(entries: readonly DegreeDayEntry[], principal: Principal): Promise<DegreeDayOutcome>;
  list(
    filter: DegreeDayFilter,
    after: DegreeDayPosition | null,
    limit: number,
    atSeq: string | null,
  ): Promise<{ items: DegreeDayValue[]; next: DegreeDayPosition | null }>;
};

function checkCount(entries: readonly DegreeDayEntry[]): void {
  if (entries.length === 0) throw new Refusal('invalid-request', 'The table holds no degree days');
  if (entries.length <= LIMITS.degreeDaysMax) return;
  throw new Refusal(
    'payload-too-large',
    `The table holds ${entries.length} values: expected at most ${LIMITS.degreeDaysMax}; send it in parts`,
  );
}

function positionOf({ region, kind, baseTemperatureC, resolution, day }: DegreeDayValue): DegreeDayPosition {
  return { region, kind, base: baseTemperatureC.toFixed(), resolution, day };
}

/** Builds the use cases of degree days. */
export function createDegreeDays(store: DegreeDayStore, now: Now): DegreeDays {
  return {
    async put(entries, principal) {
      checkCount(entries);
      return store.write(checkDegreeDays(entries, localDayOf(now())), principal.label);
    },

    async list(filter, after, limit, atSeq) {
      const found = await store.list(filter, after, limit + 1, atSeq);
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return { items, next: found.length > limit && last !== undefined ? positionOf(last) : null };
    },
  };
}
