import { addMonths, dayNumber, dayOfNumber, monthStart } from '../local-day.ts';
import { readDay } from './day-text.ts';
import { headerWords } from './header-words.ts';
import { DATE_ORDERS, type DateOrder } from './layout.ts';
import { type CellFault, isFault, quoted } from './row-fault.ts';

/** A whole month, by its first and last day in days since 1970-01-01. */
export type MonthDays = { first: number; last: number };

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const APRIL = 3;
const YEARS = { from: 1990, to: 2199 };

/** `Jan-25`, `January 2025`, `Apr'25`. */
const NAME_YEAR = /^([a-z]{3,9})\.?[-/., '’]*(\d{4}|\d{2})$/i;
/** `2025 Jan`, `2025-Apr`. */
const YEAR_NAME = /^(\d{4})[-/., ]*([a-z]{3,9})\.?$/i;
/** `2025-04`, `2025/4`, and `202504`. */
const YEAR_MONTH = /^(\d{4})[-/.](\d{1,2})$/;
const COMPACT = /^(20\d{2})(\d{2})$/;
/** `04/2025`. */
const MONTH_YEAR = /^(\d{1,2})[-/.](\d{4})$/;
/** A financial year as councils write it, April to March. */
const FINANCIAL_YEAR = /^(?:fy ?)?(\d{4})[-/](\d{2}|\d{4})$/i;

/** The place of a month in its year, from 0, by its name or the beginning of it; -1 for another word. */
function monthOfName(name: string): number {
  const word = name.toLowerCase();
  return word.length < 3 ? -1 : MONTHS.findIndex((full) => full.startsWith(word === 'sept' ? 'sep' : word));
}

function daysOf(year: number, month: number): MonthDays | null {
  if (!(month >= 0 && month < MONTHS.length) || year < YEARS.from || year > YEARS.to) return null;
  const first = `${year}-${String(month + 1).padStart(2, '0')}-01`;
  return { first: dayNumber(first), last: dayNumber(addMonths(first, 1)) - 1 };
}

const fullYear = (digits: string): number => (digits.length === 2 ? 2000 + Number(digits) : Number(digits));

/** A month that is written with its year, and not as a day of it. */
function writtenMonth(text: string): MonthDays | null {
  const [, name = '', nameYear = ''] = NAME_YEAR.exec(text) ?? [];
  if (name !== '') return daysOf(fullYear(nameYear), monthOfName(name));
  const [, yearBefore = '', nameAfter = ''] = YEAR_NAME.exec(text) ?? [];
  if (yearBefore !== '') return daysOf(Number(yearBefore), monthOfName(nameAfter));
  const [, year = '', month = ''] = YEAR_MONTH.exec(text) ?? COMPACT.exec(text) ?? [];
  if (year !== '') return daysOf(Number(year), Number(month) - 1);
  const [, monthBefore = '', yearAfter = ''] = MONTH_YEAR.exec(text) ?? [];
  return yearAfter === '' ? null : daysOf(Number(yearAfter), Number(monthBefore) - 1);
}

/** A month whose year stands apart: a calendar year, or a financial one such as 2024/25. */
function monthOfYear(text: string, year: string): MonthDays | null {
  const month = /^\d{1,2}$/.test(text) ? Number(text) - 1 : monthOfName(text.replace(/\.$/, ''));
  if (/^\d{4}$/.test(year)) return daysOf(Number(year), month);
  const [, start = '', end = ''] = FINANCIAL_YEAR.exec(year) ?? [];
  const isNext = start !== '' && (Number(start) + 1) % 100 === Number(end) % 100;
  return isNext ? daysOf(Number(start) + (month < APRIL ? 1 : 0), month) : null;
}

/** The month that a day is the first or the last of; null for another day. */
function monthOfDay(day: number): MonthDays | null {
  const start = monthStart(dayOfNumber(day));
  const month = { first: dayNumber(start), last: dayNumber(addMonths(start, 1)) - 1 };
  return day === month.first || day === month.last ? month : null;
}

/**
 * Reads a whole month: `Jan-25`, `April 2025`, `2025-04`, `04/2025`, or the first or the last day of it, of which `order`
 * says how numbers are meant. `year` is the text of a column of years, '' where there is none.
 */
export function readMonth(text: string, order: DateOrder | null, year = ''): MonthDays | CellFault {
  const written = (year === '' ? null : monthOfYear(text, year)) ?? writtenMonth(text);
  if (written !== null) return written;
  const day = readDay(text, order);
  const found = isFault(day) ? null : monthOfDay(day);
  if (found !== null) return found;
  if (isFault(day) && day.code === 'ambiguous-date') return day;
  const detail = `${quoted(text)} is no month: expected a form such as Apr-25, April 2025 or 2025-04, or its first or last day`;
  return { code: 'not-a-month', detail };
}

/** Whether a text is a month that is written with its year, whatever order dates have. */
export function isWrittenMonth(text: string): boolean {
  return writtenMonth(text) !== null;
}

/** Whether a text is the name of a month without a year. */
export function isMonthName(text: string): boolean {
  return monthOfName(text.replace(/\.$/, '')) >= 0;
}

/** A month in the header of a column, and the words around it. */
export type MonthHeading = { month: string; rest: string };

const NAMES = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}';
const IN_HEADING = new RegExp(
  [
    `(?<!\\d)\\d{1,2}(?:st|nd|rd|th)?[-/. ]+${NAMES}[-/., ]+(?:20\\d{2}|\\d{2})(?![\\d:])`,
    `\\b${NAMES}\\.?[-/., '’]*(?:20\\d{2}|\\d{2})(?![\\d:])`,
    `\\b20\\d{2}[-/., ]*${NAMES}\\b`,
    '(?<![\\d/.-])\\d{4}-\\d{1,2}-\\d{1,2}(?![\\d/.-])',
    '(?<![\\d/.-])\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4}(?![\\d/.:-])',
    '(?<![\\d/.-])20\\d{2}[-/.]\\d{1,2}(?![\\d/.-])',
    '(?<![\\d/.-])\\d{1,2}[-/.]20\\d{2}(?![\\d/.-])',
    '(?<![\\d/.-])20\\d{4}(?!\\d)',
  ].join('|'),
  'gi',
);
const NAME_ALONE = new RegExp(`\\b${NAMES}\\b`, 'gi');

const isMonthOrDate = (text: string): boolean =>
  isWrittenMonth(text) || DATE_ORDERS.some((order) => !isFault(readDay(text, order)));

/** The one month that a header names among other words, with `isYearApart` by its name alone. Null for none, or for several. */
export function monthHeading(header: string, isYearApart: boolean): MonthHeading | null {
  const found = [...header.matchAll(isYearApart ? NAME_ALONE : IN_HEADING)].map(([text]) => text.trim());
  const [month, ...others] = found.filter(isYearApart ? isMonthName : isMonthOrDate);
  if (month === undefined || others.length > 0) return null;
  return { month, rest: headerWords(header.replace(month, ' ')) };
}
