import { DATES } from './labels.ts';
import type { Column, FileClock, SupplierLayout, ValueBlock } from './supplier-layout.ts';

/** Clocks of a file with 48 columns: it cannot have 50 values. */
export const CLOCKS_OF_48: readonly FileClock[] = ['utc', 'local48-blank', 'local48-zero'];
/** The same where a total shows what became of the repeated hour. */
export const CLOCKS_OF_48_WITH_TOTAL: readonly FileClock[] = [...CLOCKS_OF_48, 'local48-summed'];
/** Clocks of a file with room for 50 values: only a local day ever has that many. */
export const CLOCKS_OF_50: readonly FileClock[] = ['local'];
/** Clocks of a file with 48 columns whose headers speak of local time. */
export const CLOCKS_OF_48_ON_THE_WALL: readonly FileClock[] = ['local48-blank', 'local48-zero'];

/** A column whose text never changes and says nothing of the readings. */
export const fixed = (header: string, text: string): Column => [header, { fixed: text }];

/** A block of values without anything beside them. */
export const plainBlock = (labels: readonly string[]): ValueBlock => ({ labels, besides: null, timeChange: null });

/** A block of values with a flag after each. */
export const flaggedBlock = (labels: readonly string[], header: (label: string) => string): ValueBlock => ({
  labels,
  besides: { where: 'after', header, holds: 'flag' },
  timeChange: null,
});

type DayLayout = Pick<SupplierLayout, 'name' | 'before'> & { values: ValueBlock } & Partial<SupplierLayout>;

/** A layout with a row for each meter and day; what is left out is of electricity, in 48 columns, dated as in the UK. */
export function dayLayout(layout: DayLayout): SupplierLayout {
  return {
    fuels: ['electricity'],
    clocks: CLOCKS_OF_48,
    after: [],
    writeDate: DATES.uk,
    titles: 0,
    hasHeader: true,
    ...layout,
  };
}
