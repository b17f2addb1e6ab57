import t from 'tap';
import { dayOfNumber } from '../../../src/domain/local-day.ts';
import type { LayoutQuestions } from '../../../src/domain/upload/layout-questions.ts';
import { readMonth } from '../../../src/domain/upload/month-text.ts';
import { readBills } from '../../support/read-bills.ts';
import { TEST_METERS } from '../../support/read-upload.ts';

const keyOf = (id: number) => TEST_METERS.find((meter) => meter.id === id)?.key ?? '';
const file = (...lines: string[]) => `${lines.join('\n')}\n`;

/** The bills of a text as `meter first/after quantity`. */
function billsOf(text: string, said: Parameters<typeof readBills>[3] = {}): string[] {
  return readBills(text, null, undefined, said).bills.map(
    ({ meterId, start, end, totalMicro, quality }) =>
      `${keyOf(meterId)} ${start}/${end} ${Number(totalMicro) / 1e6}${quality === 'E' ? ' E' : ''}`,
  );
}

function askedOf(text: string): string[] {
  try {
    readBills(text);
    return [];
  } catch (error) {
    return (error as LayoutQuestions).questions.map(
      ({ parameter, options }) => `${parameter}=${options.map(({ value }) => value).join(',')}`,
    );
  }
}

const FEBRUARY_TO_APRIL_2024 = [
  'E1 2024-02-01/2024-03-01 290',
  'E1 2024-03-01/2024-04-01 310.5',
  'E1 2024-04-01/2024-05-01 280',
];

t.test('months side by side are bills of whole months, however the months are written', async (t) => {
  for (const months of [
    'Feb-24,Mar-24,Apr-24',
    'February 2024,March 2024,April 2024',
    "Feb '24,Mar '24,Apr '24",
    '2024 Feb,2024 Mar,2024 Apr',
    '2024-02,2024-03,2024-04',
    '202402,202403,202404',
    '02/2024,03/2024,04/2024',
    '2024-02-01,2024-03-01,2024-04-01',
    '29/02/2024,31/03/2024,30/04/2024',
    '01-Feb-24,01-Mar-24,01-Apr-24',
    'Feb-24 (kWh),Mar-24 (kWh),Apr-24 (kWh)',
    'Consumption Feb-24,Consumption Mar-24,Consumption Apr-24',
  ])
    t.strictSame(billsOf(file(`MPAN,${months}`, 'E1,290,310.5,280')), FEBRUARY_TO_APRIL_2024, months);
  t.strictSame(
    billsOf(file('MPAN,Apr-24,Mar-24,Feb-24', 'E1,280,310.5,290')).toSorted(),
    FEBRUARY_TO_APRIL_2024,
    'newest first',
  );
  t.strictSame(billsOf(file('Town Hall,Ref,Feb 2024', ',E2,7')), ['E2 2024-02-01/2024-03-01 7'], 'one month by name');
});

t.test('titles, addresses, units and a total stand beside the months, and the total is checked', async (t) => {
  const { bills, report } = readBills(
    file(
      'Monthly energy report,,,,,',
      'Site,MPAN,Unit,Jan-25,Feb-25,Total',
      'Library,E1,kWh,1000,900.5,1900.5',
      'Depot PV,E2,MWh,1.2,1.1,2.4',
      'Total,,,,,4300.5',
    ),
  );
  t.strictSame(
    bills.map(({ meterId, start, totalMicro }) => [keyOf(meterId), start, totalMicro]),
    [
      ['E1', '2025-01-01', 1_000_000_000n],
      ['E1', '2025-02-01', 900_500_000n],
      ['E2', '2025-01-01', 1_200_000_000n],
      ['E2', '2025-02-01', 1_100_000_000n],
    ],
  );
  t.match(report.totals, { rowsAgree: 1, rowsDiffer: 1, differences: [{ line: 4, total: 2.4, sum: 2.3 }] });
  t.match(report.readAs, { shape: 'bill-rows', headerLine: 2 });
  const decision = report.readAs.decisions.find(({ about }) => about === 'month');
  t.match(decision, { value: 'the headers of 2 columns', certainty: 'certain' });
});

