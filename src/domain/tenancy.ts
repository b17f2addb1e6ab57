import {
  type Consolidation,
  type ConsolidationApproach,
  isFinancialIn,
  type LeaseType,
  reportedAs,
} from './consolidation.ts';
import { type Control, FUEL_AND_ENERGY } from './control.ts';
import { type DaySpan, intersect, type LocalDay } from './local-day.ts';
import { type Fault, Refusal } from './refusal.ts';

/** What somebody behind a sub-meter is: a tenant, or one who rents nothing and buys energy, as over a private wire (rule D1). */
export const TENANCY_KINDS = ['tenancy', 'resale'] as const;
export type TenancyKind = (typeof TENANCY_KINDS)[number];

/**
 * Somebody behind a sub-meter, on the days [from, to) where they are given, or without a meter of their own behind a main
 * meter, with a share of what it reads (rule D3).
 */
export type Tenancy = {
  name: string;
  kind: TenancyKind;
  from: LocalDay | null;
  to: LocalDay | null;
  scope3Category: number;
  /** Kind of a tenant's lease. */
  leaseType: LeaseType | null;
  /** Without a meter of their own: the floor area they have of the site, or their share; null behind a sub-meter. */
  floorAreaM2: number | null;
  share: number | null;
};

/** Whether somebody has no meter of their own, but a share of the main meter. */
export function hasShare({ floorAreaM2, share }: Tenancy): boolean {
  return floorAreaM2 !== null || share !== null;
}

/**
 * Scope 3 category of what others use behind a meter of the council, unless the operator states another: downstream
 * leased assets of a tenant, and energy sold to end users of one who rents nothing.
 */
export const TENANCY_CATEGORY: Readonly<Record<TenancyKind, number>> = { tenancy: 13, resale: FUEL_AND_ENERGY };

/** Where a tenant's part is reported: as let, on the kind of lease that was stated (rules D2, D3). */
export type TenancyPlace = {
  control: Control;
  reportedAs: Control;
  leaseType: LeaseType | null;
  scope3Category: number;
};

/** Where the part of a tenant, or of one who buys energy, is reported under a consolidation approach. */
export function placeOfTenancy(tenancy: Tenancy, approach: ConsolidationApproach): TenancyPlace {
  const { kind, scope3Category } = tenancy;
  const leaseType = approach === 'financial-control' && kind === 'tenancy' ? tenancy.leaseType : null;
  return {
    control: 'leased-out',
    reportedAs: reportedAs(approach, 'leased-out', leaseType),
    leaseType,
    scope3Category,
  };
}

const FAR: LocalDay = '9999-01-01';
const NEAR: LocalDay = '0001-01-01';

const daysOf = ({ from, to }: Tenancy): DaySpan => ({ start: from ?? NEAR, end: to ?? FAR });

/** The tenancies that share days with a span, each with those days. */
export function tenanciesIn(tenancies: readonly Tenancy[], span: DaySpan): { tenancy: Tenancy; days: DaySpan }[] {
  return tenancies.flatMap((tenancy) => {
    const days = intersect(daysOf(tenancy), span);
    return days === null ? [] : [{ tenancy, days }];
  });
}

function faultOf(tenancy: Tenancy, before: Tenancy | undefined, index: number): Fault | null {
  const { start, end } = daysOf(tenancy);
  const pointer = `/tenant/${index}`;
  if (tenancy.kind === 'resale' && tenancy.leaseType !== null) {
    const detail = `leaseType of '${tenancy.name}' is given: who rents nothing has no lease`;
    return { pointer: `${pointer}/leaseType`, code: 'not-applicable', detail };
  }
  if (tenancy.floorAreaM2 !== null && tenancy.share !== null) {
    const detail = `floorAreaM2 and share of '${tenancy.name}' are both given: expected one of them`;
    return { pointer: `${pointer}/share`, code: 'ambiguous', detail };
  }
  if (tenancy.kind === 'resale' && hasShare(tenancy)) {
    const detail = `'${tenancy.name}' rents nothing and has a share of the meter: energy sold on needs a sub-meter`;
    return { pointer: `${pointer}/kind`, code: 'not-applicable', detail };
  }
  if (end <= start) {
    const detail = `the tenancy of '${tenancy.name}' ends on ${end}: expected a day after ${start}, on which it begins`;
    return { pointer: `${pointer}/to`, code: 'wrong-order', detail };
  }
  // Tenants that share a main meter are there at the same time.
  if (hasShare(tenancy) || before === undefined || daysOf(before).end <= start) return null;
  const detail = `the tenancy of '${tenancy.name}' begins before that of '${before.name}' has ended: expected one tenant at a time, in order`;
  return { pointer: `${pointer}/from`, code: 'wrong-order', detail };
}

/** The places of tenancies that state no kind of lease while financial control holds (rule D2). */
export function tenanciesWithoutLeaseType(tenancies: readonly Tenancy[], consolidation: Consolidation): number[] {
  return tenancies.flatMap((tenancy, index) => {
    const unknown = tenancy.kind === 'tenancy' && tenancy.leaseType === null;
    return unknown && isFinancialIn(consolidation, daysOf(tenancy)) ? [index] : [];
  });
}

/**
 * Checks the tenants of one meter: behind a sub-meter, a day belongs to one of them at most.
 * @throws Refusal `invalid-request` naming the entry.
 */
export function checkTenancies(tenancies: readonly Tenancy[]): void {
  const faults = tenancies.flatMap((tenancy, index) => faultOf(tenancy, tenancies[index - 1], index) ?? []);
  if (faults[0] !== undefined) throw new Refusal('invalid-request', faults[0].detail, faults);
}
