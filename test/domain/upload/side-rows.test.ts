import t from 'tap';
import { faultsOf, readUpload, TEST_METERS } from '../../support/read-upload.ts';
import { dayHeader, dayRow, numbered } from '../../support/uploads.ts';

const HEADER = 'MPAN,Timestamp,kWh';
const ROWS = ['E1,2025-03-01 00:00,4.1', 'E1,2025-03-01 00:30,4.2'];
const LOCAL = { clock: 'local' } as const;

/** Reads rows below a header; the reading after them shows that reading goes on. */
function readAround(...rows: string[]) {
  const read = readUpload([HEADER, ...ROWS, ...rows, 'E1,2025-03-01 01:00,4.3'].join('\n'), LOCAL);
  return { faults: faultsOf(read), rows: read.report.rows, days: read.days, notices: read.report.notices };
}

t.test('a row of totals is left out and counted, and never added', async (t) => {
  const totals = [
    'Total,,8.3',
    ',Total,8.3',
    'E1,Total,8.3',
    'GRAND TOTAL:,,8.3',
    'Sub-total,,8.3',
    'Subtotal (kWh),,8.3',
    'Totals,2025-03-01,8.3',
    'Total consumption kWh,,8.3',
    '"Total: 8.3",,',
    'Monthly Total,,8.3',
  ];
  for (const total of totals) {
    const { faults, rows, days, notices } = readAround(total);
    t.strictSame(faults, [], total);
    t.strictSame(rows, { read: 4, accepted: 3, refused: 0, skipped: 1 }, total);
    t.equal(days['E1 2025-03-01']?.quantity, 12.6);
    t.match(notices, [{ code: 'side-rows-skipped', detail: /1 rows of totals \(the first on line 4\)/ }]);
  }
});

t.test('remarks of the program that wrote the file are left out', async (t) => {
  const remarks = [
    'Report generated on 01/04/2025 09:12',
    '"Report generated on 1 March, 2025",,',
    'Generated at: 09:12',
    'Exported by J. Smith,,',
    'Report Date:,01/04/2025',
    'End of file',
    '*** End of Report ***,,',
    'EOF',
    'Number of rows: 2',
    'Record Count,2',
    'Rows,2',
    '2 records',
    '(2 rows affected)',
    'Page 1 of 1',
    'Copyright Supplier Ltd 2025',
    '----,----,----',
    '====================',
    '\u001a',
  ];
  for (const remark of remarks) {
    const { faults, rows } = readAround(remark);
    t.strictSame(faults, [], remark);
    t.strictSame(rows, { read: 4, accepted: 3, refused: 0, skipped: 1 }, remark);
  }
});

t.test('a row that could be a reading is refused, not left out', async (t) => {
  const bad = [
    'Total Energy House,2025-03-01 02:00,4',
    'Totaliser 5,2025-03-01 02:00,4',
    'Generated Power Ltd,2025-03-01 02:00,4',
    'E1,2025-03-01 02:00,total',
    'E1,01/04/2025 x,4',
    ',,4',
    'Recorder,2025-03-01 02:00,4',
  ];
  for (const row of bad) {
    const { faults, rows } = readAround(row);
    t.equal(faults.length, 1, row);
    t.match(rows, { refused: 1, skipped: 0 }, row);
  }
});

t.test('a header that comes again, with the lines above it, is left out', async (t) => {
  const title = 'Half-hourly export,Site 7';
  const block = (day: string) => [title, '', dayHeader(), dayRow('E1', day, numbered(48))];
  const read = readUpload([...block('2025-03-01'), ...block('2025-03-02'), ...block('2025-03-03')].join('\n'), LOCAL);
  t.strictSame(faultsOf(read), []);
  t.strictSame(read.report.rows, { read: 7, accepted: 3, refused: 0, skipped: 4 });
  t.match(read.report.notices, [{ detail: /4 repeats of the lines above the data \(the first on line 5\)/ }]);
});

t.test('the header of another table is refused with its line', async (t) => {
  t.throws(() => readAround('MPAN,Date,Time,kWh'), {
    code: 'unreadable-file',
    message: /Line 4 is the header of another table, 'MPAN, Date, Time, kWh', than line 1: send the two as files/,
  });
});

t.test('blank lines and lines of delimiters are no rows at all', async (t) => {
  const { rows, faults } = readAround('', ',,', '   ', '\f', '"",,');
  t.strictSame(faults, []);
  t.strictSame(rows, { read: 3, accepted: 3, refused: 0, skipped: 0 });
});

t.test('lines may end in CR alone, in turn with other ends, or begin with a form feed', async (t) => {
  const lines = [HEADER, ...ROWS, 'E1,2025-03-01 01:00,bad'];
  for (const ends of [['\r'], ['\r', '\n', '\r\n'], ['\r\n', '\r'], ['\n\f']])
    for (const blockBytes of [1, 7, 50, 1_000]) {
      const text = lines.map((line, index) => line + (ends[index % ends.length] ?? '')).join('');
      const read = readUpload(text, LOCAL, blockBytes);
      t.strictSame(faultsOf(read), ['4 kWh not-a-number']);
      t.match(read.report, { rows: { accepted: 2 } });
    }
});

t.test('a first line names the delimiter, whatever else would fit', async (t) => {
  for (const [line, delimiter] of [
    ['sep=;', ';'],
    ['SEP=\t', '\t'],
    ['"sep=;"', ';'],
    ['sep=|', '|'],
  ] as const) {
    const text = [HEADER.replaceAll(',', delimiter), ...ROWS.map((row) => row.replaceAll(',', delimiter))].join('\r\n');
    const { report } = readUpload(`${line}\r\n${text}`, LOCAL);
    t.match(report, { readAs: { headerLine: 2 }, rows: { read: 2, accepted: 2 } }, line);
  }
});

t.test('a file of a header alone is refused as such', async (t) => {
  for (const text of [HEADER, `title\n${HEADER}\n\n,,\n`])
    t.throws(() => readUpload(text, LOCAL), {
      code: 'unreadable-file',
      message: /header on line \d and no row below it/,
    });
});

t.test('a meter may be called by a word of remarks or totals: its bad rows are refused like any other', async (t) => {
  const meters = TEST_METERS.slice(0, 2).map((meter, at) => ({ ...meter, key: ['ROWS', 'TOTAL'][at] ?? '' }));
  const rows = [
    'ROWS,2025-03-01 00:00,4.1',
    'ROWS,2025-03-01 00:30,bad',
    'TOTAL,2025-03-01 00:00,worse',
    'TOTAL,,8.3',
    'Rows,2',
  ];
  const read = readUpload(
    [HEADER, ...rows].join('\n'),
    { ...LOCAL, label: 'start', resolutionMinutes: 30 },
    50,
    meters,
  );
  t.strictSame(faultsOf(read), ['3 kWh not-a-number', '4 kWh not-a-number']);
  t.strictSame(
    read.report.rows,
    { read: 5, accepted: 1, refused: 2, skipped: 2 },
    'a total and a remark are still none',
  );
});
