import { elapsedMinutes } from '../calendar.ts';
import { Refusal } from '../refusal.ts';
import { type Cells, cellText } from './cells.ts';
import { type PeriodNumbers, readHour } from './hour-text.ts';
import { columnName, type LayoutColumn, type ReadingRowLayout } from './layout.ts';
import { LayoutQuestions } from './layout-questions.ts';
import { DAY_MS, isPlainWinter, MINUTE_MS, type NumberedDay, numberedDay } from './local-days.ts';
import type { UploadMeter } from './meter-lookup.ts';
import { createMeterReadings, type MeterReadings } from './meter-readings.ts';
import type { ReadMoment, ReadTime } from './moment-text.ts';
import { plainNumber } from './plain-number.ts';
import { MARK, type Mark, readIsEstimate, readQuality } from './quality-words.ts';
import { numberFault, readValue } from './read-value.ts';
import { clockQuestion } from './recognise/clock-choice.ts';
import { type CellFault, isFault, quoted } from './row-fault.ts';
import { readScaled, type UnitScale } from './unit-scale.ts';
import type { RowReader, UploadContext } from './upload-context.ts';
import { createWallTimes, type WallTimes } from './wall-times.ts';

type MeterState = {
  readings: MeterReadings;
  wallTimes: WallTimes;
  /** Minutes since 1970 of the row before, as written. */
  previous: number;
};

const DAY_MINUTES = 1440;
const HALF_HOUR = 30;
const HOUR = 60;
const LONGEST_DAY_MINUTES = 1500;
/** Minutes after midnight at which a gas day begins. */
const GAS_DAY_MINUTE = 300;

function refuseLength(resolutionMinutes: number): never {
  const detail = `The file has one value a day, not one every ${resolutionMinutes} minutes: leave resolutionMinutes out`;
  throw new Refusal('invalid-request', detail, [{ pointer: '?resolutionMinutes', code: 'not-allowed', detail }]);
}

function refuseDailyInUtc(clock: string): never {
  const detail = `The file has one value a day, and a value of a whole day cannot be moved to another day: send it with clock=local, not ${clock}`;
  throw new Refusal('invalid-request', detail, [{ pointer: '?clock', code: 'not-allowed', detail }]);
}

/** The hour on the wall that a number names, as minutes since midnight; which of two it is shows in their order. */
function readWallHour(text: string, numbers: PeriodNumbers): ReadTime | CellFault {
  const hour = readHour(text)?.hour ?? -1;
  // By its start an hour on the wall is the same one before and after the change of the clocks; by its end it is not.
  const [from, to] = numbers === 'hours-ending' ? [1, 24] : [0, 23];
  if (hour >= from && hour <= to) return { minute: (hour - from) * HOUR, offset: null };
  return { code: 'not-a-time', detail: `${quoted(text)} is no hour of the day: expected ${from} to ${to}` };
}

/** The number of a settlement period, or of an hour, as minutes since the beginning of its day. */
function readPeriod(text: string, length: number): ReadTime | CellFault {
  const period = /^\d{1,3}$/.test(text) ? Number(text) : (readHour(text)?.hour ?? 0);
  const most = LONGEST_DAY_MINUTES / length;
  if (period >= 1 && period <= most) return { minute: (period - 1) * length, offset: null };
  return { code: 'not-a-time', detail: `${quoted(text)} is no settlement period: expected 1 to ${most}` };
}

function periodInstant(day: NumberedDay, minute: number, length: number): number | CellFault {
  if (minute < day.minutes) return day.startMs + minute * MINUTE_MS;
  const detail = `Period ${minute / length + 1} is one too many: ${day.day} has ${day.minutes / length}`;
  return { code: 'no-such-time', detail };
}

const GAS_DAYS =
  'The values are of gas days, from 05:00 to 05:00 of the next day. Each counts for the local day on which it begins.';
const PERHAPS_GAS_DAYS =
  'Daily gas values count for the local day they are dated. A supplier may mean the gas day, which runs from 05:00 to 05:00 of the next day: dayBasis=gas-day or dayBasis=local says which.';

/**
 * Reads files with a row for each reading.
 * @throws LayoutQuestions when the clock is not known and a time comes for which it matters.
 */