t.test('costs, plans and flags beside the months are not taken for quantities', async (t) => {
  const header = 'MPAN,Jan-25 kWh,Jan-25 £,Jan-25 A/E,Feb-25 kWh,Feb-25 £,Feb-25 A/E,Budget Feb-25';
  t.strictSame(billsOf(file(header, 'E1,100,25.5,A,90,23.5,E,95')), [
    'E1 2025-01-01/2025-02-01 100',
    'E1 2025-02-01/2025-03-01 90 E',
  ]);
  const gas = 'MPRN,Jan-25 m3,Jan-25 kWh,Feb-25 m3,Feb-25 kWh';
  t.strictSame(
    billsOf(file(gas, 'G1,10,111,9,100')),
    ['G1 2025-01-01/2025-02-01 111', 'G1 2025-02-01/2025-03-01 100'],
    'the energy of gas wins over its volume',
  );
  for (const [title, problem] of [
    ['Electricity costs 2025', /stand under 'Electricity costs 2025', which is no quantity/],
    ['tCO2e by site', /which is no quantity/],
  ] as const)
    t.throws(() => billsOf(file(title, 'MPAN,Jan-25,Feb-25', 'E1,100,90')), problem);
  t.throws(() => billsOf(file('MPAN,Jan-25,Feb-25', 'E1,100,90'), { name: 'Cost' }), /no quantity/, 'named so');
  t.throws(
    () => billsOf(file('MPAN,Reading Jan-25,Reading Feb-25', 'E1,1000,1090')),
    /hold dial readings, not consumption/,
  );
});

t.test('a blank month has no bill, a zero is one, and a month that is not over is refused', async (t) => {
  const { bills, report } = readBills(file('MPAN,Sep-26,Oct-26,Nov-26', 'E1,0,-,', 'E2,5,,6'));
  t.strictSame(
    bills.map(({ meterId, start, totalMicro }) => [keyOf(meterId), start, totalMicro]),
    [
      ['E1', '2026-09-01', 0n],
      ['E2', '2026-09-01', 5_000_000n],
    ],
  );
  t.match(report.rows, { read: 6, accepted: 5, refused: 1 });
  t.match(report.faults, [{ line: 3, column: 'Nov-26', value: 'Nov-26', code: 'in-the-future' }]);
});

t.test('reactive energy is skipped, and two values for one month are both refused (rule E9)', async (t) => {
  const { bills, report } = readBills(
    file('MPAN,Channel,Jan-25,Feb-25', 'E1,AI,100,90', 'E1,RI,40,35', 'E2,AI,7,6', 'E2,AI,8,6'),
  );
  t.strictSame(
    bills.map(({ meterId, start }) => [keyOf(meterId), start]),
    [
      ['E1', '2025-01-01'],
      ['E1', '2025-02-01'],
      ['E2', '2025-02-01'],
      ['E2', '2025-02-01'],
    ],
  );
  t.match(report.skipped, [{ channel: 'reactive', rows: 2 }]);
  t.match(report.faults, [
    { line: 4, column: 'Jan-25', code: 'given-twice', detail: /2025-01 of E2 has another value on line 5/ },
    { line: 5, column: 'Jan-25', code: 'given-twice' },
  ]);
});

t.test('first days of months that may be days in a row are asked about', async (t) => {
  const open = file('MPAN,01/01/2025,01/02/2025,01/03/2025', 'E1,310,280,310');
  t.strictSame(askedOf(open), ['dateOrder=day-first,month-first']);
  t.strictSame(billsOf(open, { dateOrder: 'day-first' }), [
    'E1 2025-01-01/2025-02-01 310',
    'E1 2025-02-01/2025-03-01 280',
    'E1 2025-03-01/2025-04-01 310',
  ]);
  t.throws(() => billsOf(open, { dateOrder: 'month-first' }), /table of bills/, 'then they are days');
  const year = Array.from(
    { length: 12 },
    (_, n) => `01/${String(((n + 3) % 12) + 1).padStart(2, '0')}/${n < 9 ? 2024 : 2025}`,
  );
  t.equal(
    billsOf(file(`MPAN,${year}`, `E1,${year.map((_, n) => (n % 5) + 1)}`)).length,
    12,
    'a year from April settles it',
  );
  t.strictSame(billsOf(file('MPAN,04/01/2025,05/01/2025,06/30/2025', 'E1,1,2,3')).length, 3, 'month first');
});

