import type { Principal } from '../../domain/access.ts';
import type { AsOf } from '../../domain/as-of.ts';
import { touchedOne } from '../../domain/change-log/touched.ts';
import type { TargetFactorChange } from '../../domain/factor-account.ts';
import { type Fault, Refusal } from '../../domain/refusal.ts';
import { checkTarget } from '../../domain/targets/check-target.ts';
import { partOf, type Target } from '../../domain/targets/target.ts';
import type { ChangeConfiguration, ConfigurationStores, PutOutcome } from '../change-configuration.ts';
import type { FactorReads } from '../factors/factor-store-port.ts';
import type { FigureDeps } from '../figures/answer-figure.ts';
import { type Page, type PageRequest, pageOf } from '../page.ts';
import { figuresAt, type Knowledge, momentAsked, momentOf } from '../past/known-at.ts';
import type { PastStore } from '../past/past-store.ts';
import { sameContent } from '../same-content.ts';
import type { TargetFilter, TargetReads, TargetVersion } from '../target-store.ts';
import { factorChangesOf } from './factor-changes.ts';
import { type BaselineReview, frozenMomentOf, reviewBaseline } from './frozen-baseline.ts';
import { type Allocation, type AllocationAsked, allocateTarget } from './target-allocation.ts';
import { createTargetEntries, type TargetEntries, unknownTarget } from './target-entries.ts';
import { type TargetProgress, targetProgress } from './target-progress.ts';

/** How a target stands, with the moment it was asked for and what changes of factors have changed in it (rule A7). */
export type KnownProgress = TargetProgress & {
  asOf: AsOf | null;
  factorChanges: TargetFactorChange[];
  /** What has come of a frozen base year since; null for a baseline that follows the data. */
  baselineReview: BaselineReview | null;
};

/** A target allocated to parts, with the moment it was asked for. */
export type KnownAllocation = Allocation & { asOf: AsOf | null };

/** Climate targets. */
export type Targets = TargetEntries & {
  /** Writes a target. The same target again changes nothing; a change keeps what was promised before. */
  put(target: Target, principal: Principal): Promise<PutOutcome<Target>>;
  get(key: string, known: Knowledge): Promise<Target>;
  list(filter: TargetFilter, page: PageRequest, known: Knowledge): Promise<Page<Target>>;
  remove(key: string, principal: Principal): Promise<void>;
  /** Versions of a target, the newest first, up to a moment: what was promised, and when. */
  versions(key: string, page: PageRequest, asOf?: string): Promise<Page<TargetVersion> & { asOf: AsOf | null }>;
  /** How a target stands: by what is known now, or by what was known at a moment, the target's own wording included. */
  progress(key: string, asOf?: string): Promise<KnownProgress>;
  /** A target allocated to parts of the estate, by what is known now or was known at a moment. */
  allocation(key: string, asked: AllocationAsked, asOf?: string): Promise<KnownAllocation>;
};

async function refuseUnknownSites(store: ConfigurationStores['sites'], sites: readonly string[]): Promise<void> {
  if (sites.length === 0) return;
  const held = await store.hold(sites);
  const faults = sites.flatMap((site, index): Fault[] => {
    const detail = `there is no site '${site}'`;
    return held.has(site) ? [] : [{ pointer: `/boundary/part/sites/${index}`, code: 'unknown-site', detail }];
  });
  if (faults[0] !== undefined) throw new Refusal('unknown-site', faults[0].detail, faults);
}

/** Builds the use cases of targets. */
export function createTargets(
  reads: TargetReads,
  change: ChangeConfiguration,
  figures: FigureDeps,
  past: PastStore,
  factors: Pick<FactorReads, 'accounts'>,
): Targets {
  const get = async (key: string, atSeq: string | null = null): Promise<Target> => {
    const target = await reads.find(key, atSeq);
    if (target === null) throw unknownTarget(key);
    return target;
  };
  const judgedBy = async (key: string, asOf: string | undefined) => {
    const moment = await momentAsked(past, asOf);
    const target = await get(key, moment?.reading.seq ?? null);
    const frozen = await frozenMomentOf(past, target);
    return {
      ...{ moment, target, frozen },
      known: moment === null ? figures : figuresAt(past, moment),
      atFreeze: frozen === null ? null : figuresAt(past, frozen),
    };
  };
  return {
    ...createTargetEntries(get, change, past),
    get: (key, { seq }) => get(key, seq),

    async put(target, principal) {
      checkTarget(target);
      await frozenMomentOf(past, target);
      if (target.supersededBy !== null && (await reads.find(target.supersededBy)) === null)
        throw unknownTarget(target.supersededBy);
      const touched = touchedOne('target', target.key);
      return change({ kind: 'target', principal, touched }, async ({ targets, sites, changeId }) => {
        const { id, current } = await targets.claim(target.key);
        await refuseUnknownSites(sites, partOf(target.boundary.part).sites);
        // What is stated one by one belongs to the target and has addresses of its own.
        const { recalculations, offsets } = current ?? target;
        const whole = { ...target, recalculations, offsets };
        if (!sameContent(current, whole)) await targets.write(id, await changeId(), whole);
        return { created: current === null, value: whole };
      });
    },

    async list(filter, page, { seq }) {
      return pageOf(await reads.list(filter, page, seq), page.limit, (target) => target.key);
    },

    async remove(key, principal) {
      await change({ kind: 'target', principal, touched: touchedOne('target', key) }, async ({ targets, changeId }) => {
        const { id, current } = await targets.claim(key);
        if (current === null) throw unknownTarget(key);
        await targets.end(id, await changeId());
      });
    },

    async versions(key, page, asOf) {
      const moment = await momentAsked(past, asOf);
      const versions = await reads.versions(key, page, moment?.reading.seq ?? null);
      if (versions.length === 0 && page.after === null) throw unknownTarget(key);
      return { ...pageOf(versions, page.limit, ({ from }) => from.seq), asOf: moment?.asOf ?? null };
    },

    async progress(key, asOf) {
      const { moment, target, frozen, known, atFreeze } = await judgedBy(key, asOf);
      const atSeq = moment === null ? null : BigInt(moment.reading.seq);
      const factorChanges = await factorChangesOf(factors, key, atSeq);
      const progress = await targetProgress(known, target, atFreeze);
      const present = moment ?? (frozen === null ? null : await momentOf(past, await past.settleNow()));
      const baselineReview =
        frozen === null || present === null
          ? null
          : await reviewBaseline(past, target, progress.startPeriod, frozen, present);
      return { ...progress, asOf: moment?.asOf ?? null, factorChanges, baselineReview };
    },

    async allocation(key, asked, asOf) {
      const { moment, target, known, atFreeze } = await judgedBy(key, asOf);
      return { ...(await allocateTarget(known, target, atFreeze, asked)), asOf: moment?.asOf ?? null };
    },
  };
}
