import t from 'tap';
import type { LayoutQuestions } from '../../../src/domain/upload/layout-questions.ts';
import { readRegisters } from '../../support/read-registers.ts';

const file = (...rows: string[]) => ['MPRN,Serial,Read Date,Meter Reading', ...rows, ''].join('\n');
const daysOf = (text: string, said = {}) => readRegisters(text, said).reads.map(({ day }) => day);
const asked = (text: string): string[] => {
  try {
    readRegisters(text);
    return [];
  } catch (error) {
    return (error as LayoutQuestions).questions.flatMap(({ options }) => options.map(({ value }) => value));
  }
};

/** 1 February, March and April, or 2, 3 and 4 January: the dials rise in both. */
const OPEN = file('G1,A,01/02/2025,1000', 'G1,A,01/03/2025,1100', 'G1,A,01/04/2025,1200');

t.test('dates of reads that two orders fit are asked about, and never read day first in silence', async (t) => {
  t.strictSame(asked(OPEN), ['day-first', 'month-first']);
  t.strictSame(daysOf(OPEN, { dateOrder: 'day-first' }), ['2025-02-01', '2025-03-01', '2025-04-01']);
  t.strictSame(daysOf(OPEN, { dateOrder: 'month-first' }), ['2025-01-02', '2025-01-03', '2025-01-04']);
  t.strictSame(asked(file('G1,A,01/02/2025,1000')), ['day-first', 'month-first'], 'one read');
  t.strictSame(asked(file('G1,A,05/02/24,1000', 'G1,A,05/03/24,1100')), ['day-first', 'month-first', 'year-first']);
  t.strictSame(asked(file('G1,A,01/02/2025 09:00,1000')), ['day-first', 'month-first'], 'with a time');
  t.strictSame(asked(file('G1,A,01/02/2025,1000', 'Total,,,1000')), ['day-first', 'month-first'], 'a bad row is none');
});

t.test('the dates settle it themselves', async (t) => {
  for (const [name, rows, days] of [
    ['a day above 12', ['G1,A,01/02/2025,1000', 'G1,A,13/03/2025,1100'], ['2025-02-01', '2025-03-13']],
    ['a month above 12', ['G1,A,02/01/2025,1000', 'G1,A,03/13/2025,1100'], ['2025-02-01', '2025-03-13']],
    ['the same by both', ['G1,A,01/01/2025,1000', 'G1,A,02/02/2025,1100'], ['2025-01-01', '2025-02-02']],
    ['the year in front', ['G1,A,2025-02-01,1000', 'G1,A,2025-03-01,1100'], ['2025-02-01', '2025-03-01']],
  ] as const)
    t.strictSame(daysOf(file(...rows)), days, name);
  const ahead = file('G1,A,03/02/2025,1000', 'G1,A,02/03/2026,1100');
  t.strictSame(asked(ahead), ['day-first', 'month-first'], 'a date ahead in each order is evidence for none');
  const settled = readRegisters(file('G1,A,01/02/2025,1000', 'G1,A,13/03/2025,1100')).report.readAs;
  t.match(settled, { dateOrder: 'day-first', decisions: [{ about: 'dateOrder', certainty: 'certain' }] });
});

t.test('a date that only one order puts behind today settles it', async (t) => {
  const nowMs = Date.UTC(2025, 10, 30);
  const text = file('G1,A,11/01/2025,1000', 'G1,A,12/01/2025,1010');
  t.strictSame(daysOf(text, { nowMs }), ['2025-01-11', '2025-01-12'], '1 December 2025 is still to come');
});

t.test('dials that run backwards in one order settle it', async (t) => {
  const rows = ['G1,A,05/01/2025,1000', 'G1,A,04/02/2025,1100', 'G1,A,06/03/2025,1200'];
  const found = readRegisters(file(...rows));
  t.strictSame(
    found.reads.map(({ day }) => day),
    ['2025-01-05', '2025-02-04', '2025-03-06'],
    'month first they would be of April, May and June, and fall from May to June',
  );
  t.match(found.report.readAs.decisions, [{ about: 'dateOrder', value: 'day-first', certainty: 'likely' }]);
  const american = ['G1,A,01/05/2025,1000', 'G1,A,02/04/2025,1100', 'G1,A,03/06/2025,1200'];
  t.strictSame(daysOf(file(...american)), ['2025-01-05', '2025-02-04', '2025-03-06']);
  t.strictSame(daysOf(file(...rows.toReversed())), ['2025-03-06', '2025-02-04', '2025-01-05'], 'newest first');
  const other = [...rows, 'G1,B,05/01/2025,9000', 'G1,B,04/02/2025,9050'];
  t.strictSame(daysOf(file(...other)).length, 5, 'dials of one device are not held against those of another');
  const turned = ['G1,A,05/01/2025,99900', 'G1,A,04/02/2025,99980', 'G1,A,06/03/2025,60'];
  t.strictSame(asked(file(...turned)), ['day-first', 'month-first'], 'a dial that turns over is no evidence');
});

t.test('a dry run goes on by the first answer', async (t) => {
  const { reads, report } = readRegisters(OPEN, { isTrial: true });
  t.equal(reads.length, 3);
  t.match(report.census.meters, [{ meter: 'G1', rows: 3 }]);
});
