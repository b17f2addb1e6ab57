import type { BenchmarkUsePeriod } from './buildings/benchmarks.ts';
import type { LeaseType } from './consolidation.ts';
import type { BoundaryReason, Control } from './control.ts';
import type { Dated, ServiceEdge } from './estate.ts';

/** Whether a site may be named in public returns. `totals-only` sites (refuges, children's homes) count in totals alone. */
export const DISCLOSURES = ['public', 'totals-only'] as const;
export type Disclosure = (typeof DISCLOSURES)[number];

/** Portfolios that councils publish apart. Others may be used: a portfolio is a label. */
export const COMMON_PORTFOLIOS = [
  'corporate',
  'schools',
  'leisure',
  'housing-communal',
  'street-lighting',
  'investment',
  'other',
] as const;

/** Who runs the site from a day on. */
export type ControlPeriod = Dated<{
  control: Control;
  /** Scope 3 category, where it is not the usual one of the control. */
  scope3Category: number | null;
  reason: BoundaryReason | null;
  /** Kind of the lease of a site that is rented or let. */
  leaseType: LeaseType | null;
}>;

/** The portfolio that the site is published in, from a day on (rule D4). */
export type PortfolioPeriod = Dated<{ portfolio: string }>;

/** Gross internal floor area from a day on, in square metres. */
export type FloorArea = Dated<{ areaM2: number }>;

/** One council property, or an unmetered supply. */
export type Site = {
  key: string;
  name: string;
  uprn: string | null;
  postcode: string | null;
  ward: string | null;
  /** Region whose degree days hold for it; null: that of the settings. */
  weatherRegion: string | null;
  /** Lower layer super output area, the small area of the deprivation index. */
  lsoa: string | null;
  category: string | null;
  /** Ascending; only the first may have no first day. Days before it are in no portfolio. */
  portfolios: readonly PortfolioPeriod[];
  disclosure: Disclosure;
  opened: ServiceEdge | null;
  closed: ServiceEdge | null;
  /** At least one entry, ascending; the first has no first day. */
  control: readonly ControlPeriod[];
  /** Ascending; only the first may have no first day. */
  floorAreas: readonly FloorArea[];
  /** What it is rated by, where that is not told by its category; ascending, only the first may have no first day. */
  benchmarkUses: readonly BenchmarkUsePeriod[];
  /** Whether the public frequently visits it; null where nobody has said. */
  visitedByPublic: boolean | null;
};
