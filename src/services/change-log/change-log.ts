import { parseAsOf } from '../../domain/as-of.ts';
import type { ChangeKind } from '../../domain/change-log/change-kinds.ts';
import type { RecordedChange } from '../../domain/change-log/recorded-change.ts';
import type { TouchedKey } from '../../domain/change-log/touched.ts';
import { addDays, isLocalDay } from '../../domain/local-day.ts';
import { Refusal } from '../../domain/refusal.ts';
import { pageOf } from '../page.ts';
import type { PastStore } from '../past/past-store.ts';
import type { ChangeLogReader } from './change-log-port.ts';

/** Which changes are asked for; of site and meter at most one. `since` is an instant, or a day, which means its begin. */
export type ChangesAsked = {
  kinds: readonly ChangeKind[];
  site: string | null;
  meter: string | null;
  since: string | null;
};

/** A page of the log. `next` is null at its present end; `resume` is where to go on once more has been recorded. */
export type ChangePage = { items: readonly RecordedChange[]; next: string | null; resume: string };

/** The log of all changes, in the order in which they became visible. */
export type ChangeLog = {
  /**
   * Changes after a clock reading, or without one after `since`, or from the first on.
   * @throws Refusal `unknown-site`, `unknown-meter` for what never was; `as-of-in-future`, `invalid-request` for `since`.
   */
  list(asked: ChangesAsked, after: string | null, limit: number): Promise<ChangePage>;
};

const BEFORE_FIRST = '0';

function unknown(code: 'unknown-site' | 'unknown-meter', name: 'site' | 'meter', key: string): Refusal {
  const detail = `there never was a ${name} '${key}'`;
  return new Refusal(code, detail, [{ pointer: `?${name}`, code, detail }]);
}

async function keysOf(reader: ChangeLogReader, { site, meter }: ChangesAsked): Promise<readonly TouchedKey[] | null> {
  if (site !== null) {
    const keys = await reader.keysOfSite(site);
    if (keys === null) throw unknown('unknown-site', 'site', site);
    return keys;
  }
  if (meter === null) return null;
  if (!(await reader.wasMeter(meter))) throw unknown('unknown-meter', 'meter', meter);
  return [{ subject: 'meter', key: meter }];
}

/** The newest change before the days or instants that are asked for: answers as of then know it, and none after it. */
async function seqBefore(past: Pick<PastStore, 'readingAt'>, since: string): Promise<string> {
  const { instant } = parseAsOf(isLocalDay(since) ? addDays(since, -1) : since, 'since');
  const found = await past.readingAt(instant);
  if (found.kind === 'known') return found.seq;
  if (found.kind === 'before-first') return BEFORE_FIRST;
  const detail = `since is '${since}': expected a moment that has passed, at ${found.now} or earlier`;
  throw new Refusal('as-of-in-future', detail, [{ pointer: '?since', code: 'as-of-in-future', detail }]);
}

/** Builds the use case of the log of changes. */
export function createChangeLog(reader: ChangeLogReader, past: Pick<PastStore, 'readingAt'>): ChangeLog {
  return {
    async list(asked, after, limit) {
      const keys = await keysOf(reader, asked);
      const from = after ?? (asked.since === null ? BEFORE_FIRST : await seqBefore(past, asked.since));
      const found = await reader.read({ kinds: asked.kinds, keys }, from, limit + 1);
      const { items, next } = pageOf(found, limit, ({ seq }) => seq);
      return { items, next, resume: items.at(-1)?.seq ?? from };
    },
  };
}
