/**
 * One record of a delimited file: where its cells lie in `bytes`. The same object is used for every record, so nothing of
 * it may be kept.
 */
export type Cells = {
  bytes: Buffer;
  starts: Int32Array;
  ends: Int32Array;
  count: number;
  /** Line of the file the record begins on, from 1. */
  line: number;
};

/** The text of a cell without the spaces around it; '' for a cell that the record does not have. */
export function cellText(cells: Cells, index: number): string {
  if (index >= cells.count) return '';
  return cells.bytes.toString('utf8', cells.starts[index], cells.ends[index]).trim();
}

/** True for a record that says nothing: an empty line, or only delimiters. */
export function isBlankRecord(cells: Cells): boolean {
  for (let index = 0; index < cells.count; index++) {
    if (cells.starts[index] !== cells.ends[index] && cellText(cells, index) !== '') return false;
  }
  return true;
}

/** All cells of a record as texts. */
export function cellTexts(cells: Cells): string[] {
  return Array.from({ length: cells.count }, (_, index) => cellText(cells, index));
}
