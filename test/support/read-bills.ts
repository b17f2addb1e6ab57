import type { ArrivingBill } from '../../src/domain/billed-period.ts';
import { type DaySpan, dayNumber } from '../../src/domain/local-day.ts';
import type { BillEnd } from '../../src/domain/upload/bill-ends.ts';
import { createMeterLookup } from '../../src/domain/upload/meter-lookup.ts';
import type { UploadReport } from '../../src/domain/upload/upload-report.ts';
import { createUploadTables, type TablesOptions } from '../../src/domain/upload/upload-tables.ts';
import { NOTHING_SAID } from './nothing-said.ts';
import { TEST_METERS } from './read-upload.ts';

/** Reads a text as an upload of bills, beside those that are stored of its meters; `others` is what else is said of it. */
export function readBills(
  text: string,
  billEnd: BillEnd | null = null,
  stored: ReadonlyMap<number, readonly DaySpan[]> = new Map(),
  { name = null, ...others }: Partial<TablesOptions> & { name?: string | null } = {},
): { bills: ArrivingBill[]; report: UploadReport } {
  const bills: ArrivingBill[] = [];
  const limits = { sampleBytesMax: 1_000, faultsMax: 10, readsMax: 10, billsMax: 100, today: dayNumber('2026-11-22') };
  const noOther = () => {
    throw new Error('it was to be a table of bills');
  };
  const sink = { onDay: noOther, onRead: noOther, onBill: (bill: ArrivingBill) => bills.push(bill) };
  const tables = createUploadTables(
    { ...NOTHING_SAID, ...limits, billEnd, ...others },
    createMeterLookup(TEST_METERS),
    sink,
  );
  const table = tables.begin(name, false);
  table.push(Buffer.from(text));
  table.end();
  return { report: tables.end(stored), bills };
}
