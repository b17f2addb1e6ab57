import type { DaySpan } from '../../domain/local-day.ts';
import type { DegreeDaySeries, DegreeDayValue } from '../../domain/weather/degree-days.ts';
import type { WeatherEvidence } from '../../domain/weather/fit-points.ts';
import type { Reference } from '../../domain/weather/reference-degree-days.ts';

/** The newest change that something was made from. */
export type Knowledge = { seq: string; recordedAt: string };

/** Reads the weather, and what meters used in it: now, or as it was known at a reading of the clock. */
export type WeatherReader = {
  /** The values of series in the months that a span touches. */
  degreeDays(series: readonly DegreeDaySeries[], span: DaySpan): Promise<DegreeDayValue[]>;
  reference(key: string): Promise<Reference | null>;
  /** Days and actual totals of meters, by meter; those without any are not in it. */
  evidence(meterIds: readonly number[], span: DaySpan): Promise<ReadonlyMap<number, WeatherEvidence>>;
  /** The same for fits alone: of meters without totals of spans by month, because a portfolio has many days. */
  fitEvidence(meterIds: readonly number[], span: DaySpan): Promise<ReadonlyMap<number, WeatherEvidence>>;
  /** What the answers above are made from. */
  known(): Promise<Knowledge>;
};
