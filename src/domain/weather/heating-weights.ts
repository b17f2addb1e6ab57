import { Decimal, ZERO } from '../decimal.ts';
import type { LocalDay } from '../local-day.ts';

/** How the use of a meter lies in time, where it declares how much of it heats (rule E4). */
export type HeatingShape = {
  /** Declared share of the use that heats, 0 to 1. */
  share: Decimal;
  /** Degree days of a day; null where they are missing. */
  degreeDaysOf(day: LocalDay): Decimal | null;
};

/** A day of a span, and the share of it that the total is spread over: 1 where nothing better covers any of it. */
export type OpenShare = { day: LocalDay; open: Decimal };

/**
 * Weights of the days of a span, (1 − h)/N + h · DD/ΣDD, times N · ΣDD so that nothing is divided (rule E4). Null, which is
 * even, where there are no degree days at all, and where those of any open day are missing.
 */
export function heatingWeights(days: readonly OpenShare[], { share, degreeDaysOf }: HeatingShape): Decimal[] | null {
  let count = ZERO;
  let sum = ZERO;
  const open: { open: Decimal; degreeDays: Decimal }[] = [];
  for (const { day, open: part } of days) {
    const degreeDays = part.isZero() ? ZERO : degreeDaysOf(day);
    if (degreeDays === null) return null;
    count = count.plus(part);
    sum = sum.plus(part.times(degreeDays));
    open.push({ open: part, degreeDays });
  }
  if (sum.isZero()) return null;
  const even = new Decimal(1).minus(share).times(sum);
  return open.map((day) => day.open.times(even.plus(share.times(count).times(day.degreeDays))));
}
