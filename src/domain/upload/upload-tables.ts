import type { ArrivingBill } from '../billed-period.ts';
import type { DaySpan } from '../local-day.ts';
import { Refusal } from '../refusal.ts';
import { createFileReader, type FileOptions, type FileSink } from './file-reader.ts';
import { LayoutQuestions } from './layout-questions.ts';
import type { MeterLookup } from './meter-lookup.ts';
import { meterOfName } from './named-meter.ts';
import type { Question } from './recognise/recognition.ts';
import { quoted } from './row-fault.ts';
import { type PrintedBill, type SettledBills, settleBills } from './settle-bills.ts';
import { createTally, type TableLayout } from './tally.ts';
import { type ReadAs, reportOf, type UploadReport } from './upload-report.ts';

/** Reads the tables of one delivered file, each with a layout of its own, into one report. */
export type UploadTables = {
  /** Begins the next table. An optional one that has no layout is left out and named. */
  begin(name: string | null, isOptional: boolean): TableReader;
  /** The meters that bills were read of. */
  billedMeters(): readonly number[];
  /**
   * Ends the file; `stored` are the bills that stand of those meters.
   * @throws Refusal `unreadable-file` when no table was read; `layout-questions` where bills leave their last day open.
   */
  end(stored: ReadonlyMap<number, readonly DaySpan[]>): UploadReport;
  /** Rows refused so far. */
  refused(): number;
  /** How the tables are read, as far as that is settled by now. */
  layouts(): readonly TableLayout[];
  /** What the file leaves open, as far as it is known by now. */
  questions(): readonly Question[];
  notice: (code: string, detail: string) => void;
};

export type TableReader = {
  /** @throws Refusal `unreadable-file` or `invalid-request`, with the name of the table, when it cannot be read. */
  push(block: Buffer): void;
  /** @throws the same. */
  end(): void;
};

/** Where what the tables say goes. */
export type TablesSink = Omit<FileSink, 'onBill'> & { onBill: (bill: ArrivingBill) => void };

function named(name: string | null, error: unknown): unknown {
  if (name === null || !(error instanceof Refusal)) return error;
  if (error instanceof LayoutQuestions) {
    const ofTable = error.questions.map((each) => ({ ...each, question: `${quoted(name)}: ${each.question}` }));
    return new LayoutQuestions(ofTable);
  }
  return new Refusal(error.code, `${quoted(name)}: ${error.message}`, error.faults, { cause: error });
}

/** A table of bills with what they show of their last day, so that its layout can be kept for bills that do not show it. */
function withBillEnd(
  table: TableLayout,
  { decisions, ends }: Exclude<SettledBills, { question: Question }>,
): TableLayout {
  const { layout, file } = table;
  if (layout.shape !== 'bill-rows' || layout.billEnd !== null) return table;
  const [billEnd = null, ...others] = ends.get(file) ?? [];
  if (others.length > 0) return table;
  return { ...table, layout: { ...layout, billEnd }, decisions: [...table.decisions, ...decisions] };
}

/** What the reader of tables has to know; `fileName` is that of the delivered file, where its sender gave it. */
export type TablesOptions = FileOptions & { fileName?: string | null };

/** Makes a reader of tables. `sink` gets what they say as soon as it is known. */
export function createUploadTables(
  { fileName = null, ...options }: TablesOptions,
  find: MeterLookup,
  sink: TablesSink,
): UploadTables {
  const tally = createTally(options.faultsMax);
  let report: UploadReport | null = null;
  let leftOut: unknown = null;
  const bills: PrintedBill[] = [];
  const asked: Question[] = [];
  const readAsOf: NonNullable<ReadAs['tables']> = [];
  const fileSink: FileSink = {
    onDay: sink.onDay,
    onRead: (read) => sink.onRead({ ...read, line: tally.lineOf(read.line) }),
    onBill: (bill) => bills.push(bill),
  };

  const begin = (name: string | null, isOptional: boolean): TableReader => {
    tally.beginTable(name);
    const tableMeterKey = meterOfName(name, fileName, find);
    const reader = createFileReader({ ...options, tableMeterKey }, find, fileSink, tally);
    let isLeftOut = false;
    const attempt = (work: () => void) => {
      if (isLeftOut) return;
      try {
        work();
      } catch (error) {
        const isNoTable =
          isOptional && error instanceof Refusal && error.code === 'unreadable-file' && !reader.hasRows();
        if (!isNoTable) throw named(name, error);
        isLeftOut = true;
        leftOut ??= named(name, error);
        tally.notice('table-left-out', `${quoted(name ?? '')} was left out: ${error.message}`);
      }
    };
    return {
      push: (block) => attempt(() => reader.push(block)),
      end: () =>
        attempt(() => {
          const read = reader.end();
          if (name !== null) readAsOf.push({ file: name, ...read.readAs });
          report = { ...read, readAs: report?.readAs ?? read.readAs };
        }),
    };
  };

  return {
    begin,
    billedMeters: () => [...new Set(bills.map(({ meter }) => meter.id))],
    end(stored) {
      if (report !== null) {
        const { layout } = report;
        const readAs = readAsOf.length === 0 ? report.readAs : { ...report.readAs, tables: readAsOf };
        const settled = settleBills(bills, stored, options.today, tally, sink.onBill);
        if (!('question' in settled)) {
          tally.layouts = tally.layouts.map((table) => withBillEnd(table, settled));
          return reportOf(tally, { ...readAs, decisions: [...readAs.decisions, ...settled.decisions] }, layout);
        }
        if (!options.isTrial) throw new LayoutQuestions([settled.question]);
        asked.push(settled.question);
        return reportOf(tally, readAs, layout);
      }
      throw leftOut ?? new Refusal('unreadable-file', 'The file has no table that could be read');
    },
    refused: () => tally.refused,
    layouts: () => tally.layouts,
    questions: () => [...tally.layouts.flatMap(({ questions }) => questions), ...tally.questions, ...asked],
    notice: tally.notice,
  };
}
