import type { CalorificValue } from '../../domain/gas/calorific-values.ts';
import type { DaySpan } from '../../domain/local-day.ts';

/** What a table of calorific values did. */
export type CalorificOutcome = {
  new: number;
  changed: number;
  unchanged: number;
  /** Meter-days whose energy is another with these values. */
  daysChanged: number;
  /** Clock reading of the change; null when nothing new was written. */
  seq: string | null;
};

/** Which values are asked for, in order of zone and day, after a position. */
export type CalorificFilter = { zone: string | null; span: DaySpan | null };
export type CalorificPosition = { zone: string; day: string };

/** Keeps daily calorific values. */
export type CalorificStore = {
  /** Lays values over what stands and derives the days of volumes anew, as one change. */
  write(values: readonly CalorificValue[], principal: string): Promise<CalorificOutcome>;
  /** Values that stand now, or stood at a clock reading. */
  list(
    filter: CalorificFilter,
    after: CalorificPosition | null,
    limit: number,
    atSeq: string | null,
  ): Promise<CalorificValue[]>;
};
