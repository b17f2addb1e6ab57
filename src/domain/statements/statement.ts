/** Whether assurance was given, by whom, and to which standard. */
export type Assurance = { level: 'none' | 'limited' | 'reasonable'; by: string | null; standard: string | null };

/** Something left out of a statement: what, why, and how much it is thought to be; null where it is not known. */
export type Exclusion = { what: string; reason: string; estimatedKgCo2e: string | null };

/** A recalculation of the base year that was made, with its effect; null where it had none. */
export type Recalculation = { on: string; description: string; kgCo2e: string | null };

/** What the author of a statement states; all else follows from the data. */
export type StatementDraft = {
  title: string;
  period: string;
  /** How a day finds its factors. There is no default in a statement (rule A1). */
  policy: 'reporting-year' | 'calendar-year' | 'blended';
  /** `all`, or the lines that make the total (rule A9). */
  reportedLines: string[];
  /** Keys of the sites it is about; empty for the whole estate. */
  sites: string[];
  boundary: string;
  exclusions: Exclusion[];
  target: string | null;
  /** Earlier statements whose figures stand beside these. */
  comparatives: string[];
  recalculationPolicy: string;
  recalculations: Recalculation[];
  methodChanges: { description: string; reason: string }[];
  assurance: Assurance;
  contact: string;
};

export const STATEMENT_STATUSES = ['draft', 'published', 'superseded', 'withdrawn'] as const;
export type StatementStatus = (typeof STATEMENT_STATUSES)[number];

/** Why a statement may not be published as it is; all but `mixed-wtt` and `not-over` may be overridden with a reason that is printed. */
export const BLOCKERS = {
  'provisional-factors': 'Some factors are provisional.',
  'coverage-under-floor': 'More data is missing or estimated than the settings allow.',
  'open-bill-conflicts': 'Bills or dial readings contradict the intervals.',
  'incomplete-scopes': 'A line of scope 1 or 2 has no factor.',
  'mixed-wtt': 'Well-to-tank lines are reported for some activities and left out for others (rule A9).',
  'not-over': 'The period has not ended.',
} as const;
export type BlockerCode = keyof typeof BLOCKERS;
export const BLOCKER_CODES = Object.keys(BLOCKERS) as BlockerCode[];

/** Something that stands against publishing. */
export type Blocker = { code: BlockerCode; detail: string; overridable: boolean };

/** A blocker that was overridden, with the reason, which is printed. */
export type Override = { blocker: BlockerCode; reason: string };

/** Who approves, and when. */
export type Approval = { name: string; role: string; on: string };

/** Whether a reason may be given for publishing in spite of a blocker. */
export function isOverridable(code: BlockerCode): boolean {
  return code !== 'mixed-wtt' && code !== 'not-over';
}
