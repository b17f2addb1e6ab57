import { dayNumber } from '../../../src/domain/local-day.ts';
import { type CarriedDay, createCarried } from './carried.ts';
import type { FileClock, SupplierLayout } from './supplier-layout.ts';
import { FILE_METERS, type FileMeter } from './true-readings.ts';
import { createDayRowWriter, headerOfValues } from './write-day-rows.ts';
import { createReadingRowWriter } from './write-reading-rows.ts';

/** Spans of days by the dates of the rows, both ends in them. */
export type Dates = readonly (readonly [first: string, last: string])[];

/** Both clock changes of a year. */
export const BOTH_CHANGES: Dates = [
  ['2025-03-20', '2025-04-10'],
  ['2025-10-20', '2025-11-05'],
];

/** A file of a supplier, and the meter-days that it carries. */
export type SupplierFile = { text: string; meters: readonly FileMeter[]; days: readonly CarriedDay[] };

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const NEEDS_QUOTES = /[",\n]/;

function daysOf(dates: Dates): number[] {
  return dates.flatMap(([first, last]) =>
    Array.from({ length: dayNumber(last) - dayNumber(first) + 1 }, (_, index) => dayNumber(first) + index),
  );
}

function titleLines(count: number): string[][] {
  const lines = [['Half Hourly Data Report'], ['Account', 'Anytown Council'], [], ['Produced', '10/11/2025 06:00']];
  return Array.from({ length: count }, (_, index) => lines[index % lines.length] ?? []);
}

function dataRows(
  layout: SupplierLayout,
  clock: FileClock,
  dates: Dates,
  meters: readonly FileMeter[],
  carried: ReturnType<typeof createCarried>,
): string[][] {
  const days = daysOf(dates);
  const byMeter = (rows: (meter: FileMeter) => (day: number) => string[][]) => {
    const writers = meters.map(rows);
    return layout.isByDate === true
      ? days.flatMap((day) => writers.flatMap((write) => write(day)))
      : writers.flatMap((write) => days.flatMap((day) => write(day)));
  };
  if (layout.values === null) {
    const write = createReadingRowWriter(layout, clock, carried);
    return byMeter((meter) => (day) => write(meter, day));
  }
  const writer = createDayRowWriter(layout, layout.values, clock, carried);
  const kinds = layout.hasReactive === true ? [false, true] : [false];
  return byMeter((meter) => {
    const write = writer(meter);
    return (day) => kinds.map((isReactive) => write(day, isReactive));
  });
}

/** Writes the readings of the estate's meters of the layout's fuels, as a supplier with that layout and clock would. */
export function writeSupplierFile(
  layout: SupplierLayout,
  clock: FileClock,
  dates: Dates = BOTH_CHANGES,
  fuels: readonly string[] = layout.fuels,
): SupplierFile {
  const meters = FILE_METERS.filter(({ fuel }) => fuels.includes(fuel));
  const carried = createCarried();
  const { before, values, after } = layout;
  const header = [
    ...before.map(([name]) => name),
    ...(values === null ? [] : headerOfValues(values)),
    ...after.map(([name]) => name),
  ];
  const rows = [
    ...titleLines(layout.titles),
    ...(layout.hasHeader ? [header] : []),
    ...dataRows(layout, clock, dates, meters, carried),
  ];
  const cell = (text: string) => (layout.isQuoted === true || NEEDS_QUOTES.test(text) ? quoted(text) : text);
  return { text: `${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`, meters, days: carried.days() };
}
