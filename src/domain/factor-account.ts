/** Kilograms of CO2e before and after, rounded to the gram; null where the line is not quantified. */
export type KgChange = { kgBefore: number | null; kgAfter: number | null; kgDifference: number | null };

/** What a version changes in one reporting year of the estate. */
export type YearChange = KgChange & {
  year: string;
  start: string;
  end: string;
  /** By activity and line, and by site where asked; only those that change. */
  lines: readonly (KgChange & { activity: string; line: string; scope: string; site?: string })[];
};

/** The reporting years that a version changes anything in. */
export function changedYears({ years }: Pick<FactorAccount, 'years'>): YearChange[] {
  return years.filter(({ lines }) => lines.length > 0);
}

/** What a version changes in one year of a target; only years that change. */
export type TargetYearChange = {
  year: number;
  period: string;
  allowedBefore: number;
  allowedAfter: number;
  kgBefore: number | null;
  kgAfter: number | null;
  kgDifference: number | null;
  statusBefore: string | null;
  statusAfter: string | null;
};

/** What a version changes in a target; `unavailable` says why it cannot be told. */
export type TargetChange = { target: string; name: string; years: readonly TargetYearChange[]; unavailable?: string };

/** What a version changes in one published statement; only figures that change. Kilograms, rounded to the gram. */
export type StatementChange = {
  statement: string;
  version: number;
  title: string;
  period: string;
  figures: readonly {
    figure: string;
    kgPublished: number;
    kgBefore: number;
    kgAfter: number;
    kgDifference: number;
    /** Whether the figure would then be restated (rule I2). */
    reachesThreshold: boolean;
  }[];
};

/** What a change of the version in use changed in one target, when it was made (rule A7). */
export type TargetFactorChange = {
  set: string;
  fromVersion: string | null;
  toVersion: string | null;
  seq: string;
  recordedAt: Date;
  years: readonly TargetYearChange[];
};

/**
 * What bringing a version of a factor set into use changes, computed before it is done and kept with it (rule A7). Without
 * a version it is what taking the set out of use changes.
 */
export type FactorAccount = {
  set: string;
  fromVersion: string | null;
  toVersion: string | null;
  policy: string;
  /** The clock reading it was computed at. */
  seq: string;
  factors: readonly { key: string; unit: string; before: number | null; after: number | null }[];
  years: readonly YearChange[];
  targets: readonly TargetChange[];
  /** Absent in accounts that were kept before statements were told. */
  statements?: readonly StatementChange[];
};
