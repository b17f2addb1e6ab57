import { localDayOf } from '../../domain/calendar.ts';
import type { Alignment } from '../../domain/change/align-periods.ts';
import { remainderOf } from '../../domain/change/change-answer.ts';
import {
  alignQuestion,
  type ChangeBasis,
  type ChangeQuestion,
  leadingBasis,
  legQuestion,
  refuseRunning,
} from '../../domain/change/change-question.ts';
import type { BasisSplit, OnBases } from '../../domain/change/change-rows.ts';
import { exactKg } from '../../domain/change/exact-kg.ts';
import { measureLeg, readingOf } from '../../domain/change/measure-leg.ts';
import { type ChangePart, pairLegs } from '../../domain/change/pair-legs.ts';
import { partRates } from '../../domain/change/part-rates.ts';
import { type MeasuredLeg, splitChange } from '../../domain/change/split-change.ts';
import { ZERO } from '../../domain/decimal.ts';
import { type FigurePlan, planFigure } from '../../domain/figure-plan.ts';
import { METER_GROUPS } from '../../domain/figure-question.ts';
import { planComparedMarket, soldSitesOf } from '../../domain/market/market-plan.ts';
import { Refusal } from '../../domain/refusal.ts';
import { type AnsweredFigure, answerFigure, type FigureDeps, refuseTooLong } from '../figures/answer-figure.ts';
import { missingWeightsOf } from '../figures/missing-weights.ts';
import type { WeatherOfChange, WeatherOfParts } from './weather-of-change.ts';

/** A change, exact, with the answers that it lies between. */
export type ExplainedChange = {
  question: ChangeQuestion;
  alignment: Alignment;
  first: AnsweredFigure;
  second: AnsweredFigure;
  /** The first period as it was known to the moment that the question names for it; null where it names none. */
  published: AnsweredFigure | null;
  /** The split on each basis that is asked. */
  splits: OnBases<BasisSplit>;
};

/** What a change is answered from; `published` is what was known of the first period at a moment of its own. */
export type ChangeDeps = { figures: FigureDeps; published: FigureDeps | null; weatherOf: WeatherOfChange };

/** The plan of an answer by site and meter, and whatever else answers can be grouped by. */
function detailedPlan({ estate, question, today, deprivation }: AnsweredFigure): FigurePlan {
  return planFigure(estate, { ...question, interval: 'total', groupBy: METER_GROUPS }, today, deprivation?.deciles);
}

async function measured(
  { usage: reader }: FigureDeps,
  { estate }: AnsweredFigure,
  plan: FigurePlan,
  parts: readonly ChangePart[],
  leg: 'first' | 'second',
): Promise<MeasuredLeg> {
  const reading = readingOf(plan, parts, leg);
  const usage = await reader.readUsage(reading.request);
  const pairDays = await reader.readPairDays(reading.pairs);
  const weights = await missingWeightsOf(reader, estate, { ...plan, segments: reading.segments, buckets: [] }, usage);
  return { estate, plan, measured: measureLeg(plan, reading, { usage, pairDays, weights }) };
}

type Answers = Pick<ExplainedChange, 'first' | 'second'>;

/** The plans of both periods, cut where what covers electricity changes where the basis is the market (rules C1 to C4). */
function plansOn(basis: ChangeBasis, { first, second }: Answers): [FigurePlan, FigurePlan] {
  const plans: [FigurePlan, FigurePlan] = [detailedPlan(first), detailedPlan(second)];
  if (basis === 'location') return plans;
  const sold = new Set(plans.flatMap(soldSitesOf));
  const cut = ({ estate, market }: AnsweredFigure, plan: FigurePlan): FigurePlan =>
    market === null ? plan : planComparedMarket(plan, estate, market.allocation, sold);
  return [cut(first, plans[0]), cut(second, plans[1])];
}

async function splitOn(
  basis: ChangeBasis,
  { figures }: ChangeDeps,
  asked: ChangeQuestion,
  alignment: Alignment,
  { first, second }: Answers,
  weatherOf: WeatherOfParts,
): Promise<BasisSplit> {
  const [before, after] = plansOn(basis, { first, second });
  const parts = pairLegs({ estate: first.estate, plan: before }, { estate: second.estate, plan: after }, alignment);
  const split = splitChange({
    question: asked.figure,
    parts,
    first: await measured(figures, first, before, parts, 'first'),
    second: await measured(figures, second, after, parts, 'second'),
    weather: await weatherOf(parts),
    rates: partRates(asked.figure, second.sets, second.estate.settings.reportedLines),
  });
  return { basis, split };
}

async function explainOnce(deps: ChangeDeps, asked: ChangeQuestion, alignment: Alignment): Promise<ExplainedChange> {
  const first = await answerFigure(deps.figures, legQuestion(asked, 'first'));
  const second = await answerFigure(deps.figures, legQuestion(asked, 'second'));
  const published = deps.published === null ? null : await answerFigure(deps.published, legQuestion(asked, 'first'));
  const weatherOf = deps.weatherOf(asked);
  const on = (basis: ChangeBasis) => splitOn(basis, deps, asked, alignment, { first, second }, weatherOf);
  const lead = await on(leadingBasis(asked.figure));
  const beside = asked.figure.basis === 'both' ? await on('market') : null;
  return { question: asked, alignment, first, second, published, splits: { lead, beside } };
}

/** More than the last digits of the sums of an estate can differ by. */
const EXACT_KG = '1e-9';

function addsUp({ question: { figure }, first, second, splits }: ExplainedChange): boolean {
  return [splits.lead, splits.beside].every((made) => {
    if (made === null) return true;
    const { basis, split } = made;
    const from = exactKg(first.figure.total, figure, basis);
    const to = exactKg(second.figure.total, figure, basis);
    return remainderOf(split.total, { from, to, revision: ZERO }).abs().lte(EXACT_KG);
  });
}

const ATTEMPTS = 3;

/**
 * Answers why the emissions of two periods differ (rule G1). What the parts add up to is held against the two figures: where
 * data came in between, it is worked out again.
 * @throws Refusal `invalid-period` for a period that is too long, is not over, or differs in length from the other;
 * `unknown-site`, `unknown-meter` and `invalid-request` as for a figure; `busy` where data comes in all the time.
 */
export async function explainChange(deps: ChangeDeps, asked: ChangeQuestion): Promise<ExplainedChange> {
  const { figure, comparedWith } = asked;
  refuseTooLong(figure.period);
  refuseTooLong(comparedWith, undefined, '?comparedWith');
  refuseRunning(figure.period, localDayOf(deps.figures.now()), '?period');
  refuseRunning(comparedWith, localDayOf((deps.published ?? deps.figures).now()), '?comparedWith');
  const alignment = alignQuestion(asked);
  for (let attempt = 1; ; attempt += 1) {
    const explained = await explainOnce(deps, asked, alignment);
    if (addsUp(explained)) return explained;
    const { seq } = await deps.figures.currentEstate();
    if (seq === explained.first.estate.seq) throw new Error('The parts of a change do not add up to it.');
    if (attempt === ATTEMPTS) throw new Refusal('busy', 'Data came in while the change was worked out: ask again');
  }
}
