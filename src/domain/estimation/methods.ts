/** How a gap was filled (rule E11); each with what it does, as the API publishes it. */
export const ESTIMATION_METHODS = {
  linear: 'A straight line between the measured values before and after the gap.',
  'like-days':
    'The mean of the same time of day on the nearest days of the same kind (working day, Saturday, Sunday or bank holiday, closure day), before and after the gap.',
  'degree-days':
    'Of a heating meter whose fit to degree days is accepted: base + slope × degree days of each day, spread evenly over it.',
  'year-before':
    'The same time of day 364 days earlier, times the ratio of the days before the gap to the same days of the year before.',
  accrual:
    'Of a meter that is overdue: the mean of the same time of day on the nearest days of the same kind before its last value.',
} as const;
export type EstimationMethod = keyof typeof ESTIMATION_METHODS;
export const METHOD_NAMES = Object.keys(ESTIMATION_METHODS) as EstimationMethod[];

/** Why a gap stays missing (rule E11). */
export const LEFT_REASONS = [
  'longer-than-limit',
  'too-little-data',
  'not-overdue',
  'before-first-value',
  'past-accrual',
] as const;
export type LeftReason = (typeof LEFT_REASONS)[number];
