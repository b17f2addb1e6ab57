import type { Decimal } from './decimal.ts';
import type { DaySpan, LocalDay } from './local-day.ts';

/** A run of days of one meter to be added into a stream. */
export type UsageSegment = DaySpan & { meterId: number; stream: number };

/** What to add up: meter segments into streams, by cells of days and by buckets of cells. */
export type UsageRequest = {
  segments: readonly UsageSegment[];
  /** Consecutive and ascending; `bucket` numbers may skip but never decrease. */
  cells: readonly (DaySpan & { bucket: number })[];
};

/** What one stream used in one cell. */
export type CellUsage = { stream: number; cell: number; quantity: Decimal };

/**
 * How complete one stream is in one bucket (`bucket` null: over all of them). `missingWeight` adds, over meters with
 * some data, quantity × missing time / known time; `metersSeen` counts the segments with some data.
 */
export type CompletenessUsage = {
  stream: number;
  bucket: number | null;
  actualWeight: number;
  estimatedWeight: number;
  missingWeight: number;
  actualMinutes: number;
  estimatedMinutes: number;
  metersSeen: number;
};

export type Usage = { cells: readonly CellUsage[]; completeness: readonly CompletenessUsage[] };

/** A meter's mean use a day over the days it has data for. */
export type DailyMean = { meterId: number; meanPerDay: number; daysKnown: number };

/** Reads sums of meter-days; SQL adds, nothing else. */
export type UsageReader = {
  readUsage(request: UsageRequest): Promise<Usage>;
  /** Segment numbers (index in the request) that have some data, by bucket number (null: over all). */
  readSeen(request: UsageRequest): Promise<{ segment: number; bucket: number }[]>;
  readDailyMeans(meterIds: readonly number[], start: LocalDay, end: LocalDay): Promise<DailyMean[]>;
};
