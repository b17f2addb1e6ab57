import type { Decimal } from '../../domain/decimal.ts';
import type { Measure } from '../../domain/measures/measure.ts';
import { type EmissionRates, emissionRates } from '../../domain/projection/emission-rates.ts';
import { type GridPathway, newestEdition, withPathway } from '../../domain/projection/grid-pathway.ts';
import { type ProjectedYear, projectedYear } from '../../domain/projection/projected-year.ts';
import { Refusal } from '../../domain/refusal.ts';
import { judgedScopes, type Target } from '../../domain/targets/target.ts';
import type { FigureDeps } from '../figures/answer-figure.ts';
import type { TargetYear } from '../targets/judge-years.ts';
import { asTargetCounts } from '../targets/target-figures.ts';
import { type TargetProgress, targetProgress } from '../targets/target-progress.ts';
import { type Carried, type CarryAsked, carriedSeries } from './carried-series.ts';
import { handoversOf } from './handovers.ts';
import { measureEffects, type SortedMeasures, sortMeasures, type YearEffects } from './measure-effects.ts';
import { readSiteBases } from './site-bases.ts';
import { readHistory } from './use-history.ts';

/** What a projection is asked with. */
export type ProjectionAsked = CarryAsked & { pathway: GridPathway | null; measures: readonly Measure[] };

/** A target carried on to its last milestone, exact, and what measures do to it. */
export type Projection = {
  target: Target;
  progress: TargetProgress;
  carried: Carried;
  /** Years to come as they would be without measures, with what is allowed in each. */
  years: readonly { projected: ProjectedYear; judged: TargetYear; allowedKg: Decimal }[];
  measures: SortedMeasures;
  effectsIn: YearEffects;
  pathway: GridPathway | null;
  /** The newest edition of published factors in use. */
  newestEdition: number;
};

function refuse(code: string, detail: string): never {
  throw new Refusal('not-projectable', detail, [{ pointer: '/target', code, detail }]);
}

/** What will be bought, and by which contracts, is in no data (rule C2). */
function refuseMarket({ key, basis }: Target): void {
  if (basis !== 'market') return;
  refuse(
    'market-basis',
    `'${key}' is on the market basis: what will be bought in years to come is not known; project a target on the location basis`,
  );
}

function refuseUnquantified(years: readonly ProjectedYear[]): void {
  const lines = [...new Set(years.flatMap(({ notQuantified }) => notQuantified))];
  if (lines.length > 0) refuse('no-factor', `there is no factor of ${lines.join(', ')} for years to come`);
}

async function ratesOf(deps: FigureDeps, target: Target, pathway: GridPathway | null) {
  const { settings } = await deps.currentEstate();
  const sets = await deps.activeFactorSets();
  const question = {
    scopes: judgedScopes(target),
    lines: target.lines,
    gas: target.gas,
    policy: { kind: target.factors },
  };
  const rates: EmissionRates = emissionRates(
    question,
    withPathway(sets, pathway),
    settings.reportedLines,
    settings.reportingYearStart,
  );
  return { rates, edition: newestEdition(sets) };
}

/**
 * Carries a target on to its last milestone: use by its trend in the weather that is asked for, factors by a pathway or held
 * at the newest edition, and measures.
 * @throws Refusal `not-projectable` where years are too few, a line has no factor, or the target is on the market basis; as
 * `targetProgress` does.
 */
export async function projectTarget(
  now: FigureDeps,
  target: Target,
  frozen: FigureDeps | null,
  asked: ProjectionAsked,
): Promise<Projection> {
  refuseMarket(target);
  const deps = asTargetCounts(now, target);
  const progress = await targetProgress(now, target, frozen);
  const history = await readHistory(deps, target);
  const { rates, edition } = await ratesOf(history.deps, target, asked.pathway);
  const carried = await carriedSeries(history, target, rates, asked);
  const coming = progress.years.filter(({ period }) => period.start >= carried.base.end);
  const projected = coming.map(({ year, period }) => projectedYear(year, period, carried.series, rates));
  refuseUnquantified(projected);
  const sites = [...new Set(asked.measures.map(({ site }) => site))];
  const bases = await readSiteBases(history, target, carried.base, sites);
  const measures = sortMeasures(asked.measures, bases, carried.base.end);
  const known = { deps, frozen: frozen === null ? deps : asTargetCounts(frozen, target) };
  const handovers = await handoversOf(known, target, progress, measures.applied);
  const years = projected.map((year, index) => {
    const judged = coming[index] as TargetYear;
    return { projected: year, judged, allowedKg: handovers.allowedKg(judged) };
  });
  return {
    ...{ target, progress, carried, years, measures },
    effectsIn: measureEffects(target, handovers.asCounted(measures.applied, coming), bases, rates),
    pathway: asked.pathway,
    newestEdition: edition,
  };
}

/** What all measures together do in a year, in kilograms: below 0 is less. */
export function combinedKg(effects: ReturnType<YearEffects>, zero: Decimal): Decimal {
  return effects.reduce((kg, { marginalKg }) => kg.plus(marginalKg), zero);
}
