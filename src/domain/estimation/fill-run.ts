import { MICRO } from '../interval-profile.ts';
import { addDays, type LocalDay } from '../local-day.ts';
import type { EstimationSettings } from './estimation-settings.ts';
import type { EvidenceTimeline, OpenRun, Place } from './evidence-timeline.ts';
import type { HeatingModelOf } from './heating-model.ts';
import { type EstimateInputs, roundedValue } from './own-estimate.ts';

/**
 * Values for every interval of a run with what they were made of, `sources` being the days whose values went in; or null
 * where there is too little to make them of.
 */
export type Filled = {
  values: readonly number[];
  inputs: EstimateInputs;
  sources: readonly LocalDay[];
  /** What is of one day alone. */
  inputsOfDay?: ReadonlyMap<LocalDay, EstimateInputs>;
} | null;

/** The same weekday a year before. */
const YEAR_DAYS = 364;

/** The value measured just before or after a run, with its day; null where there is none. */
function neighbour(
  timeline: EvidenceTimeline,
  { day, index }: Place,
  step: -1 | 1,
): { value: number; day: LocalDay } | null {
  const { actual } = timeline.at(day);
  const isInside = index + step >= 0 && index + step < actual.length;
  const at = isInside ? day : addDays(day, step);
  const other = timeline.at(at).actual;
  const value = (isInside ? actual[index + step] : step < 0 ? other.at(-1) : other[0]) ?? null;
  return value === null ? null : { value, day: at };
}

/** A straight line between the neighbours of a run. */
export function fillLinear(timeline: EvidenceTimeline, { places }: OpenRun): Filled {
  const [first] = places;
  const last = places.at(-1);
  if (first === undefined || last === undefined) return null;
  const before = neighbour(timeline, first, -1);
  const after = neighbour(timeline, last, 1);
  if (before === null || after === null) return null;
  const values = places.map((_, index) =>
    roundedValue(before.value + ((after.value - before.value) * (index + 1)) / (places.length + 1)),
  );
  return { values, inputs: { before: before.value, after: after.value }, sources: [before.day, after.day] };
}

/** Days by how near they are, those before first; of `sides` -1 those before alone. */
function* nearDays(day: LocalDay, windowDays: number, sides: readonly (-1 | 1)[]): Generator<LocalDay> {
  for (let distance = 1; distance <= windowDays; distance += 1)
    for (const side of sides) yield addDays(day, side * distance);
}

type LikeLimits = EstimationSettings['likeDays'];

function likeValue(
  timeline: EvidenceTimeline,
  { day, index }: Place,
  near: Iterable<LocalDay>,
  { likeDaysMin, likeDaysMax }: LikeLimits,
): { value: number; days: LocalDay[] } | null {
  const wall = timeline.wallOf(day, index);
  const type = timeline.dayTypeOf(day);
  const days: LocalDay[] = [];
  let sum = 0;
  for (const other of near) {
    const value = timeline.dayTypeOf(other) === type ? timeline.actualAt(other, wall) : null;
    if (value === null) continue;
    sum += value;
    if (days.push(other) === likeDaysMax) break;
  }
  return days.length < likeDaysMin ? null : { value: roundedValue(sum / days.length), days };
}

/** The mean of like days around each interval; `before` a day, of those before it alone. */
export function fillLikeDays(
  timeline: EvidenceTimeline,
  { places }: OpenRun,
  limits: LikeLimits,
  before: LocalDay | null = null,
): Filled {
  const used = new Set<LocalDay>();
  const values: number[] = [];
  for (const place of places) {
    const near =
      before === null ? nearDays(place.day, limits.windowDays, [-1, 1]) : nearDays(before, limits.windowDays, [-1]);
    const found = likeValue(timeline, place, near, limits);
    if (found === null) return null;
    values.push(found.value);
    for (const day of found.days) used.add(day);
  }
  const days = [...used].sort();
  return { values, inputs: { days }, sources: days };
}

