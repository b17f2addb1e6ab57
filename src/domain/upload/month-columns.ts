import { headerUnit, headerWords, isFlagHeader } from './header-words.ts';
import type { LayoutColumn } from './layout.ts';
import { monthHeading } from './month-text.ts';

/** A column of values under a month; `flag` is the place of the column with their quality. */
export type MonthColumn = LayoutColumn & { header: string; month: string; unit: string | null; flag: number | null };

/** Headers of the column that says the year of months that stand by their names alone. */
const YEAR_HEADER = /^(?:(?:calendar|financial|fiscal|reporting) )?year$|^fy$/;

/** Whether a header is that of a column of years. */
export function isYearHeader(header: string): boolean {
  return YEAR_HEADER.test(headerWords(header));
}

/** Whether one of the columns says the year of the months beside it. */
export function isYearApart(columns: readonly LayoutColumn[]): boolean {
  return columns.some(({ header }) => header !== null && isYearHeader(header));
}

/** Words beside a month that name what was used, and no part of it, plan or price. */
const QUANTITY_WORDS =
  /^(?:total |billed |actual |metered |monthly )*(?:consumption|usage|used|use|energy|energy (?:use|used|usage|consumption)|quantity|units|units used|volume|values?|import|export|generation)?$/;

/** Whether the words beside a month leave its column one of quantities. */
function isQuantity(words: string): boolean {
  const unit = headerUnit(words);
  const bare = unit === null ? words : words.replace(unit, ' ').replace(/\s+/g, ' ').trim();
  return QUANTITY_WORDS.test(bare);
}

/** The column with the quality of a value: the next, or the one after it that names the same month. */
function flagOf(header: readonly string[], index: number, month: string, isApart: boolean): number | null {
  const isFlagAt = (at: number): boolean => {
    const heading = monthHeading(header[at] ?? '', isApart);
    const words = heading?.month === month ? heading.rest : headerWords(header[at] ?? '');
    return words !== '' && isFlagHeader(words) && (heading !== null || at === index + 1);
  };
  const behind = header.slice(index + 1).findIndex((_, offset) => isFlagAt(index + 1 + offset));
  return behind < 0 ? null : index + 1 + behind;
}

/** The columns whose headers name a month and a quantity, from the column `first` on; with `isApart` by the name of the month alone. */
export function monthColumns(header: readonly string[], first: number, isApart: boolean): MonthColumn[] {
  return header.flatMap((text, index): MonthColumn[] => {
    const found = index < first ? null : monthHeading(text, isApart);
    if (found === null || !isQuantity(found.rest)) return [];
    const { month, rest } = found;
    return [{ index, header: text, month, unit: headerUnit(rest), flag: flagOf(header, index, month, isApart) }];
  });
}
