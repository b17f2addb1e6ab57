import type { Control } from './control.ts';
import { datedSpans, inForce } from './dated.ts';
import type { Dated } from './estate.ts';
import { type DaySpan, intersect, type LocalDay } from './local-day.ts';

/** By what an organisation draws its boundary: by who runs a site, or by who owns it in substance (rule D2). */
export const CONSOLIDATION_APPROACHES = ['operational-control', 'financial-control'] as const;
export type ConsolidationApproach = (typeof CONSOLIDATION_APPROACHES)[number];

/** Kinds of leases: a finance lease passes what ownership means to the lessee, an operating lease leaves it with the lessor. */
export const LEASE_TYPES = ['operating', 'finance'] as const;
export type LeaseType = (typeof LEASE_TYPES)[number];

/** The consolidation approach from a day on; the first entry has no first day. */
export type Consolidation = readonly Dated<{ approach: ConsolidationApproach }>[];

/** An approach with the days on which it was applied. */
export type AppliedApproach = { approach: ConsolidationApproach; from: LocalDay; to: LocalDay };

const EVER: DaySpan = { start: '0001-01-01', end: '9999-01-01' };

/** Controls that are leases: only of these can financial control need the kind. */
export const LEASED: readonly Control[] = ['leased-in', 'leased-out'];

/**
 * The row of the table of rule D1 that a site is reported by. Under operational control it is its own. Under financial
 * control a lease decides: what is let on an operating lease or rented on a finance lease is the council's own, what is
 * let on a finance lease or rented on an operating lease is not, whoever runs it (rule D2).
 */
export function reportedAs(approach: ConsolidationApproach, control: Control, leaseType: LeaseType | null): Control {
  if (approach === 'operational-control' || leaseType === null) return control;
  if (control === 'leased-out') return leaseType === 'operating' ? 'operated' : 'leased-out';
  if (control === 'leased-in' || control === 'operated') return leaseType === 'operating' ? 'leased-in' : 'operated';
  return control;
}

/** The approach that holds on a day. */
export function approachOn(consolidation: Consolidation, day: LocalDay): ConsolidationApproach {
  return inForce(consolidation, day)?.approach ?? 'operational-control';
}

/** The approaches of a span of days, in order. */
export function approachesIn(consolidation: Consolidation, span: DaySpan): AppliedApproach[] {
  return datedSpans(consolidation).flatMap((piece) => {
    const days = intersect(piece, span);
    return days === null ? [] : [{ approach: piece.value.approach, from: days.start, to: days.end }];
  });
}

/** Whether financial control holds on some day of a span. */
export function isFinancialIn(consolidation: Consolidation, span: DaySpan = EVER): boolean {
  return approachesIn(consolidation, span).some(({ approach }) => approach === 'financial-control');
}

/** What a control period and a tenancy have in common: they may be a lease, of some kind or of one not stated. */
type Leasable = { control: Control; leaseType: LeaseType | null };

/** The places of control periods that are leases of no stated kind while financial control holds (rule D2). */
export function leasesWithoutType(periods: readonly Dated<Leasable>[], consolidation: Consolidation): number[] {
  return datedSpans(periods).flatMap(({ start, end, value }, index) => {
    const unknown = LEASED.includes(value.control) && value.leaseType === null;
    return unknown && isFinancialIn(consolidation, { start, end }) ? [index] : [];
  });
}
