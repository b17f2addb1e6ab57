import type { BillRowLayout } from './bill-layout.ts';
import { DATE_ORDERS } from './layout.ts';
import type { MeterLookup } from './meter-lookup.ts';
import { isYearHeader } from './month-columns.ts';
import type { MonthTable } from './month-tables.ts';
import { isWrittenMonth, readMonth } from './month-text.ts';
import { findMeterColumns } from './recognise/meter-columns.ts';
import type { Decision, Hints } from './recognise/recognition.ts';
import { isBlankColumn, layoutColumn, type SampleColumn, shareOf } from './recognise/sample-columns.ts';
import { billColumns, billDecisions, billLayout } from './recognise-bills.ts';
import { isFault } from './row-fault.ts';
import type { SettledLayout } from './settle-layout.ts';

/** Headers of the month that a row is of. */
const MONTH_HEADER =
  /^(?:(?:bill|billing|billed|invoice|consumption|usage|calendar|statement|supply|reporting) )?(?:month|period)(?: (?:year|ending|end|starting|start|commencing|beginning))?$/;
/** The part of the cells that must be months, below a header that says so and below another. */
const NAMED_SHARE_MIN = 0.5;
const SHARE_MIN = 0.8;

/** The year of each row of a sample: '' where no column has it. */
const yearsOf =
  (year: SampleColumn | undefined): ((row: number) => string) =>
  (row) =>
    year?.cells[row] ?? '';

/** Whether the cells of a column are whole months, in any order of dates. */
function areMonths(column: SampleColumn, year: SampleColumn | undefined): boolean {
  if (isBlankColumn(column)) return false;
  const yearOf = yearsOf(year);
  // A number alone may be the period of an account, which begins in April.
  if (!column.words.includes('month') && shareOf(column, (text) => /^\d{1,2}$/.test(text)) > 0) return false;
  return DATE_ORDERS.some((order) => {
    const filled = column.cells.flatMap((text, row) => (text === '' ? [] : [readMonth(text, order, yearOf(row))]));
    return filled.filter((each) => !isFault(each)).length >= filled.length * NAMED_SHARE_MIN;
  });
}

/** The column of the month: by a header that says so, or by cells that are nothing else. */
function monthColumn(columns: readonly SampleColumn[], year: SampleColumn | undefined): SampleColumn | null {
  const named = columns.find((column) => MONTH_HEADER.test(column.words) && areMonths(column, year));
  const isClear = (text: string) => /\D/.test(text) && isWrittenMonth(text);
  return named ?? columns.find((column) => shareOf(column, isClear) >= SHARE_MIN) ?? null;
}

function decisionOf(month: SampleColumn): Decision {
  const reason = 'Its cells are whole months: each row is a bill of its month.';
  const column = month.header ?? '';
  return { about: 'month', column, value: column, reason, certainty: 'certain' };
}

/** A row for each meter and month: `MPAN,Month,kWh`. Null where no column is one of months. */
export function findMonthRows(
  { delimiter, line, header, columns, isTimed }: MonthTable,
  find: MeterLookup,
  hints: Hints,
): SettledLayout<BillRowLayout> | null {
  const year = columns.find((column) => isYearHeader(column.header ?? ''));
  const month = monthColumn(
    columns.filter((column) => column !== year),
    year,
  );
  if (month === null || columns.some((column) => column !== month && isTimed(column))) return null;
  const places = billColumns(header, false, { month: month.index, year: year?.index ?? null });
  if (places === null) return null;
  const { meter: named, ...held } = places;
  const taken = new Set(Object.values(held));
  const namers = columns.filter(({ index }) => !taken.has(index) || index === named);
  const meter = findMeterColumns(namers, find, hints);
  if (meter.columns.length === 0 && hints.meterKey === null) return null;
  const found = billLayout(delimiter, line, header, places);
  const layout: BillRowLayout = {
    ...found,
    columns: { ...found.columns, meter: meter.columns.map(layoutColumn) },
    billEnd: 'inclusive',
  };
  const others = billDecisions(layout).filter(({ about }) => about !== 'meter' && about !== 'month');
  const own = meter.decision === null ? [] : [meter.decision];
  return { layout, decisions: [...own, decisionOf(month), ...others], questions: [], header, kept: null };
}
