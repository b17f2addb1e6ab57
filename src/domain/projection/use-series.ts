import type { Activity, Unit } from '../activities.ts';
import { type Decimal, ZERO } from '../decimal.ts';
import type { EmissionsBasis } from '../emissions.ts';
import type { Period } from '../period.ts';
import { carryOn, exactly, type Ranged, type Trend, type TrendPoint } from './trend.ts';

/** Part of what a series used in its base year, with what decides its emissions. */
export type SeriesPart = { basis: EmissionsBasis; quantity: Decimal };

/** Why a year is no point of a trend; `isComplete` of one that is measured, and cannot be brought to reference weather. */
export type LeftYear = { period: Period; reason: string; isComplete?: true };

/** What is carried on: an activity in the unit that figures count it in, or a line that is stated, in kilograms. */
export type UseSeries = {
  name: string;
  activity: Activity | null;
  unit: Unit | 'kg';
  /** Complete years, in order. */
  points: readonly (TrendPoint & { period: Period })[];
  left: readonly LeftYear[];
  /** What it used in the base year by basis; empty for a stated line. */
  parts: readonly SeriesPart[];
};

/** How a series is carried on: by its trend, or held at its newest complete year. */
export type CarriedSeries = UseSeries & { trend: Trend | null; heldAt: TrendPoint | null };

/** What a series comes to in a year. */
export function quantityIn({ trend, heldAt }: CarriedSeries, year: number): Ranged {
  if (heldAt !== null) return exactly(heldAt.quantity);
  return trend === null ? exactly(ZERO) : carryOn(trend, year);
}

/** The share of a series' base year that a quantity of it is; 0 where nothing was used. */
export function shareOfSeries({ parts }: UseSeries, quantity: Decimal): Decimal {
  const whole = parts.reduce((total, part) => total.plus(part.quantity), ZERO);
  return whole.isZero() ? ZERO : quantity.div(whole);
}
