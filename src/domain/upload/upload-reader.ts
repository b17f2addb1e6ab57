import { GROSS_KWH_NOTICE, isGasEnergy, saysGross } from '../gas/gross-energy.ts';
import { Refusal } from '../refusal.ts';
import { type Cells, cellText, isBlankRecord } from './cells.ts';
import { createDayRows } from './day-rows.ts';
import { columnName, type Layout } from './layout.ts';
import { LayoutQuestions } from './layout-questions.ts';
import type { MeterLookup } from './meter-lookup.ts';
import { createMomentReader } from './moment-text.ts';
import { namedAfter } from './named-meter.ts';
import { createOpenDays } from './open-days.ts';
import type { ParsedDay } from './parsed-day.ts';
import { createPointedCells } from './pointed-cells.ts';
import { createReadingRows } from './reading-rows.ts';
import type { Decision, Sample } from './recognise/recognition.ts';
import { createRecordSplitter, type RecordSplitter } from './record-splitter.ts';
import { isFault } from './row-fault.ts';
import { createRowSubject, onlyMeter } from './row-subject.ts';
import { assumedLayout, type SettledLayout, settleLayout } from './settle-layout.ts';
import { createSideRows } from './side-rows.ts';
import { createSkipTest } from './skipped-rows.ts';
import { createTally, type Tally } from './tally.ts';
import { createUnfolder, type Unfolder } from './unfold.ts';
import { scaleText, type UnitScale } from './unit-scale.ts';
import type { RowReader, UploadContext } from './upload-context.ts';
import type { UploadOptions } from './upload-options.ts';
import { type ReadAs, reportOf, type UploadReport } from './upload-report.ts';

