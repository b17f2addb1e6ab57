import { reportedAs } from './consolidation.ts';
import { BOUNDARY_REASONS, type BoundaryReason } from './control.ts';
import { datedSpans } from './dated.ts';
import type { Estate, EstateSite } from './estate.ts';
import { type EstatePart, portfolioOn } from './figure-filter.ts';
import { addDays, type LocalDay } from './local-day.ts';

/** A site that entered or left what a target counts, for a structural reason (rule D5). */
export type StructuralChange = {
  site: string;
  on: LocalDay;
  /** A site that goes to another portfolio is a transfer for a target on portfolios alone. */
  reason: BoundaryReason | 'portfolio-changed';
  direction: 'joined' | 'left';
};

/** What a target counts: the part of the estate, and whether what is in scope 3 stays in it. */
export type CountedPart = { part: EstatePart; keepsScope3: boolean };

const isStructural = (reason: BoundaryReason): boolean => BOUNDARY_REASONS[reason] === 'structural';

type Period = EstateSite['controls'][number];

/**
 * Whether a target counts a site in a control period: what the council reports as its own always, what is in scope 3 only
 * for a target that has scope 3. So a site that is let stays with such a target, and is no transfer for it.
 */
function isCounted({ control, leaseType }: Period, keepsScope3: boolean, estate: Estate, day: LocalDay): boolean {
  const { consolidation } = estate.settings;
  const approach = datedSpans(consolidation).find(({ start, end }) => start <= day && day < end)?.value.approach;
  const place = reportedAs(approach ?? 'operational-control', control, leaseType);
  return place === 'operated' || (keepsScope3 && place !== 'outside');
}

function controlChanges(site: EstateSite, keepsScope3: boolean, estate: Estate): StructuralChange[] {
  return site.controls.flatMap((period, index): StructuralChange[] => {
    const { from, reason } = period;
    if (from === null || reason === null || !isStructural(reason)) return [];
    const before = site.controls[index - 1];
    const counted = before === undefined || isCounted(before, keepsScope3, estate, from);
    const counts = isCounted(period, keepsScope3, estate, from);
    if (counted === counts) return [];
    return [{ site: site.key, on: from, reason, direction: counts ? 'joined' : 'left' }];
  });
}

function changesOf(site: EstateSite, keepsScope3: boolean, estate: Estate): StructuralChange[] {
  const { opened, closed } = site;
  const edges: StructuralChange[] = [];
  if (opened !== null && isStructural(opened.reason)) edges.push({ site: site.key, ...opened, direction: 'joined' });
  if (closed !== null && isStructural(closed.reason)) edges.push({ site: site.key, ...closed, direction: 'left' });
  return [...edges, ...controlChanges(site, keepsScope3, estate)].sort((a, b) => (a.on < b.on ? -1 : 1));
}

function portfolioChanges(site: EstateSite, { portfolios }: EstatePart): StructuralChange[] {
  if (portfolios.length === 0) return [];
  const isIn = (day: LocalDay): boolean => portfolios.includes(portfolioOn(site, day) ?? '');
  return site.portfolios.flatMap(({ from: on }): StructuralChange[] => {
    if (on === null || isIn(on) === isIn(addDays(on, -1))) return [];
    return [{ site: site.key, on, reason: 'portfolio-changed', direction: isIn(on) ? 'joined' : 'left' }];
  });
}

/** Changes of a site that a part takes: when it comes by its portfolio on that day, when it goes by the one before. */
function changesInPart(site: EstateSite, { part, keepsScope3 }: CountedPart, estate: Estate): StructuralChange[] {
  const { sites, categories, portfolios } = part;
  if (sites.length > 0 && !sites.includes(site.key)) return [];
  if (categories.length > 0 && !categories.includes(site.category ?? '')) return [];
  const own = changesOf(site, keepsScope3, estate);
  if (portfolios.length === 0) return own;
  const counted = own.filter(({ on, direction }) =>
    portfolios.includes(portfolioOn(site, direction === 'joined' ? on : addDays(on, -1)) ?? ''),
  );
  return [...counted, ...portfolioChanges(site, part)].sort((a, b) => (a.on < b.on ? -1 : 1));
}

/** Structural changes of what a target counts after `baselineStart` and before `end`, site by site in order. */
export function structuralChanges(
  estate: Estate,
  counted: CountedPart,
  baselineStart: LocalDay,
  end: LocalDay,
): StructuralChange[] {
  const all = [...estate.sites.values()].flatMap((site) => changesInPart(site, counted, estate));
  return all.filter((change) => change.on > baselineStart && change.on < end);
}