export function createReadingRows(layout: ReadingRowLayout, context: UploadContext): RowReader {
  const { date: dateColumn, value: valueColumn, quality: qualityColumn, period: periodColumn } = layout.columns;
  const { clock, isDaily, resolutionMinutes } = layout;
  const label = layout.label ?? 'start';
  const timeColumn = layout.columns.time ?? periodColumn;
  const { periodNumbers } = layout;
  const timeIsPeriod = timeColumn !== null && timeColumn === periodColumn;
  const isCounted = timeIsPeriod && periodNumbers === 'counted';
  // A period number or a date alone names the interval itself, whatever times would name.
  const named = timeIsPeriod || isDaily ? 'start' : label;
  const periodMinutes = resolutionMinutes ?? HALF_HOUR;
  const isGasDay = layout.dayBasis === 'gas-day';
  const { tally, moments } = context;
  const readRowQuality = layout.qualityMeans === 'is-estimate' ? readIsEstimate : readQuality;
  const states = new Map<number, MeterState>();
  if (isDaily && (clock === 'utc' || clock === 'gmt48')) refuseDailyInUtc(clock);
  if (isDaily && (resolutionMinutes ?? DAY_MINUTES) !== DAY_MINUTES) refuseLength(resolutionMinutes ?? DAY_MINUTES);

  const stateOf = (meter: UploadMeter): MeterState => {
    let state = states.get(meter.id);
    if (state === undefined) {
      const refuse = ({ line, text }: { line: number; text: string }, fault: CellFault) =>
        tally.refuse(line, columnName(fault.code === 'given-twice' ? valueColumn : dateColumn), text, fault);
      state = {
        readings: createMeterReadings(meter, { ...context, label: named, resolutionMinutes }, refuse),
        wallTimes: createWallTimes(named, clock === 'local48'),
        previous: Number.NaN,
      };
      states.set(meter.id, state);
      if (isDaily && (isGasDay || (layout.dayBasis === null && meter.activity === 'natural-gas')))
        tally.notice('gas-day', isGasDay ? GAS_DAYS : PERHAPS_GAS_DAYS);
    }
    return state;
  };

  const readMoment = (text: string, cells: Cells): ReadMoment | CellFault => {
    const date = moments.moment(text);
    if (timeColumn === null || isFault(date)) return date;
    const timeText = cellText(cells, timeColumn.index);
    const numbered = () => (isCounted ? readPeriod(timeText, periodMinutes) : readWallHour(timeText, periodNumbers));
    const time = timeIsPeriod ? numbered() : moments.time(timeText);
    if (isFault(time)) return time;
    // The hours of a gas day that come after midnight are of the next date.
    const isNextDate = isGasDay && !isCounted && time.minute < GAS_DAY_MINUTE;
    return { day: date.day + (isNextDate ? 1 : 0), ...time };
  };

  const instantOf = ({ day, minute, offset }: ReadMoment, state: MeterState, text: string): number | CellFault => {
    if (offset !== null) return day * DAY_MS + (minute - offset) * MINUTE_MS;
    if (isDaily) return numberedDay(day).startMs;
    if (isCounted && isGasDay) {
      const own = numberedDay(day);
      return own.startMs + ((elapsedMinutes(own.day, GAS_DAY_MINUTE) ?? GAS_DAY_MINUTE) + minute) * MINUTE_MS;
    }
    if (clock === null && !isPlainWinter(numberedDay(day))) throw new LayoutQuestions([clockQuestion(text)]);
    if (clock === null) return day * DAY_MS + minute * MINUTE_MS;
    if (clock === 'utc' || clock === 'gmt48') return day * DAY_MS + minute * MINUTE_MS;
    // Settlement periods are counted from midnight, and say of themselves which of two equal times is meant.
    return isCounted && clock === 'local'
      ? periodInstant(numberedDay(day), minute, periodMinutes)
      : state.wallTimes(day, minute);
  };

  /** A time of 00:00 that follows the afternoon of the same date is the end of that date, not its beginning. */
  const endOfDay = (moment: ReadMoment, state: MeterState): ReadMoment => {
    const midnight = moment.day * DAY_MINUTES;
    const { previous } = state;
    const follows = previous > midnight + DAY_MINUTES / 2 && previous < midnight + DAY_MINUTES;
    const isEnd = label === 'end' && !timeIsPeriod && moment.minute === 0 && moment.offset === null && follows;
    state.previous = midnight + (isEnd ? DAY_MINUTES : moment.minute);
    return isEnd ? { ...moment, minute: DAY_MINUTES } : moment;
  };

  const readNumber = (cells: Cells, scale: UnitScale | null): number | CellFault => {
    const { index } = valueColumn;
    if (index >= cells.count) return Number.NaN;
    if (scale !== null && !scale.isPower) return readScaled(cellText(cells, index), scale, 0);
    const plain = plainNumber(cells.bytes, cells.starts[index] ?? 0, cells.ends[index] ?? 0);
    return Number.isNaN(plain) ? readValue(cellText(cells, index)) : (numberFault(plain) ?? plain);
  };

  const refuse = (cells: Cells, column: LayoutColumn, fault: CellFault) =>
    tally.refuse(cells.line, columnName(column), cellText(cells, column.index), fault);

  const row = (cells: Cells) => {
    const subject = context.subjectOf(cells);
    if (subject.kind === 'fault') return tally.refuse(cells.line, subject.column, subject.value, subject.fault);
    if (subject.kind === 'skipped') {
      tally.skipped.set(subject.channel, (tally.skipped.get(subject.channel) ?? 0) + 1);
      return;
    }
    const state = stateOf(subject.meter);
    const text = cellText(cells, dateColumn.index);
    const moment = readMoment(text, cells);
    if (isFault(moment))
      return refuse(cells, moment.code === 'not-a-time' && timeColumn !== null ? timeColumn : dateColumn, moment);
    const { scale } = subject;
    const value = readNumber(cells, scale);
    if (typeof value !== 'number') return refuse(cells, valueColumn, value);
    const mark: Mark | CellFault =
      qualityColumn === null ? MARK.actual : readRowQuality(cellText(cells, qualityColumn.index));
    if (isFault(mark)) return refuse(cells, qualityColumn ?? dateColumn, mark);
    const instantMs = instantOf(endOfDay(moment, state), state, text);
    if (typeof instantMs !== 'number') return dropOrRefuse(cells, value, instantMs);
    const power = scale?.isPower === true ? { scale, text: cellText(cells, valueColumn.index) } : null;
    const own = mark === MARK.blank ? Number.NaN : value;
    state.readings.take({ instantMs, value: own, mark, line: cells.line, text, power });
  };

  /** A blank where there is no time says nothing; files with 48 values on every day may have zeros there. */
  const dropOrRefuse = (cells: Cells, value: number, fault: CellFault) => {
    const isNoTime = fault.code === 'no-such-time';
    const isNothing = isNoTime && (Number.isNaN(value) || (clock === 'local48' && value === 0));
    if (!isNothing) return refuse(cells, dateColumn, fault);
    tally.accepted += 1;
  };

  return {
    row,
    end() {
      for (const state of states.values()) state.readings.end();
      context.openDays.end();
    },
  };
}
