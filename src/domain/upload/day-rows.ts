import { dayOfNumber } from '../local-day.ts';
import { Refusal } from '../refusal.ts';
import { type Cells, cellText } from './cells.ts';
import { countLocal, countNominal, settleLocal48 } from './clock-days.ts';
import { createDayValues, type DayValues } from './day-values.ts';
import { columnName, type DayRowLayout, type LayoutColumn, type UploadClock } from './layout.ts';
import { DAY_MS, MINUTE_MS, numberedDay } from './local-days.ts';
import type { UploadMeter } from './meter-lookup.ts';
import { MARK, type Mark, readIsEstimate, readQuality } from './quality-words.ts';
import { type CellFault, isFault } from './row-fault.ts';
import type { RowReader, UploadContext } from './upload-context.ts';

function requireClock({ clock }: DayRowLayout): UploadClock {
  if (clock !== null) return clock;
  const detail =
    'The file has rows of a day, and these do not say by which clock the day runs: say clock=local, utc, gmt48 or local48';
  throw new Refusal('invalid-request', detail, [{ pointer: '?clock', code: 'missing', detail }]);
}

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
 * @throws Refusal `invalid-request` when the sender named no clock.
 */
export function createDayRows(layout: DayRowLayout, context: UploadContext): RowReader {
  const clock = requireClock(layout);
  const isUtc = clock === 'utc' || clock === 'gmt48';
  const { resolutionMinutes, columns } = layout;
  const { date: dateColumn, quality: qualityColumn } = columns;
  const { tally, openDays, onDay, nowMs, moments } = context;
  const valuesOf = createDayValues(layout);
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
    let day = numberedDay(startMs / DAY_MS);
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

  const storeLocal = (meter: UploadMeter, dayNumber: number, row: DayValues, line: number): CellFault | null => {
    const day = numberedDay(dayNumber);
    const count =
      clock === 'local' ? countLocal(row, day, resolutionMinutes) : settleLocal48(row, day, resolutionMinutes);
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
    if (day.startMs !== startMs || day.minutes !== DAY_MS / MINUTE_MS) return spread(meter, startMs, row, count, line);
    onDay(
      { meterId: meter.id, dayNumber, resolutionMinutes, values: row.values, marks: row.marks, count, line },
      meter,
    );
    return null;
  };

  const row = (cells: Cells) => {
    const subject = context.subjectOf(cells);
    if (subject.kind === 'fault') return tally.refuse(cells.line, subject.column, subject.value, subject.fault);
    if (subject.kind === 'skipped') {
      tally.skipped.set(subject.channel, (tally.skipped.get(subject.channel) ?? 0) + 1);
      return;
    }
    const date = moments.moment(cellText(cells, dateColumn.index));
    if (isFault(date)) return refuse(cells, dateColumn, date);
    if (date.minute !== 0)
      return refuse(cells, dateColumn, {
        code: 'not-a-date',
        detail: `The row is dated ${dayOfNumber(date.day)} with a time: expected the date alone`,
      });
    const mark = qualityColumn === null ? MARK.actual : readRowQuality(cellText(cells, qualityColumn.index));
    if (isFault(mark)) return refuse(cells, qualityColumn, mark);
    const values = valuesOf(cells, mark);
    if ('detail' in values) return refuse(cells, columnAt(values.column), values);
    const store = isUtc ? storeUtc : storeLocal;
    const fault = store(subject.meter, date.day, values, cells.line);
    if (fault !== null) return refuse(cells, null, fault);
    tally.accepted += 1;
    tally.values += values.present;
  };
  return { row, end: () => openDays.end() };
}
