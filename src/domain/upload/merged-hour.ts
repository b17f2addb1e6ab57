import { MICRO } from '../interval-profile.ts';
import type { DayValues } from './day-values.ts';

/** Totals are printed with fewer digits than the values they are of. */
const SUM_TOLERANCE = 0.002;
/** How many times the hours beside it an hour must be to hold two. */
const TWICE = 1.5;

function sumOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let index = from; index < to; index++) sum += Number.isNaN(values[index]) ? 0 : (values[index] as number);
  return sum;
}

/**
 * Whether the hour from 01:00 of an autumn day in 48 values holds the sum of both hours (rule E8): the values add up to
 * the total of the day, and the hour is about twice those beside it. An hour that was left out makes the total larger.
 */
export function isMergedHour({ values }: DayValues, perHour: number, total: number): boolean {
  const sum = sumOf(values, 0, 24 * perHour);
  if (!(Math.abs(total - sum) <= Math.abs(sum) * SUM_TOLERANCE)) return false;
  const beside = (sumOf(values, 0, perHour) + sumOf(values, 2 * perHour, 3 * perHour)) / 2;
  return beside > 0 && sumOf(values, perHour, 2 * perHour) >= TWICE * beside;
}

/**
 * Gives each half of the two hours its half of the sum: the first time the larger millionth, so that they add up exactly.
 * `values` has the intervals of the merged hour from `at`, and room for as many after them.
 */
export function splitMergedHour({ values, marks }: DayValues, at: number, perHour: number): void {
  for (let index = at; index < at + perHour; index++) {
    const value = values[index] as number;
    const micro = Math.round(value * MICRO);
    const second = Math.floor(micro / 2);
    values[index + perHour] = Number.isNaN(value) ? value : second / MICRO;
    values[index] = Number.isNaN(value) ? value : (micro - second) / MICRO;
    marks[index + perHour] = marks[index] as number;
  }
}
