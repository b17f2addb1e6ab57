import type { LocalDay } from '../domain/local-day.ts';
import type { DailyMean, MeterPair, PairDay, Usage, UsageRequest } from '../domain/usage.ts';

/** Reads sums of meter-days; SQL adds, nothing else. */
export type UsageReader = {
  readUsage(request: UsageRequest): Promise<Usage>;
  /** The days on which the first meter of a pair has a quantity, with the second one's; by pair and day. */
  readPairDays(pairs: readonly MeterPair[]): Promise<PairDay[]>;
  readDailyMeans(meterIds: readonly number[], start: LocalDay, end: LocalDay): Promise<DailyMean[]>;
};
