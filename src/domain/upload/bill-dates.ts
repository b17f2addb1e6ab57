import { DATE_ORDERS, type DateOrder } from './layout.ts';
import { createMomentReader } from './moment-text.ts';
import type { Question } from './recognise/recognition.ts';
import { isFault, quoted } from './row-fault.ts';

/** The days that a bill prints, as they are written. */
export type BillDates = { from: string; to: string };

/** The order of the dates of bills: settled, or asked. Without rows to tell it by, day first. */
export type FoundBillDates = { dateOrder: DateOrder; question: Question | null };

/** How long bills commonly are, from a month that lacks days to a quarter that has some more. */
const BILL_DAYS = { from: 20, to: 100 } as const;

type Reading = { order: DateOrder; dates: number; usual: number; days: string };

function readIn(order: DateOrder, bills: readonly BillDates[]): Reading {
  const moments = createMomentReader(order);
  const reading = { order, dates: 0, usual: 0 };
  const days = bills.map(({ from, to }) => {
    const [start, end] = [moments.dated(from), moments.dated(to)];
    if (isFault(start) || isFault(end) || end.day < start.day) return '';
    reading.dates += 1;
    const length = end.day - start.day + 1;
    if (length >= BILL_DAYS.from && length <= BILL_DAYS.to) reading.usual += 1;
    return `${start.day} ${end.day}`;
  });
  return { ...reading, days: days.join() };
}

const MEANING: Readonly<Record<DateOrder, string>> = {
  'day-first': 'the day, then the month, then the year',
  'month-first': 'the month, then the day, then the year',
  'year-first': 'the year, then the month, then the day',
};

/**
 * Tells in which order the dates of bills are written: the one in which most of them are periods, then the one in which most
 * of these are as long as bills commonly are. Where two are as good and give other days it is asked.
 */
export function findBillDates(bills: readonly BillDates[]): FoundBillDates {
  const readings = DATE_ORDERS.map((order) => readIn(order, bills)).toSorted(
    (a, b) => b.dates - a.dates || b.usual - a.usual,
  );
  const [best] = readings;
  if (best === undefined || best.dates === 0) return { dateOrder: 'day-first', question: null };
  const open = readings.filter(({ dates, usual }) => dates === best.dates && usual === best.usual);
  if (new Set(open.map(({ days }) => days)).size === 1) return { dateOrder: best.order, question: null };
  const example = bills.find(({ from }) => from !== '')?.from ?? '';
  return {
    dateOrder: best.order,
    question: {
      parameter: 'dateOrder',
      question: `In which order are dates such as ${quoted(example)} written?`,
      options: open.map(({ order }) => ({ value: order, meaning: MEANING[order] })),
      reason: 'The periods of the bills can be read in more than one order, and are as long as bills are in each.',
    },
  };
}
