import { BOUNDARY_REASONS, type BoundaryReason } from './control.ts';
import type { Estate, EstateSite } from './estate.ts';
import type { LocalDay } from './local-day.ts';

/** A site that entered or left the boundary for a structural reason (rule D5). */
export type StructuralChange = { site: string; on: LocalDay; reason: BoundaryReason; direction: 'joined' | 'left' };

const isStructural = (reason: BoundaryReason): boolean => BOUNDARY_REASONS[reason] === 'structural';

const JOINING: ReadonlySet<BoundaryReason> = new Set(['acquired', 'transferred-in', 'insourced', 'let-ended']);

function changesOf(site: EstateSite, keepsScope3: boolean): StructuralChange[] {
  const changes: StructuralChange[] = [];
  const { opened, closed } = site;
  if (opened !== null && isStructural(opened.reason)) changes.push({ site: site.key, ...opened, direction: 'joined' });
  if (closed !== null && isStructural(closed.reason)) changes.push({ site: site.key, ...closed, direction: 'left' });
  for (const { from, reason, control } of site.controls) {
    if (from === null || reason === null || !isStructural(reason)) continue;
    // A leaver whose emissions stay in the target's scope 3 is not structural for that target.
    if (keepsScope3 && control !== 'outside') continue;
    changes.push({ site: site.key, on: from, reason, direction: JOINING.has(reason) ? 'joined' : 'left' });
  }
  return changes;
}

/** Structural changes after `baselineStart` and before `end`, for a target with or without scope 3. */
export function structuralChanges(
  estate: Estate,
  keepsScope3: boolean,
  baselineStart: LocalDay,
  end: LocalDay,
): StructuralChange[] {
  const all = [...estate.sites.values()].flatMap((site) => changesOf(site, keepsScope3));
  return all.filter((change) => change.on > baselineStart && change.on < end);
}
