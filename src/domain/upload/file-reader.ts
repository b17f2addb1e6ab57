import { Refusal } from '../refusal.ts';
import type { ArrivingRead } from '../registers/place-reads.ts';
import type { BillRowLayout } from './bill-layout.ts';
import { createBillRows } from './bill-rows.ts';
import { createD0010Reader, D0010_START } from './d0010.ts';
import type { KeptLayout } from './kept-layout.ts';
import type { Layout } from './layout.ts';
import type { MeterLookup } from './meter-lookup.ts';
import { findMonths } from './month-tables.ts';
import { namedAfter, namesOthers } from './named-meter.ts';
import type { ParsedDay } from './parsed-day.ts';
import type { Decision } from './recognise/recognition.ts';
import { findBills } from './recognise-bills.ts';
import { findRegisterHeader } from './recognise-registers.ts';
import { createRegisterRows, tooManyReads } from './register-rows.ts';
import type { PrintedBill } from './settle-bills.ts';
import { findKept, settledByKept } from './settle-layout.ts';
import type { Tally } from './tally.ts';
import type { UploadOptions } from './upload-options.ts';
import { createUploadReader, type UploadReader } from './upload-reader.ts';

/** Where what a file says goes: meter-days, register reads, and bills whose last day is not settled yet. */
export type FileSink = {
  onDay: (day: ParsedDay) => void;
  onRead: (read: ArrivingRead) => void;
  onBill: (bill: PrintedBill) => void;
};

type FileLimits = {
  /** Register reads that one file may hold. */
  readsMax: number;
  /** Bills that one file may hold. */
  billsMax: number;
  /** The local day of the present, counted from 1970-01-01: no bill covers it. */
  today: number;
};

/** What a file reader has to know; the kept layouts are those of any kind of table. */
export type FileOptions = Omit<UploadOptions, 'layout' | 'keptLayouts'> &
  FileLimits & {
    /** The kept layout that the sender names; null leaves it to the file. */
    layout: KeptLayout | null;
    /** The layouts that are kept: a file with exactly the header of one is read by it. */
    keptLayouts: readonly KeptLayout[];
  };

const isOfBills = (kept: KeptLayout): kept is KeptLayout<BillRowLayout> => kept.layout.shape === 'bill-rows';
const isOfIntervals = (kept: KeptLayout): kept is KeptLayout<Layout> => !isOfBills(kept);

/** Bytes that are gathered before it is told what the file is: its header stands in them. */
const HEAD_BYTES = 64 * 1024;

/** Reads a file of any kind: its first lines say whether it is a data flow or a table of register reads, of bills, or of values. */
export function createFileReader(
  options: FileOptions,
  find: MeterLookup,
  { onDay, onRead, onBill }: FileSink,
  tally: Tally,
): UploadReader {
  let reads = 0;
  const takeRead = (read: ArrivingRead): void => {
    reads += 1;
    if (reads > options.readsMax) throw tooManyReads(options.readsMax);
    onRead(read);
  };
  let head: Buffer | null = Buffer.alloc(0);
  let reader: UploadReader | null = null;

  const { layout: named, keptLayouts, meterKey, tableMeterKey = null } = options;
  const ofIntervals: UploadOptions & FileLimits = {
    ...options,
    layout: named !== null && isOfIntervals(named) ? named : null,
    keptLayouts: keptLayouts.filter(isOfIntervals),
  };

  /** A reader of register reads or of bills, where the file is a table of them; or why it cannot be read as one. */
  const totalsReader = (
    first: Buffer,
    said: typeof ofIntervals,
    told: Decision[],
  ): UploadReader | { problem: string } | null => {
    const head = first.subarray(0, HEAD_BYTES);
    const registers = findRegisterHeader(head.toString('utf8'), said.meterKey === null);
    if (registers !== null) return createRegisterRows(registers, said, find, takeRead, tally, told);
    const bills = findBills(head, said.meterKey === null) ?? findMonths(head, tally.table, find, said);
    if (bills === null || 'problem' in bills) return bills;
    return createBillRows({ ...bills, decisions: [...told, ...bills.decisions] }, said, find, onBill, tally);
  };

  /** The same for a table in which nothing names a meter, and which is named after one. */
  const totalsReaderOfName = (first: Buffer): ReturnType<typeof totalsReader> => {
    const key = meterKey === null ? tableMeterKey : null;
    if (key === null || namesOthers(first.toString('utf8', 0, HEAD_BYTES), key, find)) return null;
    return totalsReader(first, { ...ofIntervals, meterKey: key }, [namedAfter(key)]);
  };

  const choose = (first: Buffer, isWhole: boolean): UploadReader => {
    if (first.subarray(0, D0010_START.length).equals(D0010_START))
      return createD0010Reader(ofIntervals, find, takeRead, tally);
    const kept = findKept({ bytes: first, isWhole, arranged: null }, named, keptLayouts);
    if (kept !== null && isOfBills(kept.fitted))
      return createBillRows(settledByKept({ ...kept, fitted: kept.fitted }), ofIntervals, find, onBill, tally);
    if (kept !== null) return createUploadReader(ofIntervals, find, onDay, tally);
    const own = totalsReader(first, ofIntervals, []);
    if (own !== null && !('problem' in own)) return own;
    const ofName = totalsReaderOfName(first);
    if (ofName !== null && !('problem' in ofName)) return ofName;
    const problem = own ?? ofName;
    if (problem !== null) throw new Refusal('unreadable-file', `The file is not understood. ${problem.problem}`);
    return createUploadReader(ofIntervals, find, onDay, tally);
  };

  const begin = (first: Buffer, isWhole: boolean): UploadReader => {
    head = null;
    const chosen = choose(first, isWhole);
    chosen.push(first);
    reader = chosen;
    return chosen;
  };

  return {
    push(block) {
      if (head === null) return reader?.push(block);
      head = Buffer.concat([head, block]);
      if (head.length >= HEAD_BYTES) begin(head, false);
    },
    end: () => (reader ?? begin(head ?? Buffer.alloc(0), true)).end(),
    hasRows: () => reader?.hasRows() ?? false,
    refused: () => tally.refused,
    notice: tally.notice,
  };
}
