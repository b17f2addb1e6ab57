import type { CheckSettings } from '../checks/check-settings.ts';
import type { CheckedDay } from '../checks/meter-series.ts';
import { checkOverdue } from '../checks/overdue.ts';
import { unionOf } from '../day-spans.ts';
import type { EstateMeter } from '../estate.ts';
import { type DaySpan, intersect, type LocalDay } from '../local-day.ts';
import { type EstimatedGaps, estimateGaps } from './estimate-gaps.ts';
import type { EstimationSettings } from './estimation-settings.ts';

/** What is known of one meter whose gaps are estimated. */
export type MeterToEstimate = {
  meter: EstateMeter;
  /** All days on which the meter and its site are in service, as spans that may touch. */
  service: readonly DaySpan[];
  stored: readonly CheckedDay[];
  bills: readonly DaySpan[];
  totals: readonly DaySpan[];
  /** Whether its intervals are a volume of gas, while its days are in kWh: such gaps stay. */
  isVolume: boolean;
};

/** How gaps are estimated. */
export type EstimationRules = {
  asked: DaySpan;
  today: LocalDay;
  estimation: EstimationSettings;
  checks: CheckSettings;
};

/** Estimates the gaps of one meter (rule E11); past its last value only where its data is overdue (rule E12). */
export function estimateMeter(known: MeterToEstimate, rules: EstimationRules): EstimatedGaps {
  const { meter, stored, bills, totals, isVolume } = known;
  const { asked, today, estimation, checks } = rules;
  const elapsed = { start: '0001-01-01', end: today };
  const service = unionOf(known.service.flatMap((span) => intersect(span, elapsed) ?? []));
  const lastDay = stored.findLast(({ quantity, origin }) => quantity !== null && origin !== 'estimate')?.day ?? null;
  const isOverdue = checkOverdue(meter, lastDay, bills, elapsed, today, checks).length > 0;
  const { firstDay } = meter;
  return estimateGaps({ firstDay, stored, totals, service, asked, isOverdue, isVolume }, estimation);
}
