import type { Decimal } from '../../domain/decimal.ts';
import type { Estate } from '../../domain/estate.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import type { Measure } from '../../domain/measures/measure.ts';
import { type CountedPart, type StructuralChange, structuralChanges } from '../../domain/structural-change.ts';
import { type Recalculation, recalculate } from '../../domain/targets/recalculation.ts';
import { isAreaTarget, partOf, type Target } from '../../domain/targets/target.ts';
import type { FigureDeps } from '../figures/answer-figure.ts';
import { baseYearFigures } from '../targets/base-year.ts';
import type { TargetYear } from '../targets/judge-years.ts';
import type { TargetProgress } from '../targets/target-progress.ts';

/** What sites that will be handed over do to what a target allows (rule D5), for any of the handovers that are known. */
export type Handovers = {
  allowedKg(year: TargetYear, handovers: readonly Measure[]): Decimal;
  /** A handover as it counts beside others: one that moves the baseline counts for the whole of its year. */
  asCounted(handover: Measure, handovers: readonly Measure[]): Measure;
  /** What becomes of the baseline until a day; null where nothing is handed over. */
  baseline(handovers: readonly Measure[], until: LocalDay): Recalculation | null;
};

/** After all years that a target can name. */
const FAR = '9999-01-01';

/** An estate in which sites are handed over, but for those that are closed before. */
function without(estate: Estate, handovers: readonly Measure[]): Estate {
  const sites = new Map(estate.sites);
  for (const { site: key, from } of handovers) {
    const site = sites.get(key);
    if (site === undefined || (site.closed !== null && site.closed.on <= from)) continue;
    sites.set(key, { ...site, closed: { on: from, reason: 'transferred' } });
  }
  return { ...estate, sites };
}

/** The transfers that handovers are, as far as the target counts their sites; with the way back of those that end. */
function transfersOf(estate: Estate, counted: CountedPart, handovers: readonly Measure[]): StructuralChange[] {
  const all = structuralChanges(without(estate, handovers), counted, '0001-01-01', FAR);
  return handovers.flatMap(({ site, from, to }): StructuralChange[] => {
    const isClosed = estate.sites.get(site)?.closed?.on === from;
    const left = all.find((change) => change.site === site && change.on === from && change.direction === 'left');
    if (left === undefined || isClosed) return [];
    return to === null ? [left] : [left, { site, on: to, reason: 'transferred-in', direction: 'joined' }];
  });
}

/**
 * The baseline and allowances of a target once sites are handed over: a handover is a transfer, so the site leaves the
 * baseline as it leaves the emissions, and saves nothing. Transfers of the estate itself count until today, as in progress.
 */
export async function handoversOf(
  known: { deps: FigureDeps; frozen: FigureDeps },
  target: Target,
  progress: TargetProgress,
  measures: readonly Measure[],
): Promise<Handovers> {
  if (isAreaTarget(target) || measures.every(({ kind }) => kind !== 'handover'))
    return { allowedKg: (year) => year.allowedKg, asCounted: (handover) => handover, baseline: () => null };
  const { startPeriod, startKg, trajectory, today, years } = progress;
  const estate = await known.deps.currentEstate();
  const counted = { part: partOf(target.boundary.part), keepsScope3: target.scopes.includes(3) };
  const past = structuralChanges(estate, counted, startPeriod.start, today);
  const figures = await baseYearFigures(known, estate, target, startPeriod, past);
  const changes = new Map<string, readonly StructuralChange[]>();
  const found = new Map<string, Recalculation>();
  const baseline = (handovers: readonly Measure[], until: LocalDay): Recalculation | null => {
    if (handovers.length === 0) return null;
    const named = handovers
      .map(({ key }) => key)
      .sort()
      .join(' ');
    const inDays = (a: StructuralChange, b: StructuralChange): number => (a.on < b.on ? -1 : 1);
    const all = changes.get(named) ?? [...past, ...transfersOf(estate, counted, handovers)].sort(inDays);
    changes.set(named, all);
    const name = `${named} ${until}`;
    const threshold = estate.settings.significanceThreshold;
    const recalculation = found.get(name) ?? recalculate(startKg, all, figures, threshold, until);
    found.set(name, recalculation);
    return recalculation;
  };
  const moves = (handovers: readonly Measure[], until: LocalDay): boolean =>
    baseline(handovers, until)?.status === 'recalculated';
  const yearOf = (day: LocalDay) => years.find(({ period }) => period.start <= day && day < period.end)?.period;
  return {
    baseline,
    allowedKg(year, handovers) {
      const moved = baseline(handovers, year.period.end);
      return (moved === null ? null : trajectory.allowedKg(year.year, moved.baselineKg)) ?? year.allowedKg;
    },
    asCounted(handover, handovers) {
      const [first, last] = [yearOf(handover.from), handover.to === null ? undefined : yearOf(handover.to)];
      const isWholeFirst = first !== undefined && moves(handovers, first.end);
      const isWholeLast = last !== undefined && moves(handovers, last.start);
      return {
        ...handover,
        from: isWholeFirst ? first.start : handover.from,
        to: isWholeLast ? last.start : handover.to,
      };
    },
  };
}
