import type { EstateMeter } from '../../domain/estate.ts';
import type { EstimatedGaps } from '../../domain/estimation/estimate-gaps.ts';
import type { EstimationRules } from '../../domain/estimation/estimate-meter.ts';
import type { DaySpan } from '../../domain/local-day.ts';

/** What to estimate, and for whom. */
export type EstimateWork = {
  meters: readonly { meter: EstateMeter; service: readonly DaySpan[] }[];
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
