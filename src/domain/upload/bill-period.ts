import type { BillTexts, Place } from './bill-quantity.ts';
import type { DateOrder } from './layout.ts';
import { createMomentReader, type MomentReader } from './moment-text.ts';
import { readMonth } from './month-text.ts';
import { type CellFault, isFault, quoted } from './row-fault.ts';

/** The days that a bill prints, in days since 1970-01-01; `role` is that of the column that says the last. */
export type PrintedDays = { from: number; to: number; role: 'to' | 'month' };

function dayIn(text: string, moments: MomentReader): number | CellFault {
  const moment = moments.moment(text);
  if (isFault(moment)) return moment;
  if (moment.minute === 0) return moment.day;
  return { code: 'not-a-day', detail: `${quoted(text)} has a time of day: a bill is of whole days` };
}

/** Makes a function that reads the days that a bill prints: the first and the last, or a whole month. */
export function createBillPeriods(ofMonths: boolean, order: DateOrder): (texts: BillTexts) => PrintedDays | Place {
  if (ofMonths)
    return (texts) => {
      const month = readMonth(texts.month, order, texts.year);
      return isFault(month) ? { role: 'month', fault: month } : { from: month.first, to: month.last, role: 'month' };
    };
  const moments = createMomentReader(order);
  return (texts) => {
    const from = dayIn(texts.from, moments);
    if (isFault(from)) return { role: 'from', fault: from };
    const to = dayIn(texts.to, moments);
    if (isFault(to)) return { role: 'to', fault: to };
    if (to >= from) return { from, to, role: 'to' };
    const detail = `The bill ends before it begins, on ${quoted(texts.from)}`;
    return { role: 'to', fault: { code: 'wrong-period', detail } };
  };
}
