import { Decimal, ZERO } from '../../domain/decimal.ts';
import type { Estate } from '../../domain/estate.ts';
import type { FigurePlan } from '../../domain/figure-plan.ts';
import type { FigureQuestion } from '../../domain/figure-question.ts';
import type { DaySpan, LocalDay } from '../../domain/local-day.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { CellUsage, Usage } from '../../domain/usage.ts';
import type { CorrectedUse } from '../../domain/weather/correct-use.ts';
import { fitSpans } from '../../domain/weather/fit-period.ts';
import { type AnsweredFigure, answerFigure, type FigureDeps } from '../figures/answer-figure.ts';
import { correctFeeds, type FittedSpan, feedsOf, type MeterWeather } from './correct-feeds.ts';
import { fitMeters, readCalendars } from './fit-meters.ts';
import { type AskedReference, findReference } from './reference-asked.ts';
import type { Knowledge } from './weather-reader.ts';

/** How figures are brought to reference weather. */
export type Normalisation = {
  reference: AskedReference;
  /** Period that every meter is fitted over; null: that of each day's reporting year. */
  fitPeriod: DaySpan | null;
  /** Base temperature of the degree days; null: that of the settings. */
  baseTemperatureC: Decimal | null;
};

/** What a figure says about the weather that it was brought to. */
export type WeatherAnswer = {
  normalisation: Normalisation;
  baseTemperatureC: Decimal;
  knowledge: Knowledge;
  meters: readonly MeterWeather[];
  /** What became of a stream in a cell. */
  useOf(stream: number, cell: number): CorrectedUse | null;
};

/** A figure in reference weather. */
export type NormalisedFigure = AnsweredFigure & { weather: WeatherAnswer };

function refuseWhereNothing(meters: readonly MeterWeather[]): void {
  const failed = meters.filter(({ use }) => use.left.size > 0);
  if (failed.length === 0 || meters.some(({ use }) => use.days > 0)) return;
  const faults = failed.flatMap(({ meter, use }) =>
    [...use.left].map(([code, { detail }]) => ({
      pointer: '?normalise',
      code,
      detail: `meter '${meter.key}': ${detail}`,
    })),
  );
  const detail = `none of ${failed.length} heating meters can be brought to reference weather: ${faults[0]?.detail ?? ''}`;
  throw new Refusal('not-normalisable', detail, faults);
}

function corrected(usage: Usage, byCell: ReadonlyMap<string, CorrectedUse>): Usage {
  const cells = usage.cells.map((cell): CellUsage => {
    const use = byCell.get(`${cell.stream} ${cell.cell}`);
    return use === undefined ? cell : { ...cell, quantity: cell.quantity.plus(use.correction) };
  });
  return { ...usage, cells };
}

type Asked = { plan: FigurePlan; usage: Usage; estate: Estate; today: LocalDay };

/** What an earlier figure is changed by, and what is said of it. */
async function weatherOf(deps: FigureDeps, normalisation: Normalisation, asked: Asked) {
  const { plan, usage, estate, today } = asked;
  const { settings } = estate;
  const { window } = plan;
  const base = normalisation.baseTemperatureC ?? new Decimal(settings.weather.degreeDays.baseTemperatureC);
  const referenceFor = await findReference(deps.weather, normalisation.reference);
  const feeds = window === null ? [] : feedsOf(plan);
  const spans = window === null ? [] : fitSpans(window, settings.reportingYearStart, today, normalisation.fitPeriod);
  const meters = [...new Set(feeds.map(({ meter }) => meter))];
  const requests = meters.flatMap((meter) =>
    spans.map(({ fitPeriod, start, end }) => ({ meter, period: fitPeriod, start, end })),
  );
  const fits = await fitMeters(deps.weather, estate, requests, base);
  const fitted = requests.flatMap(({ meter, start, end }, index): FittedSpan[] => {
    const fit = fits[index];
    return fit === undefined ? [] : [{ meter, start, end, fit }];
  });
  const asNone = { start: today, end: today };
  const series = fits.flatMap((fit) => (fit.refused === null ? (fit.series ?? []) : []));
  const calendarOf = await readCalendars(deps.weather, series, window ?? asNone);
  const ledger = await correctFeeds(deps, { plan, estate, feeds, fitted, calendarOf, referenceFor });
  const found = ledger.meters();
  refuseWhereNothing(found);
  const knowledge = await deps.weather.known();
  const useOf = (stream: number, cell: number): CorrectedUse | null => ledger.byCell.get(`${stream} ${cell}`) ?? null;
  const weather: WeatherAnswer = { normalisation, baseTemperatureC: base, knowledge, meters: found, useOf };
  return { usage: corrected(usage, ledger.byCell), weather };
}

/**
 * Answers a question about consumption or emissions in reference weather: only what answers to the weather is corrected, by
 * the fit of each meter, over the days that are known.
 * @throws Refusal as `answerFigure`; `unknown-reference`; `not-normalisable`, with the reason of each meter, where there are
 * heating meters and none of them can be corrected.
 */
export async function answerNormalised(
  deps: FigureDeps,
  question: FigureQuestion,
  normalisation: Normalisation,
): Promise<NormalisedFigure> {
  let weather: WeatherAnswer | null = null;
  const answer = await answerFigure(deps, question, async (asked) => {
    const found = await weatherOf(deps, normalisation, asked);
    weather = found.weather;
    return found.usage;
  });
  if (weather === null) throw new Error('A figure was answered without its weather.');
  return { ...answer, weather };
}

/** The quantities of a figure by unit, as far as they answer to the weather. */
export type WeatherSums = { unit: string; measured: Decimal; corrected: Decimal; correction: Decimal };

/** Adds the use of streams and cells up by unit; `corrected` is the measured use of what was brought to the reference. */
export function weatherSums(uses: Iterable<{ unit: string; use: CorrectedUse }>): WeatherSums[] {
  const sums = new Map<string, WeatherSums>();
  for (const { unit, use } of uses) {
    const sum = sums.get(unit) ?? { unit, measured: ZERO, corrected: ZERO, correction: ZERO };
    const left = [...use.left.values()].reduce((total, { measured }) => total.plus(measured), ZERO);
    sum.measured = sum.measured.plus(use.measured).plus(left);
    sum.corrected = sum.corrected.plus(use.measured);
    sum.correction = sum.correction.plus(use.correction);
    sums.set(unit, sum);
  }
  return [...sums.values()].sort((a, b) => (a.unit < b.unit ? -1 : 1));
}
