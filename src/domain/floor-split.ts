import type { CoverageSums } from './coverage.ts';
import { Decimal } from './decimal.ts';
import { floorTenantsIn } from './floor-tenants.ts';
import { intersect } from './local-day.ts';
import type { Segment } from './segments.ts';
import { placeOfTenancy } from './tenancy.ts';
import type { CellUsage, Usage } from './usage.ts';

/**
 * What a tenant's part does to a stream: `share` is the tenant's own part, `deduction` takes it out of the meter above.
 * `floor` is set where no sub-meter measures the part: the share of the main meter, and of a `share` the number of the
 * stream that it is taken out of.
 */
export type StreamSplit = {
  tenant: string;
  part: 'share' | 'deduction';
  floor: { share: Decimal; takenBy: number | null } | null;
};

type Split = { split: StreamSplit | null };

/** A part of a counted segment's days on which somebody without a meter of their own has a share of it (rule D3). */
export type FloorShare = { tenant: string; share: Decimal; taken: Segment; given: Segment };

/** The shares of a counted segment that go to tenants: as they are taken out of it, and where they are reported. */
export function floorSharesOf(segment: Segment): FloorShare[] {
  const { flow, meter, site, approach } = segment;
  if (flow !== 'use' || meter.tenancies.length === 0) return [];
  return floorTenantsIn(meter.tenancies, site.floorAreas, segment).flatMap(({ tenancy, share, ...days }) => {
    const shared = intersect(segment, days);
    if (shared === null) return [];
    const taken = { ...segment, ...shared };
    return [{ tenant: tenancy.name, share, taken, given: { ...taken, ...placeOfTenancy(tenancy, approach) } }];
  });
}

const ONE = new Decimal(1);

/** What a stream makes of the quantity that its meters read: all of it, a tenant's share, or the same share less. */
export function scaleOf({ split }: Split): Decimal {
  if (split?.floor == null) return ONE;
  return split.part === 'share' ? split.floor.share : split.floor.share.negated();
}

/** Turns what the meters of shared streams read into the tenants' shares. */
export function scaleShared(streams: readonly Split[], usage: Usage): Usage {
  if (streams.every(({ split }) => split?.floor == null)) return usage;
  const cells = usage.cells.map((cell): CellUsage => {
    const stream = streams[cell.stream];
    if (stream?.split?.floor == null) return cell;
    const scale = scaleOf(stream);
    const quantity = cell.quantity.times(scale);
    return cell.apportioned === undefined
      ? { ...cell, quantity }
      : { ...cell, quantity, apportioned: cell.apportioned.times(scale) };
  });
  return { ...usage, cells };
}

/**
 * How complete a stream is: a tenant's share by floor area is known as far as the main meter is, and estimated. `beside`
 * says that the main meter is counted in the same row, whose days are not counted a second time.
 */
export function sharedCoverage(sums: CoverageSums, { split }: Split, beside: boolean): CoverageSums {
  if (split?.floor == null) return sums;
  const scale = scaleOf({ split }).toNumber();
  const weights = {
    actualWeight: sums.actualWeight * scale,
    estimatedWeight: sums.estimatedWeight * scale,
    missingWeight: sums.missingWeight * scale,
    apportionedWeight: sums.apportionedWeight * scale,
  };
  const none = { expectedMinutes: 0, actualMinutes: 0, estimatedMinutes: 0, pendingMinutes: 0, expectedDays: 0 };
  if (split.part === 'deduction') return { ...weights, ...none, unweighted: 0 };
  const estimated = { actualWeight: 0, estimatedWeight: weights.actualWeight + weights.estimatedWeight };
  if (beside) return { ...weights, ...estimated, ...none, unweighted: 0 };
  const minutes = { actualMinutes: 0, estimatedMinutes: sums.actualMinutes + sums.estimatedMinutes };
  return { ...sums, ...weights, ...estimated, ...minutes };
}
