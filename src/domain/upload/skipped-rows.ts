import { type Cells, cellText } from './cells.ts';
import type { Layout } from './layout.ts';

/**
 * Makes a test for rows that a layout says are no data. It is asked of rows that could not be read, so that it costs
 * nothing for others and no rule can hide a row that has something to say.
 */
export function createSkipTest(layout: Layout): (cells: Cells) => boolean {
  const rules = layout.skip.map(({ column, texts }) => ({ index: column.index, texts: new Set(texts) }));
  return (cells) => rules.some(({ index, texts }) => texts.has(cellText(cells, index).toLowerCase()));
}
