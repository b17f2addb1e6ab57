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
  return readUpload(['MPAN,Timestamp,kWh', ...stamps.map((stamp, index) => `E1,${stamp},${index + 1}`)].join('\n'), {
    label: 'start',
    ...options,
  });
}

const on = (day: string, times: readonly string[]) => times.map((time) => `${day} ${time}`);

t.test('the length of intervals is the commonest step of each meter', async (t) => {
  const halfHours = walls(0, 1440)
    .filter((_, index) => index % 10 !== 3)
    .map((time) => `E1,2025-03-01 ${time},1`);
  const hours = walls(0, 1440, 60).map((time) => `E2,2025-03-01 ${time},1`);
  const { days, report } = readUpload(['MPAN,Timestamp,kWh', ...halfHours, ...hours].join('\n'), { clock: 'local' });
  t.strictSame(report.faults, []);
  t.match(days, { 'E1 2025-03-01': { resolutionMinutes: 30 }, 'E2 2025-03-01': { resolutionMinutes: 60 } });
});

t.test('a length that the data cannot show is asked for', async (t) => {
  t.match(readTimes(['2025-03-01 00:00'], { clock: 'local' }).report.faults, [
    { code: 'unknown-resolution', detail: /resolutionMinutes=30/ },
  ]);
  t.equal(
    readTimes(['2025-03-01 00:00'], { clock: 'local', resolutionMinutes: 15 }).days['E1 2025-03-01']?.resolutionMinutes,
    15,
  );
  t.match(readTimes(['2025-03-01 00:00', '2025-03-01 00:07'], { clock: 'local' }).report.faults, [
    { detail: /7 minutes apart/ },
    {},
  ]);
  t.match(readTimes(['2025-03-01 00:00', '2025-04-01 00:00'], { clock: 'local' }).report.faults, [
    { detail: /31 days apart: .*billed periods/ },
    {},
  ]);
});

t.test('a time that is no boundary of the intervals is refused', async (t) => {
  const stamps = on('2025-03-01', ['00:00', '00:30', '01:00', '01:10', '01:30']);
  t.match(readTimes(stamps, { clock: 'local' }).report.faults, [
    { line: 5, code: 'unaligned-interval', detail: /30-minute intervals/ },
  ]);
});

t.test('a date and a time may stand in two columns, or a settlement period in place of the time', async (t) => {
  const timed = [
    'MPAN,Date,Time,kWh',
    ...walls(0, 1440).map((time, index) => `E1,01/03/2025,${time},${index + 1}`),
  ].join('\n');
  t.strictSame(
    readUpload(timed, { clock: 'local', dateOrder: 'day-first' }).days['E1 2025-03-01']?.values,
    numbered(48),
  );
  const periods = (day: string, count: number) =>
    ['MPAN,Settlement Date,Settlement Period,kWh', ...numbered(count).map((n) => `E1,${day},${n},${n}`)].join('\n');
  t.strictSame(readUpload(periods(AUTUMN, 50), { clock: 'local' }).days[`E1 ${AUTUMN}`]?.values, numbered(50));
  t.strictSame(readUpload(periods(SPRING, 46), { clock: 'local' }).days[`E1 ${SPRING}`]?.values, numbered(46));
  t.match(readUpload(periods(SPRING, 47), { clock: 'local' }).report.faults, [
    { line: 48, code: 'no-such-time', detail: /Period 47 is one too many: 2025-03-30 has 46/ },
  ]);
  t.strictSame(faultsOf(readUpload(periods(AUTUMN, 51), { clock: 'local' })), ['52 Settlement Period not-a-time']);
});

t.test('one value a day is a day of its own length', async (t) => {
  const file = (...days: string[]) =>
    ['MPAN,Date,kWh', ...days.map((day, index) => `E1,${day},${index + 1}`)].join('\n');
  const { days, report } = readUpload(file('2025-10-25', AUTUMN, '2025-10-27'));
  t.strictSame(report.faults, []);
  t.match(days[`E1 ${AUTUMN}`], { resolutionMinutes: 1500, values: [2], actualMinutes: 1500 });
  t.match(days['E1 2025-10-27'], { resolutionMinutes: 1440, values: [3], actualMinutes: 1440 });
  t.throws(() => readUpload(file('2025-10-25'), { clock: 'utc' }), {
    code: 'invalid-request',
    message: /clock=local, not utc/,
  });
  t.throws(() => readUpload(file('2025-10-25'), { resolutionMinutes: 30 }), {
    code: 'invalid-request',
    message: /leave resolutionMinutes out/,
  });
  t.match(readUpload(file('2025-10-20', '2025-10-27')).report.faults, [{ detail: /7 days apart/ }, {}]);
});

t.test('daily gas values come with a notice of the gas day', async (t) => {
  const { report } = readUpload('MPRN,Date,kWh\nG1,2025-10-25,5\nG1,2025-10-26,6\n');
  t.match(report.notices, [{ code: 'gas-day', detail: /05:00/ }]);
});

