import { groupBy } from '../group-by.ts';
import { needsDateOrder } from './day-text.ts';
import { DATE_ORDERS, type DateOrder } from './layout.ts';
import { createMomentReader, dateTextOf } from './moment-text.ts';
import type { Decision, Question } from './recognise/recognition.ts';
import { isFault, quoted } from './row-fault.ts';

/** A read as it is written: whose it is, its date, and what the dials show; NaN where that is no number. */
export type WrittenRead = { register: string; date: string; value: number };

/** The order of the dates of reads: settled, or asked. Where it makes no difference, day first. */
export type FoundRegisterDates = { dateOrder: DateOrder; decision: Decision | null; question: Question | null };

const DAY_MS = 86_400_000;
const DAY_MINUTES = 1440;
/** A slip of the pen is no evidence against an order that all others follow. */
const SHARE_MIN = 0.98;

const MEANING: Readonly<Record<DateOrder, string>> = {
  'day-first': 'the day, then the month, then the year',
  'month-first': 'the month, then the day, then the year',
  'year-first': 'the year, then the month, then the day',
};

/** The reads as they are in one order of dates: `falls` counts those of a register that show less than one of a day before. */
type Reading = { order: DateOrder; days: string; falls: number };

type Dated = { register: string; value: number; at: number };

/** The reads that have a date up to today in an order; null for the others. */
function datedIn(order: DateOrder, reads: readonly WrittenRead[], nowMs: number): (Dated | null)[] {
  const { dated } = createMomentReader(order);
  return reads.map(({ register, date, value }) => {
    const moment = dated(date);
    return isFault(moment) || moment.day * DAY_MS > nowMs
      ? null
      : { register, value, at: moment.day * DAY_MINUTES + moment.minute };
  });
}

function fallsOf(reads: readonly Dated[]): number {
  const registers = [...groupBy(reads, ({ register }) => register).values()];
  return registers.reduce((falls, own) => {
    const inTime = own.filter(({ value }) => !Number.isNaN(value)).sort((a, b) => a.at - b.at);
    const fallen = inTime.filter(({ value, at }, index) => {
      const before = inTime[index - 1];
      return before !== undefined && before.at < at && before.value > value;
    });
    return falls + fallen.length;
  }, 0);
}

/** The orders in which nearly all reads are dated that are in any. */
function readingsOf(reads: readonly WrittenRead[], nowMs: number): Reading[] {
  const all = DATE_ORDERS.map((order) => ({ order, reads: datedIn(order, reads, nowMs) }));
  const most = reads.filter((_, index) => all.some((each) => each.reads[index] !== null)).length;
  return all.flatMap(({ order, reads: dated }) => {
    const good = dated.filter((read) => read !== null);
    if (most === 0 || good.length < most * SHARE_MIN) return [];
    return [{ order, days: good.map(({ at }) => at).join(), falls: fallsOf(good) }];
  });
}

/**
 * Tells in which order the dates of register reads are written: the only one in which they are dates up to today, or the
 * only one in which no dial runs backwards. Where two are as good and give other days it is asked.
 */
export function findRegisterDates(
  reads: readonly WrittenRead[],
  column: string | null,
  nowMs: number,
): FoundRegisterDates {
  const unclear = reads.filter(({ date }) => needsDateOrder(dateTextOf(date)));
  const readings = unclear.length === 0 ? [] : readingsOf(reads, nowMs);
  const [first] = readings;
  const isSame = readings.length > 1 && readings.every(({ days }) => days === first?.days);
  if (first === undefined || isSame) return { dateOrder: first?.order ?? 'day-first', decision: null, question: null };
  const example = quoted(unclear.at(-1)?.date ?? '');
  const settle = (value: DateOrder, reason: string, certainty: Decision['certainty']): FoundRegisterDates => ({
    dateOrder: value,
    decision: { about: 'dateOrder', column, value, reason, certainty },
    question: null,
  });
  if (readings.length === 1)
    return settle(first.order, `Only so are all of them dates up to today, such as ${example}.`, 'certain');
  const rising = readings.filter(({ falls }) => falls === 0);
  const [best] = rising;
  if (best !== undefined && rising.every(({ days }) => days === best.days))
    return settle(best.order, 'Only so does no dial run backwards from one read to the next.', 'likely');
  const open = rising.length > 0 ? rising : readings;
  return {
    dateOrder: first.order,
    decision: null,
    question: {
      parameter: 'dateOrder',
      question: `In which order are dates such as ${example} written?`,
      options: open.map(({ order }) => ({ value: order, meaning: MEANING[order] })),
      reason:
        rising.length > 0
          ? 'The reads can be dated in more than one order, and what the dials show rises with the dates in each.'
          : 'The reads can be dated in more than one order, and a dial runs backwards in each.',
    },
  };
}
