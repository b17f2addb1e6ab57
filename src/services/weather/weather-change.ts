import { localDayOf } from '../../domain/calendar.ts';
import { Decimal } from '../../domain/decimal.ts';
import type { EstateMeter } from '../../domain/estate.ts';
import type { DaySpan } from '../../domain/local-day.ts';
import type { MeterFit } from '../../domain/weather/fit-meter.ts';
import { fitPeriodOf } from '../../domain/weather/fit-period.ts';
import { fitMeters, readCalendars, type WeatherDeps } from './fit-meters.ts';

/** How much of the change of a meter between two periods is weather. */
export type WeatherChange = {
  fit: MeterFit;
  /** Slope of the fit, in the meter's unit for each degree day; null where the fit was refused. */
  slopePerDegreeDay: Decimal | null;
  /** Degree days of both periods; null where they are not known, or the meter has none. */
  firstDegreeDays: Decimal | null;
  secondDegreeDays: Decimal | null;
  /** slope · (second − first), in the meter's unit; null where one of them is not known: `reason` says which. */
  quantity: Decimal | null;
  reason: string | null;
};

async function baseOf({ currentEstate }: WeatherDeps): Promise<Decimal> {
  const { settings } = await currentEstate();
  return new Decimal(settings.weather.degreeDays.baseTemperatureC);
}

/**
 * The fit that is accepted for a meter in a period: over the period itself where it has ended and is long enough, otherwise
 * over the newest ended reporting year up to its first day.
 */
export async function weatherSlope(
  deps: WeatherDeps,
  meters: readonly EstateMeter[],
  firstPeriod: DaySpan,
): Promise<MeterFit[]> {
  const estate = await deps.currentEstate();
  const { reportingYearStart, weather } = estate.settings;
  const period = fitPeriodOf(firstPeriod, reportingYearStart, localDayOf(deps.now()), weather.fit.daysMin);
  const requests = meters.map((meter) => ({ meter, period }));
  return fitMeters(deps.weather, estate, requests, await baseOf(deps));
}

function changeOf(fit: MeterFit, first: Decimal | null, second: Decimal | null): WeatherChange {
  const slope = fit.refused === null ? (fit.line?.slopePerDegreeDay ?? null) : null;
  const known = { fit, slopePerDegreeDay: slope, firstDegreeDays: first, secondDegreeDays: second };
  if (slope === null) return { ...known, quantity: null, reason: fit.refused?.detail ?? 'there is no fit' };
  if (first === null || second === null) {
    const which = first === null ? 'first' : 'second';
    return { ...known, quantity: null, reason: `degree days of the ${which} period are missing` };
  }
  return { ...known, quantity: slope.times(second.minus(first)), reason: null };
}

/**
 * How much of the change of each meter between two periods is weather, by the fit that is accepted for the first. Answers
 * come in the order of the meters. Both periods are taken whole; of a running one ask for the days that have ended.
 */
export async function weatherChange(
  deps: WeatherDeps,
  meters: readonly EstateMeter[],
  first: DaySpan,
  second: DaySpan,
): Promise<WeatherChange[]> {
  const fits = await weatherSlope(deps, meters, first);
  const series = fits.flatMap((fit) => fit.series ?? []);
  const [before, after] = [
    await readCalendars(deps.weather, series, first),
    await readCalendars(deps.weather, series, second),
  ];
  return fits.map((fit) => {
    const { series: own } = fit;
    return changeOf(fit, own === null ? null : before(own).of(first), own === null ? null : after(own).of(second));
  });
}
