import { DAY_TYPES } from '../like-days.ts';
import type { CheckSettings } from './check-settings.ts';
import { type MeterFinding, printed } from './finding.ts';
import { type MeterSeries, medianOf, runsOf, spanAt } from './meter-series.ts';

/** Like days that are needed to tell what is usual. */
const LIKE_DAYS_MIN = 4;

/** The median of like days around a day, the day itself left out; NaN where there are too few. */
function usualOf(series: MeterSeries, day: number, weeks: number): number {
  const values: number[] = [];
  for (let other = Math.max(0, day - weeks * 7); other <= Math.min(series.days - 1, day + weeks * 7); other += 1)
    if (other !== day && series.measured[other] === 1 && series.dayTypes[other] === series.dayTypes[day])
      values.push(series.quantity[other] ?? Number.NaN);
  return values.length < LIKE_DAYS_MIN ? Number.NaN : medianOf(values);
}

/** Days far below or above the like days around them, several running (rule E12). Bills spread over days are not looked at. */
export function checkDayTotal(series: MeterSeries, settings: CheckSettings): MeterFinding[] {
  const { lowTimes, highTimes, weeks, daysRunning } = settings.dayTotal;
  const usual = new Float64Array(series.days).fill(Number.NaN);
  for (let day = series.asked.from; day < series.asked.to; day += 1)
    if (series.measured[day] === 1) usual[day] = usualOf(series, day, weeks);
  const ratio = (day: number): number => {
    const median = usual[day] ?? Number.NaN;
    return median > 0 ? (series.quantity[day] ?? Number.NaN) / median : Number.NaN;
  };
  const low = runsOf(series, (day) => ratio(day) < lowTimes, daysRunning);
  const high = runsOf(series, (day) => ratio(day) > highTimes, daysRunning);
  return [...low, ...high].map(({ from, to }) => {
    const seen = series.quantity[from] ?? Number.NaN;
    const expected = usual[from] ?? Number.NaN;
    const { unit } = series.meter;
    const type = DAY_TYPES[series.dayTypes[from] ?? 0];
    const bounds = `${printed(lowTimes)} to ${printed(highTimes)} times that`;
    const detail = `${to - from} days running out of the usual, the first with ${printed(seen)} ${unit}: the median of a ${type} within ${weeks} weeks is ${printed(expected)}, expected ${bounds}`;
    return { check: 'day-total' as const, ...spanAt(series, from, to), detail, seen, expected, unit };
  });
}
