import { elapsedMinutes } from '../calendar.ts';
import { type Cells, cellText } from './cells.ts';
import { countLocal, countNominal, settleLocal48 } from './clock-days.ts';
import { createDayValues, type DayValues } from './day-values.ts';
import { columnName, type DayRowLayout, type LayoutColumn } from './layout.ts';
import { LayoutQuestions } from './layout-questions.ts';
import { DAY_MS, isPlainWinter, MINUTE_MS, type NumberedDay, numberedDay, numberedDayAt } from './local-days.ts';
import { isMergedHour, splitMergedHour } from './merged-hour.ts';
import type { UploadMeter } from './meter-lookup.ts';
import { MARK, type Mark, readIsEstimate, readQuality } from './quality-words.ts';
import { readValue } from './read-value.ts';
import { clockQuestion } from './recognise/clock-choice.ts';
import { createRepeatedHour } from './repeated-hour.ts';
import { type CellFault, isFault } from './row-fault.ts';
import type { RowReader, UploadContext } from './upload-context.ts';

/** What is wrong with values that lie in the future, or null. A day that runs may be filled up to now. */
function futureFault(row: DayValues, startMs: number, resolutionMinutes: number, nowMs: number): CellFault | null {
  const endMs = startMs + row.used * resolutionMinutes * MINUTE_MS;
  if (endMs <= nowMs) return null;
  return {
    code: 'in-the-future',
    detail: `The row has values up to ${new Date(endMs).toISOString()}, which is still to come`,
  };
}

/**
 * Reads files with a row for each meter and day.
 * @throws LayoutQuestions when the clock is not known and a day comes for which it matters.
 */
