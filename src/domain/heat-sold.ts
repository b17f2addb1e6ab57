import { cutAt, unionOf } from './day-spans.ts';
import type { Segment } from './segments.ts';
import { hasShare, tenanciesIn } from './tenancy.ts';

/** A segment, and whether the heat that it measures is used by others (rule B6). */
export type HeatSegment = { segment: Segment; heatSold: boolean };

/**
 * Cuts a segment of the council's own heat network where it goes to others: it is exported, the site is not run by the
 * council, or a tenant is behind the meter. Its carbon stays where the fuel was burnt; the amount is shown.
 */
export function heatSoldParts(segment: Segment): HeatSegment[] {
  const { flow, meter, control } = segment;
  const isHeat = meter.activity === 'district-heat' && (flow === 'own-heat-network' || flow === 'export');
  if (!isHeat) return [{ segment, heatSold: false }];
  if (flow === 'export' || control !== 'operated') return [{ segment, heatSold: true }];
  const tenanted = unionOf(
    tenanciesIn(
      meter.tenancies.filter((tenancy) => !hasShare(tenancy)),
      segment,
    ).map(({ days }) => days),
  );
  return cutAt(segment, tenanted).map(({ start, end, inside }) => ({
    segment: { ...segment, start, end },
    heatSold: inside,
  }));
}
