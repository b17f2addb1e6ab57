import t from 'tap';
import { demoEstate } from '../../../../scripts/demo/demo-estate.ts';
import { type IntervalMeter, isIntervalMeter } from '../../../../scripts/demo/demo-meter.ts';
import { type CsvFile, csvChunks, csvHeader, csvStream } from '../../../../scripts/demo/load/csv-file.ts';
import { deliveredDay } from '../../../../scripts/demo/meter-days.ts';

const meters = demoEstate(2).meters.filter(isIntervalMeter);

function fileOf(
  start: string,
  end: string,
  resolutionMinutes: CsvFile['resolutionMinutes'],
  wanted?: IntervalMeter,
): CsvFile {
  const taken = meters.filter(({ data }) => data.resolutionMinutes === resolutionMinutes);
  return {
    title: 'Test',
    name: 'test.csv',
    span: { start, end },
    resolutionMinutes,
    meters: wanted === undefined ? taken : [wanted],
  };
}

const rowsOf = (file: CsvFile): string[][] =>
  [...csvChunks(file, () => {})]
    .join('')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

t.test('a file has a column for each interval of the longest day', async (t) => {
  t.equal(csvHeader(30).trimEnd().split(',').length, 3 + 50);
  t.ok(csvHeader(30).startsWith('meter,date,quality,1,2,'));
  t.equal(csvHeader(60).trimEnd().split(',').length, 3 + 25);
  t.equal(csvHeader(1440), 'meter,date,quality,value\n');
});

t.test('every row has every column, filled as far as the local day goes', async (t) => {
  const filled = (day: string, next: string) =>
    rowsOf(fileOf(day, next, 30)).map((row) => {
      t.equal(row.length, 53);
      return row.slice(3).findLastIndex((cell) => cell !== '') + 1;
    });
  t.strictSame(new Set(filled('2023-03-26', '2023-03-27')), new Set([46]));
  t.strictSame(new Set(filled('2023-10-29', '2023-10-30')), new Set([50]));
});

t.test('a missing interval is a blank, never a zero', async (t) => {
  const [meter] = meters;
  if (meter === undefined) throw new Error('the estate has no meter');
  const [row] = rowsOf(fileOf('2023-10-01', '2024-10-01', 30, meter)).filter((cells) =>
    cells.slice(3, 51).includes(''),
  );
  t.ok(row, 'the year has a day cut short');
  const values = deliveredDay(meter, row?.[1] ?? '')?.values ?? [];
  t.strictSame(
    row?.slice(3, 3 + values.length),
    values.map((value) => (value === null ? '' : String(value))),
  );
});

t.test('the stream is the chunks, and every meter-day is told of', async (t) => {
  const file = fileOf('2023-10-01', '2023-12-01', 30);
  let told = 0;
  const text = await new Response(csvStream(file, (days) => (told += days))).text();
  t.equal(text, [...csvChunks(file, () => {})].join(''));
  t.equal(told, rowsOf(file).length);
});
