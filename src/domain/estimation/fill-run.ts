import { dayTypeOf } from '../like-days.ts';
import { addDays, type LocalDay } from '../local-day.ts';
import type { EstimationSettings } from './estimation-settings.ts';
import type { EvidenceTimeline, OpenRun, Place } from './evidence-timeline.ts';
import { type EstimateInputs, roundedValue } from './own-estimate.ts';

/** Values for every interval of a run with what they were made of, or null where there is too little to make them of. */
export type Filled = { values: readonly number[]; inputs: EstimateInputs } | null;

/** The same weekday a year before. */
const YEAR_DAYS = 364;

/** The measured value just before or after a run; null where there is none. */
function neighbour(timeline: EvidenceTimeline, { day, index }: Place, step: -1 | 1): number | null {
  const { actual } = timeline.at(day);
  if (index + step >= 0 && index + step < actual.length) return actual[index + step] ?? null;
  const other = timeline.at(addDays(day, step)).actual;
  return (step < 0 ? other.at(-1) : other[0]) ?? null;
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
    roundedValue(before + ((after - before) * (index + 1)) / (places.length + 1)),
  );
  return { values, inputs: { before, after } };
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
  const days: LocalDay[] = [];
  let sum = 0;
  for (const other of near) {
    const value = dayTypeOf(other) === dayTypeOf(day) ? timeline.actualAt(other, wall) : null;
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
  return { values, inputs: { days: [...used].sort() } };
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
  for (let before = 1; before <= ratioDays; before += 1) {
    const now = measuredOn(timeline, addDays(start, -before));
    const then = measuredOn(timeline, addDays(start, -before - YEAR_DAYS));
    if (now === null || then === null) continue;
    thisYear += now;
    lastYear += then;
    days += 1;
  }
  if (days < ratioDays * actualShareMin || !(lastYear > 0)) return null;
  const values: number[] = [];
  for (const place of places) {
    const value = timeline.actualAt(addDays(place.day, -YEAR_DAYS), timeline.wallOf(place.day, place.index));
    if (value === null) return null;
    values.push(roundedValue((value * thisYear) / lastYear));
  }
  const ratio = roundedValue(thisYear / lastYear);
  return { values, inputs: { ratio, daysCompared: days, daysEarlier: YEAR_DAYS } };
}
