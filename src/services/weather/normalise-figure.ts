import { Decimal, ZERO } from '../../domain/decimal.ts';
import type { Estate, EstateMeter } from '../../domain/estate.ts';
import type { Cell, FigurePlan } from '../../domain/figure-plan.ts';
import type { FigureQuestion } from '../../domain/figure-question.ts';
import { scaleOf } from '../../domain/floor-split.ts';
import { groupBy } from '../../domain/group-by.ts';
import { addDays, type DaySpan, intersect, type LocalDay } from '../../domain/local-day.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { CellUsage, Usage } from '../../domain/usage.ts';
import { addUse, type CorrectedUse, type Correction, correctUse, noUse } from '../../domain/weather/correct-use.ts';
import type { MeterFit } from '../../domain/weather/fit-meter.ts';
import { fitSpans } from '../../domain/weather/fit-period.ts';
import type { WeatherEvidence } from '../../domain/weather/fit-points.ts';
import { mayHeat } from '../../domain/weather/heating-meter.ts';
import { type AnsweredFigure, answerFigure, type FigureDeps } from '../figures/answer-figure.ts';
import { type Calendars, fitMeters, readCalendars } from './fit-meters.ts';
import { type AskedReference, findReference, type ReferenceFinder } from './reference-asked.ts';
import type { Knowledge } from './weather-reader.ts';

/** How figures are brought to reference weather. */
export type Normalisation = {
  reference: AskedReference;
  /** Period that every meter is fitted over; null: that of each day's reporting year. */
  fitPeriod: DaySpan | null;
  /** Base temperature of the degree days; null: that of the settings. */
  baseTemperatureC: Decimal | null;
};

/** What became of one meter: over one fit, or for one reason. */
export type MeterWeather = { meter: EstateMeter; fit: MeterFit; use: CorrectedUse };

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

/**
 * A run of days of one meter that feeds a stream with so much of its use: −1 takes it out of the meter above, a share is that
 * of a tenant (rule D3). `isMeters` says that it is the use of the meter itself.
 */
type Feed = DaySpan & {
  meter: EstateMeter;
  stream: number;
  scale: Decimal;
  above: EstateMeter | null;
  isMeters: boolean;
};

function feedsOf({ segments, deductions, streams }: FigurePlan): Feed[] {
  const own = segments.flatMap(({ segment: { meter, start, end }, stream }): Feed[] => {
    const fed = streams[stream];
    if (fed?.flow !== 'use' || !mayHeat(meter)) return [];
    return [{ meter, start, end, stream, scale: scaleOf(fed), above: null, isMeters: fed.split?.floor == null }];
  });
  const taken = deductions.flatMap(({ segment: { meter: above, start, end }, sub, stream }): Feed[] => {
    const fed = streams[stream];
    if (fed === undefined || !mayHeat(sub)) return [];
    return [{ meter: sub, start, end, stream, scale: scaleOf(fed).negated(), above, isMeters: false }];
  });
  return [...own, ...taken];
}

/** Where the weather region of a meter changes in a span, and to which. */
function regionSpans(meter: EstateMeter, estate: Estate, span: DaySpan): (DaySpan & { region: string | null })[] {
  return meter.placements.flatMap(({ from, site }, index) => {
    const placed = { start: from ?? span.start, end: meter.placements[index + 1]?.from ?? span.end };
    const days = intersect(placed, span);
    const region = estate.sites.get(site)?.weatherRegion ?? estate.settings.weatherRegion;
    return days === null ? [] : [{ ...days, region }];
  });
}

type FittedSpan = DaySpan & { meter: EstateMeter; fit: MeterFit };

