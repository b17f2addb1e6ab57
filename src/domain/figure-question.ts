import type { Activity, Line, Scope } from './activities.ts';
import type { Interval } from './buckets.ts';
import type { FactorPolicy } from './factor-policy.ts';
import type { Gas } from './factor-resolution.ts';
import type { Period } from './period.ts';

/** What rows can be grouped by: properties of the meter and its site, then properties of the factor line. */
export const METER_GROUPS = ['site', 'meter', 'activity', 'portfolio', 'category', 'ward', 'imdDecile'] as const;
export const LINE_GROUPS = ['scope', 'line', 'scope3Category'] as const;
export const GROUPS = [...METER_GROUPS, ...LINE_GROUPS] as const;
export type MeterGroup = (typeof METER_GROUPS)[number];
export type LineGroup = (typeof LINE_GROUPS)[number];
export type Group = (typeof GROUPS)[number];

/** Which scope 2 a figure gives: the location-based one alone, or the market-based one beside it (rule C2). */
export const BASES = ['location', 'market', 'both'] as const;
export type Basis = (typeof BASES)[number];

/** A question about consumption or emissions. Empty filters mean "all". */
export type FigureQuestion = {
  period: Period;
  interval: Interval;
  groupBy: readonly Group[];
  sites: readonly string[];
  meters: readonly string[];
  activities: readonly Activity[];
  /** Categories of sites, and portfolios that they are in by date (rule D4). Absent: all. */
  categories?: readonly string[];
  portfolios?: readonly string[];
  scopes: readonly Scope[];
  lines: readonly Line[];
  policy: FactorPolicy;
  gas: Gas;
  /** Table of deprivation by which `imdDecile` is told; null: the newest. */
  imdTable?: string | null;
  /** Absent: location. */
  basis?: Basis;
};

/** Whether a question asks for the market basis beside the location-based figure. */
export function asksMarket({ basis }: FigureQuestion): boolean {
  return basis === 'market' || basis === 'both';
}

export function isLineGroup(group: Group): group is LineGroup {
  return (LINE_GROUPS as readonly string[]).includes(group);
}
