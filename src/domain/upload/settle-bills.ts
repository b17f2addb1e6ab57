import { type ArrivingBill, type BilledVolume, readsOfBill, type StatedReads } from '../billed-period.ts';
import { groupBy } from '../group-by.ts';
import { type DaySpan, dayOfNumber } from '../local-day.ts';
import { type BillEnd, settleBillEnds } from './bill-ends.ts';
import type { UploadMeter } from './meter-lookup.ts';
import type { Decision, Question } from './recognise/recognition.ts';
import { askRisingMonths } from './rising-months.ts';
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
  /** Whether its last day is in it, where the sender or the layout says so; null where the bills beside it have to show it. */
  end: BillEnd | null;
  file: string | null;
  line: number;
  /** Whether it is of a whole month, of which there is one value. */
  isOfMonth: boolean;
  /** Whether it may be what a dial showed at the end of its month: neither the sender nor a kept layout says otherwise. */
  mayBeRead: boolean;
  /** Header and text of the day it ends on, or of the value of its month, for messages. */
  column: string | null;
  toText: string;
  /** Header of the column of the file that it was made of; null where the file has a row for it. */
  origin: string | null;
};

/** The first day after a bill. */
const afterOf = ({ to }: PrintedBill, end: BillEnd): number => (end === 'inclusive' ? to + 1 : to);

function periodFault(bill: PrintedBill, end: BillEnd, today: number): CellFault | null {
  const first = afterOf(bill, end);
  if (first <= bill.from) return { code: 'wrong-period', detail: `The bill has no day, read with an ${end} end` };
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

function decisionsOf(endOf: ReadonlyMap<number, BillEnd>): Decision[] {
  return [...new Set(endOf.values())].map((value) => {
    const meters = [...endOf.values()].filter((end) => end === value).length;
    const next =
      value === 'inclusive' ? 'the day after the last day of the one before' : 'the last day of the one before';
    const reason = `Bills of ${meters} ${meters === 1 ? 'meter' : 'meters'} begin on ${next}.`;
    return { about: 'billEnd', column: null, value, reason, certainty: 'certain' };
  });
}

/** The days of the bills that are known: those that are stored, and those of the file whose end is said. */
function knownSpans(
  bills: readonly PrintedBill[],
  stored: ReadonlyMap<number, readonly DaySpan[]>,
): ReadonlyMap<number, readonly DaySpan[]> {
  const known = new Map(stored);
  for (const bill of bills) {
    if (bill.end === null) continue;
    const span = { start: dayOfNumber(bill.from), end: dayOfNumber(afterOf(bill, bill.end)) };
    known.set(bill.meter.id, [...(known.get(bill.meter.id) ?? []), span]);
  }
  return known;
}

/** The bills of months of which a file has another value besides. */
function givenTwice(bills: readonly PrintedBill[]): ReadonlyMap<PrintedBill, PrintedBill> {
  const months = groupBy(
    bills.filter(({ isOfMonth }) => isOfMonth),
    ({ meter, from }) => `${meter.id} ${from}`,
  );
  const totalOf = ({ totalMicro, volume }: PrintedBill) => `${totalMicro} ${volume?.micro ?? ''}`;
  return new Map(
    [...months.values()].flatMap((own) =>
      own.flatMap((bill): [PrintedBill, PrintedBill][] => {
        const other = own.find((each) => totalOf(each) !== totalOf(bill));
        return other === undefined ? [] : [[bill, other]];
      }),
    ),
  );
}

function twiceFault({ meter, from }: PrintedBill, { file, line }: PrintedBill): CellFault {
  const where = file === null ? `line ${line}` : `line ${line} of ${file}`;
  const month = dayOfNumber(from).slice(0, 7);
  return { code: 'given-twice', detail: `${month} of ${meter.key} has another value on ${where}: neither is stored` };
}

/** What the bills of a file came to: the question they leave open, or what was decided and how the ends of each table are read. */
export type SettledBills =
  | { question: Question }
  | { decisions: Decision[]; ends: ReadonlyMap<string | null, ReadonlySet<BillEnd>> };

/**
 * Gives the bills of a file their days, as half-open spans (rule E5), and counts them. A bill that then has no day or is not
 * over is refused in `tally`; while it has to be asked how the ends are meant, no bill is given.
 */
export function settleBills(
  bills: readonly PrintedBill[],
  stored: ReadonlyMap<number, readonly DaySpan[]>,
  today: number,
  tally: Tally,
  give: (bill: ArrivingBill) => void,
): SettledBills {
  const keys = new Map(bills.map(({ meter }) => [meter.id, meter.key]));
  const open = bills.filter(({ end }) => end === null).map(({ meter, from, to }) => ({ meterId: meter.id, from, to }));
  const settled = settleBillEnds(open, knownSpans(bills, stored), (id) => keys.get(id) ?? '');
  if ('question' in settled) return settled;
  const rising = askRisingMonths(bills.filter(({ mayBeRead }) => mayBeRead));
  if (rising !== null) return { question: rising };
  const ends = new Map<string | null, Set<BillEnd>>();
  const twice = givenTwice(bills);
  for (const bill of bills) {
    const end = bill.end ?? settled.endOf.get(bill.meter.id) ?? 'inclusive';
    ends.set(bill.file, (ends.get(bill.file) ?? new Set()).add(end));
    const other = twice.get(bill);
    const fault = other === undefined ? periodFault(bill, end, today) : twiceFault(bill, other);
    if (fault !== null) {
      tally.beginTable(bill.file);
      tally.origin = bill.origin;
      tally.refuse(bill.line, bill.column, bill.toText, fault);
      continue;
    }
    const after = afterOf(bill, end);
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
  return { decisions: decisionsOf(settled.endOf), ends };
}
