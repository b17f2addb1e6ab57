import type { Principal } from '../../domain/access.ts';
import type { AsOf } from '../../domain/as-of.ts';
import type { TargetFactorChange } from '../../domain/factor-account.ts';
import { Refusal } from '../../domain/refusal.ts';
import { checkTarget, type Target } from '../../domain/target.ts';
import type { ChangeConfiguration, PutOutcome } from '../change-configuration.ts';
import type { FactorReads } from '../factors/factor-store-port.ts';
import type { FigureDeps } from '../figures/answer-figure.ts';
import { type Page, type PageRequest, pageOf } from '../page.ts';
import { figuresAt, momentAsked } from '../past/known-at.ts';
import type { PastStore } from '../past/past-store.ts';
import { sameContent } from '../same-content.ts';
import type { TargetFilter, TargetReads } from '../target-store.ts';
import { factorChangesOf } from './factor-changes.ts';
import { type TargetProgress, targetProgress } from './target-progress.ts';

/** How a target stands, with the moment it was asked for and what changes of factors have changed in it (rule A7). */
export type KnownProgress = TargetProgress & { asOf: AsOf | null; factorChanges: TargetFactorChange[] };

/** Climate targets. */
export type Targets = {
  /** Writes a target. The same target again changes nothing; a change keeps what was promised before. */
  put(target: Target, principal: Principal): Promise<PutOutcome<Target>>;
  get(key: string): Promise<Target>;
  list(filter: TargetFilter, page: PageRequest): Promise<Page<Target>>;
  remove(key: string, principal: Principal): Promise<void>;
  /** How a target stands: by what is known now, or by what was known at a moment, the target's own wording included. */
  progress(key: string, asOf?: string): Promise<KnownProgress>;
};

function unknownTarget(key: string): Refusal {
  return new Refusal('unknown-target', `There is no target '${key}'`);
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
  return {
    get: (key) => get(key),

    async put(target, principal) {
      checkTarget(target);
      return change({ kind: 'target', principal }, async ({ targets, changeId }) => {
        const { id, current } = await targets.claim(target.key);
        if (!sameContent(current, target)) await targets.write(id, await changeId(), target);
        return { created: current === null, value: target };
      });
    },

    async list(filter, page) {
      return pageOf(await reads.list(filter, page), page.limit, (target) => target.key);
    },

    async remove(key, principal) {
      await change({ kind: 'target', principal }, async ({ targets, changeId }) => {
        const { id, current } = await targets.claim(key);
        if (current === null) throw unknownTarget(key);
        await targets.end(id, await changeId());
      });
    },

    async progress(key, asOf) {
      const moment = await momentAsked(past, asOf);
      const atSeq = moment?.reading.seq ?? null;
      const target = await get(key, atSeq);
      const known = moment === null ? figures : figuresAt(past, moment);
      const factorChanges = await factorChangesOf(factors, key, atSeq === null ? null : BigInt(atSeq));
      return { ...(await targetProgress(known, target)), asOf: moment?.asOf ?? null, factorChanges };
    },
  };
}
