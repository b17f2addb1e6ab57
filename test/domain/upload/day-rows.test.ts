import t from 'tap';
import type { UploadClock } from '../../../src/domain/upload/layout.ts';
import { faultsOf, type ReadUpload, readUpload } from '../../support/read-upload.ts';
import { dayHeader, dayRow, numbered } from '../../support/uploads.ts';

const SPRING = '2025-03-30';
const AUTUMN = '2025-10-26';

type Cell = number | string | null;

/** Reads one row of E1 under a clock, with a header for as many columns. */
function readDay(clock: UploadClock | null, day: string, values: readonly Cell[], columns = 48): ReadUpload {
  return readUpload(`${dayHeader(columns)}\n${dayRow('E1', day, values)}\n`, { clock });
}

const blanks = (count: number): null[] => new Array<null>(count).fill(null);

/** Under a clock, a row of a day with so many columns gives these values of E1 by day. */
const READ: [string, UploadClock, string, number, Cell[], Record<string, (number | null)[]>][] = [
  ['a plain day', 'local', '2025-03-01', 48, numbered(48), { '2025-03-01': numbered(48) }],
  [
    'a plain day with spare columns',
    'local',
    '2025-03-01',
    50,
    [...numbered(48), null, '-'],
    { '2025-03-01': numbered(48) },
  ],
  [
    'the short day, its spare columns blank',
    'local',
    SPRING,
    48,
    [...numbered(46), null, null],
    { [SPRING]: numbered(46) },
  ],
  ['the short day in a row that ends early', 'local', SPRING, 48, numbered(46), { [SPRING]: numbered(46) }],
  ['the long day', 'local', AUTUMN, 50, numbered(50), { [AUTUMN]: numbered(50) }],
  ['the long day in a row longer than its header', 'local', AUTUMN, 48, numbered(50), { [AUTUMN]: numbered(50) }],
  [
    'a short day of 48 with a gap',
    'local48',
    SPRING,
    48,
    [1, 2, null, null, ...numbered(44, 5)],
    { [SPRING]: [1, 2, ...numbered(44, 5)] },
  ],
  [
    'a short day of 48 with zeros in the gap',
    'local48',
    SPRING,
    48,
    [1, 2, 0, 0, ...numbered(44, 5)],
    { [SPRING]: [1, 2, ...numbered(44, 5)] },
  ],
  ['a long day of 48', 'local48', AUTUMN, 48, numbered(48), { [AUTUMN]: [1, 2, 3, 4, null, null, ...numbered(44, 5)] }],
  ['a plain day of 48', 'local48', '2025-07-01', 48, numbered(48), { '2025-07-01': numbered(48) }],
  ['a winter day in UTC', 'utc', '2025-01-15', 48, numbered(48), { '2025-01-15': numbered(48) }],
  [
    'a summer day in UTC',
    'utc',
    '2025-07-01',
    48,
    numbered(48),
    { '2025-07-01': [null, null, ...numbered(46)], '2025-07-02': [47, 48, ...blanks(46)] },
  ],
  [
    'the short day in UTC',
    'utc',
    SPRING,
    48,
    numbered(48),
    { [SPRING]: numbered(46), '2025-03-31': [47, 48, ...blanks(46)] },
  ],
  ['the long day in UTC', 'gmt48', AUTUMN, 48, numbered(48), { [AUTUMN]: [null, null, ...numbered(48)] }],
];

t.test('a row gives its values to the intervals that its clock means', async (t) => {
  for (const [name, clock, day, columns, cells, expected] of READ) {
    const { days, report } = readDay(clock, day, cells, columns);
    t.strictSame(report.faults, [], name);
    t.strictSame(
      Object.fromEntries(Object.entries(days).map(([key, { values }]) => [key.slice(3), values])),
      expected,
      `${name}, ${clock}`,
    );
    t.equal(report.rows.accepted, 1, name);
    const present = Object.values(expected)
      .flat()
      .filter((value) => value !== null).length;
    t.equal(report.values, present, `${name}: values that are stored are counted`);
  }
});

