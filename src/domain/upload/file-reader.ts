import { Refusal } from '../refusal.ts';
import type { ArrivingRead } from '../registers/place-reads.ts';
import { createBillRows } from './bill-rows.ts';
import { createD0010Reader, D0010_START } from './d0010.ts';
import type { MeterLookup } from './meter-lookup.ts';
import type { ParsedDay } from './parsed-day.ts';
import { findBills } from './recognise-bills.ts';
import { findRegisterHeader } from './recognise-registers.ts';
import { createRegisterRows } from './register-rows.ts';
import type { PrintedBill } from './settle-bills.ts';
import type { Tally } from './tally.ts';
import type { UploadOptions } from './upload-options.ts';
import { createUploadReader, type UploadReader } from './upload-reader.ts';

/** Where what a file says goes: meter-days, register reads, and bills whose last day is not settled yet. */
export type FileSink = {
  onDay: (day: ParsedDay) => void;
  onRead: (read: ArrivingRead) => void;
  onBill: (bill: PrintedBill) => void;
};

/** What a file reader has to know. */
export type FileOptions = UploadOptions & {
  /** Register reads that one file may hold. */
  readsMax: number;
  /** Bills that one file may hold. */
  billsMax: number;
  /** The local day of the present, counted from 1970-01-01: no bill covers it. */
  today: number;
};

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
    if (reads > options.readsMax)
      throw new Refusal(
        'unreadable-file',
        `The file has more than ${options.readsMax} register reads: send it in parts`,
      );
    onRead(read);
  };
  let head: Buffer | null = Buffer.alloc(0);
  let reader: UploadReader | null = null;

  const choose = (first: Buffer): UploadReader => {
    if (first.subarray(0, D0010_START.length).equals(D0010_START))
      return createD0010Reader(options, find, takeRead, tally);
    if (options.layout !== null) return createUploadReader(options, find, onDay, tally);
    const registers = findRegisterHeader(first.toString('utf8', 0, HEAD_BYTES), options.meterKey === null);
    if (registers !== null) return createRegisterRows(registers, options, find, takeRead, tally);
    const bills = findBills(first.subarray(0, HEAD_BYTES), options.meterKey === null);
    if (bills !== null) return createBillRows(bills, options, find, onBill, tally);
    return createUploadReader(options, find, onDay, tally);
  };

  const begin = (first: Buffer): UploadReader => {
    head = null;
    const chosen = choose(first);
    chosen.push(first);
    reader = chosen;
    return chosen;
  };

  return {
    push(block) {
      if (head === null) return reader?.push(block);
      head = Buffer.concat([head, block]);
      if (head.length >= HEAD_BYTES) begin(head);
    },
    end: () => (reader ?? begin(head ?? Buffer.alloc(0))).end(),
    hasRows: () => reader?.hasRows() ?? false,
    refused: () => tally.refused,
    notice: tally.notice,
  };
}
