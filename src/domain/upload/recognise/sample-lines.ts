import { Refusal } from '../../refusal.ts';
import { type Cells, cellTexts, isBlankRecord } from '../cells.ts';
import type { Delimiter, Layout } from '../layout.ts';
import { createPointedCells } from '../pointed-cells.ts';
import { createRecordSplitter } from '../record-splitter.ts';
import { createUnfolder } from '../unfold.ts';
import type { Sample } from './recognition.ts';

/** A line of the sample, cut into texts. */
export type SampleLine = { line: number; cells: string[] };

class Enough extends Error {}

/** Gives out the records of a sample; a last one that is cut off is left out. `onRecord` answers false to end early. */
function eachRecord(
  { bytes, isWhole, arranged }: Sample,
  delimiter: Delimiter,
  onRecord: (cells: Cells) => boolean,
): void {
  const give = (cells: Cells): void => {
    if (!onRecord(cells)) throw new Enough();
  };
  const unfolder = arranged === null ? null : createUnfolder(arranged.arrangement, arranged.headerLine, give);
  const take = unfolder?.take ?? give;
  const splitter = createRecordSplitter(delimiter.charCodeAt(0), (cells) => {
    if (!isBlankRecord(cells)) take(cells);
  });
  try {
    splitter.push(bytes);
    if (isWhole) splitter.end();
    unfolder?.end();
  } catch (error) {
    // A sample that ends inside a quoted cell gives what came before it.
    if (!(error instanceof Enough) && !(error instanceof Refusal)) throw error;
  }
}

/** The first lines of a sample that say anything, cut at a delimiter. */
export function firstLines(sample: Sample, delimiter: Delimiter, count: number): SampleLine[] {
  const lines: SampleLine[] = [];
  eachRecord(sample, delimiter, (cells) => {
    lines.push({ line: cells.line, cells: cellTexts(cells) });
    return lines.length < count;
  });
  return lines;
}

/** Gives out the data rows of a sample, as they will be read. */
export function eachRow(sample: Sample, layout: Layout, onRow: (cells: Cells) => void): void {
  const headerLine = layout.headerLine ?? 0;
  // What is written otherwise is refused when it is read.
  const pointed = createPointedCells(layout, layout.decimalMark ?? 'point');
  eachRecord(sample, layout.delimiter, (cells) => {
    const row = cells.line > headerLine ? pointed(cells) : null;
    if (row !== null && !('fault' in row)) onRow(row);
    return true;
  });
}
