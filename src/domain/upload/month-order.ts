import { dayOfNumber } from '../local-day.ts';
import { needsDateOrder, readDay } from './day-text.ts';
import { DATE_ORDERS, type DateOrder } from './layout.ts';
import { type MonthDays, readMonth } from './month-text.ts';
import type { Question } from './recognise/recognition.ts';
import { isFault, quoted } from './row-fault.ts';

/** A month as a file has it; `year` is '' where it stands in the same text. */
export type WrittenMonth = { month: string; year: string };

/** The order of dates that stand for months: settled, or asked. */
export type FoundMonthOrder = { dateOrder: DateOrder; question: Question | null };

const MONTHS_A_YEAR = 12;
/** The part of the texts that must be months in an order. */
const SHARE_MIN = 0.98;

/** The orders that texts may be written in; one where none of them is a date of three numbers. */
function ordersOf(texts: readonly WrittenMonth[]): readonly DateOrder[] {
  return texts.some(({ month }) => needsDateOrder(month)) ? DATE_ORDERS : ['day-first'];
}

type Reading = { order: DateOrder; months: MonthDays[] };

function readIn(order: DateOrder, texts: readonly WrittenMonth[], today: number): Reading | null {
  const months = texts.flatMap(({ month, year }) => {
    const days = readMonth(month, order, year);
    return isFault(days) || days.first > today ? [] : [days];
  });
  return months.length > 0 && months.length >= texts.length * SHARE_MIN ? { order, months } : null;
}

const isSame = ({ months }: Reading, other: Reading): boolean =>
  months.map(({ first }) => first).join() === other.months.map(({ first }) => first).join();

/** What is asked where headers may be the first days of months, or days in a row. */
export function monthsOrDays(example: string, months: DateOrder, days: DateOrder): Question {
  return {
    parameter: 'dateOrder',
    question: `Are headers such as ${quoted(example)} whole months, or days in a row?`,
    options: [
      { value: months, meaning: 'whole months, each named by its first or last day' },
      { value: days, meaning: 'days in a row' },
    ],
    reason: 'In one order of dates they are months in a row, in another they are days in a row.',
  };
}

/** Tells in which order dates are written that stand for whole months: the one in which they do. */
export function findMonthOrder(texts: readonly WrittenMonth[], today: number): FoundMonthOrder {
  const filled = texts.filter(({ month }) => month !== '');
  const readings = ordersOf(filled).flatMap((order) => readIn(order, filled, today) ?? []);
  const [best, ...others] = readings;
  const dateOrder = best?.order ?? 'day-first';
  const open = best === undefined ? [] : [best, ...others.filter((other) => !isSame(best, other))];
  if (open.length < 2) return { dateOrder, question: null };
  const example = filled[0]?.month ?? '';
  const meaning = ({ months }: Reading) => `its first month is ${monthName(months[0])}`;
  return {
    dateOrder,
    question: {
      parameter: 'dateOrder',
      question: `Which month is ${quoted(example)}?`,
      options: open.map((reading) => ({ value: reading.order, meaning: meaning(reading) })),
      reason: 'The dates are the first or last days of months in more than one order.',
    },
  };
}

const monthName = (month: MonthDays | undefined): string => dayOfNumber(month?.first ?? 0).slice(0, 7);

const steps = (numbers: readonly number[]): number[] => numbers.slice(1).map((each, at) => each - (numbers[at] ?? 0));

/** Whether headers are months side by side: each once, in order, most of them next to each other. */
function areInARow(months: readonly MonthDays[]): boolean {
  const counted = months.map(({ first }) => {
    const [year, month] = dayOfNumber(first).split('-').map(Number);
    return (year ?? 0) * MONTHS_A_YEAR + (month ?? 0);
  });
  const all = steps(counted);
  const isSorted = all.every((step) => step > 0) || all.every((step) => step < 0);
  return isSorted && all.filter((step) => Math.abs(step) === 1).length * 2 >= all.length;
}

/** How headers can be read, by the order of their dates: as months in a row, or as days in a row. */
export type HeadingReadings = { months: DateOrder[]; days: DateOrder[] };

/** Reads headers as months and as days in a row, in the order that is said or in any. */
export function readHeadings(texts: readonly string[], said: DateOrder | null): HeadingReadings {
  const orders = said === null ? ordersOf(texts.map((month) => ({ month, year: '' }))) : [said];
  const months = orders.filter((order) => {
    const read = texts.map((text) => readMonth(text, order));
    return read.every((each) => !isFault(each)) && areInARow(read.flatMap((each) => (isFault(each) ? [] : each)));
  });
  const days = orders.filter((order) => {
    const read = texts.map((text) => readDay(text, order));
    return (
      read.every((each) => typeof each === 'number') &&
      steps(read.map(Number)).every((step) => Math.abs(step) === 1) &&
      read.length > 1
    );
  });
  return { months, days };
}
