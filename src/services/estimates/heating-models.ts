import { minutesOfDay } from '../../domain/calendar.ts';
import { Decimal } from '../../domain/decimal.ts';
import type { Estate, EstateMeter } from '../../domain/estate.ts';
import type { HeatingModel, HeatingModelOf } from '../../domain/estimation/heating-model.ts';
import { groupBy } from '../../domain/group-by.ts';
import { addDays, type DaySpan, earlier, intersect, type LocalDay } from '../../domain/local-day.ts';
import { type DegreeDaySeries, type DegreeDayValue, seriesKey } from '../../domain/weather/degree-days.ts';
import type { MeterFit } from '../../domain/weather/fit-meter.ts';
import { fitSpans, fitYearOf } from '../../domain/weather/fit-period.ts';
import type { WeatherEvidence } from '../../domain/weather/fit-points.ts';
import { mayHeat, regionsOf } from '../../domain/weather/heating-meter.ts';
import { weatherCalendar } from '../../domain/weather/weather-calendar.ts';
import { fitMeters } from '../weather/fit-meters.ts';
import type { WeatherReader } from '../weather/weather-reader.ts';

/** A meter that may have gaps, with its days in service. */
type AskedMeter = { meter: EstateMeter; service: readonly DaySpan[] };

const NONE: HeatingModelOf = () => null;
const dayOf = (day: LocalDay): DaySpan => ({ start: day, end: addDays(day, 1) });
const textOf = ({ start, end }: DaySpan): string => `${start}/${end}`;

/** Whether evidence leaves a day in service open, in whole or in part. */
function hasOpenDay({ service }: AskedMeter, span: DaySpan, evidence: WeatherEvidence | undefined): boolean {
  return service.some((stretch) => {
    const asked = intersect(stretch, span);
    if (asked === null) return false;
    for (let day = asked.start; day < asked.end; day = addDays(day, 1)) {
      const known = evidence?.days.get(day);
      if (known === undefined || known.quantity === null || known.origin === 'estimate') return true;
      if (known.origin === 'mixed' || known.actualMinutes + known.estimatedMinutes < minutesOfDay(day)) return true;
    }
    return false;
  });
}

type DegreeDaysOf = HeatingModel['degreeDaysOf'];

/** Degree days of one series by day, each with its source: of the day, or of the month where only its total is known. */
function degreeDaysIn(values: readonly DegreeDayValue[]): DegreeDaysOf {
  const calendar = weatherCalendar(values);
  const sources = new Map(values.map(({ resolution, day, source }) => [`${resolution} ${day}`, source]));
  return (day) => {
    const value = calendar.ofDay(day);
    if (value === null) return null;
    const key = calendar.isMeasured(dayOf(day)) ? `day ${day}` : `month ${day.slice(0, 7)}-01`;
    return { value, source: sources.get(key) ?? '' };
  };
}

function modelOf(
  { meter }: AskedMeter,
  estate: Estate,
  { period, series, line, refused }: MeterFit,
  byDay: DegreeDaysOf,
): HeatingModel | null {
  if (refused !== null || series === null || line === null) return null;
  const { region, baseTemperatureC } = series;
  return {
    fitPeriod: period,
    region,
    baseTemperatureC,
    basePerDay: line.basePerDay,
    slopePerDegreeDay: line.slopePerDegreeDay,
    // The fit is one of its region: where the meter lies in another one it says nothing.
    degreeDaysOf: (day) => (regionsOf(meter, estate, dayOf(day)).has(region) ? byDay(day) : null),
  };
}

/**
 * What the heating of some meters is estimated by, where evidence leaves days open (rule E11): the fit of the reporting year
 * of a gap's first day, as for weather, or that of the year before where the gap itself leaves too little to fit.
 */
export async function readHeatingModels(
  reader: WeatherReader,
  estate: Estate,
  meters: readonly AskedMeter[],
  asked: DaySpan,
  today: LocalDay,
): Promise<(meter: EstateMeter) => HeatingModelOf> {
  const { reportingYearStart, estimation, weather } = estate.settings;
  // A gap is seen as a whole, so that it may begin before the days asked, and end after them.
  const reach = estimation.yearBefore.daysMax;
  const span = { start: addDays(asked.start, -reach), end: earlier(addDays(asked.end, reach), today) };
  const heating = meters.filter(({ meter }) => mayHeat(meter));
  const evidence = await reader.evidence(
    heating.map(({ meter }) => meter.id),
    asked,
  );
  const open = heating.filter((each) => hasOpenDay(each, asked, evidence.get(each.meter.id)));
  const yearBefore = ({ start }: DaySpan): DaySpan => fitYearOf(addDays(start, -1), reportingYearStart, today);
  const years = fitSpans(span, reportingYearStart, today, null).flatMap(({ fitPeriod }) => [
    fitPeriod,
    yearBefore(fitPeriod),
  ]);
  const periods = [...new Map(years.map((year) => [textOf(year), year])).values()];
  const requests = open.flatMap((each) => periods.map((period) => ({ ...each, period })));
  const base = new Decimal(weather.degreeDays.baseTemperatureC);
  const fits = await fitMeters(reader, estate, requests, base);
  const accepted = fits.flatMap(({ refused, series }): DegreeDaySeries[] =>
    refused === null && series !== null ? [series] : [],
  );
  const distinct = [...new Map(accepted.map((series) => [seriesKey(series), series])).values()];
  const values = groupBy(await reader.degreeDays(distinct, span), seriesKey);
  const degreeDays = new Map([...values].map(([key, own]) => [key, degreeDaysIn(own)]));
  const models = new Map<string, HeatingModel>();
  requests.forEach((request, index) => {
    const fit = fits[index];
    const byDay = fit?.series == null ? undefined : degreeDays.get(seriesKey(fit.series));
    const model = fit === undefined || byDay === undefined ? null : modelOf(request, estate, fit, byDay);
    if (model !== null) models.set(`${request.meter.id} ${textOf(request.period)}`, model);
  });
  if (models.size === 0) return () => NONE;
  return ({ id }) =>
    (firstDay) => {
      const year = fitYearOf(firstDay, reportingYearStart, today);
      return models.get(`${id} ${textOf(year)}`) ?? models.get(`${id} ${textOf(yearBefore(year))}`) ?? null;
    };
}
