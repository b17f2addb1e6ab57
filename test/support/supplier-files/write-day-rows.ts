import type { Carried } from './carried.ts';
import { type Cell, cellsOfRow, cellsWithTimeChange } from './row-slots.ts';
import type { ColumnContent, FileClock, SupplierLayout, ValueBlock } from './supplier-layout.ts';
import { type FileMeter, isEstimatedDay, type TrueReading, trueReading } from './true-readings.ts';

const MILLI = 1_000;

/** Writes thousandths as a plain number without spare zeros. */
export const decimal = (milli: number): string => String(milli / MILLI);

/** What the cells around the values of a row say. */
export type RowFacts = {
  meter: FileMeter;
  dayNumber: number;
  date: string;
  totalMilli: number;
  dialMilli: number;
  isEstimated: boolean;
  isReactive: boolean;
};

const RIGHT_OF_ROW: Readonly<Partial<Record<string, (row: RowFacts) => string>>> = {
  key: ({ meter }) => meter.key,
  serial: ({ meter }) => meter.serial,
  alias: ({ meter }) => meter.alias,
  date: ({ date }) => date,
  total: ({ totalMilli }) => decimal(totalMilli),
  dial: ({ dialMilli }) => decimal(dialMilli),
  flag: ({ isEstimated }) => (isEstimated ? 'E' : 'A'),
  'is-estimate': ({ isEstimated }) => (isEstimated ? 'Yes' : 'No'),
  unit: ({ isReactive }) => (isReactive ? 'kVArh' : 'kWh'),
  channel: ({ isReactive }) => (isReactive ? 'RI' : 'AI'),
};

/** The text of a cell that is no value of a day. */
export function cellOf(content: ColumnContent, row: RowFacts): string {
  if (typeof content !== 'string') return content.fixed;
  const write = RIGHT_OF_ROW[content];
  if (write === undefined) throw new Error(`a row of a day has no ${content}`);
  return write(row);
}

const HEADER_CELLS = new Set<ColumnContent>(['flag', 'is-estimate']);

/** Whether the layout says of a row as a whole that it is an estimate. */
export function hasRowFlag({ before, after }: SupplierLayout): boolean {
  return [...before, ...after].some(([, content]) => HEADER_CELLS.has(content));
}

/** The header of the values. */
export function headerOfValues({ labels, besides, timeChange }: ValueBlock): string[] {
  const changed = timeChange ?? [];
  if (besides === null) return [...labels, ...changed];
  const beside = labels.map(besides.header);
  if (besides.where === 'block') return [...labels, ...beside];
  const pairs = labels.flatMap((label, index) =>
    besides.where === 'after' ? [label, beside[index] ?? ''] : [beside[index] ?? '', label],
  );
  // Columns that nothing is said of may be left out behind the last value.
  if (besides.holds === 'nothing') pairs.pop();
  return [...pairs, ...changed];
}

type WrittenCell = { value: string; flag: string; milli: number };

function writeValues(
  { besides, timeChange, labels }: ValueBlock,
  cells: WrittenCell[],
  changed: WrittenCell[],
): string[] {
  const blank = { value: '', flag: '', milli: 0 };
  const all = labels.map((_, index) => cells[index] ?? blank);
  const pairOf = ({ value, flag }: WrittenCell) => {
    const beside = besides?.holds === 'nothing' ? '' : flag;
    return besides?.where === 'before' ? [beside, value] : [value, beside];
  };
  if (besides === null) return all.map(({ value }) => value);
  if (besides.where === 'block') return [...all.map(({ value }) => value), ...all.map(({ flag }) => flag)];
  const pairs = all.flatMap(pairOf);
  if (besides.holds === 'nothing') pairs.pop();
  return [...pairs, ...(timeChange === null ? [] : changed.flatMap(pairOf))];
}

/** Makes a writer of the rows of one meter, in order of date. */
export function createDayRowWriter(layout: SupplierLayout, values: ValueBlock, clock: FileClock, carried: Carried) {
  const isMarkedByRow = hasRowFlag(layout);
  const isMarkedByValue = values.besides?.holds === 'flag';

  const readingOf = (meter: FileMeter, slot: number, isRowEstimated: boolean): TrueReading => {
    const { milli, isEstimated } = trueReading(meter, slot);
    return { milli, isEstimated: isMarkedByValue ? isEstimated : isRowEstimated };
  };

  return (meter: FileMeter) => {
    let dialMilli = 12_345_000;
    return (dayNumber: number, isReactive: boolean): string[] => {
      const isEstimated = isMarkedByRow && !isMarkedByValue && isEstimatedDay(meter, dayNumber);
      const write = (cell: Cell): WrittenCell => {
        if (cell === 'blank') return { value: '', flag: '', milli: 0 };
        if (cell === 'zero') return { value: '0', flag: 'A', milli: 0 };
        const readings = cell.slots.map((slot) => readingOf(meter, slot, isEstimated));
        const milli = readings.reduce((sum, reading) => sum + reading.milli, 0);
        if (isReactive) return { value: decimal(Math.round(milli / 3)), flag: 'A', milli };
        // Of readings that were added up the file only carries the sum: each has its share of it.
        for (const slot of cell.slots) {
          carried.put(meter.key, slot, {
            milli: milli / cell.slots.length,
            isEstimated: readings[0]?.isEstimated === true,
          });
        }
        return { value: decimal(milli), flag: readings.some((reading) => reading.isEstimated) ? 'E' : 'A', milli };
      };
      const hasOwnColumns = values.timeChange !== null && clock === 'local';
      const split = hasOwnColumns
        ? cellsWithTimeChange(dayNumber)
        : { cells: cellsOfRow(clock, dayNumber), changed: ['blank', 'blank'] as Cell[] };
      const cells = split.cells.map(write);
      const changed = split.changed.map(write);
      const totalMilli = [...cells, ...changed].reduce((sum, { milli }) => sum + milli, 0);
      if (!isReactive) dialMilli += totalMilli;
      const date = layout.writeDate(layout.isDatedNextDay === true ? dayNumber + 1 : dayNumber);
      const row: RowFacts = { meter, dayNumber, date, totalMilli, dialMilli, isEstimated, isReactive };
      return [
        ...layout.before.map(([, content]) => cellOf(content, row)),
        ...writeValues(values, cells, changed),
        ...layout.after.map(([, content]) => cellOf(content, row)),
      ];
    };
  };
}
