import type { Activity, Unit } from '../../domain/activities.ts';
import type { Decimal } from '../../domain/decimal.ts';
import { isWholeFigure } from '../../domain/footprint/stated-figure.ts';
import type { Period } from '../../domain/period.ts';
import type { EmissionRates } from '../../domain/projection/emission-rates.ts';
import { type Candidate, type Selection, selectYears } from '../../domain/projection/select-series.ts';
import { fitTrend } from '../../domain/projection/trend.ts';
import type { CarriedSeries, LeftYear } from '../../domain/projection/use-series.ts';
import { Refusal } from '../../domain/refusal.ts';
import { coveredLines } from '../../domain/targets/covered-lines.ts';
import type { Target } from '../../domain/targets/target.ts';
import { targetQuestion } from '../targets/target-question.ts';
import { answerNormalised, type Normalisation, type NormalisedFigure } from '../weather/normalise-figure.ts';
import type { ActivityHistory, UseHistory } from './use-history.ts';

/** How use is carried on. */
export type CarryAsked = { normalisation: Normalisation | null; trendYears: number; hold: readonly string[] };

/** What is carried on from a base year, and the weather that its years were brought to; null: that of their days. */
export type Carried = { base: Period; series: readonly CarriedSeries[]; weather: readonly NormalisedFigure[] | null };

/** The years of the lines that a target covers beside the estate, as far as they are whole. */
async function statedCandidates(history: UseHistory, target: Target): Promise<Candidate[]> {
  const { deps, today, years } = history;
  const all = target.otherEmissions.length === 0 ? [] : await deps.otherEmissions();
  return target.otherEmissions.map((line) => {
    const one = { ...target, otherEmissions: [line] };
    const judged = years.map((period) => {
      const { lines, notComparable } = coveredLines(one, all, period, today);
      const isWhole = notComparable.length === 0 && lines.every(({ stated }) => isWholeFigure(stated));
      return { period, kg: isWhole ? (lines[0]?.kg ?? null) : null };
    });
    return {
      name: line,
      activity: null,
      unit: 'kg',
      complete: judged.flatMap(({ period, kg }) => (kg === null ? [] : [{ period, quantity: kg }])),
      left: judged.flatMap(({ period, kg }) => (kg === null ? [{ period, reason: 'it has no figure' }] : [])),
    };
  });
}

const candidateOf = ({ activity, unit, complete, left }: ActivityHistory): Candidate => {
  return { name: activity, activity, unit, complete, left };
};

/** A candidate without the years that cannot be used. */
function without(candidate: Candidate, refused: ReadonlyMap<string, string>): Candidate {
  if (candidate.activity === null) return candidate;
  const left: LeftYear[] = candidate.complete.flatMap(({ period }) => {
    const reason = refused.get(period.start);
    return reason === undefined ? [] : [{ period, reason, isComplete: true }];
  });
  return {
    ...candidate,
    complete: candidate.complete.filter(({ period }) => !refused.has(period.start)),
    left: [...candidate.left, ...left].sort((a, b) => (a.period.start < b.period.start ? -1 : 1)),
  };
}

type Normalised = Map<string, NormalisedFigure>;

/** Brings one year to the reference; what cannot be is no point of a trend, and says why. */
async function normaliseYear(
  { deps }: UseHistory,
  target: Target,
  period: Period,
  normalisation: Normalisation,
): Promise<NormalisedFigure | string> {
  const question = { ...targetQuestion(target, period), interval: 'total' as const, groupBy: ['activity'] as const };
  try {
    return await answerNormalised(deps, question, normalisation);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not-normalisable') return error.message;
    throw error;
  }
}

/** Selects years, and brings them to the reference, until all of those that are selected can be. */
async function selectNormalised(
  history: UseHistory,
  target: Target,
  candidates: readonly Candidate[],
  { normalisation, hold, trendYears }: CarryAsked,
): Promise<{ selection: Selection; normalised: Normalised }> {
  const normalised: Normalised = new Map();
  const refused = new Map<string, string>();
  for (;;) {
    const selection = selectYears(
      candidates.map((candidate) => without(candidate, refused)),
      hold,
      trendYears,
    );
    if (normalisation === null) return { selection, normalised };
    const needed = selection.selected.flatMap(({ candidate, years }) => (candidate.activity === null ? [] : years));
    const open = new Map(needed.map(({ period }) => [period.start, period]));
    for (const start of normalised.keys()) open.delete(start);
    if (open.size === 0) return { selection, normalised };
    for (const period of open.values()) {
      const found = await normaliseYear(history, target, period, normalisation);
      if (typeof found === 'string') refused.set(period.start, found);
      else normalised.set(period.start, found);
    }
  }
}

function normalisedQuantity(
  { figure }: NormalisedFigure,
  activity: Activity | null,
  unit: Unit | 'kg',
): Decimal | null {
  const row = figure.rows.find(({ flow, dims }) => flow === 'use' && dims.activity === activity);
  return (unit === 'kg' && activity === null ? null : row?.sums.quantities.get(unit as Unit)) ?? null;
}

const yearNumber = ({ start }: Period): number => Number(start.slice(0, 4));

/** What is relevant to a target: in use, and with lines that it counts. */
function isRelevant({ isInUse, complete, partsIn }: ActivityHistory, rates: EmissionRates, newest: Period): boolean {
  if (!isInUse) return false;
  const parts = partsIn(complete.at(-1)?.period ?? newest);
  return parts.length === 0 || parts.some(({ basis }) => rates.ofBasis(basis, newest).isCounted);
}

function refuseUnknownHold(hold: readonly string[], candidates: readonly Candidate[]): void {
  const names = candidates.map(({ name }) => name);
  const unknown = hold.find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const detail = `hold names '${unknown}', which is not carried on here: expected any of ${names.join(', ') || 'none'}`;
  throw new Refusal('invalid-request', detail, [{ pointer: '?hold', code: 'not-allowed', detail }]);
}

/**
 * What of a target is carried on, each by the trend of its newest complete comparable years or held, in the weather that is
 * asked for.
 * @throws Refusal `not-projectable` where years are too few; `invalid-request` for a name to hold that is not carried on.
 */
export async function carriedSeries(
  history: UseHistory,
  target: Target,
  rates: EmissionRates,
  asked: CarryAsked,
): Promise<Carried> {
  const newest = history.years.at(-1) as Period;
  const relevant = history.activities.filter((activity) => isRelevant(activity, rates, newest));
  const candidates = [...relevant.map(candidateOf), ...(await statedCandidates(history, target))];
  refuseUnknownHold(asked.hold, candidates);
  const { selection, normalised } = await selectNormalised(history, target, candidates, asked);
  const { base, selected } = selection;
  const series = selected.map(({ candidate, isHeld, years }): CarriedSeries => {
    const { activity, unit } = candidate;
    const points = years.map(({ period, quantity }) => {
      const found = normalised.get(period.start);
      const corrected = found === undefined ? null : normalisedQuantity(found, activity, unit);
      return { period, year: yearNumber(period), quantity: corrected ?? quantity };
    });
    const own = history.activities.find((each) => each.activity === activity && each.unit === unit);
    return {
      ...{ name: candidate.name, activity, unit, points, left: candidate.left },
      parts: own?.partsIn(isHeld ? (points.at(-1)?.period ?? base) : base) ?? [],
      trend: isHeld ? null : fitTrend(points),
      heldAt: isHeld ? (points.at(-1) ?? null) : null,
    };
  });
  return { base, series, weather: asked.normalisation === null ? null : [...normalised.values()] };
}
