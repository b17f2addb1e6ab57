import { localPosition } from '../calendar.ts';
import { GROSS_KWH_NOTICE, isGasEnergy, saysGross } from '../gas/gross-energy.ts';
import { dayOfNumber } from '../local-day.ts';
import { FIRST_REGISTER } from '../readings/read-register.ts';
import { Refusal } from '../refusal.ts';
import type { ArrivingRead } from '../registers/place-reads.ts';
import { type ReadType, readTypeOf, readTypesExpected } from '../registers/read-types.ts';
import { type Cells, cellTexts, isBlankRecord } from './cells.ts';
import { LayoutQuestions } from './layout-questions.ts';
import type { MeterLookup, UploadMeter } from './meter-lookup.ts';
import { createMomentReader, type MomentReader } from './moment-text.ts';
import type { Decision } from './recognise/recognition.ts';
import type { RegisterLayout } from './recognise-registers.ts';
import { createRecordSplitter } from './record-splitter.ts';
import { countRead, localInstantMs, readRegisterValue } from './register-cells.ts';
import { type FoundRegisterDates, findRegisterDates, type WrittenRead } from './register-dates.ts';
import { type CellFault, isFault, quoted } from './row-fault.ts';
import type { Tally } from './tally.ts';
import type { UploadOptions } from './upload-options.ts';
import type { UploadReader } from './upload-reader.ts';
import { reportOf } from './upload-report.ts';

/** The texts of a row, by the place of their column. */
type Row = { line: number; texts: readonly string[] };

type Context = { meter: UploadMeter; layout: RegisterLayout; moments: MomentReader; options: UploadOptions };

/** Readings of a register on one day; dials that are read more often make intervals. */
const READS_A_DAY_MAX = 4;

/** Refuses a file of more reads than are taken. */
export function tooManyReads(most: number): Refusal {
  return new Refusal('unreadable-file', `The file has more than ${most} register reads: send it in parts`);
}

/** A fault of a cell, with the place of its column. */
type Place = { column: number | null; fault: CellFault };

/** Seconds of a time of day: a read belongs to its day. */
const SECONDS = /(\d{1,2}:\d{2}):\d{2}(\.\d+)?/;

/** The text of a column of a row; '' for a column that the table has not. */
const textAt = ({ texts }: Row, column: number | null): string => (column === null ? '' : (texts[column] ?? ''));

/** Date and time as they are written, without seconds. */
const momentText = (row: Row, { columns: { date, time } }: RegisterLayout): string =>
  `${textAt(row, date)} ${textAt(row, time)}`.trim().replace(SECONDS, '$1');

function momentOf(row: Row, { layout, moments, options }: Context): { day: string; ms: number } | CellFault {
  const moment = moments.moment(momentText(row, layout));
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

function readOf(row: Row, context: Context): ArrivingRead | Place {
  const { meter, layout, options } = context;
  const { date, dial, serial, register, readType } = layout.columns;
  const text = (column: number | null): string => textAt(row, column);
  const at = momentOf(row, context);
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
    line: row.line,
  };
}

/**
 * Reads a table with a row for each register read: meter, date, what the dials showed, and as far as the file has them
 * time, serial, register and read type. Times are local unless they carry an offset or the sender says UTC. The order of its
 * dates is told from all of them; `give` gets each good read at the end.
 */
export function createRegisterRows(
  layout: RegisterLayout,
  options: UploadOptions & { readsMax: number },
  find: MeterLookup,
  give: (read: ArrivingRead) => void,
  tally: Tally,
  decisions: Decision[],
): UploadReader {
  const { columns, headers } = layout;
  const readBefore = tally.read;
  const rows: Row[] = [];
  const readsOfDay = new Map<string, number>();
  const meterColumn = options.meterKey === null ? columns.meter : null;
  const nameOf = (row: Row): string => options.meterKey ?? textAt(row, meterColumn);

  const refuse = (row: Row, { column, fault }: Place): void => {
    const value = column === null ? null : textAt(row, column);
    tally.refuse(row.line, column === null ? null : (headers[column] ?? null), value, fault);
  };

  const take = ({ line }: Row, meter: UploadMeter, read: ArrivingRead): void => {
    const key = `${read.meterId}|${read.serial}|${read.register}|${read.day}`;
    const seen = (readsOfDay.get(key) ?? 0) + 1;
    readsOfDay.set(key, seen);
    if (seen > READS_A_DAY_MAX)
      throw new Refusal(
        'unreadable-file',
        `Line ${line} is reading ${seen} of one register on ${read.day}: dials that are read many times a day are interval data, and a read counts from the start of its day; send what was used in each interval`,
      );
    if (isGasEnergy(meter) && !saysGross(headers[columns.dial] ?? null))
      tally.notice(GROSS_KWH_NOTICE.code, GROSS_KWH_NOTICE.detail);
    countRead(tally, meter, read.day);
    give(read);
  };

  const takeRow = (row: Row, moments: MomentReader): void => {
    const meter = find(nameOf(row));
    if (isFault(meter)) {
      tally.census.count({ kind: 'fault', column: null, value: nameOf(row), fault: meter }, () => false);
      refuse(row, { column: meterColumn, fault: meter });
      return;
    }
    tally.census.count({ kind: 'meter', meter, scale: null }, () => false);
    const read = readOf(row, { meter, layout, moments, options });
    if ('fault' in read) refuse(row, read);
    else take(row, meter, read);
  };

  const onRow = (cells: Cells): void => {
    tally.read += 1;
    if (rows.length >= options.readsMax) throw tooManyReads(options.readsMax);
    rows.push({ line: cells.line, texts: cellTexts(cells) });
  };

  const datesOf = (): FoundRegisterDates => {
    if (options.dateOrder !== null) return { dateOrder: options.dateOrder, decision: null, question: null };
    const reads = rows.map((row): WrittenRead => {
      const shown = readRegisterValue(textAt(row, columns.dial), options.decimalMark);
      const register = [nameOf(row), textAt(row, columns.serial), textAt(row, columns.register)].join('\n');
      return { register, date: momentText(row, layout), value: isFault(shown) ? Number.NaN : Number(shown.micro) };
    });
    return findRegisterDates(reads, headers[columns.date] ?? null, options.nowMs);
  };

  const splitter = createRecordSplitter(layout.delimiter.charCodeAt(0), (cells) => {
    if (cells.line > layout.headerLine && !isBlankRecord(cells)) onRow(cells);
  });

  return {
    push: (block) => splitter.push(block),
    end() {
      splitter.end();
      const { dateOrder, decision, question } = datesOf();
      if (question !== null && !options.isTrial) throw new LayoutQuestions([question]);
      if (question !== null) tally.questions.push(question);
      const moments = createMomentReader(dateOrder);
      for (const row of rows) takeRow(row, moments);
      const { headerLine } = layout;
      const clock = options.clock ?? 'local';
      const told = [...decisions, ...(decision === null ? [] : [decision])];
      const read = { shape: 'register-rows', headerLine, clock, label: null, dateOrder, decisions: told } as const;
      return reportOf(tally, read, null);
    },
    hasRows: () => tally.read > readBefore,
    refused: () => tally.refused,
    notice: tally.notice,
  };
}
