import { type Cells, cellText } from './cells.ts';
import { type DecimalMark, pointedText } from './decimal-mark.ts';
import type { Layout, LayoutColumn } from './layout.ts';
import type { CellFault } from './row-fault.ts';

/** A number of a record that is not written as those of the file are. */
export type MarkFault = { column: LayoutColumn; text: string; fault: CellFault };

const COMMA = 44;

/** The columns of numbers. */
export function numberColumns(layout: Layout): readonly LayoutColumn[] {
  if (layout.shape === 'reading-rows') return [layout.columns.value];
  const { values, repeatedHour, total } = layout.columns;
  return [...values, ...repeatedHour, ...(total === null ? [] : [total])];
}

function hasComma({ bytes, starts, ends, count }: Cells, index: number): boolean {
  if (index >= count) return false;
  const end = ends[index] ?? 0;
  for (let at = starts[index] ?? 0; at < end; at++) if (bytes[at] === COMMA) return true;
  return false;
}

/** A record with other texts in some of its cells. */
function withTexts(cells: Cells, texts: ReadonlyMap<number, string>): Cells {
  const parts: Buffer[] = [];
  const starts = new Int32Array(cells.count);
  const ends = new Int32Array(cells.count);
  let at = 0;
  for (let index = 0; index < cells.count; index++) {
    const text = texts.get(index);
    const part = text === undefined ? cells.bytes.subarray(cells.starts[index], cells.ends[index]) : Buffer.from(text);
    parts.push(part);
    starts[index] = at;
    at += part.length;
    ends[index] = at;
  }
  return { bytes: Buffer.concat(parts), starts, ends, count: cells.count, line: cells.line };
}

/**
 * Makes a function that gives the records of a file their numbers with decimal points, or says which number is not
 * written as those of the file are. Records of a file of decimal points pass as they are.
 */
export function createPointedCells(layout: Layout, mark: DecimalMark | null): (cells: Cells) => Cells | MarkFault {
  if (mark === 'point') return (cells) => cells;
  const columns = numberColumns(layout);
  const isOpenEnded = layout.shape === 'day-rows' && layout.isOpenEnded;
  const beyond = isOpenEnded ? Math.max(...columns.map(({ index }) => index)) + 1 : Number.POSITIVE_INFINITY;
  return (cells) => {
    const extra = Array.from({ length: Math.max(0, cells.count - beyond) }, (_, at) => ({
      index: beyond + at,
      header: null,
    }));
    const texts = new Map<number, string>();
    for (const column of extra.length === 0 ? columns : [...columns, ...extra]) {
      if (mark === null && !hasComma(cells, column.index)) continue;
      const text = cellText(cells, column.index);
      const pointed = pointedText(text, mark);
      if (typeof pointed !== 'string') return { column, text, fault: pointed };
      if (pointed !== text) texts.set(column.index, pointed);
    }
    return texts.size === 0 ? cells : withTexts(cells, texts);
  };
}
