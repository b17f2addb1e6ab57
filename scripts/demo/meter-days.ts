import { addDays, type DaySpan, daysBetween, type LocalDay, later } from '../../src/domain/local-day.ts';
import type { IntervalMeter } from './demo-meter.ts';
import { faultOf } from './faults.ts';

/** What one meter delivers for one local day; null where an interval is missing. */
export type DeliveredDay = { day: LocalDay; quality: 'A' | 'E'; values: (number | null)[] };

/** The part of a span in which a meter has data, or null. */
export function dataSpan(meter: IntervalMeter, span: DaySpan): DaySpan | null {
  const start = later(meter.dataFrom, span.start);
  const end = meter.dataTo !== null && meter.dataTo < span.end ? meter.dataTo : span.end;
  return start < end ? { start, end } : null;
}

/** How many days of a span a meter has data for, those that are missing whole included. */
export function dayCount(meter: IntervalMeter, span: DaySpan): number {
  const days = dataSpan(meter, span);
  return days === null ? 0 : daysBetween(days.start, days.end);
}

/** One day as it was delivered, or null when it never came. */
export function deliveredDay({ data }: IntervalMeter, day: LocalDay): DeliveredDay | null {
  const values: (number | null)[] = Array.from(data.values(day));
  const fault = faultOf(data.faults, day, values.length);
  if (fault === null) return null;
  if (fault.missing !== null) values.fill(null, fault.missing.start, fault.missing.end);
  return { day, quality: fault.estimated ? 'E' : 'A', values };
}

/** The days of a span in order, without those that never came. */
export function* deliveredDays(meter: IntervalMeter, span: DaySpan): Generator<DeliveredDay> {
  const days = dataSpan(meter, span);
  if (days === null) return;
  for (let day = days.start; day < days.end; day = addDays(day, 1)) {
    const delivered = deliveredDay(meter, day);
    if (delivered !== null) yield delivered;
  }
}
