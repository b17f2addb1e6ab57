import t from 'tap';
import { faultsOf, readUpload } from '../../support/read-upload.ts';
import { dayHeader, dayRow, numbered } from '../../support/uploads.ts';

const blanks = (count: number): null[] => new Array<null>(count).fill(null);

t.test('a bad cell is refused with its line, column, value and reason', async (t) => {
  const cells = (value: string) => [...numbered(3), value, ...numbered(44)];
  const file = [
    `\ufeff${dayHeader()}`,
    '',
    dayRow('E1', '2025-03-01', cells('abc')),
    dayRow('E1', '2025-03-02', cells('"1,23"')),
    dayRow('E1', '2025-03-03', cells('16777.215')),
  ];
  const { report } = readUpload(file.join('\r\n'), { clock: 'local' });
  t.strictSame(report.faults, [
    {
      file: null,
      line: 3,
      column: '01:30',
      value: 'abc',
      code: 'not-a-number',
      detail: "'abc' is not a number: expected a plain decimal number, or a blank where the value is missing",
    },
    {
      file: null,
      line: 4,
      column: '01:30',
      value: '1,23',
      code: 'decimal-comma',
      detail: "'1,23' has a decimal comma: write 1.23",
    },
    {
      file: null,
      line: 5,
      column: '01:30',
      value: '16777.215',
      code: 'sentinel-value',
      detail: '16777.215 is what meters send when they have no reading: leave the cell blank',
    },
  ]);
});

t.test('the other cells of a row are read as strictly', async (t) => {
  const rows: [string, string][] = [
    [dayRow('', '2025-03-01', numbered(48)), '2 MPAN no-meter'],
    [dayRow('E9', '2025-03-01', numbered(48)), '2 MPAN unknown-meter'],
    [dayRow('1.20002E+12', '2025-03-01', numbered(48)), '2 MPAN scientific-notation'],
    [dayRow('E1', '03/15/2025', numbered(48)), '2 Date ambiguous-date'],
    [dayRow('E1', '2025-02-30', numbered(48)), '2 Date not-a-date'],
    [dayRow('E1', '1989-03-01', numbered(48)), '2 Date too-old'],
  ];
  for (const [row, fault] of rows)
    t.strictSame(faultsOf(readUpload(`${dayHeader()}\n${row}`, { clock: 'local', dateOrder: 'day-first' })), [fault]);
  const { report } = readUpload(`${dayHeader()}\n${dayRow('1.20002E+12', '2025-03-01', numbered(48))}`, {
    clock: 'local',
  });
  t.match(report.faults[0]?.detail, /format the column as text/);
});

t.test('a meter is found by its full MPAN, with spaces, by its alias, and as text of a spreadsheet', async (t) => {
  for (const name of [
    '1200023305967',
    '00 801 0AB 1200023305967',
    '008010AB1200023305967',
    "'1200023305967",
    'Town Hall',
    '12 0002 330 5967',
  ])
    t.ok(
      readUpload(`${dayHeader()}\n${dayRow(name, '2025-03-01', numbered(48))}`, { clock: 'local' }).days[
        '1200023305967 2025-03-01'
      ],
      name,
    );
});

t.test('values of the running day are taken up to now, and none beyond', async (t) => {
  const file = (used: number) =>
    `${dayHeader()}\n${dayRow('E1', '2025-06-10', [...numbered(used), ...blanks(48 - used)])}`;
  const nowMs = Date.parse('2025-06-10T09:30:00Z'); // 10:30 on the clock: 21 half-hours are over.
  t.strictSame(readUpload(file(21), { clock: 'local', nowMs }).report.faults, []);
  t.match(readUpload(file(22), { clock: 'local', nowMs }).report.faults, [
    { code: 'in-the-future', detail: /2025-06-10T10:00:00.000Z/ },
  ]);
  t.strictSame(readUpload(file(19), { clock: 'utc', nowMs }).report.faults, []);
  t.match(readUpload(file(20), { clock: 'utc', nowMs }).report.faults, [{ code: 'in-the-future' }]);
});

