import type { Decimal } from '../../domain/decimal.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import type { StatementDraft, StatementStatus } from '../../domain/statements/statement.ts';

/** A statement as it is kept. `content` is canonical JSON, and null for a draft. */
export type KeptStatement = {
  id: string;
  version: number;
  status: StatementStatus;
  supersedes: string | null;
  draft: StatementDraft;
  content: string | null;
  digest: string | null;
  /** When it was published, and when it was superseded or withdrawn; UTC. */
  publishedAt: string | null;
  endedAt: string | null;
  endReason: string | null;
};

/** What is written of a statement that is published. */
export type Publication = { id: string; content: string; digest: string; frozenSeq: string; principal: string };

/** What of the settings and sites a statement states, as it stood at a clock reading. */
export type StatementFacts = {
  organisation: string;
  sites: ReadonlyMap<
    string,
    { name: string; disclosure: string; areas: readonly { from: LocalDay | null; areaM2: Decimal }[] }
  >;
};

/** Keeps statements. */
export type StatementStore = {
  /** Writes a draft; a new one where `id` is null. Null where there is no draft of that id to write to. */
  writeDraft(
    draft: StatementDraft,
    place: { id: string | null; supersedes: string | null; version: number },
    principal: string,
  ): Promise<KeptStatement | null>;
  /** Publishes a draft as it was read, and ends what it supersedes. Null where either is not as it was. */
  publish(publication: Publication, read: KeptStatement): Promise<KeptStatement | null>;
  /** Withdraws what is published. Null where it is not. */
  withdraw(id: string, reason: string, principal: string): Promise<KeptStatement | null>;
  /** Removes a draft. False where there is none. */
  removeDraft(id: string, principal: string): Promise<boolean>;
  find(id: string): Promise<KeptStatement | null>;
  /** Statements by id, the newest first. */
  list(status: StatementStatus | null, before: string | null, limit: number): Promise<KeptStatement[]>;
  factsAt(seq: string): Promise<StatementFacts>;
};
