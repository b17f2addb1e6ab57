import type { Now } from '../../clock.ts';
import { localDayOf } from '../../domain/calendar.ts';
import { deductTenants, type SplitFaults } from '../../domain/deduct-tenants.ts';
import type { Estate } from '../../domain/estate.ts';
import { type FactorPolicy, policyName } from '../../domain/factor-policy.ts';
import { type FactorSet, isOfficial } from '../../domain/factor-set.ts';
import { composeFigure, type Figure } from '../../domain/figure.ts';
import { type FigurePlan, planFigure } from '../../domain/figure-plan.ts';
import { asksMarket, type FigureQuestion } from '../../domain/figure-question.ts';
import { type LocalDay, lengthDays } from '../../domain/local-day.ts';
import { addMarket } from '../../domain/market/compose-market.ts';
import type { Period } from '../../domain/period.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Usage, UsageRequest } from '../../domain/usage.ts';
import { LIMITS } from '../../limits.ts';
import type { OtherEmissionsReader } from '../footprint/other-emissions.ts';
import type { Deprivation, DeprivationReader } from '../places/deprivation.ts';
import type { UsageReader } from '../usage-reader.ts';
import type { WeatherReader } from '../weather/weather-reader.ts';
import { answerMarket, type MarketAnswer } from './answer-market.ts';
import { missingWeightsOf } from './missing-weights.ts';

/** What answering a figure needs. */
export type FigureDeps = {
  now: Now;
  currentEstate(): Promise<Estate>;
  activeFactorSets(): Promise<readonly FactorSet[]>;
  /** One stored version of a set, whether figures use it or not. */
  factorVersion(id: string, version: string): Promise<FactorSet | null>;
  usage: UsageReader;
  /** Where sites stand, as known at the moment that is asked about. */
  deprivation: DeprivationReader;
  weather: WeatherReader;
  /** What is stated of emissions that no meter measures. */
  otherEmissions: OtherEmissionsReader;
};

/** An answer, exact, with everything it was made of. */
export type AnsweredFigure = {
  question: FigureQuestion;
  estate: Estate;
  sets: readonly FactorSet[];
  plan: FigurePlan;
  usage: Usage;
  figure: Figure;
  today: LocalDay;
  splitFaults: SplitFaults;
  /** The table of deprivation that the rows are grouped by; null where they are not. */
  deprivation: Deprivation | null;
  /** The market basis, where the question asks for it. */
  market: MarketAnswer | null;
};

/** A category or portfolio that no site has would be a figure of nothing, which looks like nothing used. */
function refuseUnheld(
  name: 'category' | 'portfolio',
  asked: readonly string[] | undefined,
  held: () => string[],
): void {
  if (asked === undefined || asked.length === 0) return;
  const known = [...new Set(held())].sort();
  const unknown = asked.find((value) => !known.includes(value));
  if (unknown === undefined) return;
  const detail = `no site has the ${name} '${unknown}': expected ${known.length === 0 ? 'none, as no site has one' : known.join(', ')}`;
  throw new Refusal('invalid-request', detail, [{ pointer: `?${name}`, code: `unknown-${name}`, detail }]);
}

/**
 * Refuses filters that name nothing.
 * @throws Refusal `unknown-site`, `unknown-meter`; `invalid-request` for a category or portfolio that no site has.
 */
export function refuseUnknown(question: FigureQuestion, estate: Estate): void {
  for (const site of question.sites) {
    if (estate.sites.has(site)) continue;
    const detail = `there is no site '${site}'`;
    throw new Refusal('unknown-site', detail, [{ pointer: '?site', code: 'unknown-site', detail }]);
  }
  const sites = [...estate.sites.values()];
  refuseUnheld('category', question.categories, () => sites.flatMap(({ category }) => category ?? []));
  refuseUnheld('portfolio', question.portfolios, () =>
    sites.flatMap(({ portfolios }) => portfolios.map(({ portfolio }) => portfolio)),
  );
  if (question.meters.length === 0) return;
  const meters = new Set(estate.meters.map((meter) => meter.key));
  for (const meter of question.meters) {
    if (meters.has(meter)) continue;
    const detail = `there is no meter '${meter}'`;
    throw new Refusal('unknown-meter', detail, [{ pointer: '?meter', code: 'unknown-meter', detail }]);
  }
}

function refuseUnknownSet(policy: FactorPolicy, active: readonly FactorSet[]): never {
  const held = active.map(({ id, version }) => `${id.replace(/^uk-/, '')}@${version}`).join(', ');
  const detail = `there is no factor set ${policyName(policy)}: expected a stored version; in use are ${held || 'none'}`;
  throw new Refusal('invalid-request', detail, [{ pointer: '?factors', code: 'unknown-factor-set', detail }]);
}

/**
 * The factor sets of a question: those in use, or for a fixed policy the set it names, in use or not, with the editions in
 * use behind it for the lines that it lacks (rules A1, A4).
 */
async function setsFor(deps: FigureDeps, { policy }: FigureQuestion): Promise<readonly FactorSet[]> {
  const active = await deps.activeFactorSets();
  if (policy.kind !== 'fixed') return active;
  const set =
    policy.version === null
      ? active.find(({ id }) => id === policy.set)
      : await deps.factorVersion(policy.set, policy.version);
  if (set == null) return refuseUnknownSet(policy, active);
  return [...active.filter((other) => isOfficial(other) && other.id !== set.id), set].sort((a, b) => a.year - b.year);
}

