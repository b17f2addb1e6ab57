import type { CheckSettings } from './check-settings.ts';
import { type MeterFinding, printed } from './finding.ts';
import { type MeterSeries, runsOf, slotAt, spanAt } from './meter-series.ts';

const HOURS_PER_YEAR = 8760;
/** The hours of the night in which water stands still where nothing leaks. */
const WATER_HOURS = { from: 1, to: 5 };
/** The hours of the night whose mean is the base load. */
const BASE_HOURS = 5;
/** The same weekday a year before. */
const YEAR_DAYS = 364;

/** The lowest use of an hour of the night; NaN where one is not known. */
function lowestHour(series: MeterSeries, day: number): number {
  const perHour = series.slotsPerDay / 24;
  let lowest = Number.POSITIVE_INFINITY;
  for (let hour = WATER_HOURS.from; hour < WATER_HOURS.to; hour += 1) {
    let flow = 0;
    for (let slot = hour * perHour; slot < (hour + 1) * perHour; slot += 1) flow += slotAt(series, day, slot);
    lowest = Math.min(lowest, flow);
  }
  return lowest;
}

/**
 * Water that flows in every hour of several nights (rule E12): a leak, told as what it comes to in a year. `gbpPerUnit`
 * is what the bills of the meter say a cubic metre costs; null where they say nothing.
 */
export function checkNightWater(
  series: MeterSeries,
  { nightWater }: CheckSettings,
  gbpPerUnit: number | null,
): MeterFinding[] {
  if (series.meter.activity !== 'water' || series.slotMinutes === null) return [];
  const flows = Float64Array.from({ length: series.days }, (_, day) => lowestHour(series, day));
  return runsOf(series, (day) => (flows[day] ?? 0) > 0, nightWater.nights).map(({ from, to }) => {
    const seen = Math.min(...flows.subarray(from, to));
    const perYear = seen * HOURS_PER_YEAR;
    const cost = gbpPerUnit === null ? '' : `, ${printed(perYear * gbpPerUnit)} GBP at the price of the bills`;
    const detail = `at least ${printed(seen)} m3 in every hour from 01:00 to 05:00 of ${to - from} nights: ${printed(perYear)} m3 a year${cost}`;
    return { check: 'water-at-night', ...spanAt(series, from, to), detail, seen, expected: 0, unit: 'm3 per hour' };
  });
}

function nightSums(series: MeterSeries): Float64Array {
  return Float64Array.from({ length: series.days }, (_, day) => {
    let sum = 0;
    for (let slot = 0; slot < (BASE_HOURS * series.slotsPerDay) / 24; slot += 1) {
      const value = slotAt(series, day, slot);
      // Spring leaves an hour of the night out: such a night is not compared.
      sum += value;
    }
    return sum;
  });
}

/** Nights that use far more than the same nights last year, a week of them (rule E12). */
export function checkBaseLoad(series: MeterSeries, { baseLoad }: CheckSettings): MeterFinding[] {
  if (series.slotMinutes === null || series.meter.direction !== 'import') return [];
  const sums = nightSums(series);
  const meanOver = (from: number): number =>
    from < 0
      ? Number.NaN
      : sums.subarray(from, from + baseLoad.nights).reduce((a, b) => a + b, 0) / baseLoad.nights / BASE_HOURS;
  const isHigh = (day: number): boolean => {
    const last = meanOver(day - YEAR_DAYS);
    return day + baseLoad.nights <= series.asked.to && last > 0 && meanOver(day) > baseLoad.times * last;
  };
  return runsOf(series, isHigh).map(({ from, to }) => {
    const seen = meanOver(from);
    const expected = baseLoad.times * meanOver(from - YEAR_DAYS);
    const { unit } = series.meter;
    const detail = `${printed(seen)} ${unit} an hour from 00:00 to 05:00 over ${baseLoad.nights} nights: the same nights last year used ${printed(expected / baseLoad.times)}, expected at most ${printed(expected)}`;
    return {
      check: 'base-load',
      ...spanAt(series, from, to - 1 + baseLoad.nights),
      detail,
      seen,
      expected,
      unit: `${unit} per hour`,
    };
  });
}
