import { dayOfNumber } from '../local-day.ts';
import { createStepCounter, resolutionOfStep } from './interval-step.ts';
import type { IntervalLabel } from './layout.ts';
import { MINUTE_MS, numberedDay, numberedDayAt } from './local-days.ts';
import type { UploadMeter } from './meter-lookup.ts';
import { MARK, type Mark } from './quality-words.ts';
import type { CellFault } from './row-fault.ts';
import { readScaled, type UnitScale } from './unit-scale.ts';
import type { UploadContext } from './upload-context.ts';

/** One row: the instant its label names, and its value (NaN for a blank). */
export type Reading = {
  instantMs: number;
  value: number;
  mark: Mark;
  line: number;
  text: string;
  /** The text of a mean power: its interval has to be known before it is an energy. */
  power: { scale: UnitScale; text: string } | null;
};

/** The readings of one meter. Its intervals get their length from the first rows, unless the sender named it. */
export type MeterReadings = { take(reading: Reading): void; end(): void };

/** Readings that are held back until the length of the intervals is known. */
const SAMPLE = 48;
const SHORTEST_DAY_MINUTES = 1380;

/** Makes a place for the readings of a meter. `refuse` is told of those that cannot be placed. */
export function createMeterReadings(
  meter: UploadMeter,
  context: UploadContext & { label: IntervalLabel; resolutionMinutes: number | null },
  refuse: (reading: Pick<Reading, 'line' | 'text'>, fault: CellFault) => void,
): MeterReadings {
  const { tally, openDays, label, nowMs } = context;
  const steps = createStepCounter();
  let held: Reading[] = [];
  let resolution: number | CellFault | null = context.resolutionMinutes;

  /** Where an interval lies: the day, and which of its intervals it is. */
  const placeOf = (instantMs: number, minutes: number): { dayNumber: number; index: number } | CellFault => {
    const isDaily = minutes >= SHORTEST_DAY_MINUTES;
    const endsHere = label === 'end';
    // A daily value that is named by its end belongs to the day before that midnight.
    const startMs = isDaily ? instantMs : instantMs - (endsHere ? minutes * MINUTE_MS : 0);
    const day = numberedDayAt(isDaily && endsHere ? startMs - 1 : startMs);
    const elapsed = (startMs - day.startMs) / MINUTE_MS;
    const endMs = isDaily ? day.startMs + day.minutes * MINUTE_MS : startMs + minutes * MINUTE_MS;
    if (endMs > nowMs)
      return {
        code: 'in-the-future',
        detail: `The interval ends at ${new Date(endMs).toISOString()}, which is still to come`,
      };
    const isOnGrid = isDaily ? elapsed === (endsHere ? day.minutes : 0) : elapsed % minutes === 0;
    if (isOnGrid) return { dayNumber: day.number, index: isDaily ? 0 : elapsed / minutes };
    const length = isDaily ? 'days' : `${minutes}-minute intervals`;
    return {
      code: 'unaligned-interval',
      detail: `${new Date(instantMs).toISOString()} is no boundary of the ${length} that this meter has in the file: say resolutionMinutes= if they are of another length`,
    };
  };

  const place = (reading: Reading, minutes: number) => {
    const at = placeOf(reading.instantMs, minutes);
    if ('detail' in at) return refuse(reading, at);
    const { line, power } = reading;
    const length = minutes >= SHORTEST_DAY_MINUTES ? numberedDay(at.dayNumber).minutes : minutes;
    const value =
      power === null || Number.isNaN(reading.value) ? reading.value : readScaled(power.text, power.scale, length);
    if (typeof value !== 'number') return refuse(reading, value);
    const mark = Number.isNaN(value) ? MARK.blank : reading.mark;
    const twice = openDays.put(meter, at.dayNumber, minutes, at.index, value, mark, line);
    if (twice === null) {
      tally.accepted += 1;
      if (mark !== MARK.blank) tally.values += 1;
      return;
    }
    const where = `the interval ${at.index + 1} of ${dayOfNumber(at.dayNumber)}`;
    refuse(reading, {
      code: 'given-twice',
      detail: `${value} for ${where}, and line ${twice.line} has another value: neither is stored`,
    });
    if (twice.value === null) return;
    // The earlier row was taken for good until now.
    tally.accepted -= 1;
    tally.values -= 1;
    refuse(
      { line: twice.line, text: String(twice.value) },
      {
        code: 'given-twice',
        detail: `${twice.value} for ${where}, and line ${line} has another value: neither is stored`,
      },
    );
  };

  const settle = (reading: Reading): void => {
    if (typeof resolution === 'number') place(reading, resolution);
    else if (resolution !== null) refuse(reading, resolution);
  };

  const release = (): void => {
    resolution = resolutionOfStep(steps.commonest());
    const readings = held;
    held = [];
    for (const reading of readings) settle(reading);
  };

  return {
    take(reading) {
      if (resolution !== null) return settle(reading);
      steps.next(reading.instantMs);
      held.push(reading);
      if (held.length === SAMPLE) release();
    },
    end() {
      if (held.length > 0) release();
    },
  };
}
