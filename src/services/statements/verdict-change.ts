import { Refusal } from '../../domain/refusal.ts';
import type { VerdictChange } from '../../domain/statements/restatement.ts';
import type { StatementDraft } from '../../domain/statements/statement.ts';
import type { Target } from '../../domain/targets/target.ts';
import type { YearStatus } from '../../domain/targets/target-status.ts';
import type { FigureDeps } from '../figures/answer-figure.ts';
import { figuresAt, type Moment } from '../past/known-at.ts';
import type { PastStore } from '../past/past-store.ts';
import type { TargetReads } from '../target-store.ts';
import { frozenFigures } from '../targets/frozen-baseline.ts';
import { judgedTarget } from '../targets/target-progress.ts';
import { yearOf } from './stated-target.ts';

async function verdictOn(
  deps: FigureDeps,
  frozen: FigureDeps | null,
  target: Target,
  draft: StatementDraft,
): Promise<YearStatus | null> {
  try {
    const { years } = await judgedTarget(deps, target, frozen);
    return yearOf(years, draft)?.verdict?.status ?? null;
  } catch (error) {
    // A target that can no longer be told has no verdict.
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/**
 * The verdict on the period by the target that a statement names, as the figures stood when it was published and as they
 * stand now. The target is taken as it was worded then, so that only figures can turn the verdict; what was stated since of
 * the base years of transferred sites is a figure. Null where no target is named.
 */
export async function verdictChange(
  past: PastStore,
  targets: Pick<TargetReads, 'find'>,
  draft: StatementDraft,
  then: Moment,
  now: Moment,
): Promise<VerdictChange | null> {
  if (draft.target === null) return null;
  const worded = await targets.find(draft.target, then.reading.seq);
  if (worded === null) return null;
  const present = await targets.find(draft.target, now.reading.seq);
  const recalculations = present?.recalculations ?? worded.recalculations;
  const frozen = await frozenFigures(past, worded);
  const before = await verdictOn(figuresAt(past, then), frozen, worded, draft);
  const after = await verdictOn(figuresAt(past, now), frozen, { ...worded, recalculations }, draft);
  return { target: worded.key, before, after, isTurned: before !== after };
}
