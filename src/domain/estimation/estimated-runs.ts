import { intervalMinutes, microOf } from '../interval-profile.ts';
import { addDays, type DaySpan } from '../local-day.ts';
import type { EstimationMethod } from './methods.ts';
import type { DayEstimate } from './own-estimate.ts';

/** Days that follow each other and were estimated in one way, or have parts that were. */
export type EstimatedRun = DaySpan & { method: EstimationMethod; minutes: number; quantityMicro: bigint };

/** Joins the estimates of one meter, in the order of days, into runs by method. */
export function estimatedRuns(days: readonly DayEstimate[]): EstimatedRun[] {
  const runs: EstimatedRun[] = [];
  for (const { day, resolutionMinutes, values, parts } of days) {
    const each = intervalMinutes(day, resolutionMinutes);
    for (const { method, from, to } of parts) {
      const quantityMicro = values.slice(from, to).reduce((sum, value) => sum + microOf(value ?? 0), 0n);
      const minutes = (to - from) * each;
      const open = runs.findLast((run) => run.method === method && run.end >= day);
      if (open === undefined) {
        runs.push({ start: day, end: addDays(day, 1), method, minutes, quantityMicro });
        continue;
      }
      open.end = addDays(day, 1);
      open.minutes += minutes;
      open.quantityMicro += quantityMicro;
    }
  }
  return runs;
}
