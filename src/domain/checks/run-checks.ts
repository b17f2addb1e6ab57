import type { StoredBilledPeriod } from '../billed-period.ts';
import type { DayEstimate } from '../estimation/own-estimate.ts';
import { addDays, type DaySpan, intersect, type LocalDay } from '../local-day.ts';
import type { SpanTotal } from '../span-totals.ts';
import { checkBillConflicts, checkEstimatedTooLong, checkReconciliation, pricePerUnit } from './bills.ts';
import type { CheckSettings } from './check-settings.ts';
import { checkClockShift } from './clock-shift.ts';
import { checkDayTotal } from './day-total.ts';
import { checkDemand } from './demand.ts';
import type { MeterFinding } from './finding.ts';
import { checkFlatline } from './flatline.ts';
import { type CheckedDay, dayAt, type MeterSeries, quantityProfile } from './meter-series.ts';
import { checkNegativeInterval } from './negative-interval.ts';
import { checkBaseLoad, checkNightWater } from './night-use.ts';
import { checkOverdue, expectedLengths } from './overdue.ts';
import { checkOwnEstimates } from './own-estimates.ts';
import { checkFirstValue, checkOutsideService } from './service.ts';
import { checkSpike } from './spike.ts';
import { checkUnitRatio } from './unit-ratio.ts';

/** Everything that is known of one meter when it is checked. */
export type CheckedMeter = {
  series: MeterSeries;
  stored: readonly CheckedDay[];
  bills: readonly StoredBilledPeriod[];
  /** What bills and register reads fix for spans of days. */
  totals: readonly SpanTotal[];
  /** What this service estimated of the asked days. */
  estimates: readonly DayEstimate[];
  /** The elapsed days asked about. */
  asked: DaySpan;
  /** The days on which the meter and its site are in service. */
  service: readonly DaySpan[];
  today: LocalDay;
};

/** The last day to which evidence gives a quantity: an estimate of this service is none. */
function lastDayOf({ stored, series }: CheckedMeter): LocalDay | null {
  const { lastDay } = series.meter;
  if (lastDay === null || lastDay < series.start || lastDay >= dayAt(series, series.days)) return lastDay;
  const last = stored.findLast(({ quantity, origin }) => quantity !== null && origin !== 'estimate');
  return last?.day ?? addDays(series.start, -1);
}

/** Runs every check on one meter (rule E12). */
export function checkMeterData(checked: CheckedMeter, settings: CheckSettings): MeterFinding[] {
  const { series, stored, bills, totals, estimates, asked, service, today } = checked;
  const touched = totals.filter((total) => intersect(total, asked) !== null);
  const profiles = new Map(
    stored.flatMap((row) => {
      const profile = quantityProfile(row);
      return profile === null ? [] : [[row.day, profile] as const];
    }),
  );
  const byUnit = checkUnitRatio(series, touched, settings);
  return [
    ...checkSpike(series, settings),
    ...checkDemand(series, settings),
    ...checkDayTotal(series, settings),
    ...checkFlatline(series, settings),
    ...checkNegativeInterval(series),
    ...byUnit,
    ...checkClockShift(series, settings),
    ...checkNightWater(series, settings, pricePerUnit(bills)),
    ...checkBaseLoad(series, settings),
    ...checkBillConflicts(touched, profiles, asked, series.meter.unit),
    ...checkReconciliation(series, touched, asked, settings),
    ...checkEstimatedTooLong(bills, asked, today, settings),
    ...checkOverdue(series.meter, lastDayOf(checked), expectedLengths(bills), asked, today, settings),
    ...checkFirstValue(series, asked),
    ...checkOutsideService(series, service),
    ...checkOwnEstimates(estimates, series.meter.unit),
  ];
}