/** Reads a file in UTF-8 as it arrives, block by block, into meter-days. Blocks are kept until their last record is complete. */
export type UploadReader = {
  /** @throws Refusal `unreadable-file`, `layout-questions` or `invalid-request` when the file as a whole cannot be read. */
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

/**
 * Bytes that are gathered before the layout is looked for. What they leave open is looked for in more of the file: a
 * change of the clock may stand far down.
 */
const SAMPLES_BYTES = [64 * 1024, 1024 * 1024] as const;

function readAsOf({ layout, decisions }: SettledLayout): ReadAs {
  const { shape, headerLine, clock, dateOrder } = layout;
  return { shape, headerLine, clock, label: layout.shape === 'day-rows' ? null : layout.label, dateOrder, decisions };
}

function scaleDecision({ isPower, written }: UnitScale, value: string, meter: string): Decision {
  const power = isPower ? ' A power is taken for the mean of its interval.' : '';
  const reason = `The file says ${written}, and meters such as ${meter} are in another unit.${power}`;
  return { about: 'unit', column: null, value, reason, certainty: isPower ? 'likely' : 'certain' };
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
  const samplesBytes = [...SAMPLES_BYTES.filter((size) => size < options.sampleBytesMax), options.sampleBytesMax];
  let head: Buffer[] | null = [];
  let headBytes = 0;
  let splitter: RecordSplitter | null = null;
  let rows: RowReader | null = null;
  let settled: SettledLayout | null = null;
  let looks = 0;
  let { meterKey } = options;

  const begin = (layout: Layout): RecordSplitter => {
    const subjectAt = createRowSubject(layout, meterKey, find);
    const [value = null] = layout.shape === 'reading-rows' ? [layout.columns.value] : layout.columns.values;
    const isBare = !saysGross(value?.header ?? null);
    const give: UploadContext['onDay'] = (raw, meter) => {
      const day = tally.add(raw, meter);
      if (day === null) return;
      if (isBare && isGasEnergy(meter)) tally.notice(GROSS_KWH_NOTICE.code, GROSS_KWH_NOTICE.detail);
      onDay(day);
    };
    const told = new Set<string>();
    const tellScale = (scale: UnitScale, meter: string): void => {
      const value = scaleText(scale);
      if (told.has(value)) return;
      told.add(value);
      settled?.decisions.push(scaleDecision(scale, value, meter));
    };
    const moments = createMomentReader(layout.dateOrder);
    const context: UploadContext = {
      nowMs: options.nowMs,
      subjectOf(cells) {
        const subject = subjectAt(cells);
        if (subject.kind === 'meter' && subject.scale !== null) tellScale(subject.scale, subject.meter.key);
        tally.census.count(subject, () => tally.sideRowOf(cells.line) !== null);
        return subject;
      },
      moments,
      tally,
      openDays: createOpenDays(give, () => {
        tally.keptActual += 1;
      }),
      onDay: give,
    };
    const reader = layout.shape === 'day-rows' ? createDayRows(layout, context) : createReadingRows(layout, context);
    const headerLine = layout.headerLine ?? 0;
    const sideRows = createSideRows();
    const isSkipped = createSkipTest(layout);
    const pointed = createPointedCells(layout, layout.decimalMark);
    let current: Cells | null = null;
    const { meter: meterColumns, date } = layout.columns;
    /** The cells that name a meter of the estate, in a row that has a day. */
    const namesIn = (cells: Cells): number[] => {
      if (layout.arrangement !== null || isFault(moments.dated(cellText(cells, date.index)))) return [];
      return meterColumns.map(({ index }) => index).filter((index) => 'id' in find(cellText(cells, index)));
    };
    const kindOf = (cells: Cells) => (isSkipped(cells) ? 'remark' : sideRows.kindOf(cells, namesIn(cells)));
    tally.sideRowOf = (at) => (current?.line === at ? kindOf(current) : null);
    const readRow = (cells: Cells, origin: string | null) => {
      if (cells.line <= headerLine) return;
      tally.read += 1;
      tally.origin = origin;
      const row = pointed(cells);
      if ('fault' in row) tally.refuse(cells.line, columnName(row.column), row.text, row.fault);
      else reader.row(row);
    };
    const plain: Unfolder = { take: (cells) => readRow(cells, null), end: () => undefined };
    const { arrangement } = layout;
    const unfolder = arrangement === null ? plain : createUnfolder(arrangement, layout.headerLine, readRow);
    rows = {
      row: reader.row,
      end() {
        unfolder.end();
        reader.end();
      },
    };
    return createRecordSplitter(layout.delimiter.charCodeAt(0), (cells) => {
      if (isBlankRecord(cells)) return;
      current = cells;
      if (cells.line <= headerLine) sideRows.above(cells);
      unfolder.take(cells);
    });
  };

  /** A table in which nothing names a meter is of the one that it is named after itself. */
  const settleNamed = (sample: Sample): ReturnType<typeof settleLayout> => {
    const found = settleLayout(sample, find, options);
    const key = options.tableMeterKey ?? null;
    if (!('problem' in found) || key === null || meterKey !== null) return found;
    const named = settleLayout(sample, find, { ...options, meterKey: key });
    if ('problem' in named) return found;
    meterKey = key;
    return { ...named, decisions: [namedAfter(key), ...named.decisions] };
  };

  /** Looks at what has come so far; waits for more of the file where questions are open and more may answer them. */
  const look = (blocks: readonly Buffer[], isWhole: boolean): void => {
    if (options.meterKey !== null) onlyMeter(options.meterKey, find);
    const whole = Buffer.concat(blocks);
    const size = samplesBytes[looks];
    const isAll = isWhole && whole.length <= (size ?? whole.length);
    const sample = { bytes: whole.subarray(0, size), isWhole: isAll, arranged: null };
    const found = settleNamed(sample);
    if ('problem' in found) throw new Refusal('unreadable-file', found.problem);
    const isLast = sample.isWhole || looks === samplesBytes.length - 1;
    const isOpen = found.questions.length > 0;
    if (isOpen && isLast && !options.isTrial) throw new LayoutQuestions(found.questions);
    if (isOpen && !isLast) {
      looks += 1;
      const isEnough = isWhole || headBytes >= (samplesBytes[looks] ?? 0);
      if (isEnough) look(blocks, isWhole);
      return;
    }
    head = null;
    settled = found;
    tally.layouts.push({ ...found, file: tally.table });
    splitter = begin(isOpen ? assumedLayout(found, sample, find, { ...options, meterKey }) : found.layout);
    splitter.push(whole);
  };

  return {
    push(block) {
      if (head === null) return splitter?.push(block);
      head.push(block);
      headBytes += block.length;
      if (headBytes >= (samplesBytes[looks] ?? 0)) look(head, false);
    },
    end() {
      if (head !== null) look(head, true);
      splitter?.end();
      rows?.end();
      if (settled === null) throw new Refusal('unreadable-file', 'The file is empty');
      if (tally.read === readBefore)
        throw new Refusal(
          'unreadable-file',
          `The file has its header on line ${settled.layout.headerLine ?? 1} and no row below it: export it again for days that have readings`,
        );
      return reportOf(tally, readAsOf(settled), settled.layout);
    },
    hasRows: () => tally.read > readBefore,
    refused: () => tally.refused,
    notice: tally.notice,
  };
}
