import type { Decimal } from '../../domain/decimal.ts';
import type { Period } from '../../domain/period.ts';
import { RESTATEMENT_CAUSES, type RestatementCause } from '../../domain/statements/restatement.ts';
import type { Target } from '../../domain/targets/target.ts';
import { answerFigure, type FigureDeps } from '../figures/answer-figure.ts';
import { figuresAt, type Moment, momentOf } from '../past/known-at.ts';
import type { PastStore } from '../past/past-store.ts';
import { stepsBetween } from '../statements/restatement-steps.ts';
import { coveredBy } from './stated-lines.ts';
import { asTargetCounts } from './target-figures.ts';
import { judgedKg, targetQuestion } from './target-question.ts';

/** What has come of the base year since a baseline was frozen; the causes add up to all of it. */
export type BaselineReview = {
  frozenAt: string;
  frozenKg: Decimal;
  /** The base year as it is known now. */
  presentKg: Decimal;
  causes: readonly { cause: RestatementCause; differenceKg: Decimal }[];
};

/** The moment whose knowledge a computed baseline keeps (rule H5); null for one that follows the data. */
export async function frozenMomentOf(past: PastStore, { baseline }: Target): Promise<Moment | null> {
  return baseline.frozenAt === undefined ? null : momentOf(past, baseline.frozenAt, '/baseline/frozenAt');
}

/** What a frozen baseline is computed from; null for one that follows the data. */
export async function frozenFigures(past: PastStore, target: Target): Promise<FigureDeps | null> {
  const moment = await frozenMomentOf(past, target);
  return moment === null ? null : figuresAt(past, moment);
}

async function baseYearKg(deps: FigureDeps, target: Target, period: Period): Promise<Decimal> {
  const { figure } = await answerFigure(asTargetCounts(deps, target), {
    ...targetQuestion(target, period),
    interval: 'total',
  });
  const coveredIn = await coveredBy(deps, target);
  return judgedKg(target, figure.total).plus(coveredIn(period).kg);
}

/**
 * Recomputes a frozen base year step by step from what was known then to what is known now: late data, corrections,
 * versions of factors, boundary, method. None of it moves the baseline: that is for the operator to decide (rule D5).
 */
export async function reviewBaseline(
  past: PastStore,
  target: Target,
  period: Period,
  then: Moment,
  now: Moment,
): Promise<BaselineReview> {
  const states: Decimal[] = [];
  for (const deps of await stepsBetween(past, then, now)) states.push(await baseYearKg(deps, target, period));
  const [frozenKg, ...later] = states as [Decimal, ...Decimal[]];
  const causes = RESTATEMENT_CAUSES.map((cause, index) => ({
    cause,
    differenceKg: (later[index] as Decimal).minus(states[index] as Decimal),
  }));
  return { frozenAt: then.instant, frozenKg, presentKg: later.at(-1) ?? frozenKg, causes };
}
