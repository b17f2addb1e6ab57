import { RESOLUTIONS_MINUTES } from '../interval-profile.ts';
import { headerWords, isFlagHeader } from './header-words.ts';

/** The columns of a row that hold the values of one day, in order of time. */
export type IntervalColumns = {
  resolutionMinutes: number;
  valueColumns: number[];
  /** The flag of each value, where every value has one. */
  flagColumns: number[] | null;
};

/** A header that names an interval: `stem` is its text without the number, `number` the number as written (0030 is 30). */
type Label = { column: number; stem: string; number: number; isFlag: boolean };

const DAY_MINUTES = 1440;
/** Fewer columns than this are no day. */
const COLUMNS_MIN = 23;

const FLAG_WORD = /\b(flag|indicator|status|quality|marker|estimated|actual|est|ae|type)\b/;

/** Numbers of a header: the last one, or a clock time written as hh:mm, hh_mm_ss, hh:mm AM or as a span of two. */
function labelOf(header: string, column: number): Label | null {
  const text = header.trim().toLowerCase();
  // The place of an hour in a span: `00:00 - 00:30` is known by its start.
  const clock = /(\d{1,2})[:_.](\d{2})(?:[:_.]\d{2})?\s*(am|pm)?/.exec(text);
  if (clock !== null) {
    const [whole, hours = '', minutes = '', half] = clock;
    const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half === 'pm' ? 12 : 0);
    const stem = headerWords(text.slice(0, clock.index));
    const isFlag = FLAG_WORD.test(headerWords(text.replace(whole, ' ')));
    return { column, stem: `${stem}:`, number: hour * 100 + Number(minutes), isFlag };
  }
  const counted = /^(.*?)(\d{1,4})([^0-9]*)$/.exec(text);
  if (counted === null) return null;
  const [, before = '', digits = '', after = ''] = counted;
  const words = headerWords(`${before} ${after}`);
  return {
    column,
    stem: words.replace(FLAG_WORD, '').replace(/\s+/g, ' ').trim(),
    number: Number(digits),
    isFlag: FLAG_WORD.test(words),
  };
}

/** Resolution of n columns counted from 1, when n is what a normal, short or long day has. */
function resolutionOfCount(count: number): number | null {
  const fits = (minutes: number) => [DAY_MINUTES, 1380, 1500].some((length) => length / minutes === count);
  return RESOLUTIONS_MINUTES.find((minutes) => minutes < DAY_MINUTES && fits(minutes)) ?? null;
}

/** Resolution of a run of labels, or null when they are not the intervals of one day from midnight to midnight. */
function resolutionOf(numbers: readonly number[]): number | null {
  if (numbers.length < COLUMNS_MIN) return null;
  if (numbers.every((number, index) => number === index + 1)) return resolutionOfCount(numbers.length);
  const minutes = numbers.map((number) => Math.floor(number / 100) * 60 + (number % 100));
  const step = (minutes[1] ?? 0) - (minutes[0] ?? 0);
  const first = minutes[0] ?? 0;
  if (step <= 0 || (first !== 0 && first !== step)) return null;
  // The last label of a day may be written 00:00.
  const runs = minutes.every((minute, index) => {
    const expected = first + index * step;
    return minute === expected || (minute === 0 && expected === DAY_MINUTES);
  });
  return runs && resolutionOfCount(numbers.length) === step ? step : null;
}

function flagsOf(values: readonly Label[], flags: readonly Label[], headers: readonly string[]): number[] | null {
  if (flags.length === values.length) return flags.map((label) => label.column);
  for (const offset of [1, -1]) {
    const beside = values.map((label) => label.column + offset);
    if (beside.every((column) => isFlagHeader(headerWords(headers[column] ?? '')))) return beside;
  }
  return null;
}

/** Where the hours of a day begin when the labels are clock times that do not begin at midnight, as in a gas day. */
export function lateFirstHour(headers: readonly string[]): string | null {
  const labels = headers.map((header, column) => labelOf(header, column)).filter((label) => label !== null);
  const clocks = labels.filter((label) => label.stem.endsWith(':') && !label.isFlag);
  const first = clocks[0];
  if (clocks.length < COLUMNS_MIN || first === undefined) return null;
  return first.number >= 500 && first.number <= 600 ? (headers[first.column] ?? null) : null;
}

/** Finds the columns that hold the values of a day. Null when the header has none, or not all of them. */
export function findIntervalColumns(headers: readonly string[]): IntervalColumns | null {
  const groups = new Map<string, { values: Label[]; flags: Label[] }>();
  headers.forEach((header, column) => {
    const label = labelOf(header, column);
    if (label === null) return;
    const group = groups.get(label.stem) ?? { values: [], flags: [] };
    groups.set(label.stem, group);
    // The same label a second time is the flag of the first: some files have two blocks with the same headers.
    const isRepeated =
      group.values.some((value) => value.number === label.number) && group.values.length >= COLUMNS_MIN;
    (label.isFlag || isRepeated ? group.flags : group.values).push(label);
  });
  for (const { values, flags } of groups.values()) {
    const resolutionMinutes = resolutionOf(values.map((label) => label.number));
    if (resolutionMinutes === null) continue;
    return {
      resolutionMinutes,
      valueColumns: values.map((label) => label.column),
      flagColumns: flagsOf(values, flags, headers),
    };
  }
  return null;
}
