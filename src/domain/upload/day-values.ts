import { type Cells, cellText } from './cells.ts';
import type { DayRowLayout } from './layout.ts';
import { plainNumber } from './plain-number.ts';
import { MARK, type Mark, readQuality } from './quality-words.ts';
import { numberFault, readValue } from './read-value.ts';
import { type CellFault, isFault } from './row-fault.ts';
import { readScaled, type UnitScale } from './unit-scale.ts';

/** The values of one row, in order. The arrays are used again for the next row. */
export type DayValues = {
  values: Float64Array;
  marks: Uint8Array;
  /** Cells that could hold a value. */
  available: number;
  /** How many of them count: up to the last that has a value. */
  used: number;
  /** How many have a value. */
  present: number;
};

/** A cell that cannot be read. */
export type ValueFault = CellFault & { column: number };

const CAPACITY = 2_048;
/** Numbers from here on are looked at a second time. */
const SUSPICIOUS = 4_295;

const CAPITAL_A = 65;

function readFlag(cells: Cells, column: number): Mark | CellFault {
  const start = cells.starts[column] ?? 0;
  if (column < cells.count && (cells.ends[column] ?? 0) - start === 1 && cells.bytes[start] === CAPITAL_A)
    return MARK.actual;
  return readQuality(cellText(cells, column));
}

/** Makes a reader of the value cells of rows: NaN where a value is missing. */
export function createDayValues(
  layout: DayRowLayout,
): (cells: Cells, rowMark: Mark, scale?: UnitScale | null) => DayValues | ValueFault {
  const { isOpenEnded, resolutionMinutes } = layout;
  const valueColumns = layout.columns.values.map(({ index }) => index);
  const flagColumns = layout.columns.flags?.map(({ index }) => index) ?? null;
  const width = Math.max(...valueColumns, ...(flagColumns ?? [])) + 1;
  const first = valueColumns[0] ?? 0;
  const row: DayValues = {
    values: new Float64Array(CAPACITY),
    marks: new Uint8Array(CAPACITY),
    available: 0,
    used: 0,
    present: 0,
  };

  return (cells, rowMark, scale = null) => {
    const { bytes, starts, ends, count } = cells;
    const { values, marks } = row;
    row.available = isOpenEnded ? Math.min(Math.max(count - first, 0), CAPACITY) : valueColumns.length;
    row.used = 0;
    row.present = 0;
    for (let index = 0; index < row.available; index++) {
      const column = isOpenEnded ? first + index : (valueColumns[index] as number);
      if (column >= count)
        return {
          column,
          code: 'wrong-number-of-values',
          detail: `The row ends after ${count} cells: its values reach to cell ${width}`,
        };
      const start = starts[column] as number;
      const end = ends[column] as number;
      let value = Number.NaN;
      if (end !== start && scale !== null) {
        const read = readScaled(cellText(cells, column), scale, resolutionMinutes);
        if (typeof read !== 'number') return { column, ...read };
        value = read;
      } else if (end !== start) {
        value = plainNumber(bytes, start, end);
        if (!(value < SUSPICIOUS && value > -SUSPICIOUS)) {
          const read = Number.isNaN(value) ? readValue(cellText(cells, column)) : (numberFault(value) ?? value);
          if (typeof read !== 'number') return { column, ...read };
          value = read;
        }
      }
      values[index] = value;
      let mark: Mark = rowMark;
      if (flagColumns !== null && !Number.isNaN(value)) {
        const flag = readFlag(cells, flagColumns[index] as number);
        if (isFault(flag)) return { column: flagColumns[index] as number, ...flag };
        mark = flag;
      }
      if (mark === MARK.blank) values[index] = Number.NaN;
      marks[index] = mark;
      if (Number.isNaN(values[index])) continue;
      row.used = index + 1;
      row.present += 1;
    }
    return row;
  };
}
