import type { DaySpan } from '../../../src/domain/local-day.ts';
import type { IntervalMeter } from '../demo-meter.ts';
import { dataSpan, deliveredDays } from '../meter-days.ts';

/** One file of interval data: some meters of one resolution, over a span of days. */
export type CsvFile = {
  /** What it holds, for people. */
  title: string;
  name: string;
  span: DaySpan;
  resolutionMinutes: 30 | 60 | 1440;
  meters: readonly IntervalMeter[];
};

/** Most intervals a day can have: the day the clocks go back. */
const COLUMNS = { 30: 50, 60: 25, 1440: 1 } as const;

const CHUNK_CHARACTERS = 256 * 1024;

/** The header: the meter, its day, its quality, then one column per interval of the day, numbered from 1. */
export function csvHeader(resolutionMinutes: CsvFile['resolutionMinutes']): string {
  if (resolutionMinutes === 1440) return 'meter,date,quality,value\n';
  const intervals = Array.from({ length: COLUMNS[resolutionMinutes] }, (_, index) => index + 1);
  return `meter,date,quality,${intervals.join(',')}\n`;
}

/**
 * The file in pieces, written while it is read: a year of the estate never stands in memory. Short days end in blank
 * columns, missing intervals are blank. `onDay` is told of every day written.
 */
export function* csvChunks(file: CsvFile, onDay: (days: number) => void): Generator<string> {
  const columns = COLUMNS[file.resolutionMinutes];
  let chunk = csvHeader(file.resolutionMinutes);
  for (const meter of file.meters) {
    let days = 0;
    for (const { day, quality, values } of deliveredDays(meter, file.span)) {
      // join writes a missing value, null, as a blank.
      chunk += `${meter.key},${day},${quality},${values.join(',')}${','.repeat(columns - values.length)}\n`;
      days += 1;
      if (chunk.length < CHUNK_CHARACTERS) continue;
      yield chunk;
      chunk = '';
    }
    onDay(days);
  }
  yield chunk;
}

/** The file as a stream of bytes, made as fast as it is taken. */
export function csvStream(file: CsvFile, onDay: (days: number) => void): ReadableStream<Uint8Array> {
  const chunks = csvChunks(file, onDay);
  const encoder = new TextEncoder();
  return new ReadableStream(
    {
      pull(controller) {
        const { value, done } = chunks.next();
        if (done === true) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
    },
    { highWaterMark: 2 },
  );
}

/** Whether a file has any days. */
export function hasDays(file: CsvFile): boolean {
  return file.meters.some((meter) => dataSpan(meter, file.span) !== null);
}
