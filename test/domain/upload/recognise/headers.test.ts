import t from 'tap';
import type { DayRowLayout, Layout, ReadingRowLayout } from '../../../../src/domain/upload/layout.ts';
import { recogniseText } from '../../../support/recognise-text.ts';

const two = (number: number) => String(number).padStart(2, '0');
const times = (from: number, count: number, step = 30, write = (h: number, m: number) => `${two(h)}:${two(m)}`) =>
  Array.from({ length: count }, (_, index) =>
    write(Math.floor((from + index * step) / 60), (from + index * step) % 60),
  );
const counted = (count: number, write: (n: number) => string) =>
  Array.from({ length: count }, (_, index) => write(index + 1));
const wrapped = (labels: string[]) => [...labels.slice(0, -1), '00:00'];
const amPm = (h: number, m: number) => `${h % 12 === 0 ? 12 : h % 12}:${two(m)} ${h < 12 ? 'AM' : 'PM'}`;
const beside = (labels: string[], flag: (label: string) => string) => labels.flatMap((label) => [label, flag(label)]);

/** Name, the columns before the values, the values, the number of values, their length, whether each has a flag. */
const DAY_ROWS: [string, string, string[], number, number, boolean][] = [
  ['named by their start', 'MPAN,Meter Name,Units,Reading Date', times(0, 48), 48, 30, false],
  ['named by their end, the last as midnight', 'Meter,Date', wrapped(times(30, 48)), 48, 30, false],
  [
    'named by their end, the last as 24:00',
    'Meter Id,Site Code,Meter Serial Number,Date',
    times(30, 48),
    48,
    30,
    false,
  ],
  ['without a leading zero', 'Meter Name,MPAN,Serial,Date', ['0:30', ...times(60, 46), '0:00'], 48, 30, false],
  ['as numbers', 'MPAN,DATE', times(30, 48, 30, (h, m) => String(h * 100 + m)), 48, 30, false],
  ['with AM and PM', 'id,name,date,type,MPAN', times(0, 48, 30, amPm), 48, 30, false],
  ['as spans', 'MPAN,Date', times(0, 48).map((label, index) => `${label} - ${times(30, 48)[index]}`), 48, 30, false],
  [
    'as hours, minutes and seconds',
    'meterPoint,units,readDate_uk',
    times(0, 48, 30, (h, m) => `consumptionHH_${two(h)}_${two(m)}_00`),
    48,
    30,
    false,
  ],
  ['as H0030', 'MPRN,Date', times(30, 48, 30, (h, m) => `H${two(h)}${two(m)}`), 48, 30, false],
  ['counted', 'Settlement Date,MPAN', counted(48, String), 48, 30, false],
  ['counted to 50', 'MPAN,Date,Total', counted(50, (n) => `HH${n}`), 50, 30, false],
  ['counted with zeros', 'MPAN,Date', counted(48, (n) => `HH${two(n)}`), 48, 30, false],
  ['counted after a unit', 'siteRef,MPAN,ConsumptionDate', counted(48, (n) => `kWh_${n}`), 48, 30, false],
  ['counted after words', 'MPAN,Date,Actual or Estimate', counted(50, (n) => `Consumption(KWh) HH${n}`), 50, 30, false],
  ['quarter-hours', 'MPAN,Date', times(0, 96, 15), 96, 15, false],
  ['quarter-hours counted to 100', 'MPAN,Date', counted(100, (n) => `QH${n}`), 100, 15, false],
  ['hours', 'MPRN,Date', times(0, 24, 60), 24, 60, false],
  [
    'flags beside, all of one name',
    'Site Id,Meter Number,Reading Date',
    beside(wrapped(times(30, 48)), () => 'DQ Flag'),
    48,
    30,
    true,
  ],
  ['flags beside, named Type', 'MPN,Date (UTC),Total kWh', beside(times(0, 48), () => 'Type'), 48, 30, true],
  ['flags beside, named after the value', 'MPAN,Date', beside(times(0, 48), (label) => `${label} Flag`), 48, 30, true],
  [
    'flags before the values',
    'mpxn,reading_date',
    counted(48, (n) => `interval_${n}`).flatMap((name) => [`${name}_indicator`, name]),
    48,
    30,
    true,
  ],
  [
    'flags in a block of the same names',
    'MPAN,Date',
    [...counted(50, (n) => `HH${n}`), ...counted(50, (n) => `HH${n}`)],
    50,
    30,
    true,
  ],
];

/** The layout of a header with two rows below it that hold nothing but a date. */
function layoutOf(headers: readonly string[]): Layout | string {
  const found = recogniseText(`${headers.join(',')}\n`);
  return 'problem' in found ? found.problem : found.layout;
}

t.test('a row for each meter and day is told from the names of its intervals', async (t) => {
  for (const [name, before, labels, count, resolutionMinutes, hasFlags] of DAY_ROWS) {
    const layout = layoutOf([...before.split(','), ...labels]);
    if (typeof layout === 'string' || layout.shape !== 'day-rows') {
      t.fail(`${name}: ${typeof layout === 'string' ? layout : layout.shape}`);
      continue;
    }
    t.equal(layout.columns.values.length, count, name);
    t.equal(layout.resolutionMinutes, resolutionMinutes, name);
    t.equal(layout.columns.flags?.length ?? 0, hasFlags ? count : 0, name);
  }
});

