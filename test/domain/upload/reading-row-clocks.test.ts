import t from 'tap';
import type { UploadOptions } from '../../../src/domain/upload/upload-options.ts';
import { faultsOf, type ReadUpload, readUpload } from '../../support/read-upload.ts';
import { numbered } from '../../support/uploads.ts';

const SPRING = '2025-03-30';
const AUTUMN = '2025-10-26';

const two = (number: number) => String(number).padStart(2, '0');
/** Wall times of half-hours, from one to before another, as minutes after midnight. */
const walls = (from: number, to: number, step = 30) =>
  Array.from({ length: (to - from) / step }, (_, index) => from + index * step).map(
    (minute) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`,
  );

/** Reads rows of E1, the values counted from 1. */
function readTimes(stamps: readonly string[], options: Partial<UploadOptions>): ReadUpload {
  return readUpload(
    ['MPAN,Timestamp,kWh', ...stamps.map((stamp, index) => `E1,${stamp},${index + 1}`)].join('\n'),
    options,
  );
}

const on = (day: string, times: readonly string[]) => times.map((time) => `${day} ${time}`);

t.test('hourly readings in UTC fall where they belong in every season', async (t) => {
  const stamps = Array.from({ length: 8_760 }, (_, hour) =>
    new Date(Date.UTC(2021, 0, 1, hour)).toISOString().slice(0, 19).replace('T', ' '),
  );
  const { days, report } = readUpload(
    ['datetime,equipment load [kWh]', ...stamps.map((stamp) => `${stamp},1.5`)].join('\n'),
    { clock: 'utc', meterKey: 'E1' },
    4_096,
  );
  t.strictSame(report.rows, { read: 8_760, accepted: 8_760, refused: 0, skipped: 0 });
  t.equal(report.values, 8_760);
  t.strictSame(report.period, { start: '2021-01-01', end: '2022-01-01' });
  t.equal(
    Object.values(days).reduce((sum, day) => sum + day.quantity, 0),
    13_140,
  );
  t.equal(days['E1 2021-03-28']?.values.length, 23);
  t.equal(days['E1 2021-10-31']?.values.length, 25);
  t.equal(Object.values(days).filter((day) => day.values.includes(null)).length, 0, 'every hour of the year is there');
});

t.test('an instant with an offset needs no clock, and is not moved by one', async (t) => {
  // The local day begins at 23:00 UTC of the day before.
  const stamps = [
    '2025-10-26T00:30:00Z',
    '2025-10-26T01:00:00+00:00',
    '2025-10-26T02:30:00+01:00',
    '2025-10-26T03:00:00+01:00',
  ];
  for (const clock of [null, 'local', 'utc'] as const) {
    const { days, report } = readTimes(stamps, { clock, label: 'start', resolutionMinutes: 30 });
    t.strictSame(report.faults, []);
    t.strictSame(days[`E1 ${AUTUMN}`]?.values.slice(2, 8), [null, 1, 2, 3, 4, null], `clock ${clock}`);
  }
});

t.test('times without an offset need a clock in summer', async (t) => {
  t.throws(() => readTimes(['2025-07-01 00:00', '2025-07-01 00:30'], {}), {
    code: 'layout-questions',
    message: /Say clock=local/,
    faults: [{ pointer: '?clock' }],
  });
  t.strictSame(readTimes(['2025-01-01 00:00', '2025-01-01 00:30'], {}).report.faults, []);
});

t.test('in autumn the first 01:00 is summer time and the second winter time', async (t) => {
  const stamps = on(AUTUMN, [...walls(0, 120), ...walls(60, 1440)]);
  const { days, report } = readTimes(stamps, { clock: 'local' });
  t.strictSame(report.faults, []);
  t.strictSame(days[`E1 ${AUTUMN}`]?.values, numbered(50));
});

t.test('in a file that runs from new to old it is the other way round', async (t) => {
  const stamps = on(AUTUMN, [...walls(0, 120), ...walls(60, 1440)]).toReversed();
  t.strictSame(readTimes(stamps, { clock: 'local' }).days[`E1 ${AUTUMN}`]?.values, numbered(50).toReversed());
});

t.test('the repeated hour is told apart for each meter, though their rows alternate', async (t) => {
  const stamps = on(AUTUMN, [...walls(0, 120), ...walls(60, 1440)]);
  const rows = stamps.flatMap((stamp, index) => [`E1,${stamp},${index + 1}`, `E2,${stamp},${index + 101}`]);
  const { days } = readUpload(['MPAN,Timestamp,kWh', ...rows].join('\n'), { clock: 'local' });
  t.strictSame(days[`E1 ${AUTUMN}`]?.values, numbered(50));
  t.strictSame(days[`E2 ${AUTUMN}`]?.values, numbered(50, 101));
});

t.test('a third 01:00 is refused', async (t) => {
  const stamps = on(AUTUMN, [...walls(0, 120), ...walls(60, 120), '01:00']);
  t.strictSame(faultsOf(readTimes(stamps, { clock: 'local' })), ['8 Timestamp given-twice']);
});

t.test('in spring the hour that the clock left out is refused under local', async (t) => {
  const { days, report } = readTimes(on(SPRING, walls(0, 1440)), { clock: 'local' });
  t.match(report.faults, [
    { line: 4, column: 'Timestamp', value: `${SPRING} 01:00`, code: 'no-such-time', detail: /clocks went forward/ },
    { line: 5 },
  ]);
  t.strictSame(days[`E1 ${SPRING}`]?.values, [1, 2, ...numbered(44, 5)]);
});

t.test('local48 drops blanks and zeros of that hour, and refuses anything else', async (t) => {
  const rows = (gap: readonly string[]) =>
    [
      'MPAN,Timestamp,kWh',
      ...on(SPRING, walls(0, 1440)).map((stamp, index) => `E1,${stamp},${gap[index - 2] ?? index + 1}`),
    ].join('\n');
  const { days, report } = readUpload(rows(['', '0']), { clock: 'local48' });
  t.strictSame(report.faults, []);
  t.strictSame(days[`E1 ${SPRING}`]?.values, [1, 2, ...numbered(44, 5)]);
  t.equal(report.values, 46);
  t.strictSame(faultsOf(readUpload(rows(['1', '0']), { clock: 'local48' })), ['4 Timestamp no-such-time']);
});

t.test('local48 has the repeated hour once, and the other is missing', async (t) => {
  const { days, report } = readTimes(on(AUTUMN, walls(0, 1440)), { clock: 'local48' });
  t.strictSame(report.faults, []);
  t.strictSame(days[`E1 ${AUTUMN}`]?.values, [1, 2, 3, 4, null, null, ...numbered(44, 5)]);
  t.equal(days[`E1 ${AUTUMN}`]?.actualMinutes, 48 * 30);
  t.strictSame(faultsOf(readTimes(on(AUTUMN, [...walls(0, 120), '01:00']), { clock: 'local48' })), [
    '6 Timestamp given-twice',
  ]);
});

t.test('times that name the end of an interval give the same days as those that name its start', async (t) => {
  const ends: Record<string, string[]> = {
    plain: [...on('2025-03-01', walls(30, 1440)), '2025-03-02 00:00'],
    'plain, the last as 24:00': [...on('2025-03-01', walls(30, 1440)), '2025-03-01 24:00'],
    'plain, the last as 00:00 of the same date': [...on('2025-03-01', walls(30, 1440)), '2025-03-01 00:00'],
  };
  for (const [name, stamps] of Object.entries(ends)) {
    const { days, report } = readTimes(stamps, { clock: 'local', label: 'end' });
    t.strictSame(report.faults, [], name);
    t.strictSame(days['E1 2025-03-01']?.values, numbered(48), name);
  }
  const autumn = [
    ...on(AUTUMN, ['00:30', '01:00', '01:30', '01:00', '01:30', ...walls(120, 1440)]),
    '2025-10-27 00:00',
  ];
  t.strictSame(readTimes(autumn, { clock: 'local', label: 'end' }).days[`E1 ${AUTUMN}`]?.values, numbered(50));
  for (const leap of ['01:00', '02:00']) {
    const spring = [...on(SPRING, ['00:30', leap, ...walls(150, 1440)]), '2025-03-31 00:00'];
    t.strictSame(
      readTimes(spring, { clock: 'local', label: 'end' }).days[`E1 ${SPRING}`]?.values,
      numbered(46),
      `the interval before the leap named ${leap}`,
    );
  }
});

t.test('a header that speaks of ends is believed, unless the sender says otherwise', async (t) => {
  const file = [
    'MPAN,Interval End,kWh',
    ...walls(30, 1440).map((time, index) => `E1,2025-03-01 ${time},${index + 1}`),
  ].join('\n');
  t.equal(readUpload(file, { clock: 'local' }).days['E1 2025-03-01']?.values[0], 1);
  t.equal(readUpload(file, { clock: 'local', label: 'start' }).days['E1 2025-03-01']?.values[1], 1);
});
