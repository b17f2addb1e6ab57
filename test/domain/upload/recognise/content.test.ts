import t from 'tap';
import type { DayRowLayout } from '../../../../src/domain/upload/layout.ts';
import { readUpload } from '../../../support/read-upload.ts';
import { questionsOf, recognisedText, recogniseText } from '../../../support/recognise-text.ts';
import { dayHeader, dayRow, numbered } from '../../../support/uploads.ts';

const decided = (text: string, about: string) =>
  recognisedText(text).decisions.find((decision) => decision.about === about);

t.test('the column whose cells are known meters is the meter, whatever the headers say', async (t) => {
  const row = (...cells: string[]) => `${cells.join(',')},2025-01-15,00:00,5`;
  const text = (...rows: string[]) => ['MPAN,Where,Date,Time,kWh', ...rows].join('\n');
  t.match(decided(text(row('1900001059816', 'Town Hall')), 'meter'), { column: 'Where', certainty: 'certain' });
  t.match(decided(text(row('E1', 'Town Hall')), 'meter'), { column: 'MPAN' }, 'of two, the better header');
  t.match(decided(text(row('1900001059816', 'Annexe')), 'meter'), { column: 'MPAN', reason: /check digit/ });
  t.match(decided(text(row('X77', 'Annexe')), 'meter'), { column: 'MPAN', reason: /header/, certainty: 'likely' });
});

t.test('where the meter is blank, another column that names it is asked', async (t) => {
  const text = 'MPAN,Name,Date,Time,kWh\nE1,Town Hall,2025-01-15,00:00,5\n,Town Hall,2025-01-15,00:30,6\n';
  const { days } = readUpload(text, { label: 'start', resolutionMinutes: 30 });
  t.equal(days['E1 2025-01-15']?.values[0], 5);
  t.equal(days['1200023305967 2025-01-15']?.values[1], 6);
});

t.test('a file without a header is told by its cells', async (t) => {
  const rows = ['2025-01-15', '2025-01-16'].map((day) => dayRow('E1', day, numbered(48)));
  t.match(recogniseText(rows.join('\n')), {
    layout: {
      shape: 'day-rows',
      headerLine: null,
      columns: { values: { length: 48 }, meter: [{ index: 0, header: null }] },
    },
  });
  t.strictSame(readUpload(rows.join('\n')).days['E1 2025-01-16']?.values, numbered(48));
  const total = (row: string) => `${row},${numbered(48).reduce((a, b) => a + b, 0)}`;
  t.match(
    recogniseText(rows.map(total).join('\n')),
    { layout: { columns: { values: { length: 48 } } } },
    'a sum is no value',
  );
  t.match(recogniseText('E1,2025-01-15,00:00,5\nE1,2025-01-15,00:30,6\n'), {
    layout: { shape: 'reading-rows', headerLine: null, columns: { time: { index: 2 }, value: { index: 3 } } },
  });
});

t.test('a total is known by adding up', async (t) => {
  const sum = numbered(48).reduce((a, b) => a + b, 0);
  const { layout } = recognisedText(
    `${dayHeader()},Whatever,Other\n${dayRow('E1', '2025-01-15', numbered(48))},${sum},7`,
  );
  t.equal((layout as DayRowLayout).columns.total?.header, 'Whatever');
});

t.test('how complete a day is says nothing of its quality', async (t) => {
  const text = `${dayHeader()},Data Quality\n${dayRow('E1', '2025-01-15', numbered(48))},100\n`;
  t.equal(recognisedText(text).layout.columns.quality, null);
  const flagged = `${dayHeader()},meter_read_type\n${dayRow('E1', '2025-01-15', numbered(48))},E\n`;
  t.equal(readUpload(flagged).days['E1 2025-01-15']?.quality, 'E');
  const asked = `${dayHeader()},Actual or Estimate\n${dayRow('E1', '2025-01-15', numbered(48))},Yes\n`;
  t.equal(readUpload(asked).days['E1 2025-01-15']?.quality, 'E');
});

t.test('import and export side by side go to the meters that measure them', async (t) => {
  const text = (meter: string) =>
    `Meter,Date,Time,Import kWh,Export kWh,Reactive kVArh\n${meter},2025-01-15,00:00,100,5,40\n${meter},2025-01-15,00:30,100,5,40\n`;
  t.equal(readUpload(text('E1')).days['E1 2025-01-15']?.values[0], 100);
  t.equal(readUpload(text('X1')).days['X1 2025-01-15']?.values[0], 5);
});

t.test('a row that was sent before its day was over is of the day before', async (t) => {
  const stamped = (header: string, time: string) =>
    `${dayHeader().replace('Date', header)}\n${dayRow('E1', `2025-01-16${time}`, numbered(48))}`;
  t.match(decided(stamped('Date/Time Stamp', 'T00:10:07Z'), 'rowDate'), { value: 'day-after', certainty: 'certain' });
  t.match(decided(stamped('Date/Time Stamp', 'T23:59:59Z'), 'rowDate'), { value: 'same-day' });
  t.strictSame(questionsOf(stamped('Date/Time Stamp', 'T00:00:00Z')), ['rowDate=same-day,day-after']);
  t.strictSame(questionsOf(stamped('Date', ' 00:30')), ['rowDate=same-day,day-after']);
  t.strictSame(questionsOf(stamped('Date', ' 00:00')), []);
  t.ok(readUpload(stamped('Date/Time Stamp', 'T00:10:07Z')).days['E1 2025-01-15'], 'it is stored there');
});

t.test('an answer far down in a file is found, and one beyond the sample is asked for', async (t) => {
  const day = (number: number) => new Date(Date.UTC(2025, 3, 1 + number)).toISOString().slice(0, 10);
  const rows = Array.from({ length: 209 }, (_, index) =>
    dayRow('E1', day(index), numbered(day(index) === '2025-10-26' ? 50 : 48)),
  );
  const text = [dayHeader(50), ...rows].join('\n').replace(',24:00,24:30', '');
  t.ok(text.length > 25_000);
  const wide = text.replaceAll(/^E1,/gm, `E1,`).replace(dayHeader(), `${dayHeader()}`);
  const long = [
    ...wide.split('\n').slice(0, 1),
    ...Array.from({ length: 4 }, () => wide.split('\n').slice(1, 208)).flat(),
    ...wide.split('\n').slice(208),
  ].join('\n');
  t.ok(long.length > 100_000);
  t.match(readUpload(long, {}, 16_384).report.readAs, { clock: 'local' });
  t.throws(() => readUpload(long, { sampleBytesMax: 66_000 }, 16_384), { code: 'layout-questions' });
});