/** What was measured on a day; null unless all of it was. */
function measuredOn(timeline: EvidenceTimeline, day: LocalDay): number | null {
  let sum = 0;
  for (const value of timeline.at(day).actual) {
    if (value === null) return null;
    sum += value;
  }
  return sum;
}

/** The same time of the year before, times how this year compares with it in the days before the run. */
export function fillYearBefore(
  timeline: EvidenceTimeline,
  { places }: OpenRun,
  { ratioDays, actualShareMin }: EstimationSettings['yearBefore'],
): Filled {
  const start = places[0]?.day ?? '';
  let [thisYear, lastYear, days] = [0, 0, 0];
  const sources: LocalDay[] = [];
  for (let before = 1; before <= ratioDays; before += 1) {
    const [day, earlier] = [addDays(start, -before), addDays(start, -before - YEAR_DAYS)];
    const now = measuredOn(timeline, day);
    const then = measuredOn(timeline, earlier);
    if (now === null || then === null) continue;
    sources.push(day, earlier);
    thisYear += now;
    lastYear += then;
    days += 1;
  }
  if (days < ratioDays * actualShareMin || !(lastYear > 0)) return null;
  const values: number[] = [];
  for (const place of places) {
    const earlier = addDays(place.day, -YEAR_DAYS);
    const value = timeline.actualAt(earlier, timeline.wallOf(place.day, place.index));
    if (value === null) return null;
    sources.push(earlier);
    values.push(roundedValue((value * thisYear) / lastYear));
  }
  const ratio = roundedValue(thisYear / lastYear);
  return { values, inputs: { ratio, daysCompared: days, daysEarlier: YEAR_DAYS }, sources };
}

/** The part of a day's millionths that falls to one of its intervals: the parts add up to them (rule E4). */
function evenPart(dayMicro: number, index: number, count: number): number {
  const upTo = (place: number): number => Math.round((dayMicro * place) / count);
  return (upTo(index + 1) - upTo(index)) / MICRO;
}

/** Digits in which the coefficients of a fit are given. */
const FIT_DECIMALS = 6;

/**
 * Base + slope × degree days of each day, spread evenly over it, by the model that holds on the first day of a run. Not where
 * the degree days of a day are missing, nor where a day would come out below zero.
 */
export function fillDegreeDays(timeline: EvidenceTimeline, { places }: OpenRun, modelOf: HeatingModelOf): Filled {
  const model = modelOf(places[0]?.day ?? '');
  if (model === null) return null;
  const { fitPeriod, region, basePerDay, slopePerDegreeDay } = model;
  const totals = new Map<LocalDay, number>();
  const inputsOfDay = new Map<LocalDay, EstimateInputs>();
  const values: number[] = [];
  for (const { day, index } of places) {
    if (!totals.has(day)) {
      const degreeDays = model.degreeDaysOf(day);
      const quantity = degreeDays === null ? null : basePerDay.plus(slopePerDegreeDay.times(degreeDays.value));
      if (degreeDays === null || quantity === null || quantity.lt(0)) return null;
      totals.set(day, quantity.times(MICRO).toDecimalPlaces(0).toNumber());
      inputsOfDay.set(day, { degreeDays: degreeDays.value.toNumber(), degreeDaySource: degreeDays.source });
    }
    values.push(evenPart(totals.get(day) ?? 0, index, timeline.at(day).isOpen.length));
  }
  const inputs = {
    basePerDay: basePerDay.toDecimalPlaces(FIT_DECIMALS).toNumber(),
    slopePerDegreeDay: slopePerDegreeDay.toDecimalPlaces(FIT_DECIMALS).toNumber(),
    fitFrom: fitPeriod.start,
    fitTo: fitPeriod.end,
    region,
    baseTemperatureC: model.baseTemperatureC.toNumber(),
  };
  return { values, inputs, sources: [], inputsOfDay };
}
