import { type CellFault, quoted } from './row-fault.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAY_MS = 86_400_000;

const YEAR_FIRST = /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const DAY_FIRST = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})$/;
const WITH_MONTH_NAME = /^(\d{1,2})[-/. ]([a-z]{3,9})[-/. ,]+(\d{4}|\d{2})$/i;

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

function dayFirst(text: string, [, day = '', separator, month = '', year = '']: RegExpExecArray): number | CellFault {
  if (Number(month) > 12 && Number(day) <= 12)
    return {
      code: 'ambiguous-date',
      detail: `${quoted(text)} has the month first: write the day first, or the year, as in 2025-10-26`,
    };
  if (year.length === 2 && separator === '-')
    return {
      code: 'ambiguous-date',
      detail: `${quoted(text)} does not say which part is the year: write it with four digits, as in 2025-10-26`,
    };
  return dayNumberOf(text, fullYear(year), Number(month), Number(day));
}

/**
 * Reads a calendar day as days since 1970-01-01. Taken are the year first (2025-10-26, 2025/10/26, 20251026), the day
 * first as in the UK (26/10/2025, 26.10.25), and months by name (26-Oct-2025). A month first is refused, never guessed.
 */
export function readDay(text: string): number | CellFault {
  const yearFirst = YEAR_FIRST.exec(text) ?? COMPACT.exec(text);
  if (yearFirst !== null) return dayNumberOf(text, Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]));
  const withDayFirst = DAY_FIRST.exec(text);
  if (withDayFirst !== null) return dayFirst(text, withDayFirst);
  const named = WITH_MONTH_NAME.exec(text);
  const month = named === null ? -1 : MONTHS.indexOf((named[2] ?? '').slice(0, 3).toLowerCase());
  if (named !== null && month >= 0) return dayNumberOf(text, fullYear(named[3] ?? ''), month + 1, Number(named[1]));
  if (/^\d{5}(\.\d+)?$/.test(text))
    return {
      code: 'not-a-date',
      detail: `${quoted(text)} is a spreadsheet's number of a day: format the column as a date`,
    };
  return {
    code: 'not-a-date',
    detail: `${quoted(text)} is not a date: expected a form such as 2025-10-26 or 26/10/2025`,
  };
}
