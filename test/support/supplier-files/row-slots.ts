import { dayOfNumber } from '../../../src/domain/local-day.ts';
import { slotsOfLocalDay } from './carried.ts';
import type { FileClock } from './supplier-layout.ts';

/** What stands in one value cell: the sum of the readings of some slots, nothing, or a zero that is no reading. */
export type Cell = { slots: readonly number[] } | 'blank' | 'zero';

const SLOTS_OF_DAY = 48;
/** Slots of a local day before the hour that spring leaves out, and before the one that autumn repeats. */
const BEFORE_CHANGE = 2;
const HOUR = 2;

const cellsOf = (first: number, count: number): Cell[] =>
  Array.from({ length: count }, (_, index) => ({ slots: [first + index] }));

/** The repeated hour in autumn dropped, or added to the hour before it. */
function without(cells: readonly Cell[], isSummed: boolean): Cell[] {
  const again = BEFORE_CHANGE + HOUR;
  return cells.flatMap((cell, index) => {
    if (index >= again && index < again + HOUR) return [];
    const second = cells[index + HOUR];
    const isFirst = index >= BEFORE_CHANGE && index < again;
    if (!isSummed || !isFirst || typeof cell === 'string' || second === undefined || typeof second === 'string')
      return [cell];
    return [{ slots: [...cell.slots, ...second.slots] }];
  });
}

/**
 * What a row of a day has in its value cells. Under `local` these are 46, 48 or 50 cells, otherwise 48. `changed` are the
 * cells of the repeated hour for a layout that has columns of their own for it.
 */
export function cellsOfRow(clock: FileClock, dayNumber: number): Cell[] {
  if (clock === 'utc') return cellsOf(dayNumber * SLOTS_OF_DAY, SLOTS_OF_DAY);
  const { first, count } = slotsOfLocalDay(dayOfNumber(dayNumber));
  const cells = cellsOf(first, count);
  if (clock === 'local' || count === SLOTS_OF_DAY) return cells;
  if (count > SLOTS_OF_DAY) return without(cells, clock === 'local48-summed');
  const gap: Cell = clock === 'local48-zero' ? 'zero' : 'blank';
  return [...cells.slice(0, BEFORE_CHANGE), gap, gap, ...cells.slice(BEFORE_CHANGE)];
}

/** A local day in 48 cells by the clock on the wall, and the repeated hour of autumn apart. */
export function cellsWithTimeChange(dayNumber: number): { cells: Cell[]; changed: Cell[] } {
  const all = cellsOfRow('local', dayNumber);
  const again = BEFORE_CHANGE + HOUR;
  return {
    cells: cellsOfRow('local48-blank', dayNumber),
    changed: all.length > SLOTS_OF_DAY ? all.slice(again, again + HOUR) : ['blank', 'blank'],
  };
}
