import { ACTIVITIES, type Activity } from '../activities.ts';
import type { Estate } from '../estate.ts';
import type { FigurePlan } from '../figure-plan.ts';
import type { FigureQuestion } from '../figure-question.ts';
import type { FigureRow } from '../figure-table.ts';
import { groupBy } from '../group-by.ts';
import { type DaySpan, intersect } from '../local-day.ts';
import type { Period } from '../period.ts';
import { type Segment, segmentsOf } from '../segments.ts';

/** What is metered that is energy. */
export const ENERGY_ACTIVITIES: readonly Activity[] = ACTIVITIES.filter(
  (activity) => activity !== 'water' && activity !== 'wastewater',
);

/** The question whose answer has the energy of some sites by activity: consumption as anybody may ask for it. */
export function energyQuestion(sites: readonly string[], period: Period): FigureQuestion {
  return {
    period,
    interval: 'total',
    groupBy: ['site', 'activity'],
    sites,
    meters: [],
    activities: ENERGY_ACTIVITIES,
    scopes: [],
    lines: [],
    policy: { kind: 'reporting-year' },
    gas: 'co2e',
  };
}

/** The energy of a site over a period: the rows of the figure, and the days of the meters behind them. */
export type SiteEnergy = { rows: readonly FigureRow[]; segments: readonly Segment[] };

/** The energy of each site of a figure that was asked by `energyQuestion`. */
export function energyBySite({ segments }: FigurePlan, rows: readonly FigureRow[]): { of(site: string): SiteEnergy } {
  const rowsOf = groupBy(rows, ({ dims }) => dims.site);
  const segmentsOfSite = groupBy(
    segments.map(({ segment }) => segment),
    ({ site }) => site.key,
  );
  return { of: (site) => ({ rows: rowsOf.get(site) ?? [], segments: segmentsOfSite.get(site) ?? [] }) };
}

/** A sub-meter of one site that a meter of another one feeds. */
export type SharedSupply = { sub: string; subSite: string; main: string; mainSite: string };

/**
 * Sites whose energy is partly counted at another one, because a meter there feeds theirs (rules B6, B9): both are listed,
 * since one shows too little and the other too much.
 */
export function sharedSupplies(estate: Estate, window: DaySpan): ReadonlyMap<string, SharedSupply> {
  const meters = new Map(estate.meters.map((meter) => [meter.key, meter]));
  const shared = new Map<string, SharedSupply>();
  for (const meter of estate.meters) {
    const main = meter.parentKey === null ? undefined : meters.get(meter.parentKey);
    if (main === undefined || !ENERGY_ACTIVITIES.includes(meter.activity)) continue;
    const mains = segmentsOf(main, estate, window);
    for (const own of segmentsOf(meter, estate, window))
      for (const above of mains) {
        if (own.site.key === above.site.key || intersect(own, above) === null) continue;
        const found = { sub: meter.key, subSite: own.site.key, main: main.key, mainSite: above.site.key };
        for (const site of [found.subSite, found.mainSite]) if (!shared.has(site)) shared.set(site, found);
      }
  }
  return shared;
}
