import type { Decimal } from '../../domain/decimal.ts';
import type { DaySpan, LocalDay } from '../../domain/local-day.ts';
import type { DegreeDayKind, DegreeDayResolution, DegreeDayValue } from '../../domain/weather/degree-days.ts';

/** What a table of degree days did. */
export type DegreeDayOutcome = {
  new: number;
  changed: number;
  unchanged: number;
  /** Meter-days whose quantity is another, because totals are spread over these degree days. */
  daysChanged: number;
  /** Clock reading of the change; null when nothing new was written. */
  seq: string | null;
};

/** Which degree days are asked for. */
export type DegreeDayFilter = {
  region: string | null;
  kind: DegreeDayKind | null;
  baseTemperatureC: Decimal | null;
  resolution: DegreeDayResolution | null;
  span: DaySpan | null;
};

/** Where a list stands: by region, kind, base, resolution and day. */
export type DegreeDayPosition = {
  region: string;
  kind: string;
  base: string;
  resolution: string;
  day: LocalDay;
};

/** Keeps degree days. */
export type DegreeDayStore = {
  /** Lays values over what stands, as one change. */
  write(values: readonly DegreeDayValue[], principal: string): Promise<DegreeDayOutcome>;
  /** `atSeq` null: as they stand now. */
  list(
    filter: DegreeDayFilter,
    after: DegreeDayPosition | null,
    limit: number,
    atSeq: string | null,
  ): Promise<DegreeDayValue[]>;
};
