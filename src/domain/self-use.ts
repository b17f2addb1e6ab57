import { cutAt, unionOf } from './day-spans.ts';
import type { Estate } from './estate.ts';
import { groupBy } from './group-by.ts';
import type { DaySpan } from './local-day.ts';
import type { Segment } from './segments.ts';

/**
 * A segment and its part in its site's self-use (rule B4): +1 for generation and -1 for export on days with both, 0
 * otherwise. `selfUseUnknown` marks generation without an export meter: what of it was used on the site cannot be known.
 */
export type BalancedSegment = { segment: Segment; selfUse: -1 | 0 | 1; selfUseUnknown: boolean };

/** Electricity made from a fuel carries that fuel's emissions: it is no self-use of its own (rule B4). */
function isMadeFromFuel(segment: Segment, estate: Estate): boolean {
  const { isMadeFromFuel: isSaidSo, parentKey } = segment.meter;
  if (isSaidSo) return true;
  if (parentKey === null) return false;
  const parent = estate.meters.find((meter) => meter.key === parentKey);
  return parent !== undefined && parent.activity !== 'electricity';
}

/** Which way a segment enters a self-use; 0 for what does not. */
function signOf(segment: Segment, estate: Estate): -1 | 0 | 1 {
  if (segment.meter.activity !== 'electricity' || segment.control === 'outside') return 0;
  if (segment.flow === 'export') return -1;
  return segment.flow === 'generation' && !isMadeFromFuel(segment, estate) ? 1 : 0;
}

type Signed = { segment: Segment; sign: -1 | 0 | 1 };

function daysOf(signed: readonly Signed[], wanted: -1 | 1): ReadonlyMap<string, DaySpan[]> {
  const ofSign = signed.filter(({ sign }) => sign === wanted).map(({ segment }) => segment);
  const bySite = groupBy(ofSign, ({ site }) => site.key);
  return new Map([...bySite].map(([site, spans]) => [site, unionOf(spans)]));
}

/**
 * Cuts segments where their site begins or ceases to have both a generation and an export meter in service. It goes by
 * days, so that a month of a year is told the same as the month asked alone.
 */
export function balanceSelfUse(segments: readonly Segment[], estate: Estate): BalancedSegment[] {
  const signed = segments.map((segment): Signed => ({ segment, sign: signOf(segment, estate) }));
  const generating = daysOf(signed, 1);
  const exporting = daysOf(signed, -1);
  return signed.flatMap(({ segment, sign }): BalancedSegment[] => {
    if (sign === 0) return [{ segment, selfUse: 0, selfUseUnknown: false }];
    const counterpart = (sign === 1 ? exporting : generating).get(segment.site.key) ?? [];
    return cutAt(segment, counterpart).map(({ start, end, inside }) => ({
      segment: { ...segment, start, end },
      selfUse: inside ? sign : 0,
      selfUseUnknown: sign === 1 && !inside,
    }));
  });
}