t.test('a quality of the row holds for all its values', async (t) => {
  const header = `${dayHeader()},Actual/Estimated`;
  const read = (flag: string) =>
    readUpload(`${header}\n${dayRow('E1', '2025-03-01', numbered(48))},${flag}`, { clock: 'local' });
  for (const flag of ['A', 'actual', ''])
    t.match(read(flag).days['E1 2025-03-01'], { quality: null, actualMinutes: 1440, estimatedMinutes: 0 }, flag);
  for (const flag of ['E', 'Estimated'])
    t.match(read(flag).days['E1 2025-03-01'], { quality: 'E', actualMinutes: 0, estimatedMinutes: 1440 }, flag);
  t.strictSame(faultsOf(read('maybe')), ['2 Actual/Estimated unknown-quality']);
});

t.test('a flag of each value is kept with it', async (t) => {
  const header = [
    'MPAN',
    'Date',
    ...dayHeader()
      .split(',')
      .slice(2)
      .flatMap((label) => [label, `${label} Flag`]),
  ].join(',');
  const flagged = (flag: (index: number) => string) =>
    numbered(48).flatMap((value, index) => [index === 5 ? '' : value, flag(index)]);
  const mixed = readUpload(
    `${header}\n${dayRow(
      'E1',
      '2025-03-01',
      flagged((index) => (index < 2 ? 'E' : 'A')),
    )}`,
    { clock: 'local' },
  );
  t.match(mixed.days['E1 2025-03-01'], {
    quality: `EEAAA-${'A'.repeat(42)}`,
    estimatedMinutes: 60,
    actualMinutes: 45 * 30,
  });
  const padded = readUpload(
    `${header}\n${dayRow(
      'E1',
      '2025-03-01',
      flagged((index) => (index > 45 ? 'C' : 'A')),
    )}`,
    { clock: 'local' },
  );
  t.strictSame(padded.days['E1 2025-03-01']?.values.slice(44), [45, 46, null, null], 'padding is no value');
  t.strictSame(
    faultsOf(
      readUpload(
        `${header}\n${dayRow(
          'E1',
          '2025-03-01',
          flagged(() => '?'),
        )}`,
        { clock: 'local' },
      ),
    ),
    ['2 00:00 Flag unknown-quality'],
  );
});

t.test('reactive energy and demand are left out with a count, and never added', async (t) => {
  const header = `Channel,${dayHeader()}`;
  const rows = [
    ['AI', 'E1', 100],
    ['RI', 'E1', 40],
    ['AE', 'E1', 5],
    ['AE', 'X1', 5],
    ['AI', 'X1', 1],
  ].map(
    ([channel, meter, value]) => `${channel},${dayRow(String(meter), '2025-03-01', [value as number, ...blanks(47)])}`,
  );
  const { days, report } = readUpload([header, ...rows].join('\n'), { clock: 'local' });
  t.strictSame(Object.fromEntries(Object.entries(days).map(([key, day]) => [key, day.quantity])), {
    'E1 2025-03-01': 100,
    'X1 2025-03-01': 5,
  });
  t.strictSame(report.rows, { read: 5, accepted: 2, refused: 0, skipped: 3 });
  t.match(report.notices, [{ code: 'channels-skipped', detail: /1 of reactive/ }]);
  t.strictSame(
    faultsOf(readUpload([header, `kVAx,${dayRow('E1', '2025-03-01', numbered(48))}`].join('\n'), { clock: 'local' })),
    ['2 Channel unknown-channel'],
  );
});

t.test('a unit is brought to that of the meter, and refused where it cannot be', async (t) => {
  const header = `Units,${dayHeader()}`;
  const read = (unit: string, meter = 'E1') =>
    readUpload(`${header}\n${unit},${dayRow(meter, '2025-03-01', numbered(48))}`, { clock: 'local' });
  t.strictSame(read('kWh').report.faults, []);
  t.strictSame(read('m³', 'W1').report.faults, []);
  t.equal(read('MWh').days['E1 2025-03-01']?.quantity, 1_176_000);
  t.equal(read('kW').days['E1 2025-03-01']?.quantity, 588, 'a power is the mean of its half-hour');
  t.match(read('m3').report.faults, [
    { column: 'Units', code: 'wrong-unit', detail: /in 'm3', the meter E1 is in kWh/ },
  ]);
  t.equal(read('kVArh').report.rows.skipped, 1);
});

