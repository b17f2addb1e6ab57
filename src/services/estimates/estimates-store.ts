import type { EstateMeter } from '../../domain/estate.ts';
import type { EstimatedGaps } from '../../domain/estimation/estimate-gaps.ts';
import type { EstimationRules } from '../../domain/estimation/estimate-meter.ts';
import type { HeatingModelOf } from '../../domain/estimation/heating-model.ts';
import type { DayTypeOf } from '../../domain/like-days.ts';
import type { DaySpan } from '../../domain/local-day.ts';

/** One meter, with what is known of it beside its data. */
export type MeterWork = {
  meter: EstateMeter;
  service: readonly DaySpan[];
  dayTypeOf: DayTypeOf;
  heatingModelOf: HeatingModelOf;
};

/** What to estimate, and for whom. */
export type EstimateWork = {
  meters: readonly MeterWork[];
  rules: EstimationRules;
  /** Days that are read: those asked, the days that feed them, and all up to today. */
  window: DaySpan;
  principal: string;
  dryRun: boolean;
};

/** What estimating did. */
export type EstimateOutcome = {
  meters: { meter: EstateMeter; gaps: EstimatedGaps }[];
  /** Days whose estimate is new or another than before, and days whose estimate ended. */
  daysWritten: number;
  daysEnded: number;
  /** Clock reading of the change; null where nothing changed, or nothing was to be written. */
  seq: string | null;
};

/** Keeps the estimates of this service. */
export type EstimatesStore = { estimate(work: EstimateWork): Promise<EstimateOutcome> };