/**
 * Refuses a period longer than one answer covers, before anything is worked out for it.
 * @throws Refusal `invalid-period` naming the length and the limit.
 */
export function refuseTooLong(period: Period, daysMax: number = LIMITS.periodDaysMax, pointer = '?period'): void {
  const days = lengthDays(period);
  if (days <= daysMax) return;
  const detail = `${period.label} has ${days} days: expected at most ${daysMax}`;
  throw new Refusal('invalid-period', detail, [{ pointer, code: 'period-too-long', detail }]);
}

function refuseTooManyRows(plan: FigurePlan, question: FigureQuestion): void {
  const rows = plan.buckets.length * plan.streams.length;
  if (rows <= LIMITS.figureRowsMax) return;
  const table = asksMarket(question)
    ? ''
    : `, or for CSV (Accept: text/csv), which has up to ${LIMITS.figureCsvRowsMax}`;
  const detail = `the answer may have ${rows} rows: expected at most ${LIMITS.figureRowsMax}; ask for a longer interval, fewer groups or a shorter period${table}`;
  throw new Refusal('invalid-request', detail, [{ pointer: '?interval', code: 'too-many-rows', detail }]);
}

/** What has to be added up for a plan. */
export function usageRequest(plan: FigurePlan): UsageRequest {
  const segments = plan.segments.map(({ segment, stream }) => ({
    meterId: segment.meter.id,
    stream,
    start: segment.start,
    end: segment.end,
  }));
  return { segments, cells: plan.cells };
}

/** What was used, tenants' parts taken out of the meters above them (rule D3). */
export async function usageOf(deps: FigureDeps, plan: FigurePlan): Promise<{ usage: Usage; faults: SplitFaults }> {
  const usage = await deps.usage.readUsage(usageRequest(plan));
  const pairs = plan.deductions.map(({ segment, sub }) => ({
    mainId: segment.meter.id,
    subId: sub.id,
    start: segment.start,
    end: segment.end,
  }));
  return deductTenants(plan, usage, await deps.usage.readPairDays(pairs));
}

/** Changes what was used before it is set against factors; given everything that is known of the figure by then. */
export type ChangeUsage = (asked: {
  plan: FigurePlan;
  usage: Usage;
  estate: Estate;
  today: LocalDay;
}) => Promise<Usage>;

/** A question with everything but what was used: refused, where it asks for what there is not, before any of that is read. */
export type PreparedFigure = Pick<AnsweredFigure, 'question' | 'estate' | 'sets' | 'plan' | 'today' | 'deprivation'>;

/**
 * Plans a question about consumption or emissions.
 * @throws Refusal `unknown-site` or `unknown-meter` for a filter that names nothing, `invalid-request` for a set that is
 * not held, `invalid-period` for a period that is too long.
 */
export async function prepareFigure(deps: FigureDeps, question: FigureQuestion): Promise<PreparedFigure> {
  refuseTooLong(question.period);
  const [estate, sets] = await Promise.all([deps.currentEstate(), setsFor(deps, question)]);
  refuseUnknown(question, estate);
  const today = localDayOf(deps.now());
  const deprivation = question.groupBy.includes('imdDecile') ? await deps.deprivation(question.imdTable ?? null) : null;
  const plan = planFigure(estate, question, today, deprivation?.deciles);
  return { question, estate, sets, plan, today, deprivation };
}

/**
 * Answers a planned question; `changeUsage` has its way with what was used.
 * @throws Refusal `invalid-request` for an answer of too many rows.
 */
export async function answerPrepared(
  deps: FigureDeps,
  prepared: PreparedFigure,
  changeUsage: ChangeUsage = async ({ usage }) => usage,
): Promise<AnsweredFigure> {
  const { question, estate, sets, plan, today } = prepared;
  refuseTooManyRows(plan, question);
  const { usage: measured, faults } = await usageOf(deps, plan);
  const usage = await changeUsage({ plan, usage: measured, estate, today });
  const missingWeights = await missingWeightsOf(deps.usage, estate, plan, usage);
  const { reportedLines } = estate.settings;
  const figure = composeFigure({ plan, question, usage, missingWeights, sets, reportedLines, today });
  const market = asksMarket(question)
    ? await answerMarket(deps.usage, async (cut) => (await usageOf(deps, cut)).usage, {
        estate,
        question,
        plan,
        sets,
        today,
      })
    : null;
  if (market !== null) addMarket(figure, market.entries, market.plan, today);
  return { ...prepared, usage, figure, splitFaults: faults, market };
}

/**
 * Answers a question about consumption or emissions; `changeUsage` has its way with what was used.
 * @throws Refusal as `prepareFigure` and `answerPrepared` do.
 */
export async function answerFigure(
  deps: FigureDeps,
  question: FigureQuestion,
  changeUsage?: ChangeUsage,
): Promise<AnsweredFigure> {
  return answerPrepared(deps, await prepareFigure(deps, question), changeUsage);
}
