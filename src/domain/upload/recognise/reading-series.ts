import { type Cells, cellText } from '../cells.ts';
import { readHour } from '../hour-text.ts';
import { createStepCounter, type StepCounter } from '../interval-step.ts';
import type { ReadingRowLayout } from '../layout.ts';
import { MINUTE_MS } from '../local-days.ts';
import { createMomentReader, type ReadMoment } from '../moment-text.ts';
import { plainNumber } from '../plain-number.ts';
import { withoutThousands } from '../read-value.ts';
import { isFault } from '../row-fault.ts';
import type { Sample } from './recognition.ts';
import { eachRow } from './sample-lines.ts';

const DAY_MINUTES = 1440;
const SERIES_MAX = 200;

/** A time as written: its date, the minutes since 1970 on the file's own clock, and whether there is a value other than zero. */
export type Written = { day: number; stamp: number; hasValue: boolean; isUsed: boolean; hasOffset: boolean };

/** The rows of one meter, in order of the file. */
export type Series = { rows: Written[]; steps: StepCounter; isNewestFirst: boolean; lastRow: number };

/** What the times of a file look like, meter by meter. */
export type SeriesSample = {
  series: Series[];
  /** A time is written 24:00, or 00:00 comes after 23:30 of the same date: times name ends. */
  endsDay: string | null;
  /** A time is a span such as 00:00 - 00:30. */
  hasSpans: boolean;
  /** Rows of all meters together. */
  count: number;
};

/** Reads the moments of the sample by the name of the meter. Rows that cannot be read are left out. */
export function readSeries(sample: Sample, layout: ReadingRowLayout): SeriesSample {
  const { date, time, period, value, meter, channel } = layout.columns;
  const periodMinutes = layout.resolutionMinutes ?? 30;
  const first = layout.periodNumbers === 'hours-starting' ? 0 : 1;
  const reader = createMomentReader(layout.dateOrder);
  const byMeter = new Map<string, Series>();
  const found: SeriesSample = { series: [], endsDay: null, hasSpans: false, count: 0 };

  const momentOf = (cells: Cells): ReadMoment | null => {
    const read = reader.moment(cellText(cells, date.index));
    if (isFault(read)) return null;
    // Periods are counted as if every day had 24 hours: how many a day has tells the clock.
    if (period !== null) {
      const number = readHour(cellText(cells, period.index))?.hour ?? Number(cellText(cells, period.index));
      return { ...read, minute: (number - first) * periodMinutes };
    }
    if (time === null) return read;
    const clock = reader.time(cellText(cells, time.index));
    if (isFault(clock)) return null;
    found.hasSpans ||= /\d\s*(-|–|to)\s*\d{1,2}:/.test(cellText(cells, time.index));
    return { day: read.day, ...clock };
  };

  const seriesOf = (cells: Cells): Series | null => {
    const names = [...meter, ...(channel === null ? [] : [channel])].map(({ index }) => cellText(cells, index));
    const key = names.join('\n');
    const series = byMeter.get(key);
    if (series !== undefined || byMeter.size === SERIES_MAX) return series ?? null;
    const fresh: Series = { rows: [], steps: createStepCounter(), isNewestFirst: false, lastRow: 0 };
    byMeter.set(key, fresh);
    return fresh;
  };

  eachRow(sample, layout, (cells) => {
    const read = momentOf(cells);
    const series = read === null ? null : seriesOf(cells);
    if (read === null || series === null) return;
    const stamp = read.day * DAY_MINUTES + read.minute;
    const before = series.rows.at(-1)?.stamp ?? Number.NaN;
    const isAfterEvening =
      read.minute === 0 && before > stamp + DAY_MINUTES / 2 && before < stamp + DAY_MINUTES && !series.isNewestFirst;
    if (read.minute === DAY_MINUTES) found.endsDay ??= 'A time is written 24:00, the end of a day.';
    if (isAfterEvening && series.rows.length > 1) found.endsDay ??= '00:00 stands after the evening of the same date.';
    const plain = plainNumber(cells.bytes, cells.starts[value.index] ?? 0, cells.ends[value.index] ?? 0);
    const text = Number.isNaN(plain) ? cellText(cells, value.index) : '';
    const quantity = text === '' ? plain : Number(withoutThousands(text));
    if (series.rows.length === 1) series.isNewestFirst = stamp < before;
    series.steps.next((stamp - (read.offset ?? 0)) * MINUTE_MS);
    const hasValue = !Number.isNaN(quantity);
    found.count += 1;
    series.lastRow = found.count;
    series.rows.push({
      day: read.day,
      stamp,
      hasValue,
      isUsed: hasValue && quantity !== 0,
      hasOffset: read.offset !== null,
    });
  });
  found.series = [...byMeter.values()].filter(({ rows }) => rows.length > 0);
  return found;
}
