import type { Activity } from '../activities.ts';
import { MICRO } from '../interval-profile.ts';
import { DAY_TYPES } from '../like-days.ts';
import { daysBetween } from '../local-day.ts';
import type { SpanTotal } from '../span-totals.ts';
import type { CheckSettings } from './check-settings.ts';
import { type MeterFinding, printed } from './finding.ts';
import { type MeterSeries, spanAt } from './meter-series.ts';

type UnitRatio = { ratio: number; cause: string };

const WATT_HOURS: UnitRatio[] = [
  { ratio: 1000, cause: 'Wh taken for kWh' },
  { ratio: 1 / 1000, cause: 'MWh taken for kWh' },
];

/**
 * How much too large values are when a unit was taken for another (rule E12). A half-hour's mean power in kW is twice its
 * energy; a hundred cubic feet of gas are 2.83 m³; a cubic metre of it is about 11.1 kWh.
 */
const UNIT_RATIOS: Partial<Record<Activity, readonly UnitRatio[]>> = {
  electricity: [
    { ratio: 2, cause: 'kW taken for kWh' },
    { ratio: 1 / 2, cause: 'kWh halved as if they were kW' },
    ...WATT_HOURS,
  ],
  'natural-gas': [
    { ratio: 2.83, cause: 'm3 taken for hundreds of cubic feet' },
    { ratio: 1 / 2.83, cause: 'hundreds of cubic feet taken for m3' },
    { ratio: 11.1, cause: 'kWh taken for m3' },
    { ratio: 1 / 11.1, cause: 'm3 taken for kWh' },
    ...WATT_HOURS,
  ],
  'district-heat': WATT_HOURS,
  water: [
    { ratio: 1000, cause: 'litres taken for m3' },
    { ratio: 1 / 1000, cause: 'thousands of m3 taken for m3' },
  ],
};

/** The known ratio that a ratio comes close to, or null. */
export function unitRatioOf(activity: Activity, ratio: number, tolerance: number): UnitRatio | null {
  return UNIT_RATIOS[activity]?.find((known) => Math.abs(ratio / known.ratio - 1) <= tolerance) ?? null;
}

function sumOf(series: MeterSeries, from: number, to: number): number {
  let sum = 0;
  for (let day = from; day < to; day += 1) sum += series.measured[day] === 1 ? (series.quantity[day] ?? 0) : Number.NaN;
  return sum;
}

function findingOf(
  series: MeterSeries,
  from: number,
  to: number,
  [seen, expected]: [number, number],
  against: string,
  cause: string,
): MeterFinding {
  const { unit } = series.meter;
  const detail = `${printed(seen)} ${unit} against ${printed(expected)} ${against}, ${printed(seen / expected)} times as much: ${cause}?`;
  return { check: 'unit-ratio', ...spanAt(series, from, to), detail, seen, expected, unit };
}

function againstTotals(
  series: MeterSeries,
  totals: readonly SpanTotal[],
  { tolerance, days }: CheckSettings['unitRatio'],
): MeterFinding[] {
  return totals.flatMap(({ start, end, totalMicro }): MeterFinding[] => {
    const from = daysBetween(series.start, start);
    const to = daysBetween(series.start, end);
    if (from < 0 || to > series.days || to - from < days || to <= series.asked.from || from >= series.asked.to)
      return [];
    const seen = sumOf(series, from, to);
    const expected = Number(totalMicro) / MICRO;
    const known = unitRatioOf(series.meter.activity, seen / expected, tolerance);
    return known === null
      ? []
      : [findingOf(series, from, to, [seen, expected], 'by the bill or the register', known.cause)];
  });
}

/** How much the days before a step may differ from the weeks before them: a step is sudden, a season is not. */
const STEADY_TOLERANCE = 0.15;
/** How much a single day of a step may differ from the step. */
const DAY_TOLERANCE = 0.3;
const LIKE_DAYS_MIN = 2;

/** Means of like days over some weeks before a day, by day type; NaN where too few are known. */
function usualBefore(series: MeterSeries, day: number, weeks: number): number[] {
  const sums = DAY_TYPES.map(() => 0);
  const counts = DAY_TYPES.map(() => 0);
  for (let before = Math.max(0, day - weeks * 7); before < day; before += 1) {
    const type = series.dayTypes[before] ?? 0;
    if (series.measured[before] !== 1) continue;
    sums[type] = (sums[type] ?? 0) + (series.quantity[before] ?? 0);
    counts[type] = (counts[type] ?? 0) + 1;
  }
  return sums.map((sum, type) => ((counts[type] ?? 0) < LIKE_DAYS_MIN ? Number.NaN : sum / (counts[type] ?? 1)));
}

function stepAt(series: MeterSeries, day: number, settings: CheckSettings['unitRatio']): MeterFinding | null {
  const { days, historyWeeks, tolerance } = settings;
  if (day < days || day + days > series.days) return null;
  const seen = sumOf(series, day, day + days);
  if (!(seen > 0)) return null;
  // The days just before belong to the history, so that the weeks end where the step begins.
  const usual = usualBefore(series, day, historyWeeks);
  const expectedOf = (from: number): number => {
    let sum = 0;
    for (let place = from; place < from + days; place += 1) sum += usual[series.dayTypes[place] ?? 0] ?? Number.NaN;
    return sum;
  };
  const expected = expectedOf(day);
  const known = unitRatioOf(series.meter.activity, seen / expected, tolerance);
  const steady = sumOf(series, day - days, day) / expectedOf(day - days);
  if (known === null || !(Math.abs(steady - 1) <= STEADY_TOLERANCE)) return null;
  for (let place = day; place < day + days; place += 1) {
    const ratio = (series.quantity[place] ?? Number.NaN) / (usual[series.dayTypes[place] ?? 0] ?? Number.NaN);
    if (!(Math.abs(ratio / known.ratio - 1) <= DAY_TOLERANCE)) return null;
  }
  return findingOf(series, day, day + days, [seen, expected], 'by the weeks before', known.cause);
}

/**
 * Quantities that differ from a bill, a register or the meter's own history by the ratio of two units (rule E12), over a
 * week at least. Against its own history only a sudden step is taken for another unit: heating also doubles, but slowly.
 */
export function checkUnitRatio(
  series: MeterSeries,
  totals: readonly SpanTotal[],
  { unitRatio: settings }: CheckSettings,
): MeterFinding[] {
  const byTotals = againstTotals(series, totals, settings);
  if (byTotals.length > 0) return byTotals;
  const steps: MeterFinding[] = [];
  for (let day = series.asked.from; day < series.asked.to; ) {
    const step = stepAt(series, day, settings);
    if (step !== null) steps.push(step);
    day += step === null ? 1 : settings.days;
  }
  return steps;
}
