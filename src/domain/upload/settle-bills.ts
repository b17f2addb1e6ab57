import { type ArrivingBill, type BilledVolume, readsOfBill, type StatedReads } from '../billed-period.ts';
import { type DaySpan, dayOfNumber } from '../local-day.ts';
import { type BillEnd, settleBillEnds } from './bill-ends.ts';
import type { UploadMeter } from './meter-lookup.ts';
import type { Decision, Question } from './recognise/recognition.ts';
import type { CellFault } from './row-fault.ts';
import type { Tally } from './tally.ts';

/** A bill as a file has it; `from` and `to` are the days it prints, counted from 1970-01-01. */
export type PrintedBill = {
  meter: UploadMeter;
  from: number;
  to: number;
  totalMicro: bigint;
  volume: BilledVolume | null;
  invoice: string | null;
  costGbp: string | null;
  reads: StatedReads;
  file: string | null;
  line: number;
  /** Header and text of the day it ends on, for messages. */
  column: string | null;
  toText: string;
};

function periodFault({ from, to }: PrintedBill, end: BillEnd, today: number): CellFault | null {
  const first = end === 'inclusive' ? to + 1 : to;
  if (first <= from) return { code: 'wrong-period', detail: `The bill has no day, read with an ${end} end` };
  if (first > today)
    return { code: 'in-the-future', detail: `The bill covers today, ${dayOfNumber(today)}: expected a past period` };
  return null;
}

function countBill(tally: Tally, { meter, from }: PrintedBill, end: number): void {
  tally.accepted += 1;
  tally.values += 1;
  if (!tally.meters.has(meter.id)) tally.meters.set(meter.id, { key: meter.key, values: 0, longestRun: 0, run: 0 });
  tally.firstDay = Math.min(tally.firstDay, from);
  tally.lastDay = Math.max(tally.lastDay, end - 1);
}

function decisionsOf(endOf: ReadonlyMap<number, BillEnd>, isSaid: boolean): Decision[] {
  if (isSaid) return [];
  return [...new Set(endOf.values())].map((value) => {
    const meters = [...endOf.values()].filter((end) => end === value).length;
    const next =
      value === 'inclusive' ? 'the day after the last day of the one before' : 'the last day of the one before';
    const reason = `Bills of ${meters} ${meters === 1 ? 'meter' : 'meters'} begin on ${next}.`;
    return { about: 'billEnd', column: null, value, reason, certainty: 'certain' };
  });
}

/** What the bills of a file came to: the question they leave open, or what was decided. */
export type SettledBills = { question: Question } | { decisions: Decision[] };

/**
 * Gives the bills of a file their days, as half-open spans (rule E5), and counts them. A bill that then has no day or is not
 * over is refused in `tally`; while it has to be asked how the ends are meant, no bill is given.
 */
export function settleBills(
  bills: readonly PrintedBill[],
  stored: ReadonlyMap<number, readonly DaySpan[]>,
  { billEnd, today }: { billEnd: BillEnd | null; today: number },
  tally: Tally,
  give: (bill: ArrivingBill) => void,
): SettledBills {
  const keys = new Map(bills.map(({ meter }) => [meter.id, meter.key]));
  const periods = bills.map(({ meter, from, to }) => ({ meterId: meter.id, from, to }));
  const settled = settleBillEnds(periods, stored, billEnd, (id) => keys.get(id) ?? '');
  if ('question' in settled) return settled;
  for (const bill of bills) {
    const end = settled.endOf.get(bill.meter.id) ?? 'inclusive';
    const fault = periodFault(bill, end, today);
    if (fault !== null) {
      tally.beginTable(bill.file);
      tally.refuse(bill.line, bill.column, bill.toText, fault);
      continue;
    }
    const after = end === 'inclusive' ? bill.to + 1 : bill.to;
    countBill(tally, bill, after);
    const { meter, from, totalMicro, volume, invoice, costGbp, reads, file, line } = bill;
    const span = { start: dayOfNumber(from), end: dayOfNumber(after) };
    const place = { file, line };
    give({
      ...span,
      meterId: meter.id,
      totalMicro,
      invoice,
      costGbp,
      ...readsOfBill(reads),
      volume,
      replaces: null,
      place,
    });
  }
  return { decisions: decisionsOf(settled.endOf, billEnd !== null) };
}
