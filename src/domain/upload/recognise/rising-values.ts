import { type Cells, cellText } from '../cells.ts';
import { pointedText } from '../decimal-mark.ts';
import type { Layout, LayoutColumn } from '../layout.ts';
import { quoted } from '../row-fault.ts';
import type { Sample } from './recognition.ts';
import { eachRow } from './sample-lines.ts';

/** Values, and rises among them, from which on a series without a fall is no use of energy: a morning may rise for hours. */
const DAYS_MIN = 20;
const INTERVALS_MIN = 150;
const RISES_MIN = 10;
/** What a counter adds from one value to the next is little beside what it shows. */
const STEP_SHARE_MAX = 0.25;

type Series = { first: number; last: number; count: number; rises: number; falls: number; stepMax: number };

function follow(series: Series, value: number): void {
  const step = value - series.last;
  if (step > 0) series.rises += 1;
  if (step < 0) series.falls += 1;
  series.stepMax = Math.max(series.stepMax, Math.abs(step));
  series.last = value;
  series.count += 1;
}

/** Whether a series goes one way alone, forwards or, in a file with the newest row first, backwards. */
function isCounter({ first, last, count, rises, falls, stepMax }: Series, valuesMin: number): boolean {
  const isOneWay = (rises >= RISES_MIN && falls === 0) || (falls >= RISES_MIN && rises === 0);
  return count >= valuesMin && isOneWay && stepMax <= Math.min(first, last) * STEP_SHARE_MAX;
}

/** The columns that say whose values a row has, and those of its values, in their order in time. */
function columnsOf(layout: Layout): { owner: readonly LayoutColumn[]; values: readonly LayoutColumn[] } {
  const { meter, channel } = layout.columns;
  const owner = channel === null ? meter : [...meter, channel];
  return { owner, values: layout.shape === 'reading-rows' ? [layout.columns.value] : layout.columns.values };
}

/**
 * Why values are none of use: those of a meter only ever rise, and by little beside what they are. Use falls at night, at
 * the weekend or in summer; what a counter shows does not. Null where no meter's do.
 */
export function risingValues(sample: Sample, layout: Layout): string | null {
  const { owner, values } = columnsOf(layout);
  const byOwner = new Map<string, Series>();
  const numberAt = (cells: Cells, index: number): number | null => {
    const text = pointedText(cellText(cells, index), layout.decimalMark);
    return typeof text === 'string' && /^\d+(\.\d*)?$/.test(text) ? Number(text) : null;
  };
  eachRow(sample, layout, (cells) => {
    const name = owner
      .map(({ index }) => cellText(cells, index))
      .join(' ')
      .trim();
    for (const { index } of values) {
      const value = numberAt(cells, index);
      if (value === null) continue;
      const series = byOwner.get(name);
      if (series === undefined)
        byOwner.set(name, { first: value, last: value, count: 1, rises: 0, falls: 0, stepMax: 0 });
      else follow(series, value);
    }
  });
  const isDaily = layout.shape === 'reading-rows' && layout.isDaily;
  for (const [name, series] of byOwner) {
    if (!isCounter(series, isDaily ? DAYS_MIN : INTERVALS_MIN)) continue;
    const { first, last, count } = series;
    const whose = name === '' ? '' : ` of ${quoted(name)}`;
    return `The values${whose} only ever rise, from ${Math.min(first, last)} to ${Math.max(first, last)} over ${count} of them: that is what a counter shows, not what was used. Send them as register readings to /v1/readings; if they are what was used, keep a layout for such files and name it with ?layout=`;
  }
  return null;
}
