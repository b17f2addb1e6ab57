import type { CheckSettings } from './check-settings.ts';
import { type MeterFinding, printed } from './finding.ts';
import { type MeterSeries, runsOf, slotAt, spanAt } from './meter-series.ts';

/** The largest mean power of a day in kW; NaN where no interval is known. */
function peaksOf(series: MeterSeries): Float64Array {
  const perHour = 60 / (series.slotMinutes ?? 60);
  const peaks = new Float64Array(series.days).fill(Number.NaN);
  for (let day = 0; day < series.days; day += 1)
    for (let slot = 0; slot < series.slotsPerDay; slot += 1) {
      const power = slotAt(series, day, slot) * perHour;
      if (power > (peaks[day] ?? 0) || (Number.isNaN(peaks[day] ?? 0) && !Number.isNaN(power))) peaks[day] = power;
    }
  return peaks;
}

const highest = (peaks: Float64Array, from: number, to: number): number =>
  peaks.subarray(from, to).reduce((high, peak) => (peak > high ? peak : high), Number.NEGATIVE_INFINITY);

function runsAbove(
  series: MeterSeries,
  peaks: Float64Array,
  check: 'above-capacity' | 'demand-near-capacity',
  above: number,
  upTo: number,
  capacityKva: number,
): MeterFinding[] {
  const isBetween = (day: number): boolean => (peaks[day] ?? Number.NaN) > above && (peaks[day] ?? 0) <= upTo;
  return runsOf(series, isBetween).map(({ from, to }) => {
    const seen = highest(peaks, from, to);
    const detail = `demand of ${printed(seen)} kW at an agreed capacity of ${printed(capacityKva)} kVA: expected at most ${printed(above)} kW`;
    return { check, ...spanAt(series, from, to), detail, seen, expected: above, unit: 'kW' };
  });
}

/** Known days of a year that are needed before a capacity is called too large. */
const KNOWN_SHARE_MIN = 0.9;
const DAYS_PER_MONTH = 365 / 12;

function notNeeded(
  series: MeterSeries,
  peaks: Float64Array,
  capacityKva: number,
  settings: CheckSettings,
): MeterFinding[] {
  const { lowShare, lowMonths } = settings.demand;
  const to = series.asked.to;
  const from = to - Math.round(lowMonths * DAYS_PER_MONTH);
  if (from < 0) return [];
  const known = peaks.subarray(from, to).filter((peak) => !Number.isNaN(peak)).length;
  const seen = highest(peaks, from, to);
  const expected = lowShare * capacityKva;
  if (known < (to - from) * KNOWN_SHARE_MIN || seen >= expected) return [];
  const detail = `the demand of ${lowMonths} months reached ${printed(seen)} kW of ${printed(capacityKva)} kVA agreed: more is paid for than is used`;
  return [{ check: 'capacity-not-needed', ...spanAt(series, from, to), detail, seen, expected, unit: 'kW' }];
}

/**
 * The demand against the agreed capacity of the connection (rule E12): above it by more than a tenth, near it, or far
 * below it for a year. Power in kW is held against the capacity in kVA, since a meter of energy tells no power factor:
 * what is found above is above whatever the power factor.
 */
export function checkDemand(series: MeterSeries, settings: CheckSettings): MeterFinding[] {
  const capacityKva = series.meter.agreedCapacityKva?.toNumber() ?? null;
  if (capacityKva === null || series.slotMinutes === null) return [];
  const peaks = peaksOf(series);
  const most = settings.aboveCapacity.factor * capacityKva;
  const near = settings.demand.highShare * capacityKva;
  return [
    ...runsAbove(series, peaks, 'above-capacity', most, Number.POSITIVE_INFINITY, capacityKva),
    ...runsAbove(series, peaks, 'demand-near-capacity', near, most, capacityKva),
    ...notNeeded(series, peaks, capacityKva, settings),
  ];
}
