import type { IntervalLabel, UploadClock } from './layout.ts';

/** What the sender says about a file, and what the reader has to know of the world. */
export type UploadOptions = {
  /** How its times are to be read; null when every instant of the file carries an offset. */
  clock: UploadClock | null;
  /** Whether times name the start or the end of their interval; null leaves it to the header, else start. */
  label: IntervalLabel | null;
  /** Length of the intervals; null takes the commonest step between the rows of a meter. */
  resolutionMinutes: number | null;
  /** Key of the one meter of the file, where no column names it. */
  meterKey: string | null;
  /** The present, in milliseconds since 1970 UTC: nothing that ends later is taken. */
  nowMs: number;
  /** Refused rows that are described; all are counted. */
  faultsMax: number;
};
