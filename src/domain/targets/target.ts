import type { Line } from '../activities.ts';
import type { Gas } from '../factor-resolution.ts';
import { parsePeriod } from '../period.ts';
import { type Fault, Refusal } from '../refusal.ts';
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
 * Where the target must be by the end of a period: a reduction of the baseline in percent, an amount, or net zero, which
 * is a statement about emissions less removals and carries no gross reduction (rule H7).
 */
export type TargetMilestone = {
  period: string;
  reductionPercent?: number;
  emissionsKgCo2e?: number;
  netZero?: true;
  source?: string;
  note?: string;
};

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
  path: 'linear';
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

/** The year a target's period means: the calendar year in which a yearly period of the grammar starts. */
export function targetYear(period: string, pointer: string): number {
  const { start, end } = parsePeriod(period, pointer);
  const year = Number(start.slice(0, 4));
  if (end.slice(5) === start.slice(5) && Number(end.slice(0, 4)) === year + 1) return year;
  const detail = `'${period}' is not a year: expected 2030/31 or 2030`;
  throw new Refusal('invalid-period', detail, [{ pointer, code: 'not-a-year', detail }]);
}

function fault(pointer: string, code: string, detail: string): Fault {
  return { pointer, code, detail };
}

function milestoneFaults(target: Target, baselineYear: number): Fault[] {
  const faults: Fault[] = [];
  let before = baselineYear;
  target.milestones.forEach((milestone, index) => {
    const pointer = `/milestones/${index}`;
    const year = targetYear(milestone.period, `${pointer}/period`);
    const stated = [milestone.reductionPercent, milestone.emissionsKgCo2e, milestone.netZero].filter(
      (value) => value !== undefined,
    );
    if (stated.length !== 1)
      faults.push(
        fault(
          pointer,
          'ambiguous-milestone',
          'a milestone states exactly one of reductionPercent, emissionsKgCo2e and netZero',
        ),
      );
    if (year <= before)
      faults.push(
        fault(
          `${pointer}/period`,
          'milestone-order',
          `${milestone.period} does not come after the baseline and the milestones before it`,
        ),
      );
    before = Math.max(before, year);
  });
  return faults;
}

/**
 * Checks what a schema cannot: that periods are years in order, that a milestone says one thing, that a published figure
 * has a source and an own target does not borrow an area's means.
 * @throws Refusal `invalid-request` with every fault.
 */
export function checkTarget(target: Target): void {
  const { baseline, rebasing } = target;
  const faults = milestoneFaults(target, targetYear(baseline.period, '/baseline/period'));
  const hasFigure = baseline.emissionsKgCo2e !== undefined;
  if (hasFigure && baseline.source === undefined)
    faults.push(fault('/baseline/source', 'required', 'a published figure needs its source'));
  if (baseline.kind === 'computed' && hasFigure)
    faults.push(
      fault('/baseline/emissionsKgCo2e', 'unexpected-field', 'a computed baseline takes its figure from the data'),
    );
  if (baseline.kind !== 'computed' && baseline.frozenAt !== undefined)
    faults.push(
      fault('/baseline/frozenAt', 'unexpected-field', 'only a baseline that is computed from the data can be frozen'),
    );
  if (!isAreaTarget(target)) {
    if (baseline.kind === 'published' && !hasFigure)
      faults.push(
        fault(
          '/baseline/emissionsKgCo2e',
          'required',
          "a published baseline of the council's own estate needs its figure",
        ),
      );
    if (baseline.kind === 'unstated')
      faults.push(fault('/baseline/kind', 'invalid-baseline', 'expected computed or published'));
    if (target.scopes.length === 0)
      faults.push(fault('/scopes', 'required', "a target of the council's own estate names its scopes"));
    if (rebasing !== null) faults.push(fault('/rebasing', 'unexpected-field', 'a re-basing index is for area targets'));
  } else if (baseline.kind === 'computed')
    faults.push(
      fault(
        '/baseline/kind',
        'invalid-baseline',
        "an area's baseline is not computed from the council's estate: expected published or unstated",
      ),
    );
  if (rebasing !== null) targetYear(rebasing.period, '/rebasing/period');
  if (faults.length === 0) return;
  throw new Refusal('invalid-request', `The target is not valid: ${faults[0]?.detail}`, faults);
}
