import { addDays, addMonths, type DaySpan, isLocalDay, type LocalDay } from './local-day.ts';
import { Refusal } from './refusal.ts';

/** A half-open span of local days with the name it was asked by. */
export type Period = DaySpan & { label: string };

const EXPECTED =
  'expected 2024/25, 2024/25-Q1, 2024, 2024-Q2, 2024-07, 2024-07-15 or 2024-04-01/2025-04-01 (end exclusive)';

function refuse(text: string, why: string, pointer: string): never {
  const detail = `period '${text}' ${why}`;
  throw new Refusal('invalid-period', detail, [{ pointer, code: 'invalid-period', detail }]);
}

const pad = (number: number): string => String(number).padStart(2, '0');

/** Years for which days exist here (see `isLocalDay`): beyond them dates no longer compare as text. */
const YEAR_PATTERN = /^(19[9]|20\d|21\d)\d/;

/** The UK financial year that starts on 1 April of `year`. */
export function financialYear(year: number): Period {
  return { label: `${year}/${pad((year + 1) % 100)}`, start: `${year}-04-01`, end: `${year + 1}-04-01` };
}

/** The calendar year. */
export function calendarYear(year: number): Period {
  return { label: String(year), start: `${year}-01-01`, end: `${year + 1}-01-01` };
}

/** The calendar month that starts on `start`. */
export function monthPeriod(start: LocalDay): Period {
  return { label: start.slice(0, 7), start, end: addMonths(start, 1) };
}

function financial(text: string, pointer: string): Period {
  const match = /^(\d{4})\/(\d{2})(?:-Q([1-4]))?$/.exec(text);
  if (match === null || !YEAR_PATTERN.test(text))
    refuse(text, `is not of the period grammar: ${EXPECTED}, between 1990 and 2199`, pointer);
  const year = financialYear(Number(match[1]));
  if (year.label !== text.slice(0, 7)) refuse(text, `names no financial year: did you mean ${year.label}?`, pointer);
  if (match[3] === undefined) return year;
  const start = addMonths(year.start, (Number(match[3]) - 1) * 3);
  return { label: text, start, end: addMonths(start, 3) };
}

function interval(text: string, pointer: string): Period {
  const [start = '', end = '', rest] = text.split('/');
  if (rest !== undefined || !isLocalDay(start) || !isLocalDay(end))
    refuse(text, `is not of the period grammar: ${EXPECTED}`, pointer);
  if (start >= end)
    refuse(text, 'ends before or when it starts: the end is exclusive and later than the start', pointer);
  return { label: text, start, end };
}

/**
 * Reads a period of the one grammar used everywhere (rule A3).
 * @throws Refusal `invalid-period` naming the value and the grammar; `2024-25` is answered with "write 2024/25".
 */
export function parsePeriod(text: string, pointer = '?period'): Period {
  if (/^\d{4}\/\d/.test(text)) return financial(text, pointer);
  if (text.includes('/')) return interval(text, pointer);
  const year = Number(text.slice(0, 4));
  if (!YEAR_PATTERN.test(text))
    refuse(text, `is not of the period grammar: ${EXPECTED}, between 1990 and 2199`, pointer);
  if (/^\d{4}$/.test(text)) return calendarYear(year);
  const quarter = /^\d{4}-Q([1-4])$/.exec(text);
  if (quarter !== null) {
    const start = addMonths(`${year}-01-01`, (Number(quarter[1]) - 1) * 3);
    return { label: text, start, end: addMonths(start, 3) };
  }
  if (/^\d{4}-\d{2}$/.test(text)) {
    const month = Number(text.slice(5));
    if (month >= 1 && month <= 12) return monthPeriod(`${text}-01`);
    const next = pad((year + 1) % 100);
    refuse(text, `is no month: write ${year}/${next} for the financial year`, pointer);
  }
  if (isLocalDay(text)) return { label: text, start: text, end: addDays(text, 1) };
  return refuse(text, `is not of the period grammar: ${EXPECTED}`, pointer);
}
