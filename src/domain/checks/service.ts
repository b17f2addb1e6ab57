import { type DaySpan, daysBetween } from '../local-day.ts';
import { type MeterFinding, printed } from './finding.ts';
import { type MeterSeries, runsOf, spanAt } from './meter-series.ts';

/** A meter without a first day, whose missing data before its first value nobody sees (rule F2). */
export function checkFirstValue({ meter }: MeterSeries, asked: DaySpan): MeterFinding[] {
  const { firstDay, from, lastDay } = meter;
  if (from !== null || firstDay === null || lastDay === null || firstDay >= asked.end) return [];
  const detail = `expected from its first value on ${firstDay}, since no first day is stated: data missing before it is not seen`;
  const span = { start: firstDay < asked.start ? asked.start : firstDay, end: asked.end };
  return [{ check: 'first-value', ...span, detail, seen: null, expected: null, unit: 'days' }];
}

/** Values on days on which the meter or its site is out of service: they are kept and count nowhere (rule F2). */
export function checkOutsideService(series: MeterSeries, service: readonly DaySpan[]): MeterFinding[] {
  const inService = new Uint8Array(series.days);
  for (const { start, end } of service)
    inService.fill(1, Math.max(0, daysBetween(series.start, start)), Math.max(0, daysBetween(series.start, end)));
  const isOutside = (day: number): boolean => inService[day] === 0 && !Number.isNaN(series.quantity[day] ?? Number.NaN);
  return runsOf(series, isOutside).map(({ from, to }) => {
    const seen = series.quantity.subarray(from, to).reduce((sum, value) => sum + value, 0);
    const { unit } = series.meter;
    const detail = `${printed(seen)} ${unit} on ${to - from} days on which the meter or its site is out of service: kept, and in no figure`;
    return { check: 'outside-service', ...spanAt(series, from, to), detail, seen, expected: null, unit };
  });
}
