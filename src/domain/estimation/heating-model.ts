import type { Decimal } from '../decimal.ts';
import type { DaySpan, LocalDay } from '../local-day.ts';

/** An accepted fit of a meter to degree days, with the degree days that its days are estimated from (rule E11). */
export type HeatingModel = {
  /** The period that the meter was fitted over. */
  fitPeriod: DaySpan;
  region: string;
  baseTemperatureC: Decimal;
  /** Quantity a day that does not answer to the weather, and quantity for each degree day, in the unit of quantities. */
  basePerDay: Decimal;
  slopePerDegreeDay: Decimal;
  /** Degree days of a day where the meter lies, with where they come from; null where they are missing. */
  degreeDaysOf(day: LocalDay): { value: Decimal; source: string } | null;
};

/** The model that holds for a gap by its first day; null where no fit is accepted, or the meter does not heat. */
export type HeatingModelOf = (firstDay: LocalDay) => HeatingModel | null;