t.test('blank rows are no rows, and a row without any value stores nothing', async (t) => {
  const { days, report } = readUpload(
    [dayHeader(), '', ','.repeat(49), dayRow('E1', '2025-03-01', blanks(48))].join('\n'),
    { clock: 'local' },
  );
  t.strictSame(days, {});
  t.strictSame(report.rows, { read: 1, accepted: 1, refused: 0, skipped: 0 });
  t.equal(report.period, null);
});

t.test('zeros are counted by meter with their longest run, and blanks break a run', async (t) => {
  const first = [...numbered(46), 0, 0];
  const second = [0, null, 0, ...numbered(45)];
  const { report } = readUpload(
    [
      dayHeader(),
      dayRow('E1', '2025-03-01', first),
      dayRow('E1', '2025-03-02', second),
      dayRow('E2', '2025-03-01', numbered(48)),
    ].join('\n'),
    { clock: 'local' },
  );
  t.strictSame(report.zeros, { values: 4, meters: [{ meter: 'E1', values: 4, longestRunIntervals: 3 }] });
  t.strictSame(report.period, { start: '2025-03-01', end: '2025-03-03' });
  t.equal(report.meters, 2);
});

t.test('the same interval in two UTC rows with different values is refused, and neither is kept', async (t) => {
  const rows = [dayRow('E1', '2025-07-01', numbered(48)), dayRow('E1', '2025-07-01', [...numbered(47), 99])];
  const { days, report } = readUpload([dayHeader(), ...rows].join('\n'), { clock: 'utc' });
  t.match(report.faults, [
    { line: 3, code: 'given-twice', detail: /'23:30' of 2025-07-02 is 99 here and another value on line 2/ },
  ]);
  t.strictSame(days['E1 2025-07-02']?.values.slice(0, 2), [47, null]);
});

t.test('only the first faults are described, all are counted', async (t) => {
  const rows = Array.from({ length: 30 }, (_, index) =>
    dayRow('E9', `2025-03-${String(index + 1).padStart(2, '0')}`, numbered(48)),
  );
  const { report } = readUpload([dayHeader(), ...rows].join('\n'), { clock: 'local', faultsMax: 10 });
  t.equal(report.rows.refused, 30);
  t.equal(report.faults.length, 10);
});

t.test('a row that ends before its flags is refused', async (t) => {
  const header = [
    'MPAN',
    'Date',
    ...dayHeader()
      .split(',')
      .slice(2)
      .flatMap((label) => [label, `${label} Flag`]),
  ].join(',');
  const cells = numbered(24).flatMap((value) => [value, 'A']);
  const { report } = readUpload(`${header}\n${dayRow('E1', '2025-03-01', cells)}`, { clock: 'local' });
  t.match(report.faults, [
    { code: 'wrong-number-of-values', detail: /ends after 50 cells: its values reach to cell 98/ },
  ]);
});

t.test('a column that asks for an estimate is answered with yes or no', async (t) => {
  const read = (answer: string) =>
    readUpload(`Est,${dayHeader()}\n${answer},${dayRow('E1', '2025-03-01', numbered(48))}`, { clock: 'local' });
  for (const answer of ['Yes', 'Y', 'E', '1']) t.equal(read(answer).days['E1 2025-03-01']?.quality, 'E', answer);
  for (const answer of ['No', 'N', 'A', '']) t.equal(read(answer).days['E1 2025-03-01']?.quality, null, answer);
});

t.test('an alias that several meters have is refused', async (t) => {
  t.match(
    readUpload(`${dayHeader()}\n${dayRow('Depot', '2025-03-01', numbered(48))}`, { clock: 'local' }).report.faults,
    [{ code: 'ambiguous-meter', detail: /'Depot' is a serial number or an alias of several meters: X1, G1/ }],
  );
});
