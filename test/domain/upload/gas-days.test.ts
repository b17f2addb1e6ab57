import t from 'tap';
import { faultsOf, readUpload } from '../../support/read-upload.ts';
import { questionsOf } from '../../support/recognise-text.ts';
import { numbered } from '../../support/uploads.ts';

const two = (number: number) => String(number).padStart(2, '0');
const hours = (first: number) => Array.from({ length: 24 }, (_, hour) => `${two((hour + first) % 24)}:00`);
const file = (first: number, ...rows: [string, readonly (number | string)[]][]) =>
  [`MPRN,Date,${hours(first).join(',')}`, ...rows.map(([day, values]) => `G1,${day},${values.join(',')}`)].join('\n');

t.test('hours of a gas day are placed in the local days that they lie in', async (t) => {
  const { days, report } = readUpload(file(5, ['2025-03-14', numbered(24)], ['2025-03-15', numbered(24, 25)]), {
    valuesAre: 'use',
  });
  t.strictSame(report.faults, []);
  t.match(
    report.readAs.decisions.find(({ about }) => about === 'dayBasis'),
    { value: 'gas-day', certainty: 'certain' },
  );
  t.strictSame(days['G1 2025-03-15']?.values, [...numbered(5, 20), ...numbered(19, 25)]);
  t.strictSame(days['G1 2025-03-14']?.values, [...new Array(5).fill(null), ...numbered(19)]);
});

t.test('the gas day before a change of the clock has 23 or 25 hours', async (t) => {
  const spring = (values: (number | string)[]) =>
    readUpload(file(5, ['2025-03-29', values], ['2025-03-30', numbered(24, 25)]), { valuesAre: 'use' });
  // The hour from 01:00 of 30 March is the 21st of the gas day of 29 March.
  const blank = [...numbered(20), '', ...numbered(3, 22)];
  const inOrder = [...numbered(20), ...numbered(3, 22), ''];
  for (const values of [blank, inOrder])
    t.strictSame(spring(values).days['G1 2025-03-30']?.values, [20, ...numbered(3, 22), ...numbered(19, 25)]);
  t.strictSame(faultsOf(spring(numbered(24))), ['2 - no-such-time']);
  const autumn = readUpload(file(5, ['2025-10-25', numbered(24)], ['2025-10-26', numbered(24, 25)]), {
    valuesAre: 'use',
  });
  t.strictSame(autumn.days['G1 2025-10-26']?.values, [20, 21, null, 22, 23, 24, ...numbered(19, 25)]);
});

t.test('a gas day from 06:00 is one of before October 2015, or named by its ends', async (t) => {
  const old = readUpload(file(6, ['2014-03-14', numbered(24)]));
  t.strictSame(old.days['G1 2014-03-15']?.values.slice(0, 6), numbered(6, 19));
  t.strictSame(questionsOf(file(6, ['2025-03-14', numbered(24)])), ['label=start,end']);
  const ends = readUpload(file(6, ['2025-03-14', numbered(24)]), { label: 'end' });
  t.strictSame(ends.days['G1 2025-03-15']?.values.slice(0, 5), numbered(5, 20));
  const starts = readUpload(file(6, ['2025-03-14', numbered(24)]), { label: 'start' });
  t.strictSame(starts.days['G1 2025-03-15']?.values.slice(0, 6), numbered(6, 19));
});

t.test('counted hours of gas are asked for, of electricity not', async (t) => {
  const counted = (meter: string, date = 'Date') =>
    `Meter,${date},${numbered(24).join(',')}\n${meter},2025-01-14,${numbered(24).join(',')}\n`;
  t.strictSame(questionsOf(counted('G1')), ['dayBasis=local,gas-day']);
  t.strictSame(questionsOf(counted('E1')), []);
  t.strictSame(questionsOf(counted('G1', 'Gas Day')), []);
  const asGasDay = readUpload(counted('G1'), { dayBasis: 'gas-day' });
  t.strictSame(asGasDay.days['G1 2025-01-15']?.values.slice(0, 5), numbered(5, 20));
  t.strictSame(readUpload(counted('G1'), { dayBasis: 'local' }).days['G1 2025-01-14']?.values, numbered(24));
});

t.test('rows of a gas day with an hour each are placed by their hours', async (t) => {
  const byTime = ['MPRN,Gas Day,Time,kWh', ...hours(5).map((time, index) => `G1,2025-01-14,${time},${index + 1}`)];
  const byNumber = ['MPRN,Gas Day,Hour,kWh', ...numbered(24).map((hour) => `G1,2025-01-14,${hour},${hour}`)];
  for (const rows of [byTime, byNumber]) {
    const { days, report } = readUpload(rows.join('\n'), { label: 'start' });
    t.strictSame(report.faults, []);
    t.strictSame(days['G1 2025-01-15']?.values.slice(0, 6), [...numbered(5, 20), null], rows.join().slice(0, 20));
  }
});

t.test('a value of a whole gas day is said to be one', async (t) => {
  const text = 'MPRN,Date,kWh\nG1,2025-01-14,240\nG1,2025-01-15,240\n';
  t.match(readUpload(text, { dayBasis: 'gas-day' }).report.notices, [
    { code: 'gas-day', detail: /on which it begins/ },
  ]);
  t.match(readUpload(text).report.notices, [{ code: 'gas-day', detail: /may mean/ }]);
  t.strictSame(
    readUpload(text, { dayBasis: 'local' }).report.notices.filter(({ code }) => code === 'gas-day'),
    [],
  );
});
