import { DAY_NUMBER_LIMIT, numberedDay } from './local-days.ts';
import type { UploadMeter } from './meter-lookup.ts';
import type { RawDay } from './parsed-day.ts';
import { MARK, type Mark } from './quality-words.ts';

/** A day that is put together from several rows. */
type OpenDay = RawDay & { meter: UploadMeter; lines: Int32Array; seen: number };

/** The same interval, given before with another value. */
export type GivenTwice = { line: number; value: number | null };

/** Days that are put together from values that arrive in any order. */
export type OpenDays = {
  /**
   * Puts a value (NaN for a blank) into its interval. The same value twice is harmless; an actual value stands against
   * an estimated one, whichever comes first (rule E2). Otherwise neither stays, and the earlier one is returned.
   */
  put(
    meter: UploadMeter,
    dayNumber: number,
    resolutionMinutes: number,
    index: number,
    value: number,
    mark: Mark,
    line: number,
  ): GivenTwice | null;
  /** Gives out what is not complete. */
  end(): void;
};

/** Intervals held open at once: some thousands of meters with two days each. Beyond it the oldest days go out as they are. */
const OPEN_INTERVALS_MAX = 2_000_000;

/** Makes a place to put days together. Each goes to `onDay` as soon as all its intervals have been mentioned. */
export function createOpenDays(onDay: (raw: RawDay, meter: UploadMeter) => void, onKeptActual: () => void): OpenDays {
  const open = new Map<number, OpenDay>();
  let intervals = 0;

  const close = (key: number, day: OpenDay) => {
    open.delete(key);
    intervals -= day.count;
    onDay(day, day.meter);
  };

  const makeRoom = () => {
    for (const [key, day] of open) {
      if (intervals <= OPEN_INTERVALS_MAX / 2) return;
      close(key, day);
    }
  };

  const begin = (
    key: number,
    meter: UploadMeter,
    dayNumber: number,
    resolutionMinutes: number,
    line: number,
  ): OpenDay => {
    if (intervals > OPEN_INTERVALS_MAX) makeRoom();
    const { minutes } = numberedDay(dayNumber);
    const isDaily = resolutionMinutes >= 1380;
    const count = isDaily ? 1 : minutes / resolutionMinutes;
    const day: OpenDay = {
      meter,
      meterId: meter.id,
      dayNumber,
      resolutionMinutes: isDaily ? minutes : resolutionMinutes,
      values: new Float64Array(count).fill(Number.NaN),
      marks: new Uint8Array(count),
      lines: new Int32Array(count),
      count,
      line,
      seen: 0,
    };
    open.set(key, day);
    intervals += count;
    return day;
  };

  const meet = (day: OpenDay, index: number, value: number, mark: Mark): GivenTwice | null => {
    const before = day.values[index] as number;
    const beforeMark = day.marks[index] as Mark;
    const line = day.lines[index] as number;
    if (beforeMark === MARK.refused) return { line, value: null };
    if (mark === MARK.blank || (beforeMark === mark && before === value)) return null;
    if (beforeMark === MARK.actual && mark === MARK.estimated) {
      onKeptActual();
      return null;
    }
    const isBetter = beforeMark === MARK.blank || (beforeMark === MARK.estimated && mark === MARK.actual);
    day.values[index] = isBetter ? value : Number.NaN;
    day.marks[index] = isBetter ? mark : MARK.refused;
    return isBetter ? null : { line, value: before };
  };

  return {
    put(meter, dayNumber, resolutionMinutes, index, value, mark, line) {
      const key = meter.id * DAY_NUMBER_LIMIT + dayNumber;
      const day = open.get(key) ?? begin(key, meter, dayNumber, resolutionMinutes, line);
      if (day.marks[index] !== MARK.unseen) return meet(day, index, value, mark);
      day.values[index] = value;
      day.marks[index] = mark;
      day.lines[index] = line;
      day.seen += 1;
      if (day.seen === day.count) close(key, day);
      return null;
    },
    end() {
      for (const [key, day] of open) close(key, day);
    },
  };
}
