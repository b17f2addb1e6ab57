/** What a target covers. `organisation` is the council's own estate; the others are areas it lies in or belongs to. */
export type TargetBoundary = {
  kind: 'organisation' | 'city' | 'region' | 'nation' | 'sector';
  name: string;
  code?: string;
  /** About how much of its city's emissions the council's estate is, where a source states it (rule H3). */
  estateSharePercent?: number;
};

/**
 * The year a target counts from, kept per target with its source: published series disagree about it.
 * `published`: a source states the year; `unstated`: it is read between the lines.
 */
export type TargetBaseline = {
  period: string;
  kind: 'published' | 'unstated';
  source: string;
  note?: string;
  /** Other years that sources state for the same series. */
  conflicts?: { period: string; source: string; note: string }[];
};

/**
 * Where the target must be by the end of a period: a reduction of the baseline in percent, or net zero, which is a
 * statement about emissions less removals and carries no gross reduction (rule H7).
 */
export type TargetMilestone = { period: string; source: string; note?: string } & (
  | { reductionPercent: number }
  | { netZero: true }
);

/** A cap over a half-open span of days. */
export type TargetBudget = { start: string; end: string; kgCo2e: number; source: string; note?: string };

/** A published target as it is shipped with the service. */
export type TargetSeed = {
  key: string;
  name: string;
  /** `reference`: published by others, shown for orientation; the council's own are entered as `adopted`. */
  status: 'reference' | 'adopted';
  boundary: TargetBoundary;
  gas: 'co2' | 'co2e';
  /** Empty for an area target. */
  scopes: (1 | 2 | 3)[];
  lines: string[];
  basis: 'location' | 'market';
  factors: 'reporting-year' | 'calendar-year' | 'blended';
  yearBasis: 'calendar' | 'reporting';
  path: 'linear';
  baseline: TargetBaseline;
  milestones: TargetMilestone[];
  budgets: TargetBudget[];
  /** As precise as the source says. */
  adoptedOn?: string;
  source: string;
  notes: string[];
};

/** What a version of a shipped target says, as it is stored. */
export type TargetSeedContent = Omit<TargetSeed, 'key' | 'notes' | 'adoptedOn'> & {
  notes: string;
  adoptedOn: string | null;
};

/** A shipped target without its key, as it is stored. */
export function targetSeedContent({ key: _key, notes, adoptedOn, ...rest }: TargetSeed): TargetSeedContent {
  return { ...rest, notes: notes.join('\n'), adoptedOn: adoptedOn ?? null };
}
