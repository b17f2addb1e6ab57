import { roundQuantity } from '../../../domain/decimal.ts';
import { isLineGroup } from '../../../domain/figure-question.ts';
import type { FigureRow } from '../../../domain/figure-table.ts';
import type { AnsweredFigure } from '../../../services/figures/answer-figure.ts';
import {
  type NormalisedFigure,
  type WeatherAnswer,
  type WeatherSums,
  weatherSums,
} from '../../../services/weather/normalise-figure.ts';
import type { AskedReference } from '../../../services/weather/reference-asked.ts';
import type { CsvColumn } from '../../csv.ts';
import type { WeatherAnswerOutput, WeatherSumsOutput } from './weather-schemas.ts';

type Dims = FigureRow['dims'];
type Use = Parameters<typeof weatherSums>[0] extends Iterable<infer One> ? One : never;

const SHARE_DECIMALS = 4;

function toSums({ unit, measured, corrected, correction }: WeatherSums): WeatherSumsOutput {
  const share = measured.isZero() ? null : corrected.div(measured).toDecimalPlaces(SHARE_DECIMALS).toNumber();
  return {
    unit: unit as WeatherSumsOutput['unit'],
    measured: roundQuantity(measured),
    correction: roundQuantity(correction),
    normalisedShare: share,
  };
}

const asMember = (uses: readonly Use[]): { weather?: WeatherSumsOutput[] } =>
  uses.length === 0 ? {} : { weather: weatherSums(uses).map(toSums) };

/** What a row is named by, its factor line left out: lines of one stream share its quantity. */
function rowName(bucket: number | string, dims: Dims): string {
  const own = Object.entries(dims).filter(([name]) => !isLineGroup(name as keyof Dims));
  return JSON.stringify([bucket, own.sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/** What of each stream and cell answers to the weather, with the row that it is part of. */
function usesOf({ plan, weather }: NormalisedFigure): { row: string; use: Use }[] {
  return plan.streams.flatMap(({ dims, basis }, stream) =>
    plan.cells.flatMap((cell, index) => {
      const use = weather.useOf(stream, index);
      const row = rowName(plan.buckets[cell.bucket]?.start ?? '', dims);
      return use === null ? [] : [{ row, use: { unit: basis.unit, use } }];
    }),
  );
}

/** What each row says of the weather; nothing where it was not asked for. */
export function rowWeather(answer: AnsweredFigure | NormalisedFigure): (row: FigureRow | undefined) => object {
  if (!('weather' in answer)) return () => ({});
  const uses = usesOf(answer);
  return (figureRow) => {
    if (figureRow === undefined) return {};
    const { bucket, dims, flow } = figureRow;
    const name = rowName(bucket.start, dims);
    return flow === 'use' ? asMember(uses.filter(({ row }) => row === name).map(({ use }) => use)) : {};
  };
}

/** What the total says of the weather. */
export function totalWeather(answer: AnsweredFigure | NormalisedFigure): object {
  return 'weather' in answer ? asMember(usesOf(answer).map(({ use }) => use)) : {};
}

function toReferenceEcho(asked: AskedReference): Pick<WeatherAnswerOutput, 'reference' | 'referenceDegreeDays'> {
  if (asked.kind === 'stored') return { reference: asked.key };
  const stated = asked.kind === 'total' ? [asked.degreeDays] : asked.months;
  return { referenceDegreeDays: stated.map((value) => value.toNumber()) };
}

/** The weather that an answer was brought to. */
export function toWeatherAnswer(weather: WeatherAnswer): WeatherAnswerOutput {
  const { normalisation, baseTemperatureC, knowledge, meters } = weather;
  const { fitPeriod } = normalisation;
  return {
    ...toReferenceEcho(normalisation.reference),
    baseTemperatureC: baseTemperatureC.toNumber(),
    ...(fitPeriod === null ? {} : { fitPeriod: { start: fitPeriod.start, end: fitPeriod.end } }),
    knowledge,
    normalised: meters.flatMap(({ meter, fit, use }) => {
      if (use.days === 0 || fit.series === null || fit.line === null) return [];
      return {
        meter: meter.key,
        fitPeriod: { start: fit.period.start, end: fit.period.end },
        unit: meter.unit,
        days: use.days,
        measured: roundQuantity(use.measured),
        region: fit.series.region,
        slopePerDegreeDay: roundQuantity(fit.line.slopePerDegreeDay),
        correction: roundQuantity(use.correction),
      };
    }),
    notNormalised: meters.flatMap(({ meter, fit, use }) =>
      [...use.left].map(([code, { detail, measured, days }]) => ({
        meter: meter.key,
        fitPeriod: { start: fit.period.start, end: fit.period.end },
        unit: meter.unit,
        days,
        measured: roundQuantity(measured),
        code,
        detail,
      })),
    ),
  };
}

type WithWeather = { weather?: WeatherSumsOutput[] };

function only(row: WithWeather, member: 'measured' | 'correction' | 'normalisedShare'): number | string | null {
  const sums = row.weather ?? [];
  const [first] = sums;
  if (sums.length <= 1) return first?.[member] ?? null;
  return sums.map((one) => `${one[member] ?? ''} ${one.unit}`).join(' + ');
}

/** The columns that a table of figures has beside its own where reference weather is asked for. */
export const WEATHER_COLUMNS: readonly CsvColumn<WithWeather>[] = [
  { header: 'weatherMeasured', value: (row) => only(row, 'measured') },
  { header: 'weatherCorrection', value: (row) => only(row, 'correction') },
  { header: 'normalisedShare', value: (row) => only(row, 'normalisedShare') },
];
