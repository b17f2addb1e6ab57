import t from 'tap';
import { dayOfNumber } from '../../../src/domain/local-day.ts';
import { readDay } from '../../../src/domain/upload/day-text.ts';
import type { DateOrder } from '../../../src/domain/upload/layout.ts';
import { createMomentReader, readTime } from '../../../src/domain/upload/moment-text.ts';
import { isFault } from '../../../src/domain/upload/row-fault.ts';

const DAYS: [string, string][] = [
  ['2025-10-26', '2025-10-26'],
  ['2025/10/26', '2025-10-26'],
  ['20251026', '2025-10-26'],
  ['26/10/2025', '2025-10-26'],
  ['1/2/2025', '2025-02-01'],
  ['26/10/25', '2025-10-26'],
  ['01/02/99', '1999-02-01'],
  ['26-10-2025', '2025-10-26'],
  ['26.10.2025', '2025-10-26'],
  ['26 10 2025', '2025-10-26'],
  ['26-Oct-25', '2025-10-26'],
  ['26 October 2025', '2025-10-26'],
  ['1-sept-2025', '2025-09-01'],
  ['29/02/2024', '2024-02-29'],
];

t.test('dates are read with the year first, the day first, or the month by name', async (t) => {
  for (const [text, day] of DAYS) {
    const read = readDay(text, 'day-first');
    t.equal(isFault(read) ? read.detail : dayOfNumber(read), day, text);
  }
});

const BAD_DAYS: [string, string][] = [
  ['10/26/2025', 'ambiguous-date'],
  ['29/02/2025', 'not-a-date'],
  ['31/04/2025', 'not-a-date'],
  ['13/13/2025', 'not-a-date'],
  ['Total', 'not-a-date'],
  ['', 'not-a-date'],
  ['26-Okt-2025', 'not-a-date'],
  ['26/10/2025x', 'not-a-date'],
  ['31/12/1989', 'too-old'],
  ['01/01/2300', 'not-a-date'],
];

t.test('a date that is none, or that could be another, is refused and never guessed', async (t) => {
  for (const [text, code] of BAD_DAYS) {
    const read = readDay(text, 'day-first');
    t.equal(isFault(read) ? read.code : dayOfNumber(read), code, text);
  }
  t.match(readDay('10/26/2025', 'day-first'), { detail: /only as month-first/ });
});

const TIMES: [string, number, number | null][] = [
  ['00:00', 0, null],
  ['0:30', 30, null],
  ['23:30:00', 1410, null],
  ['24:00', 1440, null],
  ['0130', 90, null],
  ['12:30 AM', 30, null],
  ['12:00 pm', 720, null],
  ['11:30PM', 1410, null],
  ['01:30Z', 90, 0],
  ['01:30:00+01:00', 90, 60],
  ['01:30:00.000-0500', 90, -300],
  ['01:30 BST', 90, 60],
  ['00:30 - 01:00', 30, null],
  ['00:30-01:00', 30, null],
  ['23:30 to 00:00', 1410, null],
  ['01:30-05:00', 90, -300],
  ['30', 30, null],
  ['0', 0, null],
  ['100', 60, null],
];

t.test('times of day are read with what they say of their offset', async (t) => {
  for (const [text, minute, offset] of TIMES) t.strictSame(readTime(text), { minute, offset }, text);
});

t.test('a time that is none, or has seconds, is refused', async (t) => {
  for (const text of ['', '25:00', '24:30', '12:60', '13:00 PM', 'noon', '00:29:59', '1'])
    t.match(readTime(text), { code: 'not-a-time' }, text);
});

const MOMENTS: [string, string, number, number | null][] = [
  ['2025-10-26 01:30:00', '2025-10-26', 90, null],
  ['2025-10-26T01:30', '2025-10-26', 90, null],
  ['2025-10-26T00:30:00Z', '2025-10-26', 30, 0],
  ['2025-10-26T01:30:00.000+01:00', '2025-10-26', 90, 60],
  ['26/10/2025 1:30', '2025-10-26', 90, null],
  ['26/10/2025, 01:30 AM', '2025-10-26', 90, null],
  ['1/2/25 00:30', '2025-02-01', 30, null],
  ['26 Oct 2025 13:00', '2025-10-26', 780, null],
  ['202510260130', '2025-10-26', 90, null],
  ['20251026T0130', '2025-10-26', 90, null],
  ['26/10/2025', '2025-10-26', 0, null],
  ['01:30:00 Sun 26/10/2025', '2025-10-26', 90, null],
  ['45956.0625', '2025-10-26', 90, null],
];

t.test('a date and a time in one cell are cut apart', async (t) => {
  const { moment } = createMomentReader('day-first');
  for (const [text, day, minute, offset] of MOMENTS) {
    const read = moment(text);
    t.strictSame(isFault(read) ? read : { ...read, day: dayOfNumber(read.day) }, { day, minute, offset }, text);
    t.strictSame(moment(text), read, 'the second time as the first');
  }
});

t.test('a bad date and a bad time in one cell are told apart', async (t) => {
  const { moment } = createMomentReader('day-first');
  t.match(moment('2025-02-30 01:30'), { code: 'not-a-date' });
  t.match(moment('2025-02-20 25:30'), { code: 'not-a-time' });
  t.match(moment('yesterday'), { code: 'not-a-date', detail: /date and time/ });
});

const IN_ORDER: [string, DateOrder | null, string][] = [
  ['01/02/2025', 'day-first', '2025-02-01'],
  ['01/02/2025', 'month-first', '2025-01-02'],
  ['01/02/2025', null, 'ambiguous-date'],
  ['01/02/2025', 'year-first', 'not-a-date'],
  ['25-10-26', 'year-first', '2025-10-26'],
  ['25-10-26', 'day-first', '2026-10-25'],
  ['25-10-26', null, 'ambiguous-date'],
  ['26/10/2025', 'month-first', 'ambiguous-date'],
  ['2025-10-26', null, '2025-10-26'],
  ['2025-10-26', 'month-first', '2025-10-26'],
  ['26-Oct-25', null, '2025-10-26'],
  ['Sun 26 Oct 2025', null, '2025-10-26'],
  ['Sunday, 26/10/2025', 'day-first', '2025-10-26'],
  ['45956', null, '2025-10-26'],
];

t.test('the order of a date in numbers has to be known, and is not asked of others', async (t) => {
  for (const [text, order, expected] of IN_ORDER) {
    const read = readDay(text, order);
    t.equal(isFault(read) ? read.code : dayOfNumber(read), expected, `${text} ${order}`);
  }
});

t.test('the date of a text is had without its time', async (t) => {
  const { dated } = createMomentReader('day-first');
  for (const text of ['2025-10-26', '26/10/2025 23:59:59', '23:59:59 Sun 26/10/2025', '2025-10-26T00:10:07Z'])
    t.match(dated(text), { day: 20_387 }, text);
  t.match(dated('2025-10-26T00:10:07Z'), { minute: 10, offset: 0 });
  t.match(dated('tomorrow'), { code: 'not-a-date' });
});
