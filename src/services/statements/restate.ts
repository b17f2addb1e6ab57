import type { Decimal } from '../../domain/decimal.ts';
import type { Estate } from '../../domain/estate.ts';
import type { ExplainedLine } from '../../domain/explanation.ts';
import { Refusal } from '../../domain/refusal.ts';
import {
  type CauseChange,
  causeChange,
  type MaterialFigure,
  materialFigures,
  RESTATEMENT_CAUSES,
  type ScopeKg,
  scopeKg,
  withBoundaryOf,
  withExtentsOf,
} from '../../domain/statements/restatement.ts';
import type { StatementDraft } from '../../domain/statements/statement.ts';
import type { FigureDeps } from '../figures/answer-figure.ts';
import { explainAnswer } from '../figures/explain-figure.ts';
import { figuresAt, type Moment } from '../past/known-at.ts';
import type { PastStore } from '../past/past-store.ts';
import { statementQuestion } from './compose-content.ts';

/** What has changed of a statement's figures between two moments, by cause; the causes add up to all of it. */
export type Restated = {
  published: ScopeKg;
  restated: ScopeKg;
  causes: CauseChange[];
  material: MaterialFigure[];
  threshold: Decimal;
};

/**
 * States of knowledge between what was known then and what is known now, each with one more kind of change in it, in the
 * order of the causes: late data, corrected data, factor versions, boundary, method.
 */
async function stepsBetween(past: PastStore, then: Moment, now: Moment): Promise<FigureDeps[]> {
  const [estateThen, estateNow, setsThen, setsNow] = await Promise.all([
    past.estateAt(then.reading),
    past.estateAt(now.reading),
    past.factorSetsAt(then.reading.seq),
    past.factorSetsAt(now.reading.seq),
  ]);
  const usageNow = past.usageAt(now.reading.seq);
  const step = (estate: Estate, sets: typeof setsNow, usage: FigureDeps['usage'], at = now): FigureDeps => ({
    ...figuresAt(past, at),
    currentEstate: async () => estate,
    activeFactorSets: async () => sets,
    usage,
  });
  const extended = withExtentsOf(estateThen, estateNow);
  const boundary = withBoundaryOf(estateThen, estateNow);
  return [
    step(estateThen, setsThen, past.usageAt(then.reading.seq), then),
    step(extended, setsThen, past.usageWithLate(then.reading.seq, now.reading.seq)),
    step(extended, setsThen, usageNow),
    step(extended, setsNow, usageNow),
    step(boundary, setsNow, usageNow),
    step(estateNow, setsNow, usageNow),
  ];
}

/** The lines of a statement; none for a question about sites that no longer exist. */
async function linesOf(deps: FigureDeps, draft: StatementDraft): Promise<readonly ExplainedLine[]> {
  const { sites } = await deps.currentEstate();
  const known = draft.sites.filter((site) => sites.has(site));
  if (draft.sites.length > 0 && known.length === 0) return [];
  return (await explainAnswer(deps, statementQuestion({ ...draft, sites: known }))).lines;
}

/**
 * Recomputes a statement step by step from what was known when it was published to what is known now. The difference that a
 * step makes is what its kind of change did, so the parts add up exactly, in whatever units.
 */
export async function restate(past: PastStore, draft: StatementDraft, then: Moment, now: Moment): Promise<Restated> {
  const states: (readonly ExplainedLine[])[] = [];
  for (const deps of await stepsBetween(past, then, now)) states.push(await linesOf(deps, draft));
  const causes = RESTATEMENT_CAUSES.map((cause, index) =>
    causeChange(cause, states[index] ?? [], states[index + 1] ?? []),
  );
  const published = scopeKg(states[0] ?? []);
  const restated = scopeKg(states.at(-1) ?? []);
  const threshold = (await past.estateAt(now.reading)).settings.significanceThreshold;
  return { published, restated, causes, material: materialFigures(published, restated, threshold), threshold };
}

/** Refuses a statement that was never published: there is nothing to restate. */
export function refuseUnpublished(id: string): never {
  throw new Refusal('statement-not-published', `Statement ${id} is a draft: only what was published can be restated`);
}
