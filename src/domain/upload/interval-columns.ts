import { RESOLUTIONS_MINUTES } from '../interval-profile.ts';
import { type IntervalHeader, intervalHeader } from './interval-headers.ts';

/** The columns of a row that hold the values of one day, in order of time. */
export type IntervalColumns = {
  resolutionMinutes: number;
  valueColumns: number[];
  /** The flag of each value, where every value has one. */
  flagColumns: number[] | null;
  /** The hour that autumn repeats, where it has columns of its own. */
  repeatedHourColumns: number[];
  /** Minutes after midnight of the first label: 0, that of one interval, or that of a gas day. */
  firstMinute: number;
};

const DAY_MINUTES = 1440;
/** Fewer columns than this are no day. */
const COLUMNS_MIN = 23;
/** Hours at which the days of gas begin, and the ends of their first hour and half-hour. */
const GAS_DAY_FIRST_MINUTES = new Set([300, 330, 360, 390, 420]);

/** Resolution of n columns counted from 1, when n is what a normal, short or long day has. */
export function resolutionOfCount(count: number): number | null {
  const fits = (minutes: number) => [DAY_MINUTES, 1380, 1500].some((length) => length / minutes === count);
  return RESOLUTIONS_MINUTES.find((minutes) => minutes < DAY_MINUTES && fits(minutes)) ?? null;
}

type Run = { resolutionMinutes: number; firstMinute: number };

/** What a run of labels says, or null when they are not the intervals of one day. */
function runOf(numbers: readonly number[], isClock: boolean): Run | null {
  if (numbers.length < COLUMNS_MIN) return null;
  const resolutionMinutes = resolutionOfCount(numbers.length);
  if (resolutionMinutes === null) return null;
  const isCounted = (from: number) => numbers.every((number, index) => number === index + from);
  if (!isClock && (isCounted(1) || isCounted(0))) return { resolutionMinutes, firstMinute: 0 };
  const minutes = numbers.map((number) => Math.floor(number / 100) * 60 + (number % 100));
  const [first = 0, second = 0] = minutes;
  const step = second - first;
  if (step !== resolutionMinutes) return null;
  if (first !== 0 && first !== step && !GAS_DAY_FIRST_MINUTES.has(first)) return null;
  // The last label of a day may be written 00:00 or 24:00.
  const runs = minutes.every((minute, index) => (minute - first - index * step) % DAY_MINUTES === 0);
  return runs ? { resolutionMinutes, firstMinute: first } : null;
}

type Group = { values: IntervalHeader[]; flags: IntervalHeader[]; seconds: IntervalHeader[] };

function groupsOf(headers: readonly string[]): Map<string, Group> {
  const groups = new Map<string, Group>();
  headers.forEach((header, column) => {
    const label = intervalHeader(header, column);
    if (label === null) return;
    const group = groups.get(label.stem) ?? { values: [], flags: [], seconds: [] };
    groups.set(label.stem, group);
    // The same label a second time is the flag of the first: some files have two blocks with the same headers.
    const isTwice = group.values.some(({ number }) => number === label.number);
    const isFlag = label.isFlag || (isTwice && !label.isSecond && group.values.length >= COLUMNS_MIN);
    (isFlag ? group.flags : isTwice ? group.seconds : group.values).push(label);
  });
  return groups;
}

/** The flags of values: those of the same names, else a block of flags with the same labels. */
function flagsOf(own: Group, groups: readonly Group[]): number[] | null {
  const isSame = (flags: readonly IntervalHeader[]) =>
    flags.length === own.values.length && flags.every(({ number }, index) => number === own.values[index]?.number);
  if (own.flags.length === own.values.length) return own.flags.map(({ column }) => column);
  const block = groups.find(({ flags }) => isSame(flags));
  return block?.flags.map(({ column }) => column) ?? null;
}

/** Whether columns whose names stand twice are the hour from 01:00 to 02:00, which autumn repeats; true where there are none. */
function areRepeatedHour({ values, seconds }: Group, { resolutionMinutes }: Run): boolean {
  const hour = 60 / resolutionMinutes;
  const own = values.slice(hour, 2 * hour);
  if (seconds.length === 0) return true;
  return seconds.length === hour && seconds.every(({ number }, index) => number === own[index]?.number);
}

const REPEATED_HOUR = /\b(time change|clock change|repeated|extra|additional|dst)\b/;

/** Finds the columns that hold the values of a day. Null when the header has none, or not all of them. */
export function findIntervalColumns(headers: readonly string[]): IntervalColumns | null {
  const groups = groupsOf(headers);
  for (const [stem, group] of groups) {
    const isClockLabelled = stem.endsWith(':');
    const numbers = group.values.map(({ number }) => number);
    const run = runOf(numbers, isClockLabelled);
    if (run === null || !areRepeatedHour(group, run)) continue;
    const apart = [...groups].find(([name]) => name !== stem && REPEATED_HOUR.test(name))?.[1].values ?? [];
    const repeated = group.seconds.length > 0 ? group.seconds : apart;
    return {
      ...run,
      valueColumns: group.values.map(({ column }) => column),
      flagColumns: flagsOf(group, [...groups.values()]),
      repeatedHourColumns: repeated.length === 60 / run.resolutionMinutes ? repeated.map(({ column }) => column) : [],
    };
  }
  return null;
}
