import { type Cells, cellTexts, isBlankRecord } from './cells.ts';
import type { Delimiter } from './layout.ts';
import { createRecordSplitter } from './record-splitter.ts';

/** A record at the beginning of a file, by the line it begins on. */
export type HeadRecord = { line: number; texts: string[] };

/** The first records of the first bytes of a file that say anything, cut at a delimiter. */
export function headRecords(head: Buffer, delimiter: Delimiter, count: number): HeadRecord[] {
  const records: HeadRecord[] = [];
  const onRecord = (cells: Cells): void => {
    if (records.length < count && !isBlankRecord(cells)) records.push({ line: cells.line, texts: cellTexts(cells) });
  };
  const splitter = createRecordSplitter(delimiter.charCodeAt(0), onRecord);
  splitter.push(head);
  splitter.end();
  return records;
}
