import { type MeterFinding, printed } from './finding.ts';
import { type MeterSeries, runsOf, slotAt, spanAt } from './meter-series.ts';

function lowestOf(series: MeterSeries, day: number): number {
  let lowest = series.measured[day] === 1 ? (series.quantity[day] ?? 0) : 0;
  for (let slot = 0; slot < series.slotsPerDay; slot += 1) {
    const value = slotAt(series, day, slot);
    if (value < lowest) lowest = value;
  }
  return lowest;
}

/** Intervals below zero (rule E12). A meter of export may net, so that it is not looked at. */
export function checkNegativeInterval(series: MeterSeries): MeterFinding[] {
  if (series.meter.direction === 'export') return [];
  const lowest = Float64Array.from({ length: series.days }, (_, day) => lowestOf(series, day));
  return runsOf(series, (day) => (lowest[day] ?? 0) < 0).map(({ from, to }) => {
    const seen = Math.min(...lowest.subarray(from, to));
    const { unit } = series.meter;
    const detail = `intervals below zero, the lowest ${printed(seen)} ${unit}: expected none of a meter of ${series.meter.direction}`;
    return { check: 'negative-interval', ...spanAt(series, from, to), detail, seen, expected: 0, unit };
  });
}
