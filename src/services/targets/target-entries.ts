import type { Principal } from '../../domain/access.ts';
import type { AsOf } from '../../domain/as-of.ts';
import { type Touched, touchedOne, touchedTogether } from '../../domain/change-log/touched.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { TargetOffset } from '../../domain/targets/offset.ts';
import type { StatedBaseYear } from '../../domain/targets/recalculation.ts';
import { isAreaTarget, type Target } from '../../domain/targets/target.ts';
import type { ChangeConfiguration, ConfigurationStores, PutOutcome } from '../change-configuration.ts';
import { type Page, type PageRequest, pageOf } from '../page.ts';
import { momentAsked } from '../past/known-at.ts';
import type { PastStore } from '../past/past-store.ts';
import { sameContent } from '../same-content.ts';

/** What is stated of a target one by one: a part of it with an address of its own, and versioned with it. */
export type TargetEntries = {
  /** What was stated of base years, now or as it was at a moment. */
  recalculations(key: string, page: PageRequest, asOf?: string): Promise<Page<StatedBaseYear> & { asOf: AsOf | null }>;
  /** States what a site emitted in the target's base year (rule D5). The same again changes nothing. */
  putRecalculation(key: string, stated: StatedBaseYear, principal: Principal): Promise<PutOutcome<StatedBaseYear>>;
  removeRecalculation(key: string, site: string, principal: Principal): Promise<void>;
  /** Offsets that were retired, now or as they were listed at a moment (rule H7). */
  offsets(key: string, page: PageRequest, asOf?: string): Promise<Page<TargetOffset> & { asOf: AsOf | null }>;
  putOffset(key: string, offset: TargetOffset, principal: Principal): Promise<PutOutcome<TargetOffset>>;
  removeOffset(key: string, offset: string, principal: Principal): Promise<void>;
};

/** There is no target of that key. */
export function unknownTarget(key: string): Refusal {
  return new Refusal('unknown-target', `There is no target '${key}'`);
}

function refuseAreaRecalculation(target: Target): void {
  if (!isAreaTarget(target)) return;
  const detail = `'${target.key}' is a target of an area, which has no boundary of sites: expected a target of the council's own estate`;
  throw new Refusal('not-comparable', detail);
}

/** A list with one entry put in its place, in the order of their names. */
function withEntry<Entry>(entries: readonly Entry[], entry: Entry, name: (entry: Entry) => string) {
  const others = entries.filter((other) => name(other) !== name(entry));
  const list = [...others, entry].sort((a, b) => (name(a) < name(b) ? -1 : 1));
  return { list, created: others.length === entries.length };
}

/** A page of entries that stand in the order of their names. */
function pageOfEntries<Entry>(
  entries: readonly Entry[],
  { after, limit }: PageRequest,
  name: (entry: Entry) => string,
): Page<Entry> {
  const rest = after === null ? entries : entries.filter((entry) => name(entry) > after);
  return pageOf(rest, limit, name);
}

/** Builds the use cases of what is stated of targets. */
export function createTargetEntries(
  get: (key: string, atSeq: string | null) => Promise<Target>,
  change: ChangeConfiguration,
  past: PastStore,
): TargetEntries {
  const knownTo = async (key: string, asOf: string | undefined) => {
    const moment = await momentAsked(past, asOf);
    return { target: await get(key, moment?.reading.seq ?? null), asOf: moment?.asOf ?? null };
  };
  const edit = async <Value>(
    [key, principal, touched]: [string, Principal, Touched],
    make: (current: Target, stores: ConfigurationStores) => Promise<{ whole: Target; outcome: Value }>,
  ): Promise<Value> =>
    change({ kind: 'target', principal, touched }, async (stores) => {
      const { id, current } = await stores.targets.claim(key);
      if (current === null) throw unknownTarget(key);
      const { whole, outcome } = await make(current, stores);
      if (!sameContent(current, whole)) await stores.targets.write(id, await stores.changeId(), whole);
      return outcome;
    });
  const withSite = (key: string, site: string) =>
    touchedTogether([touchedOne('target', key), touchedOne('site', site)]);
  return {
    async recalculations(key, page, asOf) {
      const known = await knownTo(key, asOf);
      return { ...pageOfEntries(known.target.recalculations, page, ({ site }) => site), asOf: known.asOf };
    },

    putRecalculation: (key, stated, principal) =>
      edit([key, principal, withSite(key, stated.site)], async (current, { sites }) => {
        refuseAreaRecalculation(current);
        if (!(await sites.hold([stated.site])).has(stated.site))
          throw new Refusal('unknown-site', `There is no site '${stated.site}'`);
        const { list, created } = withEntry(current.recalculations, stated, ({ site }) => site);
        return { whole: { ...current, recalculations: list }, outcome: { created, value: stated } };
      }),

    removeRecalculation: (key, site, principal) =>
      edit([key, principal, withSite(key, site)], async (current) => {
        const recalculations = current.recalculations.filter((stated) => stated.site !== site);
        if (recalculations.length === current.recalculations.length)
          throw new Refusal('not-found', `Nothing is stated of the base year of '${site}' for '${key}'`);
        return { whole: { ...current, recalculations }, outcome: undefined };
      }),

    async offsets(key, page, asOf) {
      const known = await knownTo(key, asOf);
      return { ...pageOfEntries(known.target.offsets, page, (entry) => entry.key), asOf: known.asOf };
    },

    putOffset: (key, offset, principal) =>
      edit([key, principal, touchedOne('target', key)], async (current) => {
        const { list, created } = withEntry(current.offsets, offset, (entry) => entry.key);
        return { whole: { ...current, offsets: list }, outcome: { created, value: offset } };
      }),

    removeOffset: (key, offset, principal) =>
      edit([key, principal, touchedOne('target', key)], async (current) => {
        const offsets = current.offsets.filter((entry) => entry.key !== offset);
        if (offsets.length === current.offsets.length)
          throw new Refusal('not-found', `There is no offset '${offset}' of '${key}'`);
        return { whole: { ...current, offsets }, outcome: undefined };
      }),
  };
}
