import type { StoredBilledPeriod } from '../../domain/billed-period.ts';
import type { CheckedDay } from '../../domain/checks/meter-series.ts';
import type { Closure } from '../../domain/closures.ts';
import type { DayEstimate } from '../../domain/estimation/own-estimate.ts';
import type { DaySpan } from '../../domain/local-day.ts';
import type { SpanTotal } from '../../domain/span-totals.ts';

/** What bills and register reads say of a meter. */
export type MeterTotals = { bills: readonly StoredBilledPeriod[]; totals: readonly SpanTotal[] };

/** Reads what is stored of meters for those who judge it. */
export type EvidenceReader = {
  /** Stored days of each meter in order; without their intervals where those are not looked at. */
  readDays(
    meterIds: readonly number[],
    span: DaySpan,
    withIntervals: boolean,
  ): Promise<ReadonlyMap<number, readonly CheckedDay[]>>;
  /** All bills that stand, credit notes left out, in order of their first day, and the totals that bills and reads fix. */
  readTotals(meterIds: readonly number[]): Promise<ReadonlyMap<number, MeterTotals>>;
  /** What this service estimated, by meter and in order of days. */
  readEstimates(meterIds: readonly number[], span: DaySpan): Promise<ReadonlyMap<number, readonly DayEstimate[]>>;
  /** Closures of sites, as they stand. */
  readClosures(): Promise<readonly Closure[]>;
};
