import { ACROSS_HEADERS } from './arrangement.ts';
import { type BillRowLayout, byBillRole } from './bill-layout.ts';
import { headerUnit, headerWords, isCounterHeader, rankOf } from './header-words.ts';
import type { DateOrder, LayoutColumn } from './layout.ts';
import type { MeterLookup } from './meter-lookup.ts';
import { isYearApart, isYearHeader, type MonthColumn, monthColumns } from './month-columns.ts';
import { monthsOrDays, readHeadings } from './month-order.ts';
import type { MonthTable } from './month-tables.ts';
import { isMonthName, isWrittenMonth, monthHeading } from './month-text.ts';
import { totalOf } from './recognise/day-row-columns.ts';
import { NEEDS_METER } from './recognise/find-draft.ts';
import { type FoundMeter, findMeterColumns } from './recognise/meter-columns.ts';
import type { Decision, Hints, Question } from './recognise/recognition.ts';
import { isBlankColumn, isValueText, layoutColumn, type SampleColumn, shareOf } from './recognise/sample-columns.ts';
import { type FoundShared, findSharedColumns } from './recognise/shared-columns.ts';
import { quoted } from './row-fault.ts';
import type { SettledLayout } from './settle-layout.ts';

/** Words of a title that say that the numbers below are no quantities of energy. */
const OTHER_TITLE =
  /£|\b(?:costs?|prices?|spend|gbp|budgets?|forecasts?|charges?|t?co2e?|carbon|emissions|temperatures?|degree days)\b/i;
const NAMES_ALONE_MIN = 3;

/** The best unit of columns side by side: an energy before none, and none before a volume. */
function unitOf(columns: readonly MonthColumn[]): string | null {
  const rank = (unit: string | null) => (unit === null ? 1 : unit.endsWith('wh') ? 0 : 2);
  const [best = null] = [...new Set(columns.map(({ unit }) => unit))].sort((a, b) => rank(a) - rank(b));
  return best;
}

/** Why headers that name months are no table of bills; null where they are something else altogether. */
function problemOf(header: readonly string[], taken: readonly MonthColumn[]): string | null {
  const dials = header.filter((text) => {
    const rest = monthHeading(text, false)?.rest ?? '';
    return isCounterHeader(rest) || rankOf(rest, 'dial') !== null || /^(?:read|reading)s?$/.test(rest);
  });
  if (dials.length > 1)
    return `columns such as ${quoted(dials[0] ?? '')} hold dial readings, not consumption: send a row for each reading, with its date and a column 'Meter Reading'`;
  const names = header.filter(isMonthName);
  if (taken.length === 0 && names.length >= NAMES_ALONE_MIN)
    return `the headers ${quoted(names[0] ?? '')} to ${quoted(names.at(-1) ?? '')} are months without a year: write them as in 'Apr-25', or add a column 'Year'`;
  const months = taken.map(({ month }) => month);
  if (months.length < 2 || !months.every(isWrittenMonth)) return null;
  if (new Set(months.map((month) => month.toLowerCase())).size < months.length)
    return `the headers name a month more than once, such as ${quoted(months.find((month, at) => months.indexOf(month) < at) ?? months[0] ?? '')}: leave the column that is the whole of it`;
  return `the headers from ${quoted(months[0] ?? '')} to ${quoted(months.at(-1) ?? '')} are not months in a row, so that a value may be of more than its month: send a row for each bill, with 'Period From' and 'Period To'`;
}

/** Whether the table has columns that place a row in time: its headers are then no months of bills. */
function isDated(columns: readonly SampleColumn[], { isTimed }: MonthTable): boolean {
  return columns.some(isTimed);
}

type Found = { taken: MonthColumn[]; unit: string | null; orders: { months: DateOrder[]; days: DateOrder[] } };

function monthsOf(table: MonthTable, said: DateOrder | null): Found | { problem: string } | null {
  const { header, columns } = table;
  const apart = isYearApart(columns);
  const all = monthColumns(header, 0, apart).filter(({ index }) => {
    const column = columns[index];
    return column !== undefined && (isBlankColumn(column) || shareOf(column, isValueText) >= 0.5);
  });
  const unit = unitOf(all);
  const taken = all.filter((column) => column.unit === unit);
  const hasValues = taken.some(({ index }) => columns[index] !== undefined && !isBlankColumn(columns[index]));
  const problem = problemOf(header, taken);
  const asProblem = problem === null ? null : { problem };
  if (!hasValues) return taken.length === 0 ? asProblem : null;
  if (apart) {
    const names = new Set(taken.map(({ month }) => month.slice(0, 3).toLowerCase()));
    return names.size === taken.length ? { taken, unit, orders: { months: ['day-first'], days: [] } } : asProblem;
  }
  // One date alone may be a day; one month by its name is a month.
  if (taken.length === 1 && !/[a-z]/i.test(taken[0]?.month ?? '')) return null;
  const orders = readHeadings(
    taken.map(({ month }) => month),
    said,
  );
  return orders.months.length === 0 ? asProblem : { taken, unit, orders };
}

