import type { LocalDay } from '../domain/local-day.ts';
import type { DailyMean, Usage, UsageRequest } from '../domain/usage.ts';

/** Reads sums of meter-days; SQL adds, nothing else. */
export type UsageReader = {
  readUsage(request: UsageRequest): Promise<Usage>;
  readDailyMeans(meterIds: readonly number[], start: LocalDay, end: LocalDay): Promise<DailyMean[]>;
};
