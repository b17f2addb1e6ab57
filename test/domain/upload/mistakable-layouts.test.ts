import t from 'tap';
import { halfHours } from '../../support/half-hours.ts';
import { readBills } from '../../support/read-bills.ts';
import { faultsOf, readUpload } from '../../support/read-upload.ts';
import { questionsOf, recogniseText } from '../../support/recognise-text.ts';

const times = halfHours();
const problemOf = (lines: readonly string[], hints = {}) => {
  const found = recogniseText(lines.join('\n'), hints);
  return 'problem' in found ? found.problem : 'none';
};

t.test('the first days of months are asked about: month first they would be days in a row', async (t) => {
  const months = ['MPAN,Date,kWh', 'E1,01/01/2025,3100', 'E1,01/02/2025,2800', 'E1,01/03/2025,3100'].join('\n');
  t.strictSame(questionsOf(months), ['dateOrder=day-first,month-first']);
  t.strictSame(faultsOf(readUpload(months, { dateOrder: 'day-first' })).slice(0, 1), ['2 Date unknown-resolution']);
  const days = readUpload(months, { dateOrder: 'month-first' }).days;
  t.strictSame(Object.keys(days), ['E1 2025-01-01', 'E1 2025-01-02', 'E1 2025-01-03']);
  const ordinary = ['MPAN,Date,kWh', 'E1,01/02/2025,1', 'E1,02/02/2025,2', 'E1,03/02/2025,3'].join('\n');
  t.strictSame(questionsOf(ordinary), [], 'days in a row as they are written here are not asked about');
});

t.test('what counters show is never taken for a quantity', async (t) => {
  const side = [
    'Timestamp,E1 Cumulative kWh,E2 Totaliser kWh',
    ...times.map((time, n) => `2025-01-13 ${time},${n},${n}`),
  ];
  t.match(problemOf(side), /holds dial readings, not consumption/);
  const alone = ['Date,Cumulative Energy (kWh)', '2025-01-13,100', '2025-01-14,200'];
  t.match(problemOf(alone, { meterKey: 'E1' }), /holds dial readings, not consumption/);
  const both = ['Time,Meter Reading (kWh),Delta (kWh)', ...times.map((time, n) => `2025-01-13 ${time},${n},1`)];
  t.equal(readUpload(both.join('\n'), { meterKey: 'E1' }).days['E1 2025-01-13']?.quantity, 48);
  const beside = ['Time,E1 kWh,E1 Cumulative kWh', ...times.map((time, n) => `2025-01-13 ${time},1,${1000 + n}`)];
  t.equal(readUpload(beside.join('\n')).days['E1 2025-01-13']?.quantity, 48);
});

t.test('values that only ever rise are what a counter shows, whatever their column is called', async (t) => {
  const stamps = ['13', '14', '15', '16'].flatMap((day) => times.map((time) => `2025-01-${day} ${time}`));
  const values = (from: number, step: (n: number) => number) => stamps.map((_, n) => from + step(n));
  const used = values(5, (n) => n % 7);
  const file = (other: readonly number[]) => [
    'Timestamp,E1 kWh,E2 kWh',
    ...stamps.map((stamp, n) => `${stamp},${used[n]},${other[n]}`),
  ];
  const counter = values(12_345, (n) => n + 0.5);
  t.match(problemOf(file(counter)), /The values of 'E2' only ever rise, from 12345.5 to 12536.5 over 192 of them/);
  t.match(problemOf(file([...counter].reverse())), /'E2' only ever rise/, 'newest row first');
  t.equal(problemOf(file(values(12_345, (n) => (n === 30 ? 0 : n)))), 'none', 'a fall is none of a counter');
  t.equal(problemOf(file(values(40, () => 0))), 'none', 'the same all day may be lamps');
  t.equal(problemOf(file(counter).slice(0, 49)), 'none', 'a day alone may rise');
  const days = Array.from({ length: 25 }, (_, n) => `E1,2025-01-${String(n + 1).padStart(2, '0')},${9000 + 40 * n}`);
  t.strictSame(
    questionsOf(['MPAN,Date,kWh', ...days].join('\n')),
    ['valuesAre=use,counter'],
    'lamps in autumn do so too',
  );
});

t.test('of day and night neither is taken for the whole, their sum is', async (t) => {
  const header = 'MPAN,Date,Day kWh,Night kWh';
  t.match(
    problemOf([header, 'E1,2025-01-13,100,50', 'E1,2025-01-14,110,55']),
    /more than one column could hold the value/,
  );
  const total = [`${header},Total kWh`, 'E1,2025-01-13,100,50,150', 'E1,2025-01-14,110,55,165'].join('\n');
  t.equal(readUpload(total).days['E1 2025-01-13']?.quantity, 150);
});

t.test('half-hourly demand in kWh is what was used, maximum demand is not', async (t) => {
  const rows = times.map((_, n) => `E1,20250113,${n + 1},1`);
  const ums = ['Certificate,Settlement Date,Settlement Period,Half Hourly Demand kWh', ...rows].join('\n');
  t.equal(readUpload(ums).days['E1 2025-01-13']?.quantity, 48);
  t.match(problemOf(['MPAN,Date,Maximum Demand kWh', 'E1,2025-01-13,1', 'E1,2025-01-14,1']), /no column for the value/);
});

t.test('dates of bills that can be periods in two orders are asked about', async (t) => {
  const table = (...rows: string[]) => ['MPAN,From,To,kWh', ...rows, ''].join('\n');
  t.throws(() => readBills(table('E1,02/03/2025,05/06/2025,3100'), 'inclusive'), { code: 'layout-questions' });
  const spanOf = (text: string) => readBills(text, 'inclusive').bills.map(({ start, end }) => `${start}/${end}`);
  t.strictSame(spanOf(table('E1,01/04/2025,30/06/2025,3100')), ['2025-04-01/2025-07-01'], 'only day first');
  t.strictSame(spanOf(table('E1,04/01/2025,06/30/2025,3100')), ['2025-04-01/2025-07-01'], 'only month first');
  t.strictSame(spanOf(table('E1,01/04/2025,01/07/2025,3100')), ['2025-04-01/2025-07-02'], 'as long as bills are');
  t.strictSame(spanOf(table('E1,2025-04-01,2025-06-30,3100')), ['2025-04-01/2025-07-01']);
});
