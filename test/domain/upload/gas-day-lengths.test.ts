import t from 'tap';
import { readUpload } from '../../support/read-upload.ts';
import { questionsOf } from '../../support/recognise-text.ts';
import { numbered } from '../../support/uploads.ts';

/** Rows of counted hours, as many columns as said; spare ones are blank. */
const counted = (columns: number, rows: readonly [string, number][]) =>
  [
    `MPRN,Date,${numbered(columns).join(',')}`,
    ...rows.map(([day, hours]) => {
      const blanks = new Array<string>(columns - hours).fill('');
      return `G1,${day},${[...numbered(hours), ...blanks].join(',')}`;
    }),
  ].join('\n');
const basisOf = (text: string) =>
  readUpload(text).report.readAs.decisions.find(({ about }) => about === 'dayBasis')?.value;

const AUTUMN = ['2025-10-24', '2025-10-25', '2025-10-26', '2025-10-27'] as const;
const SPRING = ['2025-03-28', '2025-03-29', '2025-03-30', '2025-03-31'] as const;
const week = (days: readonly string[], at: number, hours: number): [string, number][] =>
  days.map((day, index) => [day, index === at ? hours : 24]);

t.test('the Saturday of 23 or 25 values is a gas day, the Sunday a local day (rule E7)', async (t) => {
  for (const [days, columns, hours] of [
    [AUTUMN, 25, 25],
    [SPRING, 25, 23],
    [SPRING, 24, 23],
  ] as const) {
    t.equal(basisOf(counted(columns, week(days, 1, hours))), 'gas-day', `${days[1]} of ${hours}`);
    t.equal(basisOf(counted(columns, week(days, 2, hours))), 'local', `${days[2]} of ${hours}`);
  }
});

t.test('each hour is then in its place', async (t) => {
  const gas = readUpload(counted(25, week(AUTUMN, 1, 25)));
  t.strictSame(gas.report.faults, []);
  t.strictSame(gas.days['G1 2025-10-26']?.values, [...numbered(6, 20), ...numbered(19)]);
  const local = readUpload(counted(25, week(AUTUMN, 2, 25)));
  t.strictSame(local.days['G1 2025-10-26']?.values, numbered(25));
});

t.test('where the days of the change do not show it, it is asked', async (t) => {
  const asked = (text: string) => questionsOf(text).filter((question) => question.startsWith('dayBasis'));
  const open = ['dayBasis=local,gas-day'];
  t.strictSame(asked(counted(24, week(AUTUMN, 1, 24))), open, 'the change has 24 values');
  const both: [string, number][] = [...week(SPRING, 1, 23).slice(0, 2), ...week(SPRING, 2, 23).slice(2)];
  t.strictSame(asked(counted(25, both)), open, 'Saturday and Sunday are short');
  t.strictSame(asked(counted(25, [['2025-03-20', 23], ...week(SPRING, 2, 23)])), open, 'another day is as short');
  t.strictSame(asked(counted(25, week(['2025-06-01', '2025-06-02'], 0, 24))), open, 'no change at all');
});
