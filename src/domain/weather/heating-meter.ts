import type { Activity } from '../activities.ts';
import type { Decimal } from '../decimal.ts';
import type { Estate, EstateMeter } from '../estate.ts';
import { type DaySpan, intersect } from '../local-day.ts';

/** Fuels and heat that buildings are heated with. Diesel and its substitute drive engines, water heats nothing. */
const HEATING: ReadonlySet<Activity> = new Set([
  'natural-gas',
  'lpg',
  'burning-oil',
  'gas-oil',
  'fuel-oil',
  'wood-pellets',
  'wood-chips',
  'wood-logs',
  'biogas',
  'district-heat',
]);

/**
 * Whether what a meter uses may answer to the weather: heating fuel and heat, and whatever declares a heating share above 0,
 * such as the electricity of a heat pump. A declared share of 0 says that it does not.
 */
export function mayHeat({
  activity,
  direction,
  heatingShare,
}: Pick<EstateMeter, 'activity' | 'direction'> & { heatingShare: Decimal | null }): boolean {
  if (direction !== 'import') return false;
  return heatingShare === null ? HEATING.has(activity) : heatingShare.gt(0);
}

const NEAR = '0001-01-01';
const FAR = '9999-01-01';

/** The weather regions that a meter lies in over a span: those of its sites, or the organisation's; null for none. */
export function regionsOf(meter: EstateMeter, estate: Estate, span: DaySpan): Set<string | null> {
  const regions = new Set<string | null>();
  meter.placements.forEach(({ from, site }, index) => {
    const days = { start: from ?? NEAR, end: meter.placements[index + 1]?.from ?? FAR };
    if (intersect(days, span) === null) return;
    regions.add(estate.sites.get(site)?.weatherRegion ?? estate.settings.weatherRegion);
  });
  return regions;
}
