import type { Activity, Unit } from '../activities.ts';
import type { LocalDay } from '../local-day.ts';

/**
 * What a measure is. `closing` takes all that a site uses; `handover` gives the site to somebody else, which is a transfer
 * and no saving (rule D5). The others say what they change.
 */
export const MEASURE_KINDS = [
  'heat-pump',
  'district-heat',
  'led',
  'solar',
  'insulation',
  'controls',
  'closing',
  'handover',
  'other',
] as const;
export type MeasureKind = (typeof MEASURE_KINDS)[number];

/** How far it is. What is done shows in the meter data, and is counted in no projection. */
export const MEASURE_STATUSES = ['idea', 'planned', 'done'] as const;
export type MeasureStatus = (typeof MEASURE_STATUSES)[number];

/** Energy that takes the place of what the measure removes: removed × efficiency ÷ performance, in kWh. */
export type Replacement = {
  activity: Activity;
  /** Heat or light from one kWh of what is removed, gross calorific value for fuels. */
  efficiency: number;
  /** The same from one kWh of what takes its place; a heat pump has its seasonal performance factor. */
  performance: number;
};

/** What a measure does to one activity of its site, from a day on: exactly one of three. */
export type QuantityChange = {
  activity: Activity;
  /** Of `perYear`; what figures count the activity in. */
  unit: Unit;
  /** First day of the effect; null: that of the measure. */
  from: LocalDay | null;
  /** So much more, or less where it is negative, in a whole year. */
  perYear: number | null;
  /** So much more, or less, of what is used without it, in percent. */
  percent: number | null;
  replaces: Replacement | null;
};

/** Something that may be done at a site, with what it would change. */
export type Measure = {
  key: string;
  name: string;
  kind: MeasureKind;
  site: string;
  status: MeasureStatus;
  /** First day of its effect, and the first day without it; null: for good. */
  from: LocalDay;
  to: LocalDay | null;
  changes: readonly QuantityChange[];
  costGbp: number | null;
  /** Year of the prices that the cost is in. */
  costYear: number | null;
  source: string;
  notes: string | null;
};

/** Kinds that concern everything at a site, and state no change of their own. */
export function takesWholeSite(kind: MeasureKind): boolean {
  return kind === 'closing' || kind === 'handover';
}
