import { Refusal } from '../refusal.ts';
import { createFileReader, type FileOptions, type FileSink } from './file-reader.ts';
import { LayoutQuestions } from './layout-questions.ts';
import type { MeterLookup } from './meter-lookup.ts';
import { quoted } from './row-fault.ts';
import { createTally, type TableLayout } from './tally.ts';
import { noticesOf, type UploadReport } from './upload-report.ts';

/** Reads the tables of one delivered file, each with a layout of its own, into one report. */
export type UploadTables = {
  /** Begins the next table. An optional one that has no layout is left out and named. */
  begin(name: string | null, isOptional: boolean): TableReader;
  /** @throws Refusal `unreadable-file` when no table was read. */
  end(): UploadReport;
  /** Rows refused so far. */
  refused(): number;
  /** How the tables are read, as far as that is settled by now. */
  layouts(): readonly TableLayout[];
  notice: (code: string, detail: string) => void;
};

export type TableReader = {
  /** @throws Refusal `unreadable-file` or `invalid-request`, with the name of the table, when it cannot be read. */
  push(block: Buffer): void;
  /** @throws the same. */
  end(): void;
};

function named(name: string | null, error: unknown): unknown {
  if (name === null || !(error instanceof Refusal)) return error;
  if (error instanceof LayoutQuestions) {
    const ofTable = error.questions.map((each) => ({ ...each, question: `${quoted(name)}: ${each.question}` }));
    return new LayoutQuestions(ofTable);
  }
  return new Refusal(error.code, `${quoted(name)}: ${error.message}`, error.faults, { cause: error });
}

/** Makes a reader of tables. `sink` gets what they say as soon as it is known. */
export function createUploadTables(options: FileOptions, find: MeterLookup, sink: FileSink): UploadTables {
  const tally = createTally(options.faultsMax);
  let report: UploadReport | null = null;
  let leftOut: unknown = null;

  const begin = (name: string | null, isOptional: boolean): TableReader => {
    tally.beginTable(name);
    const reader = createFileReader(options, find, sink, tally);
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
          report = { ...read, readAs: report?.readAs ?? read.readAs };
        }),
    };
  };

  return {
    begin,
    end() {
      if (report !== null) return { ...report, notices: noticesOf(tally) };
      throw leftOut ?? new Refusal('unreadable-file', 'The file has no table that could be read');
    },
    refused: () => tally.refused,
    layouts: () => tally.layouts,
    notice: tally.notice,
  };
}
