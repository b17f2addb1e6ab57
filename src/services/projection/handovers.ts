import type { Decimal } from '../../domain/decimal.ts';
import type { Estate } from '../../domain/estate.ts';
import type { Measure } from '../../domain/measures/measure.ts';
import { isAreaTarget, type Target } from '../../domain/targets/target.ts';
import type { FigureDeps } from '../figures/answer-figure.ts';
import { baseYearOf } from '../targets/base-year.ts';
import type { TargetYear } from '../targets/judge-years.ts';
import type { TargetProgress } from '../targets/target-progress.ts';

/** What sites that will be handed over do to what a target allows (rule D5). */
export type Handovers = {
  allowedKg(year: TargetYear): Decimal;
  /** The measures as they count: a handover that moves the baseline counts for the whole of its year. */
  asCounted(measures: readonly Measure[], years: readonly TargetYear[]): Measure[];
};

/** After all years that a target can name. */
const FAR = '9999-01-01';

function without(estate: Estate, handovers: readonly Measure[]): Estate {
  const sites = new Map(estate.sites);
  for (const { site: key, from } of handovers) {
    const site = sites.get(key);
    if (site === undefined || (site.closed !== null && site.closed.on <= from)) continue;
    sites.set(key, { ...site, closed: { on: from, reason: 'transferred' } });
  }
  return { ...estate, sites };
}

/**
 * The baseline and allowances of a target once sites are handed over: a handover is a transfer, so the site leaves the
 * baseline as it leaves the emissions, and saves nothing.
 */
export async function handoversOf(
  known: { deps: FigureDeps; frozen: FigureDeps },
  target: Target,
  progress: TargetProgress,
  measures: readonly Measure[],
): Promise<Handovers> {
  const handovers = measures.filter(({ kind }) => kind === 'handover');
  if (handovers.length === 0 || isAreaTarget(target))
    return { allowedKg: (year) => year.allowedKg, asCounted: (all) => [...all] };
  const altered = without(await known.deps.currentEstate(), handovers);
  const { startPeriod, startKg, trajectory } = progress;
  const baseYear = await baseYearOf(known, altered, target, startPeriod, startKg, FAR);
  return {
    allowedKg: ({ year, period, allowedKg }) =>
      trajectory.allowedKg(year, baseYear.until(period.end).baselineKg) ?? allowedKg,
    asCounted: (all, years) =>
      all.map((measure) => {
        const year = years.find(({ period }) => period.start <= measure.from && measure.from < period.end);
        const moves = year !== undefined && baseYear.until(year.period.end).status === 'recalculated';
        return measure.kind === 'handover' && moves ? { ...measure, from: year.period.start } : measure;
      }),
  };
}
