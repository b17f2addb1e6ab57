import { cutAt, unionOf } from './day-spans.ts';
import type { Estate, EstateMeter } from './estate.ts';
import { groupBy } from './group-by.ts';
import { type DaySpan, intersect } from './local-day.ts';
import { type Segment, segmentsOf } from './segments.ts';
import { placeOfTenancy, type Tenancy, tenanciesIn } from './tenancy.ts';

/** Days on which what a sub-meter reads is a tenant's, and comes out of the counted meter above it (rule D3). */
export type TenantSplit = { main: EstateMeter; sub: EstateMeter; tenancy: Tenancy; days: DaySpan };

/** What of a sub-meter's segment is a tenant's share, and what stays a sub-meter. */
export type SplitSegment = { segment: Segment; tenant: string | null };

const EVER: DaySpan = { start: '0001-01-01', end: '9999-01-01' };

type Splits = { ofSub(meter: EstateMeter): readonly TenantSplit[]; ofMain(meter: EstateMeter): readonly TenantSplit[] };

/** The nearest meter above that is itself counted: a main, or the share of another tenant. */
function countedAbove(
  meter: EstateMeter,
  days: DaySpan,
  byKey: ReadonlyMap<string, EstateMeter>,
  estate: Estate,
): { main: EstateMeter; days: DaySpan }[] {
  const parent = meter.parentKey === null ? undefined : byKey.get(meter.parentKey);
  // Of heat and the gas it was made of, neither is a part of the other.
  if (parent === undefined || parent.activity !== meter.activity || parent.unit !== meter.unit) return [];
  return segmentsOf(parent, estate, days).flatMap((segment) => {
    const above = segment.flow === 'sub-meter' ? countedAbove(parent, segment, byKey, estate) : [];
    if (segment.flow === 'use') return [{ main: parent, days: segment }];
    const shares = above.flatMap((entry) =>
      tenanciesIn(parent.tenancies, entry.days).map((share) => ({ main: parent, days: share.days })),
    );
    const tenanted = unionOf(shares.map((share) => share.days));
    const rest = above.flatMap((entry) =>
      cutAt(entry.days, tenanted).flatMap(({ start, end, inside }) =>
        inside ? [] : [{ main: entry.main, days: { start, end } }],
      ),
    );
    return [...shares, ...rest];
  });
}

function splitsOf(estate: Estate): TenantSplit[] {
  if (estate.meters.every((meter) => meter.tenancies.length === 0)) return [];
  const byKey = new Map(estate.meters.map((meter) => [meter.key, meter]));
  return estate.meters.flatMap((sub) => {
    if (sub.tenancies.length === 0) return [];
    return segmentsOf(sub, estate, EVER)
      .filter((segment) => segment.flow === 'sub-meter')
      .flatMap((segment) => tenanciesIn(sub.tenancies, segment))
      .flatMap(({ tenancy, days }) =>
        countedAbove(sub, days, byKey, estate).map((entry) => ({ ...entry, sub, tenancy })),
      );
  });
}

const NONE: readonly TenantSplit[] = [];
const remembered = new WeakMap<Estate, Splits>();

/** The tenants' splits of an estate, by sub-meter and by the meter above. */
export function tenantSplits(estate: Estate): Splits {
  const known = remembered.get(estate);
  if (known !== undefined) return known;
  const all = splitsOf(estate);
  const bySub = groupBy(all, ({ sub }) => sub);
  const byMain = groupBy(all, ({ main }) => main);
  const splits: Splits = { ofSub: (meter) => bySub.get(meter) ?? NONE, ofMain: (meter) => byMain.get(meter) ?? NONE };
  remembered.set(estate, splits);
  return splits;
}

/** Cuts a sub-meter's segment into tenants' shares, which count in the tenants' category, and what stays a sub-meter. */
export function splitSegment(segment: Segment, estate: Estate): SplitSegment[] {
  if (segment.flow !== 'sub-meter') return [{ segment, tenant: null }];
  const splits = tenantSplits(estate).ofSub(segment.meter);
  const shares = splits.flatMap(({ tenancy, days }): SplitSegment[] => {
    const shared = intersect(segment, days);
    if (shared === null) return [];
    const share: Segment = { ...segment, ...shared, flow: 'use', ...placeOfTenancy(tenancy, segment.approach) };
    return [{ segment: share, tenant: tenancy.name }];
  });
  const taken = unionOf(shares.map((share) => share.segment));
  const rest = cutAt(segment, taken).flatMap(({ start, end, inside }): SplitSegment[] =>
    inside ? [] : [{ segment: { ...segment, start, end }, tenant: null }],
  );
  return [...shares, ...rest];
}

/** A part of a counted segment's days on which a tenant's sub-meter comes out of it. */
export type Deduction = { segment: Segment; sub: EstateMeter; tenant: string };

/** What comes out of a counted segment for the tenants behind it. */
export function deductionsOf(segment: Segment, estate: Estate): Deduction[] {
  if (segment.flow !== 'use') return [];
  return tenantSplits(estate)
    .ofMain(segment.meter)
    .flatMap(({ sub, tenancy, days }) => {
      const shared = intersect(segment, days);
      return shared === null ? [] : [{ segment: { ...segment, ...shared }, sub, tenant: tenancy.name }];
    });
}
