import { Decimal, roundGbp, roundKg, roundQuantity } from '../../../domain/decimal.ts';
import { answeredPeriod } from '../../../domain/figure-answer.ts';
import { gapTo } from '../../../domain/projection/projected-year.ts';
import type { ScenarioSide, SideYear } from '../../../domain/scenario/scenario-side.ts';
import { setSummary } from '../../../domain/scenario/set-summary.ts';
import { effectKg } from '../../../domain/scenario/year-effect.ts';
import { isAsked } from '../../../services/projection/projections.ts';
import type { KnownScenario } from '../../../services/scenario/scenarios.ts';
import { echoOf } from '../../list-reply.ts';
import { spanOf } from '../projections/convert.ts';
import { basisNotices, printedDifference, toBasis, toRangedKg } from '../projections/part-convert.ts';
import { toRanked, toScopes } from './ranked-convert.ts';
import type { ScenarioOutput } from './schemas.ts';

function toSetEffect(scenario: KnownScenario): ScenarioOutput['effect'] {
  const { without, effect, ranked, with: after } = scenario;
  const summary = setSummary(ranked);
  const total = printedDifference(after.budget.projected.expected, without.budget.projected.expected);
  const allowed = printedDifference(after.budget.allowedKg, without.budget.allowedKg);
  return {
    kgCo2e: toScopes(effect.kg, total),
    ownKgCo2e: roundKg(summary.ownKg),
    overlapKgCo2e: roundKg(effectKg(effect).minus(summary.ownKg)),
    transferredKgCo2e: roundKg(summary.transferredKg),
    allowedKgCo2e: allowed,
    onGapKgCo2e: roundKg(new Decimal(total).minus(allowed)),
    savedTCo2e: roundQuantity(summary.savedTonnes),
    costGbp: roundGbp(summary.costGbp),
    withoutCost: [...summary.withoutCost],
    gbpPerTonne: summary.gbpPerTonne === null ? null : roundGbp(summary.gbpPerTonne),
  };
}

function toSideYear({ allowedKg, amount, leftKg }: SideYear) {
  return {
    allowedKgCo2e: roundKg(allowedKg),
    projected: toRangedKg(amount),
    gap: toRangedKg(gapTo(amount, allowedKg)),
    budgetLeftKgCo2e: leftKg === null ? null : roundKg(leftKg),
  };
}

const gapOf = ({ amount, allowedKg }: SideYear): Decimal => amount.expected.minus(allowedKg);

function toYears({ projection, without, with: after }: KnownScenario): ScenarioOutput['years'] {
  return without.years.flatMap((before, index) => {
    const year = after.years[index];
    const judged = projection.years[index]?.judged;
    if (year === undefined || judged === undefined) return [];
    return [
      {
        period: answeredPeriod(before.period, projection.progress.today),
        milestone: judged.isMilestone,
        without: toSideYear(before),
        with: toSideYear(year),
        effectKgCo2e: printedDifference(year.amount.expected, before.amount.expected),
        onGapKgCo2e: printedDifference(gapOf(year), gapOf(before)),
      },
    ];
  });
}

function toSideBudget({ budget, runsOutOn }: ScenarioSide) {
  const { allowedKg, projected, gap } = budget;
  return {
    allowedKgCo2e: roundKg(allowedKg),
    projected: toRangedKg(projected),
    gap: gap === null ? null : toRangedKg(gap),
    runsOutOn,
  };
}

function notCounted({ projection, question }: KnownScenario): ScenarioOutput['notCounted'] {
  const { measures, against } = question;
  const { applied, notApplied } = projection.measures;
  const both = applied.filter((measure) => isAsked(measures, measure) && isAsked(against, measure));
  return [
    ...notApplied.map(({ measure, reason }) => ({ measure: measure.key, reason })),
    ...both.map(({ key }) => ({ measure: key, reason: 'on-both-sides' as const })),
  ];
}

function priceNotices({ ranked, projection }: KnownScenario): string[] {
  const priced = ranked.filter(({ measure }) => measure.costGbp !== null);
  if (priced.length === 0) return [];
  const years = [...new Set(priced.map(({ measure }) => measure.costYear ?? 'an unstated year'))].sort();
  const notices = [
    `Pounds per tonne divide the whole cost by what is saved until the end of ${spanOf(projection).to}: what is saved after it, and what it costs to run, are not counted, and nothing is discounted.`,
  ];
  if (years.length > 1) notices.push(`Costs are in the prices of ${years.join(', ')}, and are compared as they stand.`);
  return notices;
}

/** A target with a set of measures against the same without it, for its answer. */
export function toScenario(scenario: KnownScenario): ScenarioOutput {
  const { projection, given, question, without, with: after, asOf, effect } = scenario;
  const { measures: _counted, notCounted: _left, ...basis } = toBasis(projection);
  const { emittedKg } = without.budget;
  return {
    target: projection.target.key,
    ...echoOf(asOf),
    ...basis,
    against: question.against,
    given: given.map(({ key }) => key),
    sort: question.order,
    data: toRanked(scenario),
    notCounted: notCounted(scenario),
    effect: toSetEffect(scenario),
    years: toYears(scenario),
    budget: {
      ...spanOf(projection),
      emittedKgCo2e: emittedKg === null ? null : roundKg(emittedKg),
      without: toSideBudget(without),
      with: toSideBudget(after),
      effectKgCo2e: printedDifference(after.budget.projected.expected, without.budget.projected.expected),
      onGapKgCo2e: roundKg(effectKg(effect).minus(effect.allowedKg)),
    },
    notices: [...basisNotices(projection), ...priceNotices(scenario)],
  };
}