t.test('the values and flags found are the columns they stand in', async (t) => {
  const indices = (columns: readonly { index: number }[] | null) => columns?.slice(0, 2).map(({ index }) => index);
  const after = layoutOf(['MPAN', 'Date', ...beside(times(0, 48), () => 'Type')]) as DayRowLayout;
  t.strictSame(
    [indices(after.columns.values), indices(after.columns.flags)],
    [
      [2, 4],
      [3, 5],
    ],
  );
  const names = counted(48, (n) => `interval_${n}`).flatMap((name) => [`${name}_indicator`, name]);
  const before = layoutOf(['mpxn', 'reading_date', ...names]) as DayRowLayout;
  t.strictSame(
    [indices(before.columns.values), indices(before.columns.flags)],
    [
      [3, 5],
      [2, 4],
    ],
  );
});

/** Name, header, and the columns of moment, time, value, meter. */
const READING_ROWS: [string, string, [number, number | null, number, number | null]][] = [
  ['an instant and a value', 'MPAN,Date/Time,Energy (kWh),Data Quality', [1, null, 2, 0]],
  ['a date and a time', 'Fuel,Meter Point,Date,Time Slot,Consumption,Company', [2, 3, 4, 1]],
  ['start and end', 'MPAN,Start Date,Reading Time,End Date,End Time,kWh', [1, 2, 5, 0]],
  ['a settlement period', 'mpan,settlement_date,settlement_period,value', [1, 2, 3, 0]],
  ['one value a day', 'MPRN,Date,Consumption (kWh)', [1, null, 2, 0]],
  ['a value known by its unit alone', 'timestamp,meter,equipment load [kWh]', [0, null, 2, 1]],
  ['a value that is the only column left', 'Meter,Timestamp,Whatever', [1, null, 2, 0]],
  ['the end of the interval alone', 'MPAN,Interval End,Value', [1, null, 2, 0]],
  ['camel case', 'meterPoint,readDateTime,consumptionKwh', [1, null, 2, 0]],
];

t.test('a row for each reading is told from the words of its header', async (t) => {
  for (const [name, header, columns] of READING_ROWS) {
    const layout = layoutOf(header.split(','));
    if (typeof layout === 'string' || layout.shape !== 'reading-rows') {
      t.fail(`${name}: ${typeof layout === 'string' ? layout : layout.shape}`);
      continue;
    }
    const { date, time, period, value, meter } = layout.columns;
    t.strictSame([date.index, (time ?? period)?.index ?? null, value.index, meter[0]?.index ?? null], columns, name);
  }
});

t.test('what a header says besides is kept', async (t) => {
  const read = (header: string) => layoutOf(header.split(',')) as ReadingRowLayout;
  t.equal(read('MPAN,Interval End,Value').label, 'end');
  t.equal(read('MPAN,Timestamp (UTC),kWh').clock, 'utc');
  t.equal(read('MPAN,Date,Time,Energy (MWh)').unit, 'mwh');
  t.equal(read('MPAN,Date,Time,kWh,Unit,Channel,Est').columns.unit?.index, 4);
  t.equal(read('MPAN,Date,Time,kWh,Unit,Channel,Est').columns.channel?.index, 5);
  t.equal(read('MPAN,Date,Time,kWh,Unit,Channel,Est').qualityMeans, 'is-estimate');
  t.equal(read('MPAN,Date,Time,kWh,Status').columns.quality?.index, 4);
  t.equal(read('mpan,settlement_date,settlement_period,value').columns.period?.index, 2);
  t.equal(read('MPRN,Date,kWh').isDaily, true);
});

const PROBLEMS: [string, string, RegExp][] = [
  ['no meter', `Date,${times(0, 48).join(',')}`, /no column for the meter.*\?meter=/],
  ['no date', `MPAN,${times(0, 48).join(',')}`, /no column for the date/],
  [
    'two values',
    'MPAN,Timestamp,First kWh total,Second kWh total',
    /more than one column could hold the value, such as 'First kWh total' and 'Second kWh total'/,
  ],
  ['no value', 'MPAN,Timestamp', /no column for the value/],
  ['dial readings', 'MPAN,Timestamp,Meter Reading', /dial readings.*\/v1\/readings/],
];

t.test('a header that cannot be used is refused with what it lacks', async (t) => {
  for (const [name, header, problem] of PROBLEMS) {
    const found = layoutOf(header.split(','));
    t.match(typeof found === 'string' ? found : 'recognised', problem, name);
  }
});

t.test('the header is found below a title, at any of the usual delimiters', async (t) => {
  const found = recogniseText('Half-hourly data;;\nReport date;01/11/2025;\n\nMPAN;Date;kWh\nE1;26/10/2025;5\n');
  t.match(found, { layout: { headerLine: 4, delimiter: ';' } });
  t.match(recogniseText('MPAN\tDate\tkWh\n'), { layout: { delimiter: '\t' } });
  t.match(recogniseText('MPAN|Date|kWh\n'), { layout: { delimiter: '|' } });
});

t.test('the line that came nearest to a header is shown with what it lacks', async (t) => {
  t.match(recogniseText('Report of readings\nDate;00:00\nTimestamp;kWh\n2025-03-01;5\n'), {
    problem: /Line 3 is 'Timestamp, kWh': it has no column for the meter/,
  });
});

t.test('an empty file says so', async (t) => {
  t.strictSame(recogniseText('\n \n'), { problem: 'The file is empty' });
});
