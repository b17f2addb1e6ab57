import { Decimal, roundKg, roundQuantity } from '../../../domain/decimal.ts';
import { answeredPeriod } from '../../../domain/figure-answer.ts';
import type { LocalDay } from '../../../domain/local-day.ts';
import { transfersAmong } from '../../../domain/measures/transfers.ts';
import { firstUsed } from '../../../domain/projection/grid-pathway.ts';
import type { Ranged } from '../../../domain/projection/trend.ts';
import type { CarriedSeries } from '../../../domain/projection/use-series.ts';
import type { Recalculation } from '../../../domain/targets/recalculation.ts';
import type { Projection } from '../../../services/projection/project-target.ts';
import { totalWeather, toWeatherAnswer } from '../figures/weather-convert.ts';
import type { ProjectionOutput } from './schemas.ts';

/** A range in kilograms on its way out. */
export function toRangedKg({ expected, low, high }: Ranged) {
  return { expected: roundKg(expected), low: roundKg(low), high: roundKg(high) };
}

/** A range of a quantity on its way out. */
export function toRangedQuantity({ expected, low, high }: Ranged) {
  return { expected: roundQuantity(expected), low: roundQuantity(low), high: roundQuantity(high) };
}

type SeriesOutput = ProjectionOutput['series'][number];

function toSeries(series: CarriedSeries, today: LocalDay): SeriesOutput {
  const { name, activity, unit, points, left, trend, heldAt } = series;
  const first = points[0]?.period.start ?? '';
  return {
    name,
    ...(activity === null ? { line: name } : { activity }),
    unit: activity === null ? 'kgCO2e' : (unit as SeriesOutput['unit']),
    held: heldAt !== null,
    years: points.map(({ period, quantity }) => ({
      period: answeredPeriod(period, today),
      quantity: roundQuantity(quantity),
    })),
    ...(trend !== null && { slopePerYear: roundQuantity(trend.slope), residual: roundQuantity(trend.residual) }),
    left: left
      .filter(({ period, isComplete }) => isComplete === true || period.start > first)
      .map(({ period, reason }) => ({ period: answeredPeriod(period, today), reason })),
  };
}

function toWeather({ carried, progress }: Projection): ProjectionOutput['weather'] {
  const [first] = carried.weather ?? [];
  if (carried.weather === null || first === undefined) return null;
  const { reference, referenceDegreeDays } = toWeatherAnswer(first.weather);
  return {
    ...(reference !== undefined && { reference }),
    ...(referenceDegreeDays !== undefined && { referenceDegreeDays }),
    years: carried.weather.map((answer) => ({
      period: answeredPeriod(answer.question.period, progress.today),
      ...totalWeather(answer),
    })),
  };
}

function toPathway({ pathway, newestEdition }: Projection): ProjectionOutput['gridPathway'] {
  if (pathway === null) return null;
  const { key, name, basis, source, factors } = pathway;
  const lastYear = Math.max(...factors.map(({ year }) => year));
  return { key, name, basis, source, usedFrom: firstUsed(pathway, newestEdition), lastYear };
}

/** What every answer about years to come rests on. */
export function toBasis(projection: Projection) {
  const { carried, progress, newestEdition, measures } = projection;
  return {
    basedOn: answeredPeriod(carried.base, progress.today),
    series: carried.series.map((series) => toSeries(series, progress.today)),
    weather: toWeather(projection),
    gridPathway: toPathway(projection),
    newestEdition,
    measures: measures.applied.map(({ key }) => key),
    notCounted: measures.notApplied.map(({ measure, reason }) => ({ measure: measure.key, reason })),
  };
}

/** The difference of two amounts as both are printed, in kilograms: what is printed adds up. */
export function printedDifference(after: Decimal, before: Decimal): number {
  return roundKg(new Decimal(roundKg(after)).minus(roundKg(before)));
}

/** What a handover does to the baseline, by what becomes of it. */
const HANDED_OVER: Readonly<Record<Recalculation['status'], string>> = {
  recalculated: 'the baseline moves with the site in the years that are recalculated',
  'below-threshold': 'the baseline stays, because all transfers together are below the threshold',
  'recalculation-incomplete': 'the baseline stays, because what a site emitted in the base year is not known',
  none: 'the site has nothing in the baseline',
};

function handoverNotices({ measures, baseline }: Projection): string[] {
  const transfers = transfersAmong(measures.applied).map(({ key }) => key);
  if (transfers.length === 0 || baseline === null) return [];
  return [`A handover is a transfer and no saving (${transfers.join(', ')}): ${HANDED_OVER[baseline.status]}.`];
}

/** What a reader of years to come should know. */
export function basisNotices(projection: Projection): string[] {
  const { carried, pathway, newestEdition, measures, years } = projection;
  const notices = [
    'Years to come have no status: what is said of them is expected, and lies in its range in four cases of five.',
  ];
  if (pathway === null)
    notices.push(
      `No grid pathway is named: all factors are held at the newest published edition, of ${newestEdition}.`,
    );
  else {
    const lastYear = Math.max(...pathway.factors.map(({ year }) => year));
    if (pathway.basis === 'assumed')
      notices.push(`The grid factors after ${newestEdition} are an assumption: ${pathway.source}`);
    if (years.some(({ projected }) => projected.year > lastYear))
      notices.push(`The grid pathway ends with ${lastYear}; later years are held there.`);
  }
  if (carried.weather === null)
    notices.push(
      'Years are as they were measured: a cold one counts as more use. Name a reference to bring them to the same weather.',
    );
  const held = carried.series.filter(({ heldAt }) => heldAt !== null).map(({ name }) => name);
  if (held.length > 0)
    notices.push(`Held at the newest complete year, without a trend or a range: ${held.join(', ')}.`);
  if (measures.applied.length > 0)
    notices.push('Trends carry on what was done in their years: a measure that only continues it is counted twice.');
  return [...notices, ...handoverNotices(projection)];
}
