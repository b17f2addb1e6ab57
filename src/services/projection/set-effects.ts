import { ZERO } from '../../domain/decimal.ts';
import { groupBy } from '../../domain/group-by.ts';
import { inOrder } from '../../domain/measures/apply-measures.ts';
import type { Measure } from '../../domain/measures/measure.ts';
import { transfersAmong } from '../../domain/measures/transfers.ts';
import { addScopes, type ByScope, lessScopes } from '../../domain/projection/by-scope.ts';
import type { ProjectedYear } from '../../domain/projection/projected-year.ts';
import type { YearEffect } from '../../domain/scenario/year-effect.ts';
import type { TargetYear } from '../targets/judge-years.ts';
import type { Handovers } from './handovers.ts';
import type { SiteEmissions } from './site-emissions.ts';

/** What sets of measures do to the years of a target, year by year. Sites do not act on each other; measures at one do. */
export type SetEffects = {
  /** What a set does: what the years are with all of it, less what they are without any. */
  of(measures: readonly Measure[]): YearEffect[];
  /** What each measure adds to some that are there before, and to those before it in the list. */
  added(before: readonly Measure[], listed: readonly Measure[]): YearEffect[][];
};

type ComingYear = { projected: ProjectedYear; judged: TargetYear };

/** Measures of a set by site, and those of them that hand a site over. */
type OpenSet = { bySite: Map<string, readonly Measure[]>; handovers: readonly Measure[] };

function openSet(measures: readonly Measure[]): OpenSet {
  const bySite = groupBy(measures, ({ site }) => site);
  return { bySite, handovers: [...bySite.values()].flatMap(transfersAmong) };
}

/** A set with one measure more. */
function withMeasure({ bySite, handovers }: OpenSet, measure: Measure): OpenSet {
  const { site } = measure;
  const own = [...(bySite.get(site) ?? []), measure];
  const elsewhere = handovers.filter((each) => each.site !== site);
  return { bySite: new Map(bySite).set(site, own), handovers: [...elsewhere, ...transfersAmong(own)] };
}

const hasSame = (some: readonly Measure[], others: readonly Measure[]): boolean =>
  some.length === others.length && some.every((measure) => others.includes(measure));

/** Works out what sets of measures do, each site once for each of its sets. */
export function setEffects(
  coming: readonly ComingYear[],
  emissionsOf: SiteEmissions,
  handovers: Handovers,
): SetEffects {
  const known = new Map<string, readonly ByScope[]>();

  /** What a site emits in each year with its measures of a set. */
  const siteIn = (site: string, set: OpenSet): readonly ByScope[] => {
    const own = set.bySite.get(site) ?? [];
    const counted = inOrder(
      own.map((each) => (set.handovers.includes(each) ? handovers.asCounted(each, set.handovers) : each)),
    );
    const name = JSON.stringify([site, ...counted.map(({ key, from, to }) => [key, from, to])]);
    const found = known.get(name) ?? coming.map(({ projected }) => emissionsOf(site, counted, projected));
    known.set(name, found);
    return found;
  };

  /** What some sites emit more in one set than in another, with what is allowed. */
  const between = (sites: readonly string[], before: OpenSet, after: OpenSet): YearEffect[] => {
    const changes = sites.map((site) => ({ was: siteIn(site, before), is: siteIn(site, after) }));
    const moved = !hasSame(before.handovers, after.handovers);
    return coming.map(({ judged }, year) => ({
      kg: addScopes(changes.map(({ was, is }) => lessScopes(is[year] as ByScope, was[year] as ByScope))),
      allowedKg: moved
        ? handovers.allowedKg(judged, after.handovers).minus(handovers.allowedKg(judged, before.handovers))
        : ZERO,
    }));
  };

  return {
    of(measures) {
      const set = openSet(measures);
      return between([...set.bySite.keys()], openSet([]), set);
    },
    added(before, listed) {
      let set = openSet(before);
      return listed.map((measure) => {
        const after = withMeasure(set, measure);
        // Whether a handover counts for the whole of its year is decided by all of them together.
        const others = hasSame(set.handovers, after.handovers) ? [] : [...set.handovers, ...after.handovers];
        const sites = [measure.site, ...others.map(({ site }) => site)];
        const effect = between([...new Set(sites)], set, after);
        set = after;
        return effect;
      });
    },
  };
}
