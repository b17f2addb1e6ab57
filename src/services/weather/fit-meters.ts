import type { Now } from '../../clock.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { Estate, EstateMeter } from '../../domain/estate.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { DaySpan } from '../../domain/local-day.ts';
import { type DegreeDaySeries, type DegreeDayValue, seriesKey } from '../../domain/weather/degree-days.ts';
import { fitMeter, type MeterFit, unfitted } from '../../domain/weather/fit-meter.ts';
import { mayHeat, regionsOf } from '../../domain/weather/heating-meter.ts';
import { type WeatherCalendar, weatherCalendar } from '../../domain/weather/weather-calendar.ts';
import type { WeatherReader } from './weather-reader.ts';

/** What telling weather from use needs. */
export type WeatherDeps = { now: Now; currentEstate(): Promise<Estate>; weather: WeatherReader };

/** A meter and a period that it is fitted over. */
export type FitRequest = { meter: EstateMeter; period: DaySpan };

/** Finds the degree days of a series that were read. */
export type Calendars = (series: DegreeDaySeries) => WeatherCalendar;

/** Reads the degree days of series in a span. A series that is not there has every day missing. */
export async function readCalendars(
  reader: WeatherReader,
  series: readonly DegreeDaySeries[],
  span: DaySpan,
): Promise<Calendars> {
  const distinct = new Map(series.map((one) => [seriesKey(one), one]));
  const values = groupBy(await reader.degreeDays([...distinct.values()], span), seriesKey);
  const none: DegreeDayValue[] = [];
  const calendars = new Map([...distinct.keys()].map((key) => [key, weatherCalendar(values.get(key) ?? none)]));
  return (one) => calendars.get(seriesKey(one)) ?? weatherCalendar(none);
}

/** The heating degree days that hold for a meter throughout a span; otherwise why there are none. */
export function heatingSeriesOf(
  meter: EstateMeter,
  estate: Estate,
  span: DaySpan,
  baseTemperatureC: Decimal,
): DegreeDaySeries | MeterFit {
  if (!mayHeat(meter)) {
    const detail = `${meter.activity}, ${meter.direction}${meter.heatingShare === null ? '' : `, heatingShare ${meter.heatingShare}`}: expected heating fuel or heat, or a heatingShare above 0`;
    return unfitted(span, 'not-heating', detail);
  }
  const regions = [...regionsOf(meter, estate, span)];
  if (regions.length > 1) {
    const names = regions.map((region) => region ?? 'none').join(' and ');
    return unfitted(span, 'region-changes', `the meter moved between weather regions: ${names}`);
  }
  const region = regions[0] ?? null;
  if (region === null) {
    const detail =
      'there is no weather region: give its site a weatherRegion, or the settings one that holds for all sites';
    return unfitted(span, 'no-weather-region', detail);
  }
  return { region, kind: 'heating', baseTemperatureC };
}

const isSeries = (found: DegreeDaySeries | MeterFit): found is DegreeDaySeries => 'region' in found;

async function fitOver(
  reader: WeatherReader,
  estate: Estate,
  meters: readonly EstateMeter[],
  period: DaySpan,
  baseTemperatureC: Decimal,
): Promise<MeterFit[]> {
  const found = meters.map((meter) => heatingSeriesOf(meter, estate, period, baseTemperatureC));
  const [calendarOf, evidence] = await Promise.all([
    readCalendars(reader, found.filter(isSeries), period),
    reader.fitEvidence(
      meters.flatMap(({ id }, index) => ('region' in (found[index] ?? {}) ? [id] : [])),
      period,
    ),
  ]);
  return meters.map((meter, index) => {
    const series = found[index];
    if (series === undefined || !isSeries(series)) return series ?? unfitted(period, 'not-heating', 'not asked');
    const known = evidence.get(meter.id) ?? { days: new Map(), spans: [] };
    return fitMeter(known, series, calendarOf(series), period, estate.settings.weather);
  });
}

/** Fits meters to the weather, each over its period; the fits come in the order of the requests. */
export async function fitMeters(
  reader: WeatherReader,
  estate: Estate,
  requests: readonly FitRequest[],
  baseTemperatureC: Decimal,
): Promise<MeterFit[]> {
  const fits = new Map<FitRequest, MeterFit>();
  const groups = groupBy(requests, ({ period }) => `${period.start}/${period.end}`);
  for (const group of groups.values()) {
    const period = group[0]?.period;
    if (period === undefined) continue;
    const meters = group.map(({ meter }) => meter);
    const found = await fitOver(reader, estate, meters, period, baseTemperatureC);
    group.forEach((request, index) => {
      const fit = found[index];
      if (fit !== undefined) fits.set(request, fit);
    });
  }
  return requests.flatMap((request) => fits.get(request) ?? []);
}
