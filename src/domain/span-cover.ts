import { minutesOfDay } from './calendar.ts';
import type { IntervalProfile } from './interval-profile.ts';
import { addDays, type LocalDay } from './local-day.ts';
import { EVIDENCE_RANK, intervalsOnly, type SpanTotal, settleSpans } from './span-totals.ts';

/** What evidence better than a total says of its days, and whether it covers them whole. */
export type SpanCover = { coveredMicro: bigint; isWhole: boolean };

/** Weighs a total against all better evidence of its days (rule E1 a, c). */
export function coverOf(
  span: SpanTotal,
  totals: readonly SpanTotal[],
  profiles: ReadonlyMap<LocalDay, IntervalProfile>,
): SpanCover {
  const better = totals.filter(({ rank, start, end }) => rank < span.rank && start < span.end && span.start < end);
  const settled = settleSpans(better, profiles).days;
  const cover: SpanCover = { coveredMicro: 0n, isWhole: true };
  const estimatesCount = span.rank > EVIDENCE_RANK['interval-estimated'];
  for (let day = span.start; day < span.end; day = addDays(day, 1)) {
    const known = settled.get(day);
    const { actualMicro, estimatedMicro, actualMinutes, estimatedMinutes } =
      known ?? intervalsOnly(day, profiles.get(day) ?? null);
    const withEstimates = known !== undefined || estimatesCount;
    cover.coveredMicro += actualMicro + (withEstimates ? estimatedMicro : 0n);
    const minutes = actualMinutes + (withEstimates ? estimatedMinutes : 0);
    if (minutes < minutesOfDay(day)) cover.isWhole = false;
  }
  return cover;
}
