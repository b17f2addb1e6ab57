import type { Cells } from './cells.ts';
import type { UploadMeter } from './meter-lookup.ts';
import type { MomentReader } from './moment-text.ts';
import type { OpenDays } from './open-days.ts';
import type { RawDay } from './parsed-day.ts';
import type { RowSubject } from './row-subject.ts';
import type { Tally } from './tally.ts';

/** What the readers of both shapes work with. */
export type UploadContext = {
  nowMs: number;
  subjectOf: (cells: Cells) => RowSubject;
  moments: MomentReader;
  tally: Tally;
  openDays: OpenDays;
  /** Takes a whole day. */
  onDay: (raw: RawDay, meter: UploadMeter) => void;
};

/** Reads the rows of a file, one by one. */
export type RowReader = { row(cells: Cells): void; end(): void };
