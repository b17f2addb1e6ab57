import { clip } from './row-fault.ts';
import type { RowSubject } from './row-subject.ts';

/** Rows of one meter. */
export type MeterRows = { meter: string; rows: number };

/** A text that names no meter, or several, and why. */
export type UnknownMeter = { text: string; code: string; rows: number };

/** Whose rows a file has. */
export type RowCensus = { meters: MeterRows[]; unknown: UnknownMeter[]; unknownRows: number };

/** Texts that name no meter and are told one by one; the rows of others are counted. */
const UNKNOWN_MAX = 1_000;
const TEXT_LENGTH_MAX = 100;
const METER_CODES = new Set(['unknown-meter', 'ambiguous-meter', 'no-meter', 'scientific-notation']);

/** Counts rows by the meter they name. */
export type CensusTaker = {
  /** Takes what a row is about. `isSideRow` is asked of a row whose meter is not known: totals and the like have none. */
  count(subject: RowSubject, isSideRow: () => boolean): void;
  result(): RowCensus;
};

/** Makes an empty census. */
export function createCensusTaker(): CensusTaker {
  const meters = new Map<string, MeterRows>();
  const unknown = new Map<string, UnknownMeter>();
  let unknownRows = 0;
  /** The meter of the row before: most rows are of the same. */
  let last: MeterRows | null = null;

  return {
    count(subject, isSideRow) {
      if (subject.kind === 'meter') {
        const { key } = subject.meter;
        if (last?.meter !== key) {
          last = meters.get(key) ?? { meter: key, rows: 0 };
          meters.set(key, last);
        }
        last.rows += 1;
      }
      if (subject.kind !== 'fault' || !METER_CODES.has(subject.fault.code) || isSideRow()) return;
      unknownRows += 1;
      const text = clip(subject.value ?? '', TEXT_LENGTH_MAX);
      const own = unknown.get(text) ?? { text, code: subject.fault.code, rows: 0 };
      own.rows += 1;
      if (unknown.size < UNKNOWN_MAX) unknown.set(text, own);
    },
    result: () => ({
      meters: [...meters.values()].sort((a, b) => (a.meter < b.meter ? -1 : 1)),
      unknown: [...unknown.values()].sort((a, b) => b.rows - a.rows || (a.text < b.text ? -1 : 1)),
      unknownRows,
    }),
  };
}
