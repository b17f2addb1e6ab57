import type { EstateMeter } from '../../../domain/estate.ts';
import { estimatedRuns } from '../../../domain/estimation/estimated-runs.ts';
import type { EstimationSettings } from '../../../domain/estimation/estimation-settings.ts';
import { ESTIMATION_METHODS } from '../../../domain/estimation/methods.ts';
import type { DayEstimate } from '../../../domain/estimation/own-estimate.ts';
import { MICRO } from '../../../domain/interval-profile.ts';
import { EVIDENCE_RANK } from '../../../domain/span-totals.ts';
import type { EstimateOutcome } from '../../../services/estimates/estimates-store.ts';
import type { EstimatedGapOutput, EstimatesOutcomeOutput, EstimationMethodsOutput } from './schemas.ts';

function toEstimatedGaps(meter: EstateMeter, days: readonly DayEstimate[]): EstimatedGapOutput[] {
  return estimatedRuns(days).map(({ quantityMicro, ...run }) => ({
    meter: meter.key,
    ...run,
    quantity: Number(quantityMicro) / MICRO,
    unit: meter.unit,
  }));
}

/** What estimating did, for its answer. */
export function toEstimatesOutcome(
  { meters, daysWritten, daysEnded, seq }: EstimateOutcome,
  period: EstimatesOutcomeOutput['period'],
  dryRun: boolean,
): EstimatesOutcomeOutput {
  return {
    period,
    dryRun,
    estimated: meters.flatMap(({ meter, gaps }) => toEstimatedGaps(meter, gaps.days)),
    left: meters.flatMap(({ meter, gaps }) => gaps.left.map((gap) => ({ meter: meter.key, ...gap }))),
    daysWritten,
    daysEnded,
    ...(seq === null ? {} : { seq }),
  };
}

/** How gaps are estimated, for its answer. */
export function toEstimationMethods(limits: EstimationSettings): EstimationMethodsOutput {
  return {
    precedence: Object.entries(EVIDENCE_RANK).map(([evidence, rank]) => ({ rank, evidence })),
    methods: Object.entries(ESTIMATION_METHODS).map(([method, description]) => ({ method, description })),
    limits,
  };
}
