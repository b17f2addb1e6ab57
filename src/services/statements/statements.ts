import type { Principal } from '../../domain/access.ts';
import { canonicalJson, type Json } from '../../domain/canonical-json.ts';
import { type ContentDifference, contentDifferences } from '../../domain/receipt-differences.ts';
import { Refusal } from '../../domain/refusal.ts';
import { standingBlockers } from '../../domain/statements/blockers.ts';
import type {
  Approval,
  Blocker,
  Override,
  StatementDraft,
  StatementStatus,
} from '../../domain/statements/statement.ts';
import { type Page, type PageRequest, pageOf } from '../page.ts';
import { type Moment, momentOf } from '../past/known-at.ts';
import type { PastStore } from '../past/past-store.ts';
import { digestOf } from '../receipts/digest.ts';
import { comparativesOf } from './comparatives.ts';
import { type ComposeDeps, composeFigures, statementQuestion } from './compose-content.ts';
import { frozenMoment } from './frozen.ts';
import { type RestateDeps, type Restated, refuseUnpublished, restate } from './restate.ts';
import type { KeptStatement, StatementStore } from './statement-store.ts';

/** A statement as it is answered: what is kept, its content (a draft's as it would be now), and what stands against it. */
export type AnsweredStatement = {
  kept: KeptStatement;
  content: { readonly [member: string]: Json };
  blockers: Blocker[];
};

/** A restatement with what it was made from. */
export type AnsweredRestatement = Restated & { kept: KeptStatement; frozenAt: string; asOf: string; seq: string };

/** Whether a published statement is what is stored. */
export type VerifiedStatement = {
  kept: KeptStatement;
  frozenAt: string;
  /** SHA-256 of the kept content, and of the content as it is recomputed. */
  contentDigest: string;
  recomputedDigest: string;
  differences: ContentDifference[];
};

/** Reports of one period, frozen when they are published. */
export type Statements = {
  draft(draft: StatementDraft, supersedes: string | null, principal: Principal): Promise<AnsweredStatement>;
  revise(id: string, draft: StatementDraft, principal: Principal): Promise<AnsweredStatement>;
  publish(
    id: string,
    approval: Approval,
    overrides: readonly Override[],
    principal: Principal,
  ): Promise<AnsweredStatement>;
  withdraw(id: string, reason: string, principal: Principal): Promise<AnsweredStatement>;
  remove(id: string, principal: Principal): Promise<void>;
  get(id: string): Promise<AnsweredStatement>;
  list(status: StatementStatus | null, page: PageRequest): Promise<Page<KeptStatement>>;
  restatement(id: string, asOf: string | undefined): Promise<AnsweredRestatement>;
  /** Recomputes what was published from what is stored, as of its instant, remembering nothing, and compares. */
  verify(id: string): Promise<VerifiedStatement>;
};

const KIND = 'council-carbon-statement-1';

function conflict(detail: string): never {
  throw new Refusal('conflict', detail);
}

function refuseBlocked(blockers: readonly Blocker[]): never {
  const detail = `the statement cannot be published: ${blockers.map(({ code }) => code).join(', ')}`;
  const faults = blockers.map(({ code, detail, overridable }) => ({
    pointer: '/overrides',
    code,
    detail: `${detail}: ${overridable ? 'expected other data, or an override with its reason' : 'this cannot be overridden'}`,
  }));
  throw new Refusal('statement-not-publishable', detail, faults);
}

/** What of a published content its author and approver stated when it was published. */
type FrozenContent = { readonly [member: string]: Json } & { approval: Approval; overrides: Override[] };

