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
export type CellUsage = {
  stream: number;
  cell: number;
  quantity: Decimal;
  /** What of it is a share of a total that goes on outside the cell; absent where nothing is (rule F4). */
  apportioned?: Decimal;
};

/**
 * How complete one stream is in one bucket (`bucket` null: over all of them). `missingWeight` adds, over segments with
 * some data, quantity × missing time / known time (rule F1).
 */
export type CompletenessUsage = {
  stream: number;
  bucket: number | null;
  actualWeight: number;
  estimatedWeight: number;
  missingWeight: number;
  /** Share of totals that the bucket cuts, of whatever quality; absent where none is cut (rule F4). */
  apportionedWeight?: number;
  actualMinutes: number;
  estimatedMinutes: number;
};

/** A segment (by its place in the request) that holds nothing in a bucket in which it should (`bucket` null: in none). */
export type UsageGap = { segment: number; bucket: number | null };

/** What was asked for, added up. */
export type Usage = {
  cells: readonly CellUsage[];
  completeness: readonly CompletenessUsage[];
  gaps: readonly UsageGap[];
};

/** A run of days on which two meters are read against each other. */
export type MeterPair = DaySpan & { mainId: number; subId: number };

/** A day of a pair on which the main meter has a quantity; `sub` is null where the other has none. */
export type PairDay = { pair: number; day: LocalDay; main: Decimal; sub: Decimal | null };

/** A meter's mean use a day over the days it has data for. */
export type DailyMean = { meterId: number; meanPerDay: number; daysKnown: number };