export function createDayRows(layout: DayRowLayout, context: UploadContext): RowReader {
  const { clock, firstMinute } = layout;
  const isUtc = clock === 'utc' || clock === 'gmt48';
  const { resolutionMinutes, columns } = layout;
  const { date: dateColumn, quality: qualityColumn } = columns;
  const { tally, openDays, onDay, nowMs, moments } = context;
  const valuesOf = createDayValues(layout);
  const perHour = 60 / resolutionMinutes;
  const dayShift = layout.rowDate === 'day-after' ? -1 : 0;
  const settleRepeated = columns.repeatedHour.length === 0 ? null : createRepeatedHour(layout);
  const readRowQuality = layout.qualityMeans === 'is-estimate' ? readIsEstimate : readQuality;

  const refuse = (cells: Cells, column: LayoutColumn | null, fault: CellFault) => {
    const value = column === null ? null : cellText(cells, column.index);
    tally.refuse(cells.line, column === null ? null : columnName(column), value, fault);
  };
  const named = new Map([...columns.values, ...(columns.flags ?? [])].map((column) => [column.index, column]));
  const columnAt = (index: number): LayoutColumn => named.get(index) ?? { index, header: null };

  /** Puts a UTC day into the local days it lies in. */
  const spread = (
    meter: UploadMeter,
    startMs: number,
    row: DayValues,
    count: number,
    line: number,
  ): CellFault | null => {
    let day = numberedDayAt(startMs);
    let minute = (startMs - day.startMs) / MINUTE_MS;
    let fault: CellFault | null = null;
    for (let index = 0; index < count; index++, minute += resolutionMinutes) {
      if (minute >= day.minutes) {
        minute -= day.minutes;
        day = numberedDay(day.number + 1);
      }
      const value = row.values[index] as number;
      const mark = Number.isNaN(value) ? MARK.blank : (row.marks[index] as Mark);
      const twice = openDays.put(meter, day.number, resolutionMinutes, minute / resolutionMinutes, value, mark, line);
      if (twice === null || fault !== null) continue;
      fault = {
        code: 'given-twice',
        detail: `'${columnName(columns.values[index] ?? dateColumn)}' of ${day.day} is ${value} here and another value on line ${twice.line}: neither is stored`,
      };
    }
    return fault;
  };

  const totalOf = (cells: Cells): number => {
    const total = columns.total === null ? Number.NaN : readValue(cellText(cells, columns.total.index));
    return typeof total === 'number' ? total : Number.NaN;
  };

  const localCount = (row: DayValues, day: NumberedDay, cells: Cells): number | CellFault => {
    if (settleRepeated !== null) return settleRepeated(row, day, cells);
    if (clock !== 'local48') return countLocal(row, day, resolutionMinutes);
    const isMerged = day.minutes > DAY_MS / MINUTE_MS && isMergedHour(row, perHour, totalOf(cells));
    const count = settleLocal48(row, day, resolutionMinutes);
    if (!isMerged || typeof count !== 'number') return count;
    splitMergedHour(row, perHour, perHour);
    tally.notice(
      'merged-hour',
      `The repeated hour of ${day.day} was sent in one with the hour before it: each value was divided between the two.`,
    );
    return count;
  };

  const storeLocal = (
    meter: UploadMeter,
    dayNumber: number,
    row: DayValues,
    line: number,
    cells: Cells,
  ): CellFault | null => {
    const day = numberedDay(dayNumber);
    if (clock === null && !isPlainWinter(day)) throw new LayoutQuestions([clockQuestion(day.day)]);
    const count = localCount(row, day, cells);
    if (typeof count !== 'number') return count;
    const isOver = day.startMs + day.minutes * MINUTE_MS <= nowMs;
    const future = isOver ? null : futureFault(row, day.startMs, resolutionMinutes, nowMs);
    if (future !== null) return future;
    onDay(
      { meterId: meter.id, dayNumber, resolutionMinutes, values: row.values, marks: row.marks, count, line },
      meter,
    );
    return null;
  };

  const storeUtc = (meter: UploadMeter, dayNumber: number, row: DayValues, line: number): CellFault | null => {
    const day = numberedDay(dayNumber);
    const startMs = dayNumber * DAY_MS;
    const count = countNominal(row, day, resolutionMinutes, clock);
    if (typeof count !== 'number') return count;
    const future = startMs + DAY_MS > nowMs ? futureFault(row, startMs, resolutionMinutes, nowMs) : null;
    if (future !== null) return future;
    if (!isPlainWinter(day)) return spread(meter, startMs, row, count, line);
    onDay(
      { meterId: meter.id, dayNumber, resolutionMinutes, values: row.values, marks: row.marks, count, line },
      meter,
    );
    return null;
  };

  /** The intervals of a gas day, each placed by its hour (rule E7). */
  const storeGasDay = (meter: UploadMeter, dayNumber: number, row: DayValues, line: number): CellFault | null => {
    const startOf = (number: number): number => {
      if (isUtc) return number * DAY_MS + firstMinute * MINUTE_MS;
      const { day, startMs } = numberedDay(number);
      return startMs + (elapsedMinutes(day, firstMinute) ?? firstMinute) * MINUTE_MS;
    };
    const startMs = startOf(dayNumber);
    const own = (startOf(dayNumber + 1) - startMs) / MINUTE_MS / resolutionMinutes;
    const next = numberedDay(dayNumber + 1);
    const isOwn = row.available >= own && row.used <= own && (row.used === own || own === 24 * perHour);
    const count = isOwn ? own : settleLocal48(row, next, resolutionMinutes, firstMinute - DAY_MS / MINUTE_MS);
    if (typeof count !== 'number') return count;
    return futureFault(row, startMs, resolutionMinutes, nowMs) ?? spread(meter, startMs, row, count, line);
  };

  /** The values of a row and of the hour that stands apart, before they are put in their places. */
  function* allValues({ values, used }: DayValues, cells: Cells): Generator<number> {
    yield* values.subarray(0, used);
    for (const { index } of columns.repeatedHour) {
      const value = readValue(cellText(cells, index));
      if (typeof value === 'number') yield value;
    }
  }

  const row = (cells: Cells) => {
    const subject = context.subjectOf(cells);
    if (subject.kind === 'fault') return tally.refuse(cells.line, subject.column, subject.value, subject.fault);
    if (subject.kind === 'skipped') {
      tally.skipped.set(subject.channel, (tally.skipped.get(subject.channel) ?? 0) + 1);
      return;
    }
    const date = moments.dated(cellText(cells, dateColumn.index));
    if (isFault(date)) return refuse(cells, dateColumn, date);
    const mark = qualityColumn === null ? MARK.actual : readRowQuality(cellText(cells, qualityColumn.index));
    if (isFault(mark)) return refuse(cells, qualityColumn, mark);
    const { scale } = subject;
    const values = valuesOf(cells, mark, scale);
    if ('detail' in values) return refuse(cells, columnAt(values.column), values);
    if (columns.total !== null && scale === null)
      tally.totals.row(cells.line, cellText(cells, columns.total.index), allValues(values, cells));
    const fault = store(subject.meter, date.day + dayShift, values, cells.line, cells);
    if (fault !== null) return refuse(cells, null, fault);
    tally.accepted += 1;
    tally.values += values.present;
  };
  const store = firstMinute > 0 ? storeGasDay : isUtc ? storeUtc : storeLocal;
  return { row, end: () => openDays.end() };
}
