import { reportedAs } from './consolidation.ts';
import { BOUNDARY_REASONS, type BoundaryReason } from './control.ts';
import { datedSpans } from './dated.ts';
import type { Estate, EstateSite } from './estate.ts';
import type { LocalDay } from './local-day.ts';

/** A site that entered or left what a target counts, for a structural reason (rule D5). */
export type StructuralChange = { site: string; on: LocalDay; reason: BoundaryReason; direction: 'joined' | 'left' };

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

/** Structural changes after `baselineStart` and before `end`, site by site in order, for a target with or without scope 3. */
export function structuralChanges(
  estate: Estate,
  keepsScope3: boolean,
  baselineStart: LocalDay,
  end: LocalDay,
): StructuralChange[] {
  const all = [...estate.sites.values()].flatMap((site) => changesOf(site, keepsScope3, estate));
  return all.filter((change) => change.on > baselineStart && change.on < end);
}
