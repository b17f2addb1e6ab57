import type { Decimal } from '../../domain/decimal.ts';
import type { Measure } from '../../domain/measures/measure.ts';
import { transfersAmong } from '../../domain/measures/transfers.ts';
import { type EmissionRates, emissionRates } from '../../domain/projection/emission-rates.ts';
import { type GridPathway, newestEdition, withPathway } from '../../domain/projection/grid-pathway.ts';
import { type ProjectedYear, projectedYear } from '../../domain/projection/projected-year.ts';
import { Refusal } from '../../domain/refusal.ts';
import { effectKg, type YearEffect } from '../../domain/scenario/year-effect.ts';
import type { Recalculation } from '../../domain/targets/recalculation.ts';
import { judgedScopes, type Target } from '../../domain/targets/target.ts';
import type { FigureDeps } from '../figures/answer-figure.ts';
import type { TargetYear } from '../targets/judge-years.ts';
import { asTargetCounts } from '../targets/target-figures.ts';
import { type TargetProgress, targetProgress } from '../targets/target-progress.ts';
import { type Carried, type CarryAsked, carriedSeries } from './carried-series.ts';
import { handoversOf } from './handovers.ts';
import { type SetEffects, setEffects } from './set-effects.ts';
import { readSiteBases } from './site-bases.ts';
import { siteEmissions } from './site-emissions.ts';
import { type SortedMeasures, sortMeasures } from './sort-measures.ts';
import { readHistory } from './use-history.ts';

/** What a projection is asked with. */
export type ProjectionAsked = CarryAsked & { pathway: GridPathway | null; measures: readonly Measure[] };

/** A year to come as it would be without measures, and with all of them: what is allowed then, and what they do. */
export type ComingYear = { projected: ProjectedYear; judged: TargetYear; allowedKg: Decimal; effectKg: Decimal };

/** A target carried on to its last milestone, exact, and what measures do to it. */
export type Projection = {
  target: Target;
  progress: TargetProgress;
  carried: Carried;
  years: readonly ComingYear[];
  measures: SortedMeasures;
  /** What any of these measures do. */
  sets: SetEffects;
  /** What becomes of the baseline where sites are handed over; null where none is. */
  baseline: Recalculation | null;
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
  const judgedYears = projected.map((year, index) => ({ projected: year, judged: coming[index] as TargetYear }));
  const sets = setEffects(judgedYears, siteEmissions(target, bases, rates), handovers);
  const effects = sets.of(measures.applied);
  const years = judgedYears.map((year, index): ComingYear => {
    const effect = effects[index] as YearEffect;
    return { ...year, allowedKg: year.judged.allowedKg.plus(effect.allowedKg), effectKg: effectKg(effect) };
  });
  const transfers = transfersAmong(measures.applied);
  return {
    ...{ target, progress, carried, years, measures },
    sets,
    baseline: handovers.baseline(transfers, coming.at(-1)?.period.end ?? carried.base.end),
    pathway: asked.pathway,
    newestEdition: edition,
  };
}
