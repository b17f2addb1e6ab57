import type { CheckSettings } from '../checks/check-settings.ts';
import type { CheckedDay } from '../checks/meter-series.ts';
import { checkOverdue } from '../checks/overdue.ts';
import { unionOf } from '../day-spans.ts';
import type { EstateMeter } from '../estate.ts';
import type { FactorsByDay } from '../gas/kept-factors.ts';
import type { DayTypeOf } from '../like-days.ts';
import { type DaySpan, intersect, type LocalDay } from '../local-day.ts';
import { type EstimatedGaps, estimateGaps } from './estimate-gaps.ts';
import type { EstimationSettings } from './estimation-settings.ts';
import type { HeatingModelOf } from './heating-model.ts';

/** What is known of one meter whose gaps are estimated. */
export type MeterToEstimate = {
  meter: EstateMeter;
  /** All days on which the meter and its site are in service, as spans that may touch. */
  service: readonly DaySpan[];
  stored: readonly CheckedDay[];
  bills: readonly DaySpan[];
  totals: readonly DaySpan[];
  /** What turned its volumes of gas into energy; empty for other meters. */
  factors: FactorsByDay;
  /** Of which kind its days are. */
  dayTypeOf: DayTypeOf;
  /** What its heating is estimated by. */
  heatingModelOf: HeatingModelOf;
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
  const { meter, stored, bills, totals, factors, dayTypeOf, heatingModelOf } = known;
  const { asked, today, estimation, checks } = rules;
  const elapsed = { start: '0001-01-01', end: today };
  const service = unionOf(known.service.flatMap((span) => intersect(span, elapsed) ?? []));
  const lastDay = stored.findLast(({ quantity, origin }) => quantity !== null && origin !== 'estimate')?.day ?? null;
  const isOverdue = checkOverdue(meter, lastDay, bills, elapsed, today, checks).length > 0;
  const { firstDay } = meter;
  const gaps = { firstDay, stored, totals, service, asked, isOverdue, factors, dayTypeOf, heatingModelOf };
  return estimateGaps(gaps, estimation);
}
