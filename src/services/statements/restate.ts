import type { Decimal } from '../../domain/decimal.ts';
import type { ExplainedLine } from '../../domain/explanation.ts';
import type { FigureQuestion } from '../../domain/figure-question.ts';
import { type KgByFigure, kgByFigure, kgOfSums, sameKg } from '../../domain/kg-by-figure.ts';
import { Refusal } from '../../domain/refusal.ts';
import {
  type CauseChange,
  causeChange,
  type MaterialFigure,
  materialFigures,
  RESTATEMENT_CAUSES,
  type VerdictChange,
} from '../../domain/statements/restatement.ts';
import type { StatementDraft } from '../../domain/statements/statement.ts';
import { answerFigure, type FigureDeps } from '../figures/answer-figure.ts';
import { explainAnswer } from '../figures/explain-figure.ts';
import type { Moment } from '../past/known-at.ts';
import type { PastStore } from '../past/past-store.ts';
import type { TargetReads } from '../target-store.ts';
import { statementQuestion } from './compose-content.ts';
import { stepsBetween } from './restatement-steps.ts';
import { verdictChanges } from './verdict-change.ts';

/** What has changed of a statement's figures between two moments, by cause; the causes add up to all of it. */
export type Restated = {
  published: KgByFigure;
  restated: KgByFigure;
  causes: CauseChange[];
  material: MaterialFigure[];
  threshold: Decimal;
  /** What became of the verdicts on its period: of the target that it names, and of others that were adopted then. */
  verdicts: VerdictChange[];
  /** Whether it is to be restated: a figure has changed by enough, or has changed and a verdict has turned. */
  isMaterial: boolean;
};

/** What a restatement is made from. */
export type RestateDeps = { past: PastStore; targetReads: Pick<TargetReads, 'find' | 'list'> };

/** The question of a statement; null where it is about sites that do not exist. */
async function questionOf(deps: FigureDeps, draft: StatementDraft): Promise<FigureQuestion | null> {
  const { sites } = await deps.currentEstate();
  const known = draft.sites.filter((site) => sites.has(site));
  return draft.sites.length > 0 && known.length === 0 ? null : statementQuestion({ ...draft, sites: known });
}

async function linesOf(deps: FigureDeps, draft: StatementDraft): Promise<readonly ExplainedLine[]> {
  const question = await questionOf(deps, draft);
  return question === null ? [] : (await explainAnswer(deps, question)).lines;
}

/** The figures of a statement, without the lines behind them. */
export async function figuresOf(deps: FigureDeps, draft: StatementDraft): Promise<KgByFigure> {
  const question = await questionOf(deps, draft);
  return question === null ? new Map() : kgOfSums((await answerFigure(deps, question)).figure.total);
}

/**
 * Recomputes a statement step by step from what was known when it was published to what is known now. The difference that a
 * step makes is what its kind of change did, so the parts add up exactly, in whatever units.
 */
export async function restate(
  { past, targetReads }: RestateDeps,
  draft: StatementDraft,
  then: Moment,
  now: Moment,
): Promise<Restated> {
  const states: (readonly ExplainedLine[])[] = [];
  for (const deps of await stepsBetween(past, then, now)) states.push(await linesOf(deps, draft));
  const causes = RESTATEMENT_CAUSES.map((cause, index) =>
    causeChange(cause, states[index] ?? [], states[index + 1] ?? []),
  );
  const published = kgByFigure(states[0] ?? [], true);
  const restated = kgByFigure(states.at(-1) ?? [], true);
  const threshold = (await past.estateAt(now.reading)).settings.restatementThreshold;
  const material = materialFigures(published, restated, threshold);
  const verdicts = await verdictChanges(past, targetReads, draft, then, now);
  // A verdict that it prints is a figure of its own; any other is its matter where a figure of it has changed.
  const hasChanged = !sameKg(published, restated);
  const isMaterial =
    material.length > 0 || verdicts.some(({ isNamed, isTurned }) => isTurned && (isNamed || hasChanged));
  return { published, restated, causes, material, threshold, verdicts, isMaterial };
}

/** Refuses a statement that was never published: there is nothing to restate. */
export function refuseUnpublished(id: string): never {
  throw new Refusal('statement-not-published', `Statement ${id} is a draft: only what was published can be restated`);
}