/** What the titles above a table, or the name of its sheet, say of its unit; or that it holds something else. */
function titleUnit({ titles }: MonthTable): { unit: string | null } | { problem: string } {
  const units = new Set(titles.flatMap((title) => headerUnit(headerWords(title)) ?? []));
  const [unit = null, ...others] = units;
  const other = titles.find((title) => OTHER_TITLE.test(title) && headerUnit(headerWords(title)) === null);
  if (other !== undefined && unit === null)
    return {
      problem: `the months stand under ${quoted(other)}, which is no quantity: write the unit, such as kWh, into the headers if they are quantities all the same`,
    };
  return { unit: others.length > 0 ? null : unit };
}

function layoutOf(
  { delimiter, line, columns }: MonthTable,
  { taken, unit, orders }: Found,
  meter: FoundMeter,
  shared: FoundShared,
  titled: string | null,
): BillRowLayout {
  const months = new Set(taken.flatMap(({ index, flag }) => (flag === null ? [index] : [index, flag])));
  const kept = columns.filter(
    (column) =>
      !months.has(column.index) &&
      monthHeading(column.header ?? '', isYearApart(columns)) === null &&
      !(isBlankColumn(column) && column.header === ''),
  );
  const keptAt = (column: LayoutColumn | null): LayoutColumn | null => {
    const index = kept.findIndex((each) => each.index === column?.index);
    return column === null || index < 0 ? null : { index, header: column.header };
  };
  const made = (header: (typeof ACROSS_HEADERS)['month'][number]): LayoutColumn => ({
    index: kept.length + ACROSS_HEADERS.month.indexOf(header),
    header,
  });
  const values = taken.flatMap(({ index }) => columns[index] ?? []);
  const others = kept.filter((column) => !meter.columns.includes(column));
  const total = totalOf(others, values);
  const flagged = taken.some(({ flag }) => flag !== null);
  const quality = shared.qualityMeans === 'quality' ? keptAt(shared.columns.quality) : null;
  const [month] = orders.months;
  return {
    shape: 'bill-rows',
    delimiter,
    headerLine: line,
    arrangement: {
      above: [],
      across: { holds: 'month', first: taken[0]?.index ?? 0, unit },
      keep: kept.map(layoutColumn),
    },
    columns: {
      ...byBillRole(() => null),
      meter: meter.columns.flatMap((column) => keptAt(layoutColumn(column)) ?? []),
      month: made('Month'),
      year: keptAt(kept.find(({ header }) => isYearHeader(header ?? '')) ?? null),
      quantity: made('Value'),
      quality: flagged ? made('Quality') : quality,
      unit: keptAt(shared.columns.unit),
      channel: keptAt(shared.columns.channel),
      total: total === null ? null : keptAt(layoutColumn(total)),
    },
    units: { quantity: unit ?? titled, volume: null },
    decimalMark: null,
    dateOrder: orders.months.length === 1 && month !== undefined ? month : null,
    billEnd: 'inclusive',
  };
}

function decisionOf(taken: readonly MonthColumn[]): Decision {
  const [first, last] = [taken[0]?.header ?? '', taken.at(-1)?.header ?? ''];
  return {
    about: 'month',
    column: null,
    value: `the headers of ${taken.length} columns`,
    reason: `The headers from ${quoted(first)} to ${quoted(last)} name whole months: each value below them is a bill of its month.`,
    certainty: 'certain',
  };
}

/**
 * A row for each meter with the bills of months side by side, each under its month: `Apr-25`, `2025-04`, or its first or
 * last day. Null where the header names none.
 */
export function findMonthsAcross(
  table: MonthTable,
  find: MeterLookup,
  hints: Hints,
): SettledLayout<BillRowLayout> | { problem: string } | null {
  const found = monthsOf(table, hints.dateOrder);
  if (found === null || 'problem' in found) return found;
  const { taken, orders } = found;
  const months = new Set(taken.flatMap(({ index, flag }) => [index, flag]));
  const others = table.columns.filter(({ index }) => !months.has(index));
  if (isDated(others, table)) return null;
  const titled = titleUnit(table);
  if ('problem' in titled) return titled;
  const meter = findMeterColumns(others, find, hints);
  if (meter.columns.length === 0 && hints.meterKey === null) return { problem: NEEDS_METER };
  const shared = findSharedColumns(others.filter((column) => !meter.columns.includes(column)));
  const layout = layoutOf(table, found, meter, shared, titled.unit);
  const [month, day] = [orders.months[0], orders.days[0]];
  const question: Question[] =
    month === undefined || day === undefined ? [] : [monthsOrDays(taken[0]?.header ?? '', month, day)];
  return {
    layout,
    decisions: [...(meter.decision === null ? [] : [meter.decision]), decisionOf(taken), ...shared.decisions],
    questions: question,
    header: table.header,
    kept: null,
  };
}
