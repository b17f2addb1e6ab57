import type { Line } from '../activities.ts';
import type { Gas } from '../factor-resolution.ts';
import type { StatedBaseYear } from './recalculation.ts';

/** What a target covers. `organisation` is the council's own estate; the others are areas it lies in or belongs to. */
export const BOUNDARY_KINDS = ['organisation', 'city', 'region', 'nation', 'sector'] as const;
export type TargetBoundary = { kind: (typeof BOUNDARY_KINDS)[number]; name: string; code?: string };

export const TARGET_STATUSES = ['adopted', 'draft', 'superseded', 'reference'] as const;

/**
 * The year a target counts from, kept per target with its source (rules H1, H3, H5). `computed`: from the estate's own
 * data; `published`: stated by a source; `unstated`: read between the lines. `emissionsKgCo2e` is the council estate's
 * own figure for that year, never the area's.
 */
export type TargetBaseline = {
  period: string;
  kind: 'computed' | 'published' | 'unstated';
  emissionsKgCo2e?: number;
  /** Scope 2 basis of that figure; absent: location (rule C2). */
  basis?: 'location' | 'market';
  /** Of a computed baseline: the moment whose knowledge it keeps, whatever comes later. Absent: it follows the data. */
  frozenAt?: string;
  source?: string;
  note?: string;
  conflicts?: { period: string; source: string; note: string }[];
};

/**
 * How the years between two points are filled (rule H1). `linear`: in a straight line. `constantRate`: by the same percentage
 * each year. `steps`: the last milestone's amount until the next. `own`: every year is stated.
 */
export const PATH_KINDS = ['linear', 'constantRate', 'steps', 'own'] as const;
export type PathKind = (typeof PATH_KINDS)[number];

/**
 * Where the target must be by the end of a period: a reduction of the baseline in percent, an amount, or net zero, which
 * is a statement about emissions less removals: it says something about gross emissions only by its residual (rule H7). On
 * a path that says the amount itself, by a yearly rate or year by year, a milestone may name its year alone.
 */
export type TargetMilestone = {
  period: string;
  reductionPercent?: number;
  emissionsKgCo2e?: number;
  netZero?: true;
  /** What net zero leaves to be removed: in kilograms, or in percent of the baseline. */
  residualKg?: number;
  residualPercent?: number;
  source?: string;
  note?: string;
};

/** What an `own` path allows in one year: one of the two. */
export type TargetAllowance = { period: string; reductionPercent?: number; emissionsKgCo2e?: number; note?: string };

/** A cap over a half-open span of days. */
export type TargetBudget = { start: string; end: string; kgCo2e: number; source: string; note?: string };

/** Area emissions in `period` as a share of the area's baseline, so that its pathway can start where data exists (rule H3). */
export type TargetRebasing = { period: string; index: number; source: string };

/** A climate target, as recorded. */
export type Target = {
  key: string;
  name: string;
  status: (typeof TARGET_STATUSES)[number];
  boundary: TargetBoundary;
  gas: Gas;
  scopes: (1 | 2 | 3)[];
  lines: Line[];
  basis: 'location' | 'market';
  factors: 'reporting-year' | 'calendar-year' | 'blended';
  yearBasis: 'reporting' | 'calendar';
  path: PathKind;
  /** Yearly cut of a `constantRate` path in percent; null: the rate of each leg follows from its milestone. */
  yearlyReductionPercent: number | null;
  /** The years of an `own` path, beside those that milestones state. */
  allowances: TargetAllowance[];
  baseline: TargetBaseline;
  milestones: TargetMilestone[];
  budgets: TargetBudget[];
  rebasing: TargetRebasing | null;
  /** Base-year emissions of sites, as the operator states them (rule D5). */
  recalculations: readonly StatedBaseYear[];
  source: string;
  notes: string | null;
};

/** True for a target of an area, which the estate can only be read against pro-rata (rule H3). */
export function isAreaTarget(target: Target): boolean {
  return target.boundary.kind !== 'organisation';
}
