import type { BillEnd } from './bill-ends.ts';
import type { DecimalMark } from './decimal-mark.ts';
import type { KeptLayout } from './kept-layout.ts';
import type { DateOrder, DayBasis, IntervalLabel, Layout, RowDate, UploadClock } from './layout.ts';
import type { ValueKind } from './recognise/rising-values.ts';

/** What a sender who says nothing leaves to the file and to what is beside it. */
export const LEFT_TO_THE_FILE = {
  label: null,
  dateOrder: null,
  dayBasis: null,
  rowDate: null,
  decimalMark: null,
  valuesAre: null,
  billEnd: null,
  resolutionMinutes: null,
} as const;

/** What the sender says about a file, and what the reader has to know of the world. */
export type UploadOptions = {
  /** By which clock its times run; null leaves it to the file. */
  clock: UploadClock | null;
  /** Whether times name the start or the end of their interval; null leaves it to the file. */
  label: IntervalLabel | null;
  /** In which order dates in numbers are written; null leaves it to the file. */
  dateOrder: DateOrder | null;
  /** Whether days are local or gas days; null leaves it to the file. */
  dayBasis: DayBasis | null;
  /** Whether rows of a day are dated by it or by the day after; null leaves it to the file. */
  rowDate: RowDate | null;
  /** What stands before decimals; null leaves it to the file. */
  decimalMark: DecimalMark | null;
  /** Whether values are what was used or what a counter shows; null leaves it to the file. */
  valuesAre: ValueKind | null;
  /** Whether the last day that a bill prints is in it; null leaves it to the bills beside it. */
  billEnd: BillEnd | null;
  /** Length of the intervals; null takes the commonest step between the rows of a meter. */
  resolutionMinutes: number | null;
  /** Key of the one meter of the file, where no column names it. */
  meterKey: string | null;
  /** Key of the meter that the table is named after: a file, or a sheet. Taken where nothing in it names one. */
  tableMeterKey?: string | null;
  /** The kept layout that the sender names; null leaves it to the file. */
  layout: KeptLayout<Layout> | null;
  /** The layouts that are kept: a file with exactly the header of one is read by it. */
  keptLayouts: readonly KeptLayout<Layout>[];
  /** Nothing is stored: a file that leaves questions open is read on by the first answer to each, as far as that goes. */
  isTrial: boolean;
  /** The present, in milliseconds since 1970 UTC: nothing that ends later is taken. */
  nowMs: number;
  /** Bytes at the beginning of the file in which the answer to an open question is looked for. */
  sampleBytesMax: number;
  /** Refused rows that are described; all are counted. */
  faultsMax: number;
};
