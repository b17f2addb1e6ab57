import t from 'tap';
import { halfHours } from '../../support/half-hours.ts';
import { readUpload } from '../../support/read-upload.ts';
import { numbered } from '../../support/uploads.ts';

const times = halfHours();
const twelve = (n: number) => `${(n >> 1) % 12 || 12}:${n % 2 === 0 ? '00' : '30'} ${n < 24 ? 'AM' : 'PM'}`;
const rows = (write: (n: number, time: string) => string) => times.map((time, n) => write(n, time));
const WINTER = 1_736_467_200;

/** Layouts that are in no list: what each is called, its lines, and the meter; each is of 10 January 2025, 0 to 47. */
const LAYOUTS: [string, string[]][] = [
  ['a stamp with Z', ['Device,UTC Timestamp,Usage', ...rows((n, time) => `E1,2025-01-10T${time}:00.000Z,${n}`)]],
  ['a stamp with an offset', ['id;reading_ts;value_kwh', ...rows((n, time) => `E1;2025-01-10T${time}:00+00:00;${n}`)]],
  ['seconds since 1970', ['meter,epoch,kwh', ...rows((n) => `E1,${WINTER + n * 1800},${n}`)]],
  ['thousandths since 1970', ['meter,ts,kwh', ...rows((n) => `E1,${(WINTER + n * 1800) * 1000},${n}`)]],
  [
    'twelve hours and a month by name',
    ['Meter,Date,Time,Consumption', ...rows((n) => `E1,10 Jan 2025,${twelve(n)},${n}`)],
  ],
  ['the month first by name', ['Meter,Date,Time,kWh', ...rows((n, time) => `E1,"January 10, 2025",${time},${n}`)]],
  ['an ordinal day', ['Meter,Date,Time,kWh', ...rows((n, time) => `E1,10th January 2025,${time},${n}`)]],
  ['a weekday', ['Meter,Date,Time,kWh', ...rows((n, time) => `E1,Friday 10 January 2025,${time},${n}`)]],
  ['a date and a period', ['Settlement Date,SP,MPAN,Import kWh', ...rows((n) => `20250110,${n + 1},E1,${n}`)]],
  [
    'titles, a line of units and a grand total',
    [
      'Energy Report,,,',
      'January 2025,,,',
      'Supply Number,Day,Slot,Units Consumed',
      ',,,kWh',
      ...rows((n, time) => `E1,10-Jan-2025,${time} to ${times[(n + 1) % 48]},${n}`),
      'Grand Total,,,1128',
    ],
  ],
  [
    'from and to, the value first',
    [
      'kWh\tTo\tFrom\tMeter',
      ...rows((n, time) => `${n}\t2025-01-${n === 47 ? 11 : 10} ${times[(n + 1) % 48]}\t2025-01-10 ${time}\tE1`),
    ],
  ],
  [
    'counted to 50',
    [['Core', 'Settlement Day', ...numbered(50).map((n) => `HH${n}`)].join(), `E1,10/01/2025,${numbered(48, 0)},,`],
  ],
];

for (const [name, lines] of LAYOUTS) {
  t.test(`a layout of no list: ${name}`, async (t) => {
    const { days, report } = readUpload(lines.join('\n'), { dateOrder: name === 'counted to 50' ? 'day-first' : null });
    t.strictSame(report.faults, []);
    t.strictSame(Object.keys(days), ['E1 2025-01-10']);
    t.strictSame(days['E1 2025-01-10']?.values, numbered(48, 0));
  });
}

t.test('days side by side, a row for each meter', async (t) => {
  const { days, report } = readUpload('Supply,14/01/2025,15/01/2025,16/01/2025\nE1,310,,305.5\nE2,1,2,3\n');
  t.strictSame(report.faults, []);
  t.strictSame(
    Object.entries(days)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([day, { values }]) => [day, values]),
    [
      ['E1 2025-01-14', [310]],
      ['E1 2025-01-16', [305.5]],
      ['E2 2025-01-14', [1]],
      ['E2 2025-01-15', [2]],
      ['E2 2025-01-16', [3]],
    ],
  );
});