t.test('headers that may be more than their month are refused with advice', async (t) => {
  for (const [header, problem] of [
    ['MPAN,Mar-25,Jun-25,Sep-25,Dec-25', /not months in a row/],
    ['MPAN,Jan-25,Jan-25,Feb-25,Feb-25', /name a month more than once/],
    ['MPAN,Jan,Feb,Mar,Apr', /months without a year.*'Year'/],
    ['Place,Jan-25,Feb-25,Mar-25,Apr-25', /no column for the meter/],
  ] as const)
    t.throws(() => billsOf(file(header, `${header.startsWith('MPAN') ? 'E1' : 'here'},1,2,3,4`)), problem, header);
});

t.test('the year may stand in a column of its own, as a calendar or a financial year', async (t) => {
  t.strictSame(billsOf(file('MPAN,Year,Feb,Mar,Apr', 'E1,2024,290,310.5,280')), FEBRUARY_TO_APRIL_2024);
  t.strictSame(billsOf(file('MPAN,Financial Year,Apr,Mar', 'E1,2024/25,280,310')), [
    'E1 2024-04-01/2024-05-01 280',
    'E1 2025-03-01/2025-04-01 310',
  ]);
});

t.test('a row for each meter and month', async (t) => {
  t.strictSame(
    billsOf(file('MPAN,Month,kWh', 'E1,Feb-24,290', 'E1,Mar-24,310.5', 'E1,Apr-24,280')),
    FEBRUARY_TO_APRIL_2024,
  );
  t.strictSame(
    billsOf(file('Supply,Year,Month,Consumption', 'E1,2024,2,290', 'E1,2024,3,310.5', 'E1,2024,April,280')),
    FEBRUARY_TO_APRIL_2024,
  );
  t.strictSame(billsOf(file('MPAN,Month Ending,kWh,Read Type', 'E1,31/01/2025,100,E', 'E1,28/02/2025,90,A')), [
    'E1 2025-01-01/2025-02-01 100 E',
    'E1 2025-02-01/2025-03-01 90',
  ]);
  const { report } = readBills(file('MPAN,Month,kWh', 'E1,Feb-24,290', 'E1,spring,1', 'E1,Mar-24,', 'E1,Apr-24,3'));
  t.match(report.rows, { read: 4, accepted: 3, refused: 1 });
  t.match(report.faults, [{ line: 3, column: 'Month', value: 'spring', code: 'not-a-month' }]);
});

t.test('a month beside days or times is no bill', async (t) => {
  const daily = ['MPAN,Month,Date,kWh', ...['13', '14', '15'].map((day) => `E1,Jan-25,2025-01-${day},5`)];
  t.throws(() => readBills(file(...daily)), /table of bills/);
});

t.test('the text of a month', async (t) => {
  for (const [text, expected] of [
    ['Sept 2025', '2025-09-01 2025-09-30'],
    ['2/2024', '2024-02-01 2024-02-29'],
    ['2025-13', 'not-a-month'],
    ['market 25', 'not-a-month'],
    ['15/01/2025', 'not-a-month'],
    ['01/02/2025', '2025-02-01 2025-02-28'],
    ['31/12/2025', '2025-12-01 2025-12-31'],
    ['45748', '2025-04-01 2025-04-30'],
    ['', 'not-a-month'],
  ] as const) {
    const month = readMonth(text, 'day-first');
    t.equal('code' in month ? month.code : `${dayOfNumber(month.first)} ${dayOfNumber(month.last)}`, expected, text);
  }
});
