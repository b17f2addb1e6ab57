import { Decimal, sum, ZERO } from '../decimal.ts';

/** What was used in a year; years count by the calendar year in which they start. */
export type TrendPoint = { year: number; quantity: Decimal };

/** A quantity of a year to come, with the range that it lies in with a likelihood of four fifths. */
export type Ranged = { expected: Decimal; low: Decimal; high: Decimal };

/** A straight line through years, by ordinary least squares. */
export type Trend = {
  points: readonly TrendPoint[];
  meanYear: Decimal;
  /** Quantity at the mean year, and its change from one year to the next. */
  mean: Decimal;
  slope: Decimal;
  /** Standard deviation of the residuals, with n − 2 degrees of freedom. */
  residual: Decimal;
  /** Sum of the squared distances from the mean year. */
  spread: Decimal;
};

/** Fewest years that say anything about a trend: two always lie on a line. */
export const TREND_YEARS_MIN = 3;

/**
 * Upper 10 % points of Student's t for 1 to 30 degrees of freedom, by which four fifths of what comes lie within. With more
 * than 30 the last is taken, which is on the safe side.
 */
const T_TENTH = [
  3.078, 1.886, 1.638, 1.533, 1.476, 1.44, 1.415, 1.397, 1.383, 1.372, 1.363, 1.356, 1.35, 1.345, 1.341, 1.337, 1.333,
  1.33, 1.328, 1.325, 1.323, 1.321, 1.319, 1.318, 1.316, 1.315, 1.314, 1.313, 1.311, 1.31,
] as const;

function tenthOf(degreesOfFreedom: number): number {
  return T_TENTH[Math.min(degreesOfFreedom, T_TENTH.length) - 1] ?? T_TENTH[0];
}

/** The line through years; null where there are too few of them. */
export function fitTrend(points: readonly TrendPoint[]): Trend | null {
  const n = points.length;
  if (n < TREND_YEARS_MIN) return null;
  const meanYear = new Decimal(points.reduce((years, { year }) => years + year, 0)).div(n);
  const mean = sum(points.map(({ quantity }) => quantity)).div(n);
  const distance = ({ year }: TrendPoint): Decimal => new Decimal(year).minus(meanYear);
  const spread = sum(points.map((point) => distance(point).pow(2)));
  const slope = sum(points.map((point) => distance(point).times(point.quantity.minus(mean)))).div(spread);
  const off = (point: TrendPoint): Decimal => point.quantity.minus(mean.plus(slope.times(distance(point))));
  const squares = sum(points.map((point) => off(point).pow(2)));
  return { points, meanYear, mean, slope, residual: squares.div(n - 2).sqrt(), spread };
}

const notNegative = (quantity: Decimal): Decimal => Decimal.max(quantity, ZERO);

/**
 * The line carried on to a year, with the interval in which a single further year lies in four cases of five:
 * ± t × s × √(1 + 1/n + (year − mean year)² / spread). Nothing is used below nothing.
 */
export function carryOn({ points, meanYear, mean, slope, residual, spread }: Trend, year: number): Ranged {
  const n = points.length;
  const distance = new Decimal(year).minus(meanYear);
  const expected = mean.plus(slope.times(distance));
  const factor = distance.pow(2).div(spread).plus(1).plus(new Decimal(1).div(n)).sqrt();
  const reach = residual.times(tenthOf(n - 2)).times(factor);
  return {
    expected: notNegative(expected),
    low: notNegative(expected.minus(reach)),
    high: notNegative(expected.plus(reach)),
  };
}

/** A quantity of which no range is known. */
export function exactly(quantity: Decimal): Ranged {
  return { expected: quantity, low: quantity, high: quantity };
}

/** The same in another unit; the factor is not negative. */
export function scaled({ expected, low, high }: Ranged, factor: Decimal): Ranged {
  return { expected: expected.times(factor), low: low.times(factor), high: high.times(factor) };
}

/** Amounts together: all of them at their lower ends, and at their upper ends, which is the widest that they can be. */
export function together(amounts: readonly Ranged[]): Ranged {
  return {
    expected: sum(amounts.map(({ expected }) => expected)),
    low: sum(amounts.map(({ low }) => low)),
    high: sum(amounts.map(({ high }) => high)),
  };
}