function correctionOf(
  { fit, start, end }: FittedSpan,
  region: string | null,
  calendarOf: Calendars,
  referenceFor: ReferenceFinder,
): Correction {
  const span = { start, end };
  const { series, line, refused } = fit;
  if (refused !== null) return { ...span, ...refused };
  if (series === null || line === null) return { ...span, code: 'no-variation', detail: 'there is no line' };
  if (region !== series.region) {
    const detail = `the meter was fitted in region ${series.region}, and lies in ${region ?? 'none'} from ${start}`;
    return { ...span, code: 'region-changes', detail };
  }
  const referenceOf = referenceFor(series);
  if ('missing' in referenceOf) return { ...span, code: 'no-reference', detail: referenceOf.missing };
  const calendar = calendarOf(series);
  const dayOf = (day: LocalDay): DaySpan => ({ start: day, end: addDays(day, 1) });
  return {
    ...span,
    slopePerDegreeDay: line.slopePerDegreeDay,
    actualOf: calendar.ofDay,
    referenceOf: (day) => referenceOf.of(dayOf(day)),
  };
}

/** Days on which both meters of a deduction are known: on the others nothing is taken out (rule D3). */
function knownOnBoth(evidence: ReadonlyMap<number, WeatherEvidence>, { meter, above }: Feed): WeatherEvidence['days'] {
  const days = evidence.get(meter.id)?.days ?? new Map();
  if (above === null) return days;
  const others = evidence.get(above.id)?.days ?? new Map();
  return new Map([...days].filter(([day]) => (others.get(day)?.quantity ?? null) !== null));
}

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

/** Adds what becomes of the feeds, by stream and cell, and by meter and fit. */
function openLedger() {
  const byCell = new Map<string, CorrectedUse>();
  const byFit = new Map<string, MeterWeather>();
  return {
    add(feed: Feed, cell: number, { meter, fit }: FittedSpan, use: CorrectedUse): void {
      const key = `${feed.stream} ${cell}`;
      const inCell = byCell.get(key) ?? noUse();
      addUse(inCell, scaledUse(use, feed.scale));
      byCell.set(key, inCell);
      if (!feed.isMeters) return;
      const name = `${meter.key} ${fit.period.start}/${fit.period.end}`;
      const entry = byFit.get(name) ?? { meter, fit, use: noUse() };
      addUse(entry.use, use);
      byFit.set(name, entry);
    },
    byCell,
    meters: () => [...byFit.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry),
  };
}

function scaledUse({ measured, correction, days, left }: CorrectedUse, scale: Decimal): CorrectedUse {
  const rest = [...left].map(([code, entry]) => [code, { ...entry, measured: entry.measured.times(scale) }] as const);
  return { measured: measured.times(scale), correction: correction.times(scale), days, left: new Map(rest) };
}

function corrected(usage: Usage, byCell: ReadonlyMap<string, CorrectedUse>): Usage {
  const cells = usage.cells.map((cell): CellUsage => {
    const use = byCell.get(`${cell.stream} ${cell.cell}`);
    return use === undefined ? cell : { ...cell, quantity: cell.quantity.plus(use.correction) };
  });
  return { ...usage, cells };
}

const cellsIn = (cells: readonly Cell[], span: DaySpan): { cell: number; days: DaySpan }[] =>
  cells.flatMap((each, cell) => {
    const days = intersect(each, span);
    return days === null ? [] : [{ cell, days }];
  });

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
  const ids = [...new Set(feeds.flatMap(({ meter, above }) => (above === null ? [meter.id] : [meter.id, above.id])))];
  const asNone = { start: today, end: today };
  const evidence = await deps.weather.evidence(ids, window ?? asNone);
  const series = fits.flatMap((fit) => (fit.refused === null ? (fit.series ?? []) : []));
  const calendarOf = await readCalendars(deps.weather, series, window ?? asNone);
  const byMeter = groupBy(fitted, ({ meter }) => meter.id);
  const ledger = openLedger();
  for (const feed of feeds) {
    const days = knownOnBoth(evidence, feed);
    for (const span of byMeter.get(feed.meter.id) ?? []) {
      const within = intersect(span, feed);
      if (within === null) continue;
      for (const { region, ...part } of regionSpans(feed.meter, estate, within)) {
        const correction = correctionOf({ ...span, ...part }, region, calendarOf, referenceFor);
        for (const { cell, days: asCell } of cellsIn(plan.cells, part))
          ledger.add(feed, cell, span, correctUse(days, asCell, correction));
      }
    }
  }
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
