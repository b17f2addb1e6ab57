import { MICRO } from '../interval-profile.ts';
import { MARK } from './quality-words.ts';

/** What a file says of one meter and local day. `values` is only good until the next day is read. */
export type ParsedDay = {
  meterId: number;
  /** Days since 1970-01-01. */
  dayNumber: number;
  /** As it is stored: a daily value's is the length of its day. */
  resolutionMinutes: number;
  /** One entry an interval, NaN where missing; the first `count` count. */
  values: Float64Array;
  count: number;
  hasMissing: boolean;
  /** Null: all actual. E: all estimated. Else a letter an interval. */
  quality: string | null;
  /** Sum of the values in millionths, exact; a bigint only where a double would not be. */
  quantityMicro: number | bigint;
  estimatedMicro: number | bigint | null;
  actualMinutes: number;
  estimatedMinutes: number;
  /** Line of the file it begins on. */
  line: number;
};

/** The zeros of a meter: how many values are zero, and the longest run of them in intervals. */
export type ZeroCount = { values: number; longestRun: number; run: number };

/** The intervals of one day before they are added up. `marks` has a mark an interval. */
export type RawDay = Pick<ParsedDay, 'meterId' | 'dayNumber' | 'resolutionMinutes' | 'values' | 'count' | 'line'> & {
  marks: Uint8Array;
};

function exactSum(values: Float64Array, marks: Uint8Array, count: number, mark: number | null): bigint {
  let sum = 0n;
  for (let index = 0; index < count; index++) {
    const value = values[index] as number;
    if (!Number.isNaN(value) && (mark === null || marks[index] === mark)) sum += BigInt(Math.round(value * MICRO));
  }
  return sum;
}

function lettersOf({ values, marks, count }: RawDay): string {
  let letters = '';
  for (let index = 0; index < count; index++) {
    if (Number.isNaN(values[index])) letters += '-';
    else letters += marks[index] === MARK.estimated ? 'E' : 'A';
  }
  return letters;
}

/**
 * Adds up a day in millionths and counts its zeros. Null when it has no value at all: a blank never replaces a value, so
 * there is nothing to store. Sums are kept in doubles as long as these are exact.
 */
export function addUpDay(raw: RawDay, zeros: ZeroCount): ParsedDay | null {
  const { meterId, dayNumber, values, marks, count, resolutionMinutes, line } = raw;
  let present = 0;
  let estimated = 0;
  let sum = 0;
  let estimatedSum = 0;
  let magnitude = 0;
  for (let index = 0; index < count; index++) {
    const value = values[index] as number;
    // NaN, the mark of a missing value, is the only number that differs from itself.
    // biome-ignore lint/suspicious/noSelfCompare: the quickest test for NaN in the busiest loop of an upload
    if (value !== value) {
      zeros.run = 0;
      continue;
    }
    present += 1;
    const micro = Math.round(value * MICRO);
    sum += micro;
    magnitude += Math.abs(micro);
    if (marks[index] === MARK.estimated) {
      estimated += 1;
      estimatedSum += micro;
    }
    if (value !== 0) zeros.run = 0;
    else {
      zeros.values += 1;
      zeros.run += 1;
      if (zeros.run > zeros.longestRun) zeros.longestRun = zeros.run;
    }
  }
  if (present === 0) return null;
  const isExact = magnitude <= Number.MAX_SAFE_INTEGER;
  const quantityMicro = isExact ? sum : exactSum(values, marks, count, null);
  const estimatedMicro = isExact ? estimatedSum : exactSum(values, marks, count, MARK.estimated);
  const isMixed = estimated > 0 && estimated < present;
  // Each member by name: spreading `raw` here costs thirty times as much, and this is done for every day of a file.
  return {
    meterId,
    dayNumber,
    resolutionMinutes,
    values,
    count,
    hasMissing: present < count,
    quality: isMixed ? lettersOf(raw) : estimated > 0 ? 'E' : null,
    quantityMicro,
    estimatedMicro: estimated > 0 ? estimatedMicro : null,
    actualMinutes: (present - estimated) * resolutionMinutes,
    estimatedMinutes: estimated * resolutionMinutes,
    line,
  };
}
