import type { Now } from '../../clock.ts';
import type { Principal } from '../../domain/access.ts';
import { localDayOf } from '../../domain/calendar.ts';
import { type Closure, dayTypesAt } from '../../domain/closures.ts';
import type { Estate } from '../../domain/estate.ts';
import { addDays, type DaySpan, lengthDays } from '../../domain/local-day.ts';
import type { Period } from '../../domain/period.ts';
import { Refusal } from '../../domain/refusal.ts';
import { elapsedEnd, segmentsOf } from '../../domain/segments.ts';
import { LIMITS } from '../../limits.ts';
import type { WeatherReader } from '../weather/weather-reader.ts';
import type { EstimateOutcome, EstimatesStore } from './estimates-store.ts';
import { readHeatingModels } from './heating-models.ts';

/** What estimating needs. */
export type EstimateDeps = {
  now: Now;
  currentEstate(): Promise<Estate>;
  /** Closures of sites, as they stand. */
  currentClosures(): Promise<readonly Closure[]>;
  weather: WeatherReader;
  store: EstimatesStore;
};

/** What is to be estimated; no meters means all. */
export type EstimateRequest = { period: Period; meters: readonly string[]; dryRun: boolean };

/** Days before the asked ones that may feed estimates: a year, the longest gap and the days that compare two years. */
const DAYS_BEFORE = 364 + 366 + 92;
const NO_DAYS: EstimateOutcome = { meters: [], daysWritten: 0, daysEnded: 0, seq: null };

function refuseTooMuch(count: number, asked: DaySpan): void {
  const days = count * lengthDays(asked);
  if (days <= LIMITS.estimateMeterDaysMax) return;
  const detail = `${count} meters over ${lengthDays(asked)} days are ${days} meter-days: expected at most ${LIMITS.estimateMeterDaysMax} in one request`;
  throw new Refusal('invalid-request', detail, [{ pointer: '/period', code: 'too-many-meter-days', detail }]);
}

/**
 * Estimates the gaps of meters in a period and keeps the estimates, as one change (rule E11). The same again changes
 * nothing; estimates of the period that no longer follow from the evidence end.
 * @throws Refusal `unknown-meter`, and `invalid-request` for more meter-days than one request may have.
 */
export async function postEstimates(
  deps: EstimateDeps,
  { period, meters: keys, dryRun }: EstimateRequest,
  principal: Principal,
): Promise<EstimateOutcome> {
  const estate = await deps.currentEstate();
  keys.forEach((key, index) => {
    if (estate.meters.some((meter) => meter.key === key)) return;
    const detail = `there is no meter '${key}'`;
    throw new Refusal('unknown-meter', detail, [{ pointer: `/meters/${index}`, code: 'unknown-meter', detail }]);
  });
  const today = localDayOf(deps.now());
  const asked = { start: period.start, end: elapsedEnd(period.end, today) };
  if (asked.end <= asked.start) return NO_DAYS;
  const window = { start: addDays(asked.start, -DAYS_BEFORE), end: today };
  const closures = await deps.currentClosures();
  const meters = estate.meters
    .filter(({ key }) => keys.length === 0 || keys.includes(key))
    .map((meter) => ({
      meter,
      service: segmentsOf(meter, estate, window).map(({ start, end }) => ({ start, end })),
      dayTypeOf: dayTypesAt(meter, estate, closures),
    }));
  refuseTooMuch(meters.length, asked);
  const modelOf = await readHeatingModels(deps.weather, estate, meters, asked, today);
  const { estimation, checks } = estate.settings;
  const rules = { asked, today, estimation, checks };
  const work = meters.map((each) => ({ ...each, heatingModelOf: modelOf(each.meter) }));
  return deps.store.estimate({ meters: work, rules, window, principal: principal.label, dryRun });
}