t.test('the future is refused to the minute', async (t) => {
  const nowMs = Date.parse('2025-06-10T09:30:00Z');
  const stamps = ['2025-06-10T08:30:00Z', '2025-06-10T09:00:00Z', '2025-06-10T09:30:00Z'];
  t.match(readTimes(stamps, { nowMs }).report.faults, [
    { line: 4, code: 'in-the-future', detail: /2025-06-10T10:00:00.000Z/ },
  ]);
});

t.test('a blank is missing, and never replaces a value of the same file', async (t) => {
  const file = [
    'MPAN,Timestamp,kWh',
    'E1,2025-03-01 00:00,1',
    'E1,2025-03-01 00:30,-',
    'E1,2025-03-01 01:00,3',
    'E1,2025-03-01 00:00,',
  ].join('\n');
  const { days, report } = readUpload(file, { clock: 'local' });
  t.strictSame(days['E1 2025-03-01']?.values.slice(0, 3), [1, null, 3]);
  t.equal(report.values, 2);
  t.equal(report.rows.accepted, 4);
});

t.test('an interval with two values is stored with neither, and both lines are refused', async (t) => {
  const file = [
    'MPAN,Timestamp,kWh',
    'E1,2025-03-01 00:00,1',
    'E1,2025-03-01 00:30,2',
    'E1,2025-03-01 00:30,2',
    'E1,2025-03-01 00:30,5',
    'E1,2025-03-01 01:00,3',
  ].join('\n');
  const { days, report } = readUpload(file, { clock: 'local' });
  t.match(report.faults, [
    {
      line: 3,
      column: 'kWh',
      value: '2',
      code: 'given-twice',
      detail: /interval 2 of 2025-03-01, and line 5 has another/,
    },
    { line: 5, code: 'given-twice', detail: /line 3 has another value: neither is stored/ },
  ]);
  t.strictSame(days['E1 2025-03-01']?.values.slice(0, 3), [1, null, 3]);
  t.strictSame(report.rows, { read: 5, accepted: 3, refused: 2, skipped: 0 });
});

t.test('an estimate never stands against an actual value of the same file', async (t) => {
  const rows = [
    'E1,2025-03-01 00:00,1,A',
    'E1,2025-03-01 00:00,9,E',
    'E1,2025-03-01 00:30,8,E',
    'E1,2025-03-01 00:30,2,A',
  ];
  const { days, report } = readUpload(['MPAN,Timestamp,kWh,Status', ...rows].join('\n'), {
    clock: 'local',
    resolutionMinutes: 30,
  });
  t.strictSame(days['E1 2025-03-01']?.values.slice(0, 2), [1, 2]);
  t.equal(days['E1 2025-03-01']?.quality, null);
  t.equal(report.keptActual, 1);
});

t.test('the sender of a file of one meter is held to it', async (t) => {
  const file = 'Meter,Timestamp,kWh\nMain,2025-03-01 00:00,1\nMain,2025-03-01 00:30,2\nOther,2025-03-01 01:00,3\n';
  const { days, report } = readUpload(file, { clock: 'local', meterKey: 'E1' });
  t.strictSame(days['E1 2025-03-01']?.values.slice(0, 3), [1, 2, null]);
  t.match(report.faults, [{ line: 4, code: 'other-meter', detail: /names 'Main' and 'Other'/ }]);
  t.throws(() => readUpload(file, { clock: 'local', meterKey: 'E9' }), {
    code: 'unknown-meter',
    faults: [{ pointer: '?meter' }],
  });
});

t.test('days stay whole however many meters are open at once', async (t) => {
  const meters = ['E1', 'E2', 'X1', 'G1'];
  const rows = walls(0, 1440).flatMap((time, index) =>
    meters.map((meter) => `${meter},2025-03-01 ${time},${index + 1}`),
  );
  const { days } = readUpload(['MPAN,Timestamp,Value', ...rows].join('\n'), { clock: 'local' });
  for (const meter of meters) t.strictSame(days[`${meter} 2025-03-01`]?.values, numbered(48), meter);
  t.equal(Object.keys(days).length, meters.length);
});

t.test('a bad time, value or quality is refused where it stands', async (t) => {
  const read = (...cells: string[]) =>
    faultsOf(
      readUpload(`MPAN,Date,Time,kWh,Status\n${cells.join(',')}`, {
        clock: 'local',
        label: 'start',
        resolutionMinutes: 30,
      }),
    );
  t.strictSame(read('E1', '2025-03-01', '00:30', '1', 'A'), []);
  t.strictSame(read('E1', '2025-03-01', 'noon', '1', 'A'), ['2 Time not-a-time']);
  t.strictSame(read('E1', '2025-02-30', '00:30', '1', 'A'), ['2 Date not-a-date']);
  t.strictSame(read('E1', '2025-03-01', '00:30', '1;0', 'A'), ['2 kWh not-a-number']);
  t.strictSame(read('E1', '2025-03-01', '00:30', '1', 'W'), ['2 Status unknown-quality']);
  t.strictSame(read('', '2025-03-01', '00:30', '1', 'A'), ['2 MPAN no-meter']);
});
