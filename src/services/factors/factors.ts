import type { Principal } from '../../domain/access.ts';
import type { AsOf } from '../../domain/as-of.ts';
import type { EnteredSet } from '../../domain/entered-set.ts';
import type { FactorAccount } from '../../domain/factor-account.ts';
import type { SaidEdition } from '../../domain/factor-file/settle-edition.ts';
import type { FactorSetSummary } from '../../domain/factor-set-summary.ts';
import type { FactorPosition, FoundFactor } from '../../domain/found-factor.ts';
import type { FoundOfficialRow, OfficialRowFilter } from '../../domain/found-official-row.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { PutOutcome } from '../change-configuration.ts';
import { momentAsked } from '../past/known-at.ts';
import type { PastStore } from '../past/past-store.ts';
import { type Activated, activateFactorSet, withdrawFactorSet } from './activate-factor-set.ts';
import { enterFactorSet } from './enter-factor-set.ts';
import { factorImpact, type ImpactDeps, type ImpactQuestion } from './factor-impact.ts';
import type { FactorEvent } from './factor-store-port.ts';
import { type FactorQuestion, findFactors } from './find-factors.ts';
import { listFactorSets } from './list-factor-sets.ts';
import { heldVersion } from './present-version.ts';
import { type UploadedFactorSet, type UploadFactorSetDeps, uploadFactorSet } from './upload-factor-set.ts';

/** A list with the moment it was asked for; null where what is known now counts. */
type Known<Item> = { items: Item[]; asOf: AsOf | null };

/** One version of a set, by name. */
export type VersionName = { set: string; version: string };

/** The published factors and the operator's own. */
export type Factors = {
  /** Sets held, by year; with a day, only those certainly published by its end. */
  listSets(publishedBy: LocalDay | null, asOf?: string): Promise<Known<FactorSetSummary>>;
  /**
   * The versions of one set, and what each that came into use changed.
   * @throws Refusal `not-found` for a set of which nothing is held.
   */
  getSet(id: string, asOf?: string): Promise<Known<FactorSetSummary> & { events: FactorEvent[] }>;
  /** One page of at most `limit` factors. */
  find(question: FactorQuestion, asOf?: string): Promise<Known<FoundFactor> & { next: FactorPosition | null }>;
  /** One page of the rows of the publisher's file behind a version. */
  rows(filter: OfficialRowFilter, asOf?: string): Promise<Known<FoundOfficialRow> & { next: number | null }>;
  upload(
    content: AsyncIterable<Uint8Array>,
    said: SaidEdition & { fileName: string | null },
    principal: Principal,
  ): Promise<UploadedFactorSet>;
  enter(entered: EnteredSet, principal: Principal): Promise<PutOutcome<FactorSetSummary>>;
  impact(question: ImpactQuestion): Promise<FactorAccount>;
  activate(name: VersionName & { reason: string | null }, principal: Principal): Promise<Activated>;
  withdraw(name: VersionName, principal: Principal): Promise<Activated>;
  version(name: VersionName): Promise<FactorSetSummary>;
};

/** What the use cases of factors need. */
export type FactorsDeps = UploadFactorSetDeps & ImpactDeps & { past: PastStore };

/** Builds the use cases of factors. */
export function createFactors(deps: FactorsDeps): Factors {
  const { reads, past } = deps;
  const knownAt = async (text: string | undefined): Promise<{ asOf: AsOf | null; atSeq: bigint | null }> => {
    const moment = await momentAsked(past, text);
    return { asOf: moment?.asOf ?? null, atSeq: moment === null ? null : BigInt(moment.reading.seq) };
  };
  return {
    async listSets(publishedBy, text) {
      const { asOf, atSeq } = await knownAt(text);
      return { asOf, items: await listFactorSets(reads, { atSeq, ...(publishedBy !== null && { publishedBy }) }) };
    },

    async getSet(id, text) {
      const { asOf, atSeq } = await knownAt(text);
      const items = (await reads.listFactorSets(atSeq)).filter((set) => set.id === id);
      if (items.length === 0) throw new Refusal('not-found', `There is no factor set '${id}'`);
      return { asOf, items, events: await reads.accounts(id, atSeq) };
    },

    async find(question, text) {
      const { asOf, atSeq } = await knownAt(text);
      const found = await findFactors(reads, { ...question, limit: question.limit + 1 }, atSeq);
      const items = found.slice(0, question.limit);
      return { asOf, items, next: found.length > question.limit ? (items.at(-1) ?? null) : null };
    },

    async rows(filter, text) {
      const { asOf, atSeq } = await knownAt(text);
      const { file } = await heldVersion(reads, filter.set, filter.version, atSeq);
      const found = file === null ? [] : await reads.findRows({ ...filter, limit: filter.limit + 1 });
      const items = found.slice(0, filter.limit);
      return { asOf, items, next: found.length > filter.limit ? (items.at(-1)?.rowNumber ?? null) : null };
    },

    upload: (content, said, principal) => uploadFactorSet(deps, content, said, principal),
    enter: (entered, principal) => enterFactorSet(deps, entered, principal),
    impact: (question) => factorImpact(deps, question),
    activate: (name, principal) => activateFactorSet(deps, name, principal),
    withdraw: (name, principal) => withdrawFactorSet(deps, name, principal),
    version: ({ set, version }) => heldVersion(reads, set, version),
  };
}
