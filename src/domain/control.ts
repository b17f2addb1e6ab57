import type { Line, Scope } from './activities.ts';

/** Who runs a site (rule D1). */
export const CONTROLS = ['operated', 'leased-in', 'leased-out', 'outsourced', 'investee', 'outside'] as const;
export type Control = (typeof CONTROLS)[number];

/** Scope 3 category that a site without operational control reports in, unless the operator states another. */
export const CONTROL_CATEGORY: Readonly<Record<Exclude<Control, 'operated' | 'outside'>, number>> = {
  'leased-in': 8,
  'leased-out': 13,
  outsourced: 1,
  investee: 15,
};

/** Reasons for a site's or meter's entry and exit, and whether the change is structural (moves the baseline) or organic (rule D5). */
export const BOUNDARY_REASONS = {
  acquired: 'structural',
  'transferred-in': 'structural',
  insourced: 'structural',
  'let-ended': 'structural',
  sold: 'structural',
  transferred: 'structural',
  let: 'structural',
  outsourced: 'structural',
  academised: 'structural',
  built: 'organic',
  opened: 'organic',
  closed: 'organic',
  demolished: 'organic',
  vacated: 'organic',
} as const;
export type BoundaryReason = keyof typeof BOUNDARY_REASONS;

/** Where a line is reported: its scope, its scope 3 category, and whether it is an upstream line of that category. */
export type Placement = { scope: Scope; category: number | null; upstream: boolean };

const UPSTREAM_LINES: ReadonlySet<Line> = new Set([
  'td-losses',
  'distribution-loss',
  'wtt',
  'wtt-generation',
  'wtt-td',
  'wtt-loss',
  'supply',
  'treatment',
]);

/** The category of fuel- and energy-related activities: losses and upstream of one's own use, and energy that is sold on. */
export const FUEL_AND_ENERGY = 3;

function ownCategory(line: Line): number {
  if (line === 'supply') return 1;
  if (line === 'treatment') return 5;
  return FUEL_AND_ENERGY;
}

/**
 * Where a factor line goes under a control (rule D1, which `reportedAs` picks the row of): an operated site reports its own scopes,
 * any other moves them, and the upstream lines with them, into one scope 3 category. CO2 outside of scopes stays outside.
 * Returns null for a site outside the boundary: its kWh are kept, its emissions are not reported.
 */
export function placeLine(line: Line, scope: Scope, control: Control, category: number | null): Placement | null {
  if (control === 'outside') return null;
  if (scope === 'outside') return { scope, category: null, upstream: false };
  if (control === 'operated') return { scope, category: scope === 3 ? ownCategory(line) : null, upstream: false };
  const reported = category ?? CONTROL_CATEGORY[control];
  // Category 3 is upstream as a whole: of energy that is sold on, all lines are in its minimum boundary.
  return { scope: 3, category: reported, upstream: reported !== FUEL_AND_ENERGY && UPSTREAM_LINES.has(line) };
}
