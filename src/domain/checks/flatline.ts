import type { CheckSettings } from './check-settings.ts';
import { type MeterFinding, printed } from './finding.ts';
import { dayAt, type MeterSeries, runsOf, slotAt, spanAt, timeOf } from './meter-series.ts';

const NIGHT_HOURS = 5;
/** Nights with data that are needed to say what nights usually use. */
const NIGHTS_MIN = 28;

/** A value that stands still, by places among the slots of the series. */
type Run = { value: number; from: number; to: number };

/**
 * Runs of one delivered value over the asked days, however far before them they began. Spring's missing hour breaks no run.
 */
function stillRuns(series: MeterSeries, lengthMin: number): Run[] {
  const { delivered, slotsPerDay, asked } = series;
  const runs: Run[] = [];
  let run: Run | null = null;
  const close = (): void => {
    if (run !== null && run.to - run.from >= lengthMin && run.to > asked.from * slotsPerDay) runs.push(run);
  };
  for (let place = Math.max(0, asked.from - 7) * slotsPerDay; place < asked.to * slotsPerDay; place += 1) {
    const value = delivered[place] ?? Number.NaN;
    if (Number.isNaN(value) && isSpringHour(series, place)) continue;
    if (run !== null && value === run.value) {
      run.to = place + 1;
      continue;
    }
    close();
    run = Number.isNaN(value) ? null : { value, from: place, to: place + 1 };
  }
  close();
  return runs;
}

function isSpringHour({ slots, slotsPerDay, full }: MeterSeries, place: number): boolean {
  const day = Math.floor(place / slotsPerDay);
  const hour = slotsPerDay / 24;
  const slot = place % slotsPerDay;
  // Of a day known as a whole only the hour that spring leaves out can be missing.
  return full[day] === 1 && slot >= hour && slot < 2 * hour && Number.isNaN(slots[place] ?? 0);
}

/** Whether nights before a day usually use something; false where too few are known. */
function nightsUse(series: MeterSeries, day: number, { nights, nightShareMin }: CheckSettings['flatline']): boolean {
  let known = 0;
  let used = 0;
  for (let night = Math.max(0, day - nights); night < day; night += 1) {
    let sum = 0;
    for (let slot = 0; slot < (NIGHT_HOURS * series.slotsPerDay) / 24; slot += 1) sum += slotAt(series, night, slot);
    if (Number.isNaN(sum)) continue;
    known += 1;
    if (sum > 0) used += 1;
  }
  return known >= NIGHTS_MIN && used >= known * nightShareMin;
}

function standingStill(series: MeterSeries, settings: CheckSettings['flatline']): MeterFinding[] {
  const perHour = series.slotsPerDay / 24;
  const shortest = Math.min(settings.sameValueHours, settings.zeroHours) * perHour;
  return stillRuns(series, shortest).flatMap((run): MeterFinding[] => {
    const isZero = run.value === 0;
    const hours = (run.to - run.from) / perHour;
    const first = Math.floor(run.from / series.slotsPerDay);
    if (hours < (isZero ? settings.zeroHours : settings.sameValueHours)) return [];
    if (isZero && !nightsUse(series, first, settings)) return [];
    const { readingUnit: unit } = series.meter;
    const since = `${dayAt(series, first)} ${timeOf(series, run.from % series.slotsPerDay)}`;
    const why = isZero ? 'nights before used something' : 'no use stands still so long';
    const detail = `${printed(run.value)} ${unit} in every interval for ${printed(hours)} hours from ${since}: ${why}`;
    const span = spanAt(series, first, Math.ceil(run.to / series.slotsPerDay));
    const expected = isZero ? settings.zeroHours : settings.sameValueHours;
    return [{ check: isZero ? 'zero-run' : 'flatline', ...span, detail, seen: hours, expected, unit: 'hours' }];
  });
}

const HEATING_MONTHS = [10, 11, 12, 1, 2, 3, 4];

function gasAtZero(series: MeterSeries, { gasZeroDays }: CheckSettings['flatline']): MeterFinding[] {
  const isZero = (day: number): boolean =>
    series.full[day] === 1 &&
    series.quantity[day] === 0 &&
    HEATING_MONTHS.includes(Number(dayAt(series, day).slice(5, 7)));
  return runsOf(series, isZero, gasZeroDays).map(({ from, to }) => {
    const detail = `gas stands at 0 for ${to - from} days of the heating season: expected less than ${gasZeroDays}`;
    return {
      check: 'gas-zero',
      ...spanAt(series, from, to),
      detail,
      seen: to - from,
      expected: gasZeroDays,
      unit: 'days',
    };
  });
}

/** Values that stand still: one value for half a day, zeros where nights use something, gas at zero in winter (rule E12). */
export function checkFlatline(series: MeterSeries, settings: CheckSettings): MeterFinding[] {
  const still = series.slotMinutes === null ? [] : standingStill(series, settings.flatline);
  return series.meter.activity === 'natural-gas' ? [...still, ...gasAtZero(series, settings.flatline)] : still;
}
