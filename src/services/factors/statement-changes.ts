import { roundKg, ZERO } from '../../domain/decimal.ts';
import type { StatementChange } from '../../domain/factor-account.ts';
import { sameKg } from '../../domain/kg-by-figure.ts';
import { materialFigures } from '../../domain/statements/restatement.ts';
import { LIMITS } from '../../limits.ts';
import type { FigureDeps } from '../figures/answer-figure.ts';
import { figuresAt } from '../past/known-at.ts';
import type { PastStore } from '../past/past-store.ts';
import { frozenMoment } from '../statements/frozen.ts';
import { figuresOf } from '../statements/restate.ts';
import type { KeptStatement, StatementStore } from '../statements/statement-store.ts';

/** What telling a version's effect on statements needs. */
export type StatementChangesDeps = { statements: Pick<StatementStore, 'list'>; past: PastStore };

async function everyPublished(store: Pick<StatementStore, 'list'>): Promise<KeptStatement[]> {
  const all: KeptStatement[] = [];
  for (;;) {
    const page = await store.list('published', all.at(-1)?.id ?? null, LIMITS.pageSizeMax);
    all.push(...page);
    if (page.length < LIMITS.pageSizeMax) return all;
  }
}

/**
 * What every published statement would show with other factor sets, beside what it published; only statements that change.
 * A figure reaches the threshold by all that has changed since it was published, other factors among it (rule I2).
 */
export async function statementChanges(
  { statements, past }: StatementChangesDeps,
  before: FigureDeps,
  after: FigureDeps,
): Promise<StatementChange[]> {
  const threshold = (await after.currentEstate()).settings.restatementThreshold;
  const changes: StatementChange[] = [];
  for (const kept of await everyPublished(statements)) {
    const [present, changed] = [await figuresOf(before, kept.draft), await figuresOf(after, kept.draft)];
    const moment = sameKg(present, changed) ? null : await frozenMoment(past, kept);
    if (moment === null) continue;
    const published = await figuresOf(figuresAt(past, moment), kept.draft);
    const material = new Set(materialFigures(published, changed, threshold).map(({ figure }) => figure));
    const figures = [...new Set([...present.keys(), ...changed.keys()])].flatMap((figure) => {
      const [was, now] = [present.get(figure) ?? ZERO, changed.get(figure) ?? ZERO];
      if (was.eq(now)) return [];
      return {
        figure,
        kgPublished: roundKg(published.get(figure) ?? ZERO),
        kgBefore: roundKg(was),
        kgAfter: roundKg(now),
        kgDifference: roundKg(now.minus(was)),
        reachesThreshold: material.has(figure),
      };
    });
    const { id, version, draft } = kept;
    changes.push({ statement: id, version, title: draft.title, period: draft.period, figures });
  }
  return changes;
}
