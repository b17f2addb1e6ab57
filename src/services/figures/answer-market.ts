import type { Estate } from '../../domain/estate.ts';
import type { FactorSet } from '../../domain/factor-set.ts';
import type { FigurePlan } from '../../domain/figure-plan.ts';
import type { FigureQuestion } from '../../domain/figure-question.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import { type Allocation, allocate, NO_ALLOCATION } from '../../domain/market/allocate.ts';
import { type MarketEntry, marketEntries } from '../../domain/market/compose-market.ts';
import { planCoverage } from '../../domain/market/coverage-plan.ts';
import { type MarketPlan, planMarket } from '../../domain/market/market-plan.ts';
import type { Usage } from '../../domain/usage.ts';
import type { UsageReader } from '../usage-reader.ts';

/** A figure on the market basis: its entries, and what became of each certificate. */
export type MarketAnswer = { plan: MarketPlan; entries: MarketEntry[]; allocation: Allocation };

/** What the market basis of a figure is made from. */
export type MarketInput = {
  estate: Estate;
  question: FigureQuestion;
  plan: FigurePlan;
  sets: readonly FactorSet[];
  today: LocalDay;
};

/** Reads what the covered meters used over the spans of the certificates that matter, and divides these over it (rule C3). */
export async function allocationOf(
  usage: UsageReader,
  { estate, plan, today }: Pick<MarketInput, 'estate' | 'plan' | 'today'>,
): Promise<Allocation> {
  const coverage = plan.window === null ? null : planCoverage(estate, plan.window, today);
  return coverage === null ? NO_ALLOCATION : allocate(coverage, await usage.readUsage(coverage.request), today);
}

/** Answers a figure on the market basis. `readPlanned` gives what a plan's meters used, tenants' parts taken out. */
export async function answerMarket(
  usage: UsageReader,
  readPlanned: (plan: FigurePlan) => Promise<Usage>,
  input: MarketInput,
): Promise<MarketAnswer> {
  const { estate, question, sets } = input;
  const allocation = await allocationOf(usage, input);
  const plan = planMarket(input.plan, estate, allocation);
  const entries = marketEntries(plan, await readPlanned(plan), question, sets, estate.settings.reportedLines);
  return { plan, entries, allocation };
}
