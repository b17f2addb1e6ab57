import { localDayOf } from '../../domain/calendar.ts';
import { Decimal } from '../../domain/decimal.ts';
import type { Estate, EstateMeter } from '../../domain/estate.ts';
import { addDays, type DaySpan, earlier } from '../../domain/local-day.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { MeterFit } from '../../domain/weather/fit-meter.ts';
import { fitYearOf } from '../../domain/weather/fit-period.ts';
import { mayHeat } from '../../domain/weather/heating-meter.ts';
import { refuseTooLong } from '../figures/answer-figure.ts';
import { type Page, type PageRequest, pageOf } from '../page.ts';
import { fitMeters, type WeatherDeps } from './fit-meters.ts';
import type { Knowledge } from './weather-reader.ts';

/** What is asked of fits: null takes what the settings say. */
export type FitQuestion = { period: (DaySpan & { label: string }) | null; baseTemperatureC: Decimal | null };

/** A meter with its fit. */
export type FittedMeter = { meter: EstateMeter; fit: MeterFit };

function periodOf(question: FitQuestion, estate: Estate, deps: WeatherDeps): DaySpan {
  const today = localDayOf(deps.now());
  const { period } = question;
  if (period === null) return fitYearOf(addDays(today, -1), estate.settings.reportingYearStart, today);
  refuseTooLong(period);
  const span = { start: period.start, end: earlier(period.end, today) };
  if (span.start < span.end) return span;
  const detail = `${period.label} has not begun: expected a period with days before ${today}`;
  throw new Refusal('invalid-period', detail, [{ pointer: '?period', code: 'in-the-future', detail }]);
}

const baseOf = ({ baseTemperatureC }: FitQuestion, { settings }: Estate): Decimal =>
  baseTemperatureC ?? new Decimal(settings.weather.degreeDays.baseTemperatureC);

/**
 * How a meter answers to the weather, with the points that it was told from.
 * @throws Refusal `unknown-meter`; `invalid-period` for one that has not begun or is too long.
 */
export async function weatherFitOf(
  deps: WeatherDeps,
  key: string,
  question: FitQuestion,
): Promise<FittedMeter & { knowledge: Knowledge }> {
  const estate = await deps.currentEstate();
  const meter = estate.meters.find((candidate) => candidate.key === key);
  if (meter === undefined) throw new Refusal('unknown-meter', `There is no meter '${key}'`);
  const period = periodOf(question, estate, deps);
  const [[fit], knowledge] = await Promise.all([
    fitMeters(deps.weather, estate, [{ meter, period }], baseOf(question, estate)),
    deps.weather.known(),
  ]);
  if (fit === undefined) throw new Error('A meter that was asked for has no fit.');
  return { meter, fit, knowledge };
}

/**
 * How the heating meters of a site, or of the estate, answer to the weather, by key.
 * @throws Refusal `unknown-site`; `invalid-period` for one that has not begun or is too long.
 */
export async function listWeatherFits(
  deps: WeatherDeps,
  site: string | null,
  question: FitQuestion,
  { after, limit }: PageRequest,
): Promise<Page<FittedMeter>> {
  const estate = await deps.currentEstate();
  if (site !== null && !estate.sites.has(site)) throw new Refusal('unknown-site', `There is no site '${site}'`);
  const period = periodOf(question, estate, deps);
  const asked = estate.meters
    .filter((meter) => mayHeat(meter) && (after === null || meter.key > after))
    .filter(({ placements }) => site === null || placements.some((placement) => placement.site === site))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .slice(0, limit + 1);
  const page = pageOf(asked, limit, ({ key }) => key);
  const requests = page.items.map((meter) => ({ meter, period }));
  const fits = await fitMeters(deps.weather, estate, requests, baseOf(question, estate));
  const items = page.items.flatMap((meter, index) => {
    const fit = fits[index];
    return fit === undefined ? [] : [{ meter, fit }];
  });
  return { items, next: page.next };
}
