import t from 'tap';
import { questionsOf, recognisedText } from '../../../support/recognise-text.ts';
import { dayHeader, dayRow, numbered } from '../../../support/uploads.ts';

const two = (number: number) => String(number).padStart(2, '0');
const halfHours = (from: number, to: number) =>
  Array.from({ length: (to - from) / 30 }, (_, index) => from + index * 30).map(
    (minute) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`,
  );

/** A file of E1 with a row for each date, one value a day. */
const daily = (...dates: string[]) => ['MPAN,Date,kWh', ...dates.map((date) => `E1,${date},5`)].join('\n');

/** Dates, what is asked of them, and how they are then read. */
const DATES: [string[], string[], string | null][] = [
  [['05/03/2025'], ['dateOrder=day-first,month-first'], null],
  [['05/05/2025'], [], 'day-first'],
  [['25/03/2025'], [], 'day-first'],
  [['03/25/2025'], [], 'month-first'],
  [['05/03/2025', '06/03/2025'], [], 'day-first'],
  [['03/05/2025', '03/06/2025'], [], 'month-first'],
  [['25-10-26', '25-10-27', '25-10-28'], [], 'year-first'],
  [['01-02-03'], ['dateOrder=day-first,month-first,year-first'], null],
  [['2025-03-05'], [], null],
  [['05-Mar-25'], [], null],
  [['45956', '45957'], [], null],
];

t.test('the order of dates is settled by the dates, or asked', async (t) => {
  for (const [dates, questions, order] of DATES) {
    t.strictSame(questionsOf(daily(...dates)), questions, dates.join());
    if (questions.length === 0) t.equal(recognisedText(daily(...dates)).layout.dateOrder, order, dates.join());
  }
  t.strictSame(questionsOf(daily('05/12/2026', '05/01/2026')), [], 'a reading in the future is no date');
  t.strictSame(questionsOf(daily('05/03/2025'), { dateOrder: 'month-first' }), [], 'an answer is taken');
});

const onDay = (day: string, times: readonly string[]) => times.map((time) => `E1,${day} ${time},1`);
const readings = (...rows: string[][]) => ['MPAN,Timestamp,kWh', ...rows.flat()].join('\n');
const WINTER = '2025-01-15';

/** Rows for each reading of a winter day, what is asked, and the label. */
const LABELS: [string, string, string[], string | null][] = [
  ['from 00:00 to 23:30', readings(onDay(WINTER, halfHours(0, 1440))), [], 'start'],
  ['from 00:30 to 00:00', readings(onDay(WINTER, halfHours(30, 1440)), onDay('2025-01-16', ['00:00'])), [], 'end'],
  ['from 00:30 to 24:00', readings(onDay(WINTER, [...halfHours(30, 1440), '24:00'])), [], 'end'],
  ['from 00:30 to 00:00 of the same date', readings(onDay(WINTER, [...halfHours(30, 1440), '00:00'])), [], 'end'],
  ['a part of a day', readings(onDay(WINTER, halfHours(600, 780))), ['label=start,end'], null],
  [
    'from 00:00 to 00:00',
    readings(onDay(WINTER, halfHours(0, 1440)), onDay('2025-01-16', ['00:00'])),
    ['label=start,end'],
    null,
  ],
  [
    'spans',
    [
      'MPAN,Date,Time Slot,kWh',
      ...halfHours(600, 780).map((time, index) => `E1,${WINTER},${time} - ${halfHours(630, 810)[index]},1`),
    ].join('\n'),
    [],
    'start',
  ],
  ['a header of ends', readings(onDay(WINTER, halfHours(600, 780))).replace('Timestamp', 'Interval End'), [], 'end'],
  [
    'a header of starts',
    readings(onDay(WINTER, halfHours(600, 780))).replace('Timestamp', 'Interval Start'),
    [],
    'start',
  ],
];

t.test('what times name is settled by the first and the last of them, or asked', async (t) => {
  for (const [name, text, questions, label] of LABELS) {
    t.strictSame(questionsOf(text), questions, name);
    t.match(recognisedText(text).layout, { label }, name);
  }
});

const SPRING = '2025-03-30';
const AUTUMN = '2025-10-26';
/** Rows of days below 48 headers: a row may have more values. */
const days = (...rows: [string, (number | null)[]][]) =>
  [dayHeader(), ...rows.map(([day, values]) => dayRow('E1', day, values))].join('\n');

/** Rows of days, the questions, and the clock. */
const CLOCKS: [string, string, string[], string | null][] = [
  ['a winter day', days([WINTER, numbered(48)]), [], null],
  ['a summer day', days(['2025-07-01', numbered(48)]), ['clock=local,utc,local48'], null],
  ['50 values in autumn', days([AUTUMN, numbered(50)]), [], 'local'],
  ['46 values in spring', days([SPRING, numbered(46)]), [], 'local'],
  ['48 values in spring', days([SPRING, numbered(48)]), [], 'utc'],
  ['a blank hour in spring', days([SPRING, [1, 2, null, null, ...numbered(44, 5)]]), [], 'local48'],
  [
    'a zero hour in spring',
    days([SPRING, [1, 2, 0, 0, ...numbered(44, 5)]], ['2025-03-29', numbered(48)]),
    [],
    'local48',
  ],
  [
    'zeros in every night',
    days([SPRING, [1, 2, 0, 0, ...numbered(44, 5)]], ['2025-03-29', [1, 2, 0, 0, ...numbered(44, 5)]]),
    ['clock=utc,local48'],
    null,
  ],
  ['48 values in autumn', days([AUTUMN, numbered(48)]), ['clock=utc,local48'], null],
  [
    '48 values in autumn, a settlement date',
    days([AUTUMN, numbered(48)]).replace('Date', 'Settlement Date'),
    [],
    'local48',
  ],
  ['a header in UTC', days(['2025-07-01', numbered(48)]).replace('Date', 'Date (UTC)'), [], 'utc'],
  ['a settlement date', days(['2025-07-01', numbered(48)]).replace('Date', 'Settlement Date'), [], 'local'],
];

t.test('the clock is settled by the days on which it changes or by a header, or asked', async (t) => {
  for (const [name, text, questions, clock] of CLOCKS) {
    t.strictSame(questionsOf(text), questions, name);
    if (questions.length === 0) t.equal(recognisedText(text).layout.clock, clock, name);
  }
});

t.test('the beginning of a file does not show that no day of it needs a clock', async (t) => {
  const { questions } = recognisedText(days([WINTER, numbered(48)]), {}, false);
  t.match(questions, [{ parameter: 'clock' }]);
});

t.test('every decision says why, and how sure it is', async (t) => {
  const { decisions } = recognisedText(days([SPRING, numbered(48)]));
  t.match(decisions, [
    { about: 'meter', column: 'MPAN', reason: /name meters of the estate/, certainty: 'certain' },
    { about: 'values', value: '48 columns of 30 minutes' },
    {
      about: 'clock',
      value: 'utc',
      reason: /has values on 2025-03-30, when that hour did not exist/,
      certainty: 'certain',
    },
  ]);
});
