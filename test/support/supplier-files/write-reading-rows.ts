import type { Carried } from './carried.ts';
import { cellsOfRow } from './row-slots.ts';
import type { ColumnContent, FileClock, SupplierLayout } from './supplier-layout.ts';
import { type FileMeter, SLOT_MS, trueReading } from './true-readings.ts';
import { cellOf, decimal, hasRowFlag } from './write-day-rows.ts';

const DAY_MINUTES = 1440;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const HALF_HOUR = 30;

const ON_THE_WALL = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** A date and the minutes after its midnight, as a clock shows them. */
type Shown = { dayNumber: number; minute: number };

const shownAt = (ms: number): Shown => ({
  dayNumber: Math.floor(ms / DAY_MS),
  minute: (ms / MINUTE_MS) % DAY_MINUTES,
});

/** What the clock on the wall shows at an instant. */
function wallAt(ms: number): Shown {
  const [, day, month, year, hour, minute] = /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+)$/.exec(ON_THE_WALL.format(ms)) ?? [];
  return shownAt(Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)));
}

/** What stands in one row: the reading of a slot, or nothing or a zero for an hour that did not exist. */
type Row = { slot: number | null; value: string; isEstimated: boolean; start: Shown; end: Shown; period: number };

function rowsOfDay(meter: FileMeter, clock: FileClock, dayNumber: number, marks: boolean): Row[] {
  return cellsOfRow(clock, dayNumber).map((cell, index): Row => {
    const nominal = dayNumber * DAY_MS + index * SLOT_MS;
    const [slot] = typeof cell === 'string' ? [] : cell.slots;
    const isNominal = clock !== 'local' || slot === undefined;
    const reading = slot === undefined ? null : trueReading(meter, slot);
    return {
      slot: slot ?? null,
      value: reading === null ? (cell === 'zero' ? '0' : '') : decimal(reading.milli),
      isEstimated: marks && reading?.isEstimated === true,
      start: isNominal ? shownAt(nominal) : wallAt(slot * SLOT_MS),
      end: isNominal ? shownAt(nominal + SLOT_MS) : wallAt((slot + 1) * SLOT_MS),
      period: index + 1,
    };
  });
}

/** Makes a writer of the rows of one meter and day. */
export function createReadingRowWriter(layout: SupplierLayout, clock: FileClock, carried: Carried) {
  const { before, after, writeDate, writeTime = (minute) => String(minute / HALF_HOUR), label = 'start' } = layout;
  const columns = [...before, ...after];
  const hasTime = columns.some(([, content]) => content === 'time');
  const hasPeriod = columns.some(([, content]) => content === 'period');
  const marks = hasRowFlag(layout);

  const write = (content: ColumnContent, meter: FileMeter, row: Row): string => {
    const { dayNumber, minute } = label === 'start' ? row.start : row.end;
    if (content === 'time') return writeTime(minute);
    if (content === 'end-date') return writeDate(row.end.dayNumber);
    if (content === 'end-time') return writeTime(row.end.minute);
    if (content === 'period') return String(row.period);
    if (content === 'value') return row.value;
    const date = hasTime || hasPeriod ? writeDate(dayNumber) : `${writeDate(dayNumber)} ${writeTime(minute)}`;
    const { isEstimated } = row;
    return cellOf(content, { meter, dayNumber, date, isEstimated, isReactive: false, totalMilli: 0, dialMilli: 0 });
  };

  return (meter: FileMeter, dayNumber: number): string[][] =>
    rowsOfDay(meter, clock, dayNumber, marks).map((row) => {
      if (row.slot !== null) {
        const { milli } = trueReading(meter, row.slot);
        carried.put(meter.key, row.slot, { milli, isEstimated: row.isEstimated });
      }
      return columns.map(([, content]) => write(content, meter, row));
    });
}