/** Builds the use cases of statements. `freshPast` gives a store that has remembered nothing yet. */
export function createStatements(
  deps: ComposeDeps & RestateDeps & { store: StatementStore },
  freshPast: () => PastStore,
): Statements {
  const { store, past } = deps;

  const present = async (): Promise<Moment> => momentOf(past, await past.settleNow());

  async function existing(id: string): Promise<KeptStatement> {
    const kept = await store.find(id);
    if (kept === null) throw new Refusal('unknown-statement', `There is no statement '${id}'`);
    return kept;
  }

  async function compose(
    kept: KeptStatement,
    approval: Approval | null,
    overrides: readonly Override[],
    moment: Moment,
    from: ComposeDeps & RestateDeps = deps,
  ) {
    const { policy: _policy, comparatives, ...stated } = kept.draft;
    const { figures, blockers } = await composeFigures(from, kept.draft, moment);
    const content = {
      kind: KIND,
      statement: { id: kept.id, version: kept.version, supersedes: kept.supersedes },
      ...stated,
      approval,
      overrides: overrides.map((override) => ({
        ...override,
        detail: blockers.find(({ code }) => code === override.blocker)?.detail ?? null,
      })),
      ...figures,
      comparatives: await comparativesOf({ ...from, store }, comparatives, moment),
      rounding: 'half-up from exact values; totals from exact totals',
    } as { readonly [member: string]: Json };
    return { content, blockers };
  }

  async function answer(kept: KeptStatement): Promise<AnsweredStatement> {
    if (kept.content !== null) return { kept, content: JSON.parse(kept.content), blockers: [] };
    const { content, blockers } = await compose(kept, null, [], await present());
    return { kept, content, blockers };
  }

  async function versionAfter(supersedes: string | null): Promise<number> {
    if (supersedes === null) return 1;
    const before = await existing(supersedes);
    if (before.status === 'published') return before.version + 1;
    return conflict(`Statement ${supersedes} is ${before.status}: only a published one can be superseded`);
  }

  return {
    async draft(draft, supersedes, principal) {
      statementQuestion(draft);
      const version = await versionAfter(supersedes);
      for (const id of draft.comparatives) await existing(id);
      const kept = await store.writeDraft(draft, { id: null, supersedes, version }, principal.label);
      return kept === null ? conflict('The draft could not be written') : answer(kept);
    },

    async revise(id, draft, principal) {
      statementQuestion(draft);
      const { supersedes, version } = await existing(id);
      const kept = await store.writeDraft(draft, { id, supersedes, version }, principal.label);
      return kept === null ? conflict(`Statement ${id} is no draft any more: write a new version`) : answer(kept);
    },

    async publish(id, approval, overrides, principal) {
      const read = await existing(id);
      if (read.status !== 'draft') conflict(`Statement ${id} is ${read.status}: expected a draft`);
      const moment = await present();
      const { content, blockers } = await compose(read, approval, overrides, moment);
      const standing = standingBlockers(blockers, overrides);
      if (standing.length > 0) refuseBlocked(standing);
      const publication = {
        id,
        content: canonicalJson(content),
        digest: digestOf(content),
        frozenSeq: moment.reading.seq,
        principal: principal.label,
      };
      const kept = await store.publish(publication, read);
      if (kept === null) conflict(`Statement ${id}, or the one it supersedes, was changed meanwhile`);
      return answer(kept);
    },

    async withdraw(id, reason, principal) {
      const { status } = await existing(id);
      const kept = await store.withdraw(id, reason, principal.label);
      return kept === null
        ? conflict(`Statement ${id} is ${status}: only a published one can be withdrawn`)
        : answer(kept);
    },

    async remove(id, principal) {
      const { status } = await existing(id);
      if (!(await store.removeDraft(id, principal.label)))
        conflict(`Statement ${id} is ${status}: only a draft can be removed`);
    },

    get: async (id) => answer(await existing(id)),

    async list(status, { after, limit }) {
      return pageOf(await store.list(status, after, limit + 1), limit, ({ id }) => id);
    },

    async restatement(id, asOf) {
      const kept = await existing(id);
      const then = await frozenMoment(past, kept);
      if (then === null) return refuseUnpublished(id);
      const now = await momentOf(past, asOf ?? (await past.settleNow()));
      if (BigInt(now.reading.seq) < BigInt(then.reading.seq))
        throw new Refusal(
          'invalid-request',
          `asOf is '${asOf}', which is before the statement was frozen, at ${then.instant}`,
          [{ pointer: '?asOf', code: 'before-freezing', detail: `expected ${then.instant} or later` }],
        );
      const restated = await restate(deps, kept.draft, then, now);
      return { ...restated, kept, frozenAt: then.instant, asOf: now.instant, seq: now.reading.seq };
    },

    async verify(id) {
      const kept = await existing(id);
      const fresh = freshPast();
      const then = await frozenMoment(fresh, kept);
      if (then === null || kept.content === null) return refuseUnpublished(id);
      const content = JSON.parse(kept.content) as FrozenContent;
      const recomputed = await compose(kept, content.approval, content.overrides, then, { ...deps, past: fresh });
      return {
        kept,
        frozenAt: then.instant,
        contentDigest: digestOf(content as Json),
        recomputedDigest: digestOf(recomputed.content),
        differences: contentDifferences(content as Json, recomputed.content),
      };
    },
  };
}
