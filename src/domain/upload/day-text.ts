import type { DateOrder } from './layout.ts';
import { type CellFault, quoted } from './row-fault.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAY_MS = 86_400_000;

const FOUR_DIGIT_YEAR_FIRST = /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const THREE_NUMBERS = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})$/;
const WITH_MONTH_NAME = /^(\d{1,2})[-/. ]([a-z]{3,9})[-/. ,]+(\d{4}|\d{2})$/i;
/** October 26, 2025. */
const MONTH_NAME_FIRST = /^([a-z]{3,9})[-/. ]+(\d{1,2})(?:,\s*|\s+)(\d{4})$/i;
/** The letters of 1st, 2nd, 3rd and 4th. */
const ORDINAL = /^(.*?\d{1,2})(?:st|nd|rd|th)\b(?: of)?/i;
const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,. ]+/i;

/** Days from 1899-12-30, where spreadsheets count from, to 1970-01-01. */
const SPREADSHEET_EPOCH_DAYS = 25_569;
const SPREADSHEET_DAY = /^[34567]\d{4}$/;

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length === 4) return year;
  return year < 90 ? 2000 + year : 1900 + year;
}

function dayNumberOf(text: string, year: number, month: number, day: number): number | CellFault {
  const ms = Date.UTC(year, month - 1, day);
  const date = new Date(ms);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)
    return { code: 'not-a-date', detail: `${quoted(text)} is no day of the calendar` };
  if (year < 1990) return { code: 'too-old', detail: `${quoted(text)} is before 1990, the first year that is taken` };
  if (year > 2199) return { code: 'not-a-date', detail: `${quoted(text)} is after 2199` };
  return ms / DAY_MS;
}

/** The orders in which three numbers could be a date: only two digits in front and at the end can be a year first. */
function readInOrder(text: string, parts: RegExpExecArray, order: DateOrder): number | CellFault {
  const [, first = '', , middle = '', last = ''] = parts;
  if (order === 'day-first') return dayNumberOf(text, fullYear(last), Number(middle), Number(first));
  if (order === 'month-first') return dayNumberOf(text, fullYear(last), Number(first), Number(middle));
  if (first.length === 2 && last.length === 2) return dayNumberOf(text, fullYear(first), Number(middle), Number(last));
  return { code: 'not-a-date', detail: `${quoted(text)} does not begin with the year, as the other dates do` };
}

function readThreeNumbers(text: string, parts: RegExpExecArray, order: DateOrder | null): number | CellFault {
  if (order === null)
    return {
      code: 'ambiguous-date',
      detail: `${quoted(text)} does not say which part is the day and which the month: say dateOrder=day-first, month-first or year-first`,
    };
  const day = readInOrder(text, parts, order);
  if (typeof day === 'number' || day.code !== 'not-a-date' || order === 'year-first') return day;
  const other = order === 'day-first' ? 'month-first' : 'day-first';
  if (typeof readInOrder(text, parts, other) !== 'number') return day;
  return {
    code: 'ambiguous-date',
    detail: `${quoted(text)} is a date only as ${other}, and the file is read as ${order}`,
  };
}

/** Whether a text is a date in numbers whose order has to be known. */
export function needsDateOrder(text: string): boolean {
  return THREE_NUMBERS.test(text.replace(WEEKDAY, ''));
}

/**
 * Reads a calendar day as days since 1970-01-01. Clear of themselves are four digits of a year in front (2025-10-26,
 * 20251026), months by name (26-Oct-25) and the day numbers of spreadsheets (45956). Of three numbers, such as 26/10/25,
 * `order` says which is which; without it they are refused and never guessed.
 */
export function readDay(written: string, order: DateOrder | null): number | CellFault {
  const text = written.replace(WEEKDAY, '').replace(ORDINAL, '$1').replace(MONTH_NAME_FIRST, '$2 $1 $3');
  const yearFirst = FOUR_DIGIT_YEAR_FIRST.exec(text) ?? COMPACT.exec(text);
  if (yearFirst !== null) return dayNumberOf(text, Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]));
  const numbers = THREE_NUMBERS.exec(text);
  if (numbers !== null) return readThreeNumbers(text, numbers, order);
  const named = WITH_MONTH_NAME.exec(text);
  const month = named === null ? -1 : MONTHS.indexOf((named[2] ?? '').slice(0, 3).toLowerCase());
  if (named !== null && month >= 0) return dayNumberOf(text, fullYear(named[3] ?? ''), month + 1, Number(named[1]));
  if (SPREADSHEET_DAY.test(text)) return Number(text) - SPREADSHEET_EPOCH_DAYS;
  return {
    code: 'not-a-date',
    detail: `${quoted(written)} is not a date: expected a form such as 2025-10-26 or 26/10/2025`,
  };
}
