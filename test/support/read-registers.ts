import type { ArrivingRead } from '../../src/domain/registers/place-reads.ts';
import { createMeterLookup } from '../../src/domain/upload/meter-lookup.ts';
import type { UploadReport } from '../../src/domain/upload/upload-report.ts';
import { createUploadTables, type TablesOptions } from '../../src/domain/upload/upload-tables.ts';
import { NOTHING_SAID } from './nothing-said.ts';
import { TEST_METERS } from './read-upload.ts';

/** Reads a text as an upload of register reads; `said` is what else is said of it. */
export function readRegisters(
  text: string,
  said: Partial<TablesOptions> = {},
): { reads: ArrivingRead[]; report: UploadReport } {
  const reads: ArrivingRead[] = [];
  const limits = { sampleBytesMax: 1_000, faultsMax: 10, readsMax: 100, billsMax: 10, today: 20_454 };
  const nowMs = Date.UTC(2026, 0, 1);
  const noOther = () => {
    throw new Error('it was to be a table of register reads');
  };
  const sink = { onDay: noOther, onBill: noOther, onRead: (read: ArrivingRead) => reads.push(read) };
  const tables = createUploadTables(
    { ...NOTHING_SAID, nowMs, ...limits, ...said },
    createMeterLookup(TEST_METERS),
    sink,
  );
  const table = tables.begin(null, false);
  table.push(Buffer.from(text));
  table.end();
  return { reads, report: tables.end(new Map()) };
}
