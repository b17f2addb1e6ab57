import type { Line } from '../activities.ts';
import type { ConsolidationApproach } from '../consolidation.ts';
import type { Gas } from '../factor-resolution.ts';
import type { EstatePart } from '../figure-filter.ts';
import type { TargetOffset } from './offset.ts';
import type { StatedBaseYear } from './recalculation.ts';

/** What a target covers. `organisation` is the council's own estate; the others are areas it lies in or belongs to. */
export const BOUNDARY_KINDS = ['organisation', 'city', 'region', 'nation', 'sector'] as const;
export type TargetBoundary = TargetExtent & {
  kind: (typeof BOUNDARY_KINDS)[number];
  name: string;
  code?: string;
  /** Of an area: about how much of its city's emissions the council's estate is; absent: not stated (rule H3). */
  estateSharePercent?: number;
};

/** A part of the estate: only what is taken by every list that stands. */
export type TargetPart = { [List in keyof EstatePart]?: EstatePart[List][number][] };

/** How far figures reach: which part of the estate they are of, and by which approach its boundary is drawn (rule D2). */
export type TargetExtent = {
  /** Absent: the whole estate. */
  part?: TargetPart;
  /** Absent: by the approach that the settings name for each day. */
  consolidationApproach?: ConsolidationApproach;
};

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
  /** What that figure counts (rule H5); absent: what the target does, but for the basis, which is location (rule C2). */
  scopes?: (1 | 2 | 3)[];
  lines?: Line[];
  gas?: Gas;
  basis?: 'location' | 'market';
  boundary?: TargetExtent;
  /** What it counts beside metered energy and water, such as a fleet. */
  otherSources?: string[];
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

/**
 * What may be emitted in a half-open span of days: a cap of its own, with its source, or without an amount the sum of what
 * the path allows in these years (rule H1).
 */
export type TargetBudget = { start: string; end: string; kgCo2e?: number; source?: string; note?: string };

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
  /** Stated lines that it covers beside the estate (rule H8). Those that are added later are none of it until it says so. */
  otherEmissions: string[];
  /** Base-year emissions of sites, as the operator states them (rule D5). */
  recalculations: readonly StatedBaseYear[];
  /** Offsets that were retired; they are never in its progress (rule H7). */
  offsets: readonly TargetOffset[];
  /** When it was adopted: a year, month or day, as precise as the source says. */
  adoptedOn: string | null;
  /** When another target took its place, and which. */
  supersededOn: string | null;
  supersededBy: string | null;
  source: string;
  notes: string | null;
};

/** True for a target of an area, which the estate can only be read against pro-rata (rule H3). */
export function isAreaTarget(target: Target): boolean {
  return target.boundary.kind !== 'organisation';
}

/** A part with nothing left open: an empty list takes all. */
export function partOf(part: TargetPart | undefined): EstatePart {
  const { sites = [], categories = [], portfolios = [], activities = [] } = part ?? {};
  return { sites, categories, portfolios, activities };
}

/** Scopes in which the estate is read against an area's inventory of direct emissions and purchased energy. */
const AREA_SCOPES = [1, 2] as const;

/** The scopes a target is judged on. */
export function judgedScopes(target: Target): readonly (1 | 2 | 3)[] {
  return isAreaTarget(target) && target.scopes.length === 0 ? AREA_SCOPES : target.scopes;
}

/** Whether a target has a status of its own: a published target of an area, kept for reference, has none (rule H3). */
export function hasStatus(target: Target): boolean {
  return !isAreaTarget(target) || target.status !== 'reference';
}
