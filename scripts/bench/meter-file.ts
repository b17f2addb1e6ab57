import { minutesOfDay } from '../../src/domain/calendar.ts';
import { addDays, type LocalDay } from '../../src/domain/local-day.ts';

/** First day of the measured files. */
export const FIRST_DAY: LocalDay = '2024-04-01';

const DAY_COLUMNS = 50;
const HALF_HOUR_MINUTES = 30;

/** A sequence of numbers that looks random and is the same in every run. */
function sequence(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** Keys of meters of a half-hourly file, the first of them with a number. */
export function fileMeterKeys(count: number, first = 0): string[] {
  return Array.from({ length: count }, (_, index) => `BENCH-${String(first + index).padStart(5, '0')}`);
}

function* dayRows(meters: readonly string[], firstDay: LocalDay, days: number): Generator<string> {
  const random = sequence(7);
  for (const meter of meters) {
    const size = 1 + random() * 40;
    for (let day = 0, date = firstDay; day < days; day++, date = addDays(date, 1)) {
      const count = minutesOfDay(date) / HALF_HOUR_MINUTES;
      const values = Array.from({ length: count }, (_, index) =>
        (size * (0.4 + 0.6 * Math.sin((index / count) * Math.PI)) * (0.8 + 0.4 * random())).toFixed(3),
      );
      yield `${meter},${date},${values.join(',')}${','.repeat(DAY_COLUMNS - count)}\n`;
    }
  }
}

/** A half-hourly file: a row for each meter and local day, with three decimals, as a data collector would send it. */
export function halfHourlyFile(meters: readonly string[], days: number, firstDay: LocalDay = FIRST_DAY): Buffer {
  const header = `MPAN,Date,${Array.from({ length: DAY_COLUMNS }, (_, index) => `HH${index + 1}`).join(',')}\n`;
  const blocks = [Buffer.from(header)];
  let block = '';
  for (const row of dayRows(meters, firstDay, days)) {
    block += row;
    if (block.length < 1_000_000) continue;
    blocks.push(Buffer.from(block));
    block = '';
  }
  return Buffer.concat([...blocks, Buffer.from(block)]);
}

/** Values of a half-hourly file that begins on the first day. */
export function valuesOf(meters: number, days: number): number {
  let minutes = 0;
  for (let day = 0, date = FIRST_DAY; day < days; day++, date = addDays(date, 1)) minutes += minutesOfDay(date);
  return (meters * minutes) / HALF_HOUR_MINUTES;
}

/** A file with one value for each day, for a portfolio of many years that is quick to load, block by block. */
export function* dailyBlocks(keys: readonly string[], firstDay: LocalDay, days: number): Generator<Buffer> {
  const random = sequence(11);
  const dates = Array.from({ length: days }, (_, index) => addDays(firstDay, index));
  yield Buffer.from('Meter,Date,Consumption\n');
  for (const key of keys) {
    const size = 50 + random() * 900;
    let block = '';
    for (const date of dates) block += `${key},${date},${(size * (0.7 + 0.6 * random())).toFixed(2)}\n`;
    yield Buffer.from(block);
  }
}