/** Under a clock, a row with so many columns is refused. */
const REFUSED: [string, UploadClock, string, number, Cell[], RegExp][] = [
  ['47 values', 'local', '2025-03-01', 48, numbered(47), /has 47 values: 48 are expected on 2025-03-01$/],
  ['49 values', 'local', '2025-03-01', 50, numbered(49), /has 49 values: 48 are expected/],
  [
    '48 values on the short day',
    'local',
    SPRING,
    48,
    numbered(48),
    /has 48 values: 46 are expected on 2025-03-30, when the clocks go forward; .*clock=local48/,
  ],
  [
    '48 values on the long day',
    'local',
    AUTUMN,
    48,
    numbered(48),
    /has 48 values: 50 are expected on 2025-10-26, when the clocks go back; .*clock=local48/,
  ],
  [
    '50 values of local48',
    'local48',
    AUTUMN,
    50,
    numbered(50),
    /has 50 values: 48 are expected on every day, 2025-10-26 too, with clock=local48/,
  ],
  ['46 values of local48', 'local48', SPRING, 48, numbered(46), /has 46 values: 48 are expected/],
  ['a value in the hour left out', 'local48', SPRING, 48, numbered(48), /has 3 between 01:00 and 02:00 on 2025-03-30/],
  ['46 values of UTC', 'utc', SPRING, 48, numbered(46), /has 46 values: 48 are expected on every day/],
  ['50 values of UTC', 'utc', AUTUMN, 50, numbered(50), /has 50 values: 48 are expected on every day/],
];

t.test('a row that does not fit its day is refused with what was expected', async (t) => {
  for (const [name, clock, day, columns, cells, detail] of REFUSED) {
    const { days, report } = readDay(clock, day, cells, columns);
    t.strictSame(days, {}, name);
    t.match(report.faults, [{ line: 2, code: /wrong-number-of-values|no-such-time/, detail }], name);
    t.strictSame(report.rows, { read: 1, accepted: 0, refused: 1, skipped: 0 }, name);
  }
});

t.test('consecutive days in UTC make whole local days, clock changes included', async (t) => {
  for (const [first, days] of [
    ['2025-03-28', 5],
    ['2025-10-24', 5],
  ] as const) {
    const dates = Array.from({ length: days }, (_, index) =>
      new Date(Date.parse(first) + index * 86_400_000).toISOString().slice(0, 10),
    );
    const rows = dates.map((date, index) => dayRow('E1', date, numbered(48, 1 + index * 48)));
    const { days: read, report } = readUpload([dayHeader(), ...rows].join('\r\n'), { clock: 'utc' });
    const all = Object.keys(read)
      .sort()
      .flatMap((key) => read[key]?.values ?? [])
      .filter((value) => value !== null);
    t.strictSame(all, numbered(48 * days), `${first}: every half-hour once, in order`);
    t.equal(report.values, 48 * days);
    t.equal(
      read[`E1 ${first.startsWith('2025-03') ? SPRING : AUTUMN}`]?.values.length,
      first.startsWith('2025-03') ? 46 : 50,
    );
    t.notOk(
      Object.keys(read).some((key) => key.includes('#2')),
      'no day comes twice',
    );
  }
});

t.test('a local file and a UTC file of the same readings give the same days', async (t) => {
  const local = [
    dayRow('E1', '2025-10-25', numbered(48)),
    dayRow('E1', AUTUMN, numbered(50, 49)),
    dayRow('E1', '2025-10-27', numbered(48, 99)),
  ];
  // The first local day begins an hour before its UTC day.
  const utc = [
    dayRow('E1', '2025-10-24', [...blanks(46), 1, 2]),
    dayRow('E1', '2025-10-25', numbered(48, 3)),
    dayRow('E1', AUTUMN, numbered(48, 51)),
    dayRow('E1', '2025-10-27', numbered(48, 99)),
  ];
  const valuesOf = (rows: string[], clock: UploadClock) =>
    Object.fromEntries(
      Object.entries(readUpload([dayHeader(50), ...rows].join('\n'), { clock }).days).map(([key, { values }]) => [
        key,
        values,
      ]),
    );
  t.strictSame(valuesOf(utc, 'utc'), valuesOf(local, 'local'));
});

