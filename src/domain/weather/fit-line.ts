import { Decimal, ZERO } from '../decimal.ts';

/** What a meter used over some days, and their degree days. */
export type FitPoint = { days: number; degreeDays: Decimal; quantity: Decimal };

/**
 * quantity = base · days + slope · degree days, by ordinary least squares over points. All in decimals of 40 significant
 * digits, so that the same points give the same fit everywhere.
 */
export type LineFit = {
  /** Quantity a day that does not answer to the weather, in the meter's unit. May be below zero where the fit says so. */
  basePerDay: Decimal;
  /** Quantity for each degree day, in the meter's unit. */
  slopePerDegreeDay: Decimal;
  points: number;
  /** 1 − residual sum of squares / sum of squares about the mean; null where all quantities are the same. */
  rSquared: Decimal | null;
  /** √(residual sum of squares / (points − 2)) / mean quantity; null where the mean is not above zero. */
  cvRmse: Decimal | null;
  slopeStandardError: Decimal;
  /** Slope over its standard error; null where every point lies on the line. */
  slopeT: Decimal | null;
};

/** Residuals this small, against the quantities, are the arithmetic's own. */
const EXACT = new Decimal('1e-24');
const COEFFICIENTS = 2;

const sumOf = (points: readonly FitPoint[], term: (point: FitPoint) => Decimal): Decimal =>
  points.reduce((sum, point) => sum.plus(term(point)), ZERO);

/** What a fit says a point uses. */
export function fitted(
  fit: Pick<LineFit, 'basePerDay' | 'slopePerDegreeDay'>,
  point: Omit<FitPoint, 'quantity'>,
): Decimal {
  return fit.basePerDay.times(point.days).plus(fit.slopePerDegreeDay.times(point.degreeDays));
}

/**
 * Fits a line to points. Null where no line is determined: fewer than three points, or degree days that are the same share
 * of the days in all of them.
 */
export function fitLine(points: readonly FitPoint[]): LineFit | null {
  const count = points.length;
  if (count <= COEFFICIENTS) return null;
  const nn = sumOf(points, ({ days }) => new Decimal(days).times(days));
  const nd = sumOf(points, ({ days, degreeDays }) => degreeDays.times(days));
  const dd = sumOf(points, ({ degreeDays }) => degreeDays.times(degreeDays));
  const nq = sumOf(points, ({ days, quantity }) => quantity.times(days));
  const dq = sumOf(points, ({ degreeDays, quantity }) => quantity.times(degreeDays));
  const determinant = nn.times(dd).minus(nd.times(nd));
  if (determinant.lte(EXACT.times(nn).times(dd))) return null;
  const basePerDay = nq.times(dd).minus(dq.times(nd)).div(determinant);
  const slopePerDegreeDay = nn.times(dq).minus(nd.times(nq)).div(determinant);
  const line = { basePerDay, slopePerDegreeDay };
  const squares = sumOf(points, ({ quantity }) => quantity.times(quantity));
  const rest = sumOf(points, (point) => point.quantity.minus(fitted(line, point)).pow(2));
  const residual = rest.lte(EXACT.times(squares)) ? ZERO : rest;
  const mean = sumOf(points, ({ quantity }) => quantity).div(count);
  const about = sumOf(points, ({ quantity }) => quantity.minus(mean).pow(2));
  const variance = residual.div(count - COEFFICIENTS);
  const slopeStandardError = variance.times(nn).div(determinant).sqrt();
  return {
    ...line,
    points: count,
    rSquared: about.isZero() ? null : new Decimal(1).minus(residual.div(about)),
    cvRmse: mean.lte(0) ? null : variance.sqrt().div(mean),
    slopeStandardError,
    slopeT: slopeStandardError.isZero() ? null : slopePerDegreeDay.div(slopeStandardError),
  };
}
