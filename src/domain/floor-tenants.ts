import { datedSpans } from './dated.ts';
import { cutAt, unionOf } from './day-spans.ts';
import { Decimal, sum } from './decimal.ts';
import type { Dated } from './estate.ts';
import { type DaySpan, intersect, type LocalDay } from './local-day.ts';
import type { Fault } from './refusal.ts';
import { hasShare, type Tenancy, tenanciesIn } from './tenancy.ts';

const NEAR: LocalDay = '0001-01-01';

/** Somebody without a meter of their own, with their share of a main meter on days on which it is the same (rule D3). */
export type FloorTenant = DaySpan & { tenancy: Tenancy; share: Decimal };

/** Floor area of a site from a day on. */
export type FloorAreas = readonly Dated<{ areaM2: number }>[];

/**
 * Shares are cut off here, and not rounded: they never add up to more than the whole, and with quantities and factors they
 * stay within the digits of the arithmetic, so that what is moved leaves a total as it was to the last of them.
 */
const SHARE_PLACES = 12;

const cutShare = (share: Decimal): Decimal => share.toDecimalPlaces(SHARE_PLACES, Decimal.ROUND_DOWN);

/** The tenants that share a main meter on some days: by the floor area of each day, or as stated. */
export function floorTenantsIn(tenancies: readonly Tenancy[], areas: FloorAreas, span: DaySpan): FloorTenant[] {
  return tenanciesIn(tenancies.filter(hasShare), span).flatMap(({ tenancy, days }): FloorTenant[] => {
    const { floorAreaM2, share } = tenancy;
    if (share !== null) return [{ ...days, tenancy, share: cutShare(new Decimal(share)) }];
    return datedSpans(areas).flatMap(({ value, ...held }) => {
      const shared = intersect(days, held);
      return shared === null
        ? []
        : [{ ...shared, tenancy, share: cutShare(new Decimal(floorAreaM2 ?? 0).div(value.areaM2)) }];
    });
  });
}

/** Days of a meter at a site, with the floor areas of the site. */
export type PlacedDays = DaySpan & { site: string; areas: FloorAreas };

function withoutArea(tenancies: readonly Tenancy[], { site, areas, ...days }: PlacedDays): Fault[] {
  const known = unionOf(datedSpans(areas));
  return tenancies.flatMap((tenancy, index): Fault[] => {
    if (tenancy.floorAreaM2 === null) return [];
    const missing = tenanciesIn([tenancy], days)
      .flatMap((held) => cutAt(held.days, known))
      .find(({ inside }) => !inside);
    if (missing === undefined) return [];
    const since = missing.start === NEAR ? 'before its first entry' : `on ${missing.start}`;
    const detail = `site '${site}' has no floor area ${since}: expected one on every day of the tenancy of '${tenancy.name}', or its share`;
    return [{ pointer: `/tenant/${index}/floorAreaM2`, code: 'missing-floor-area', detail }];
  });
}

function moreThanAll(tenancies: readonly Tenancy[], { site, areas, ...days }: PlacedDays): Fault[] {
  const tenants = floorTenantsIn(tenancies, areas, days);
  for (const { start } of tenants) {
    const there = tenants.filter((other) => other.start <= start && start < other.end);
    const all = sum(there.map(({ share }) => share));
    if (all.lte(1)) continue;
    const names = there.map(({ tenancy }) => `'${tenancy.name}'`).join(', ');
    const when = start === NEAR ? 'since ever' : `on ${start}`;
    const detail = `${names} have ${all.toDecimalPlaces(6)} of site '${site}' ${when}: expected shares that add up to 1 at most`;
    return [{ pointer: '/tenant', code: 'shares-exceed-whole', detail }];
  }
  return [];
}

/** What is wrong with the tenants that share a main meter: days without a floor area, or more than the whole shared out. */
export function floorFaults(tenancies: readonly Tenancy[], placed: readonly PlacedDays[]): Fault[] {
  if (!tenancies.some(hasShare)) return [];
  return placed.flatMap((days) => [...withoutArea(tenancies, days), ...moreThanAll(tenancies, days)]);
}
