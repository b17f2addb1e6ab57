import { Refusal } from '../refusal.ts';
import { type Cells, isBlankRecord } from './cells.ts';
import { createDayRows } from './day-rows.ts';
import { type FoundHeader, findHeader } from './find-header.ts';
import { columnName, type Layout, type UploadClock } from './layout.ts';
import type { MeterLookup } from './meter-lookup.ts';
import { createMomentReader } from './moment-text.ts';
import { createOpenDays } from './open-days.ts';
import type { ParsedDay } from './parsed-day.ts';
import { createReadingRows } from './reading-rows.ts';
import { createRecordSplitter, type RecordSplitter } from './record-splitter.ts';
import { createRowSubject } from './row-subject.ts';
import { createSideRows } from './side-rows.ts';
import { createTally, type Tally } from './tally.ts';
import type { RowReader, UploadContext } from './upload-context.ts';
import type { UploadOptions } from './upload-options.ts';
import { type ReadAs, reportOf, type UploadReport } from './upload-report.ts';

/** Reads a file in UTF-8 as it arrives, block by block, into meter-days. Blocks are kept until their last record is complete. */
export type UploadReader = {
  /** @throws Refusal `unreadable-file` or `invalid-request` when the file as a whole cannot be read. */
  push(block: Buffer): void;
  /** @throws the same. */
  end(): UploadReport;
  /** Whether it has come to rows: what it refuses before is no table of readings at all. */
  hasRows(): boolean;
  /** Rows refused so far. */
  refused(): number;
  /** Adds something that the sender should know. */
  notice: (code: string, detail: string) => void;
};

/** Bytes that are gathered before the header is looked for, so that the lines above it are there as well. */
const HEAD_BYTES = 64 * 1024;

function clockOf(options: UploadOptions, layout: Layout): UploadClock | null {
  const { clock: headerClock } = layout;
  if (headerClock === null) return options.clock;
  const isAgreed = options.clock === null || options.clock === 'utc' || options.clock === 'gmt48';
  if (isAgreed) return options.clock ?? headerClock;
  const detail = `clock=${options.clock} contradicts the header '${columnName(layout.columns.date)}': send the file with clock=utc`;
  throw new Refusal('invalid-request', detail, [{ pointer: '?clock', code: 'not-allowed', detail }]);
}

/** The layout with what the sender says. */
function withOptions(layout: Layout, options: UploadOptions): Layout {
  const clock = clockOf(options, layout);
  if (layout.shape === 'day-rows') return { ...layout, clock };
  const label = options.label ?? layout.label ?? 'start';
  return { ...layout, clock, label, resolutionMinutes: options.resolutionMinutes };
}

/**
 * Reads a delimited file of either shape. `onDay` gets each meter-day as soon as it is known; the same day may come in
 * parts, and more than once where the file repeats it. Tables of one file share a tally.
 */
export function createUploadReader(
  options: UploadOptions,
  find: MeterLookup,
  onDay: (day: ParsedDay) => void,
  tally: Tally = createTally(options.faultsMax),
): UploadReader {
  const readBefore = tally.read;
  let head: Buffer[] | null = [];
  let headBytes = 0;
  let splitter: RecordSplitter | null = null;
  let rows: RowReader | null = null;
  let readAs: ReadAs | null = null;

  const begin = ({ layout: found, line }: FoundHeader): void => {
    const layout = withOptions(found, options);
    const give: UploadContext['onDay'] = (raw, meter) => {
      const day = tally.add(raw, meter);
      if (day !== null) onDay(day);
    };
    const context: UploadContext = {
      nowMs: options.nowMs,
      subjectOf: createRowSubject(layout, options.meterKey, find),
      moments: createMomentReader(),
      tally,
      openDays: createOpenDays(give, () => {
        tally.keptActual += 1;
      }),
      onDay: give,
    };
    const reader = layout.shape === 'day-rows' ? createDayRows(layout, context) : createReadingRows(layout, context);
    const sideRows = createSideRows();
    let current: Cells | null = null;
    tally.sideRowOf = (at) => (current?.line === at ? sideRows.kindOf(current) : null);
    const onRecord = (cells: Cells) => {
      if (isBlankRecord(cells)) return;
      if (cells.line <= line) return sideRows.above(cells);
      tally.read += 1;
      current = cells;
      reader.row(cells);
    };
    rows = reader;
    splitter = createRecordSplitter(layout.delimiter.charCodeAt(0), onRecord);
    const label = layout.shape === 'day-rows' ? null : layout.label;
    readAs = { shape: layout.shape, headerLine: line, clock: layout.clock, label };
  };

  const readHead = (blocks: readonly Buffer[]): RecordSplitter => {
    head = null;
    const whole = Buffer.concat(blocks);
    begin(findHeader(whole.subarray(0, HEAD_BYTES), options.meterKey === null));
    splitter?.push(whole);
    return splitter as RecordSplitter;
  };

  return {
    push(block) {
      if (head === null) return splitter?.push(block);
      head.push(block);
      headBytes += block.length;
      if (headBytes >= HEAD_BYTES) readHead(head);
    },
    end() {
      if (head !== null) readHead(head);
      splitter?.end();
      rows?.end();
      if (readAs === null || tally.read === readBefore)
        throw new Refusal(
          'unreadable-file',
          `The file has its header on line ${readAs?.headerLine ?? 1} and no row below it: export it again for days that have readings`,
        );
      return reportOf(tally, readAs);
    },
    hasRows: () => tally.read > readBefore,
    refused: () => tally.refused,
    notice: tally.notice,
  };
}
