import { Refusal } from '../refusal.ts';
import { type Cells, cellText } from './cells.ts';
import { columnName, type LayoutColumn, type ReadingRowLayout } from './layout.ts';
import { DAY_MS, MINUTE_MS, type NumberedDay, numberedDay } from './local-days.ts';
import type { UploadMeter } from './meter-lookup.ts';
import { createMeterReadings, type MeterReadings } from './meter-readings.ts';
import type { ReadMoment, ReadTime } from './moment-text.ts';
import { plainNumber } from './plain-number.ts';
import { MARK, type Mark, readIsEstimate, readQuality } from './quality-words.ts';
import { numberFault, readValue } from './read-value.ts';
import { type CellFault, isFault, quoted } from './row-fault.ts';
import type { RowReader, UploadContext } from './upload-context.ts';
import { createWallTimes, type WallTimes } from './wall-times.ts';

type MeterState = { readings: MeterReadings; wallTimes: WallTimes };

const DAY_MINUTES = 1440;
const PERIOD_MINUTES = 30;
const PERIODS_MAX = 50;

function refuseWithoutClock(line: number, text: string): never {
  const detail = `The times of the file carry no offset (line ${line} has ${quoted(text)}): say clock=local, utc, gmt48 or local48`;
  throw new Refusal('invalid-request', detail, [{ pointer: '?clock', code: 'missing', detail }]);
}

function refuseLength(resolutionMinutes: number): never {
  const detail = `The file has one value a day, not one every ${resolutionMinutes} minutes: leave resolutionMinutes out`;
  throw new Refusal('invalid-request', detail, [{ pointer: '?resolutionMinutes', code: 'not-allowed', detail }]);
}

function refuseDailyInUtc(clock: string): never {
  const detail = `The file has one value a day, and a value of a whole day cannot be moved to another day: send it with clock=local, not ${clock}`;
  throw new Refusal('invalid-request', detail, [{ pointer: '?clock', code: 'not-allowed', detail }]);
}

/** The number of a settlement period as minutes since midnight, 30 for each. */
function readPeriod(text: string): ReadTime | CellFault {
  const period = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (period >= 1 && period <= PERIODS_MAX) return { minute: (period - 1) * PERIOD_MINUTES, offset: null };
  return { code: 'not-a-time', detail: `${quoted(text)} is no settlement period: expected 1 to ${PERIODS_MAX}` };
}

function periodInstant(day: NumberedDay, minute: number): number | CellFault {
  if (minute < day.minutes) return day.startMs + minute * MINUTE_MS;
  const detail = `Period ${minute / PERIOD_MINUTES + 1} is one too many: ${day.day} has ${day.minutes / PERIOD_MINUTES}`;
  return { code: 'no-such-time', detail };
}

/**
 * Reads files with a row for each reading.
 * @throws Refusal `invalid-request` when a time has no offset and the sender named no clock.
 */
export function createReadingRows(layout: ReadingRowLayout, context: UploadContext): RowReader {
  const { date: dateColumn, value: valueColumn, quality: qualityColumn, period: periodColumn } = layout.columns;
  const { clock, isDaily, resolutionMinutes } = layout;
  const label = layout.label ?? 'start';
  const timeColumn = layout.columns.time ?? periodColumn;
  const timeIsPeriod = timeColumn !== null && timeColumn === periodColumn;
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
      // A period number or a date alone names the interval itself, whatever times would name.
      const named = timeIsPeriod || isDaily ? 'start' : label;
      state = {
        readings: createMeterReadings(meter, { ...context, label: named, resolutionMinutes }, refuse),
        wallTimes: createWallTimes(named, clock === 'local48'),
      };
      states.set(meter.id, state);
      if (isDaily && meter.activity === 'natural-gas')
        tally.notice(
          'gas-day',
          'Daily gas values count for the local day they are dated. A supplier may mean the gas day, which runs from 05:00 to 05:00 of the next day.',
        );
    }
    return state;
  };

  const readMoment = (text: string, cells: Cells): ReadMoment | CellFault => {
    const date = moments.moment(text);
    if (timeColumn === null || isFault(date)) return date;
    const timeText = cellText(cells, timeColumn.index);
    const time = timeIsPeriod ? readPeriod(timeText) : moments.time(timeText);
    return isFault(time) ? time : { day: date.day, ...time };
  };

  const instantOf = (
    { day, minute, offset }: ReadMoment,
    state: MeterState,
    text: string,
    line: number,
  ): number | CellFault => {
    if (offset !== null) return day * DAY_MS + (minute - offset) * MINUTE_MS;
    if (isDaily) return numberedDay(day).startMs;
    if (clock === null) return refuseWithoutClock(line, text);
    if (clock === 'utc' || clock === 'gmt48') return day * DAY_MS + minute * MINUTE_MS;
    // Settlement periods are counted from midnight, and say of themselves which of two equal times is meant.
    return timeIsPeriod && clock === 'local' ? periodInstant(numberedDay(day), minute) : state.wallTimes(day, minute);
  };

  const readNumber = (cells: Cells): number | CellFault => {
    const { index } = valueColumn;
    if (index >= cells.count) return Number.NaN;
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
    const value = readNumber(cells);
    if (typeof value !== 'number') return refuse(cells, valueColumn, value);
    const mark: Mark | CellFault =
      qualityColumn === null ? MARK.actual : readRowQuality(cellText(cells, qualityColumn.index));
    if (isFault(mark)) return refuse(cells, qualityColumn ?? dateColumn, mark);
    const instantMs = instantOf(moment, state, text, cells.line);
    if (typeof instantMs !== 'number') return dropOrRefuse(cells, value, instantMs);
    state.readings.take({ instantMs, value: mark === MARK.blank ? Number.NaN : value, mark, line: cells.line, text });
  };

  /** Files with 48 values on every day have the hour that the clock left out as well, blank or zero. */
  const dropOrRefuse = (cells: Cells, value: number, fault: CellFault) => {
    const isNothing = clock === 'local48' && fault.code === 'no-such-time' && (Number.isNaN(value) || value === 0);
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
