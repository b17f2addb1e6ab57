import type { Estate } from '../../domain/estate.ts';
import { takesSometime } from '../../domain/figure-filter.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { VerdictChange } from '../../domain/statements/restatement.ts';
import type { StatementDraft } from '../../domain/statements/statement.ts';
import { partOf, type Target } from '../../domain/targets/target.ts';
import type { YearStatus } from '../../domain/targets/target-status.ts';
import type { FigureDeps } from '../figures/answer-figure.ts';
import { figuresAt, type Moment } from '../past/known-at.ts';
import type { PastStore } from '../past/past-store.ts';
import type { TargetReads } from '../target-store.ts';
import { everyTarget } from '../targets/every-target.ts';
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

/** Whether figures of a statement are among those that a target is judged by, on some day. */
function sharesSites(target: Target, { sites }: StatementDraft, estate: Estate): boolean {
  const part = partOf(target.boundary.part);
  const held = sites.flatMap((key) => estate.sites.get(key) ?? []);
  return sites.length === 0 || held.some((site) => takesSometime(part, site));
}

type Reads = Pick<TargetReads, 'find' | 'list'>;

/** The targets whose verdicts a statement's figures may turn: the one that it names, and those that were adopted then. */
async function targetsOf(past: PastStore, reads: Reads, draft: StatementDraft, then: Moment): Promise<Target[]> {
  const { seq } = then.reading;
  const named = draft.target === null ? null : await reads.find(draft.target, seq);
  const estate = await past.estateAt(then.reading);
  const adopted = await everyTarget(reads, { status: 'adopted', boundary: null }, seq);
  const others = adopted.filter((target) => target.key !== named?.key && sharesSites(target, draft, estate));
  return named === null ? others : [named, ...others];
}

/**
 * The verdicts on the period of a statement, as the figures stood when it was published and as they stand now: of the target
 * that it names, and of every other that was adopted then and gives one. Targets are taken as they were worded then, so that
 * only figures can turn a verdict; what was stated since of the base years of transferred sites is a figure.
 */
export async function verdictChanges(
  past: PastStore,
  reads: Reads,
  draft: StatementDraft,
  then: Moment,
  now: Moment,
): Promise<VerdictChange[]> {
  const changes: VerdictChange[] = [];
  for (const worded of await targetsOf(past, reads, draft, then)) {
    const present = await reads.find(worded.key, now.reading.seq);
    const recalculations = present?.recalculations ?? worded.recalculations;
    const frozen = await frozenFigures(past, worded);
    const before = await verdictOn(figuresAt(past, then), frozen, worded, draft);
    const after = await verdictOn(figuresAt(past, now), frozen, { ...worded, recalculations }, draft);
    const isNamed = worded.key === draft.target;
    if (isNamed || before !== null || after !== null)
      changes.push({ target: worded.key, isNamed, before, after, isTurned: before !== after });
  }
  return changes;
}
