import t from 'tap';
import type { UploadClock } from '../../../src/domain/upload/layout.ts';
import { type ReadUpload, readUpload } from '../../support/read-upload.ts';
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
    const { days: read, report } = readUpload([dayHeader(), ...rows].join('\r\n'), { clock: 'utc', valuesAre: 'use' });
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
      Object.entries(readUpload([dayHeader(50), ...rows].join('\n'), { clock, valuesAre: 'use' }).days).map(
        ([key, { values }]) => [key, values],
      ),
    );
  t.strictSame(valuesOf(utc, 'utc'), valuesOf(local, 'local'));
});

t.test('rows of summer days need a clock, and the question says which there are', async (t) => {
  t.throws(() => readDay(null, '2025-07-01', numbered(48)), {
    code: 'layout-questions',
    message: /Say clock=local or clock=utc or clock=local48/,
    faults: [{ pointer: '?clock', code: 'open-question' }],
    questions: [{ parameter: 'clock', options: [{ value: 'local' }, { value: 'utc' }, { value: 'local48' }] }],
  });
  const winter = readDay(null, '2025-01-15', numbered(48));
  t.strictSame(winter.days['E1 2025-01-15']?.values, numbered(48), 'in winter all clocks are one');
  t.equal(winter.report.readAs.clock, null);
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