t.test('rows of a day need a clock, and a refusal says which there are', async (t) => {
  t.throws(() => readDay(null, '2025-03-01', numbered(48)), {
    code: 'invalid-request',
    message: /say clock=local, utc, gmt48 or local48/,
    faults: [{ pointer: '?clock', code: 'missing' }],
  });
});

t.test('a clock named in the header is taken, and not contradicted', async (t) => {
  const file = `${dayHeader().replace('Date', 'Date (UTC)')}\n${dayRow('E1', '2025-01-15', numbered(48))}`;
  t.equal(readUpload(file).report.readAs.clock, 'utc');
  t.throws(() => readUpload(file, { clock: 'local' }), {
    code: 'invalid-request',
    message: /clock=local contradicts the header 'Date \(UTC\)'/,
  });
});

t.test('quarter-hours and hours have their own counts', async (t) => {
  const quarters = (columns: number) =>
    ['MPAN', 'Date', ...Array.from({ length: columns }, (_, index) => `Q${index + 1}`)].join(',');
  const hours = ['MPAN', 'Date', ...Array.from({ length: 25 }, (_, index) => `H${index + 1}`)].join(',');
  t.equal(
    readUpload(`${quarters(100)}\n${dayRow('E1', AUTUMN, numbered(100))}`, { clock: 'local' }).days[`E1 ${AUTUMN}`]
      ?.resolutionMinutes,
    15,
  );
  t.strictSame(
    readUpload(`${hours}\n${dayRow('E1', SPRING, [...numbered(23), null, null])}`, { clock: 'local' }).days[
      `E1 ${SPRING}`
    ]?.values,
    numbered(23),
  );
  t.match(readUpload(`${hours}\n${dayRow('E1', SPRING, numbered(24))}`, { clock: 'local' }).report.faults, [
    { detail: /24 values: 23 are expected/ },
  ]);
});

t.test('a bad cell is refused with its line, column, value and reason', async (t) => {
  const cells = (value: string) => [...numbered(3), value, ...numbered(44)];
  const file = [
    `\ufeff${dayHeader()}`,
    '',
    dayRow('E1', '2025-03-01', cells('abc')),
    dayRow('E1', '2025-03-02', cells('"1,234.5"')),
    dayRow('E1', '2025-03-03', cells('16777.215')),
  ];
  const { report } = readUpload(file.join('\r\n'), { clock: 'local' });
  t.strictSame(report.faults, [
    {
      line: 3,
      column: '01:30',
      value: 'abc',
      code: 'not-a-number',
      detail: "'abc' is not a number: expected a plain decimal number, or a blank where the value is missing",
    },
    {
      line: 4,
      column: '01:30',
      value: '1,234.5',
      code: 'thousands-separator',
      detail: "'1,234.5' has a thousands separator: write 1234.5",
    },
    {
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
    [dayRow('E1', '2025-03-01 00:30', numbered(48)), '2 Date not-a-date'],
    [dayRow('E1', '1989-03-01', numbered(48)), '2 Date too-old'],
  ];
  for (const [row, fault] of rows)
    t.strictSame(faultsOf(readUpload(`${dayHeader()}\n${row}`, { clock: 'local' })), [fault]);
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

t.test('a unit that is not that of the meter is refused', async (t) => {
  const header = `Units,${dayHeader()}`;
  const read = (unit: string, meter = 'E1') =>
    readUpload(`${header}\n${unit},${dayRow(meter, '2025-03-01', numbered(48))}`, { clock: 'local' });
  t.strictSame(read('kWh').report.faults, []);
  t.strictSame(read('m³', 'W1').report.faults, []);
  t.match(read('MWh').report.faults, [
    { column: 'Units', code: 'wrong-unit', detail: /in 'MWh', the meter E1 is in kWh/ },
  ]);
  t.match(read('kW').report.faults, [{ code: 'wrong-unit', detail: /kW is a power/ }]);
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

t.test('a workbook, an archive and UTF-16 are told by their first bytes', async (t) => {
  for (const start of ['PK\u0003\u0004rest', 'MPAN\u0000'])
    t.throws(() => readUpload(start, { clock: 'local' }), { code: 'unreadable-file', message: /save it as CSV/ });
});
