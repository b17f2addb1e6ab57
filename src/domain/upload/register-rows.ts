import { localPosition } from '../calendar.ts';
import { dayOfNumber } from '../local-day.ts';
import { FIRST_REGISTER } from '../readings/read-register.ts';
import { Refusal } from '../refusal.ts';
import type { ArrivingRead } from '../registers/place-reads.ts';
import { type ReadType, readTypeOf, readTypesExpected } from '../registers/read-types.ts';
import { type Cells, cellText, isBlankRecord } from './cells.ts';
import type { MeterLookup, UploadMeter } from './meter-lookup.ts';
import { createMomentReader, type MomentReader } from './moment-text.ts';
import type { Decision } from './recognise/recognition.ts';
import type { RegisterLayout } from './recognise-registers.ts';
import { createRecordSplitter } from './record-splitter.ts';
import { countRead, localInstantMs, readRegisterValue } from './register-cells.ts';
import { type CellFault, isFault, quoted } from './row-fault.ts';
import type { Tally } from './tally.ts';
import type { UploadOptions } from './upload-options.ts';
import type { UploadReader } from './upload-reader.ts';
import { reportOf } from './upload-report.ts';

type Row = { cells: Cells; meter: UploadMeter; layout: RegisterLayout; moments: MomentReader; options: UploadOptions };

/** Readings of a register on one day; dials that are read more often make intervals. */
const READS_A_DAY_MAX = 4;

/** A fault of a cell, with the place of its column. */
type Place = { column: number | null; fault: CellFault };

/** Seconds of a time of day: a read belongs to its day. */
const SECONDS = /(\d{1,2}:\d{2}):\d{2}(\.\d+)?/;

function momentOf({ cells, layout, moments, options }: Row): { day: string; ms: number } | CellFault {
  const { date, time } = layout.columns;
  const clockText = time === null ? '' : ` ${cellText(cells, time)}`;
  const moment = moments.moment(`${cellText(cells, date)}${clockText}`.trim().replace(SECONDS, '$1'));
  if (isFault(moment)) return moment;
  const isUtc = options.clock === 'utc' || options.clock === 'gmt48';
  const utcMinutes = moment.day * 1440 + moment.minute;
  const offset = moment.offset ?? (isUtc ? 0 : null);
  const ms = offset === null ? localInstantMs(dayOfNumber(moment.day), moment.minute) : (utcMinutes - offset) * 60_000;
  if (ms > options.nowMs) return { code: 'in-the-future', detail: 'The reading is in the future' };
  return { day: localPosition(ms).day, ms };
}

function typeOf(text: string, { activity }: UploadMeter): ReadType | CellFault {
  const type = text === '' ? 'actual' : readTypeOf(text, activity);
  if (type !== null) return type;
  return {
    code: 'unknown-read-type',
    detail: `${quoted(text)} is no read type of ${activity}: expected ${readTypesExpected(activity)}`,
  };
}

function readOf(row: Row): ArrivingRead | Place {
  const { cells, meter, layout, options } = row;
  const { date, dial, serial, register, readType } = layout.columns;
  const text = (column: number | null): string => (column === null ? '' : cellText(cells, column));
  const at = momentOf(row);
  if (isFault(at)) return { column: date, fault: at };
  const shown = readRegisterValue(text(dial), options.decimalMark);
  if (isFault(shown)) return { column: dial, fault: shown };
  const type = typeOf(text(readType), meter);
  if (isFault(type)) return { column: readType, fault: type };
  const named = { serial: text(serial), register: text(register) };
  return {
    meterId: meter.id,
    serial: named.serial === '' ? null : named.serial,
    register: named.register === '' ? FIRST_REGISTER : named.register,
    readAtMs: at.ms,
    day: at.day,
    valueMicro: shown.micro,
    type,
    line: cells.line,
  };
}

/**
 * Reads a table with a row for each register read: meter, date, what the dials showed, and as far as the file has them
 * time, serial, register and read type. Times are local unless they carry an offset or the sender says UTC. `give` gets
 * each good read.
 */
export function createRegisterRows(
  layout: RegisterLayout,
  options: UploadOptions,
  find: MeterLookup,
  give: (read: ArrivingRead) => void,
  tally: Tally,
  decisions: Decision[],
): UploadReader {
  const readBefore = tally.read;
  const dateOrder = options.dateOrder ?? 'day-first';
  const moments = createMomentReader(dateOrder);
  const readsOfDay = new Map<string, number>();

  const refuse = (cells: Cells, { column, fault }: Place): void => {
    const value = column === null ? null : cellText(cells, column);
    tally.refuse(cells.line, column === null ? null : (layout.headers[column] ?? null), value, fault);
  };

  const take = (cells: Cells, meter: UploadMeter, read: ArrivingRead): void => {
    const key = `${read.meterId}|${read.serial}|${read.register}|${read.day}`;
    const seen = (readsOfDay.get(key) ?? 0) + 1;
    readsOfDay.set(key, seen);
    if (seen > READS_A_DAY_MAX)
      throw new Refusal(
        'unreadable-file',
        `Line ${cells.line} is reading ${seen} of one register on ${read.day}: dials that are read many times a day are interval data, and a read counts from the start of its day; send what was used in each interval`,
      );
    countRead(tally, meter, read.day);
    give(read);
  };

  const onRow = (cells: Cells): void => {
    tally.read += 1;
    const column = options.meterKey === null ? layout.columns.meter : null;
    const meter = find(options.meterKey ?? (column === null ? '' : cellText(cells, column)));
    if (isFault(meter)) {
      refuse(cells, { column, fault: meter });
      return;
    }
    const read = readOf({ cells, meter, layout, moments, options });
    if ('fault' in read) refuse(cells, read);
    else take(cells, meter, read);
  };

  const splitter = createRecordSplitter(layout.delimiter.charCodeAt(0), (cells) => {
    if (cells.line > layout.headerLine && !isBlankRecord(cells)) onRow(cells);
  });

  return {
    push: (block) => splitter.push(block),
    end() {
      splitter.end();
      const { headerLine } = layout;
      const clock = options.clock ?? 'local';
      return reportOf(tally, { shape: 'register-rows', headerLine, clock, label: null, dateOrder, decisions }, null);
    },
    hasRows: () => tally.read > readBefore,
    refused: () => tally.refused,
    notice: tally.notice,
  };
}
