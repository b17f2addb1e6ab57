import t from 'tap';
import { readHour } from '../../../src/domain/upload/hour-text.ts';
import type { LayoutQuestions } from '../../../src/domain/upload/layout-questions.ts';
import { faultsOf, readUpload } from '../../support/read-upload.ts';
import { questionsOf, recogniseText } from '../../support/recognise-text.ts';
import { numbered } from '../../support/uploads.ts';

const two = (n: number) => String(n).padStart(2, '0');
const hours = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);
/** A winter day, and those on which the clocks go forward and back. */
const [WINTER, SPRING, AUTUMN] = ['2025-01-10', '2025-03-30', '2025-10-26'];

/** Headers of the hours of a day; each row holds the number of the hour of the day, from 1. */
const HEADERS: [string, string[]][] = [
  ['counted', hours(1, 24).map(String)],
  ['Hour Ending 1', hours(1, 24).map((n) => `Hour Ending ${n}`)],
  ['HE01', hours(1, 24).map((n) => `HE${two(n)}`)],
  ['H01', hours(1, 24).map((n) => `H${two(n)}`)],
  ['HE 01:00 to HE 24:00', hours(1, 24).map((n) => `HE ${two(n)}:00`)],
  ['Hour Ending 0100', hours(1, 24).map((n) => `Hour Ending ${two(n)}00`)],
  ['H00', hours(0, 23).map((n) => `H${two(n)}`)],
  ['Hour 0', hours(0, 23).map((n) => `Hour ${n}`)],
  ['0 to 23', hours(0, 23).map(String)],
  ['Hour Beginning 00:00', hours(0, 23).map((n) => `Hour Beginning ${two(n)}:00`)],
];

t.test('hours side by side are those of the day, however they are called', async (t) => {
  for (const [name, header] of HEADERS) {
    const { days, report } = readUpload(`MPAN,Date,${header}\nE1,${WINTER},${numbered(24)}\n`);
    t.strictSame(report.faults, [], name);
    t.match(days[`E1 ${WINTER}`], { resolutionMinutes: 60, values: numbered(24) }, name);
  }
});

/** The 25 hours of the day on which the clocks go back: 1 to 25 in order of time. */
const LONG = numbered(25);

t.test('the hour that autumn repeats may be the 25th, or stand twice', async (t) => {
  const header = ['HE01', 'HE02', ...hours(3, 24).map((n) => `HE${two(n)}`)];
  const withStar = (star: string) => [...header.slice(0, 2), star, ...header.slice(2)];
  const blank = (day: string, values: (number | string)[]) => `E1,${day},${values}`;
  for (const star of ['HE02*', 'HE02X', 'HE02 (2)', 'HE02 second', 'HE02']) {
    const text = [
      `MPAN,Date,${withStar(star)}`,
      blank(WINTER, [1, 2, '', ...numbered(22, 3)]),
      blank(SPRING, [1, '', '', ...numbered(22, 2)]),
      blank(AUTUMN, LONG),
    ].join('\n');
    const { days, report } = readUpload(text);
    t.strictSame(report.faults, [], star);
    t.strictSame(days[`E1 ${WINTER}`]?.values, numbered(24), star);
    t.strictSame(days[`E1 ${SPRING}`]?.values, numbered(23), star);
    t.strictSame(days[`E1 ${AUTUMN}`]?.values, LONG, star);
  }
  const counted = [
    `MPAN,Date,${hours(1, 25).map((n) => `HE${n}`)}`,
    blank(WINTER, [...numbered(24), '']),
    blank(SPRING, [...numbered(23), '', '']),
    blank(AUTUMN, LONG),
  ].join('\n');
  const { days, report } = readUpload(counted);
  t.strictSame(report.faults, []);
  t.strictSame(days[`E1 ${SPRING}`]?.values, numbered(23));
  t.strictSame(days[`E1 ${AUTUMN}`]?.values, LONG);
});

t.test('headers that contradict themselves are asked about, and read in the way that fits the day', async (t) => {
  for (const [header, fits, other] of [
    [hours(0, 23).map((n) => `HE${two(n)}`), 'start', 'end'],
    [hours(1, 24).map((n) => `Hour Beginning ${n}`), 'end', 'start'],
  ] as const) {
    const text = `MPAN,Date,${header}\nE1,${WINTER},${numbered(24)}\n`;
    t.strictSame(questionsOf(text), ['label=start,end'], String(header[0]));
    t.strictSame(readUpload(text, { label: fits }).days[`E1 ${WINTER}`]?.values, numbered(24));
    t.match(recogniseText(text, { label: other }), { problem: /is of the day (before|after) that of its row/ });
  }
});

/** A row for each hour of a day: what each is called, and its value. */
const rows = (day: string, names: readonly (string | number)[], header = 'Hour Ending') => [
  `MPAN,Date,${header},kWh`,
  ...names.map((name, at) => `E1,${day},${name},${at + 1}`),
];
const valuesOf = (lines: readonly string[], day: string, said = {}) => {
  const { days, report } = readUpload(lines.join('\n'), said);
  return [days[`E1 ${day}`]?.values, report.faults.map(({ code, line }) => `${line} ${code}`)];
};

t.test('a row for each hour ending, counted or as times', async (t) => {
  for (const names of [
    hours(1, 24),
    hours(1, 24).map((n) => `HE${two(n)}`),
    hours(1, 24).map((n) => `${two(n)}:00`),
    [...hours(1, 23).map((n) => `${n}:00`), '0:00'],
    hours(1, 24).map((n) => `${two(n)}00`),
  ])
    t.strictSame(valuesOf(rows(WINTER, names), WINTER), [numbered(24), []], String(names[0]));
  for (const header of ['HE', 'Hour End', 'Hr Ending', 'Hour'])
    t.strictSame(valuesOf(rows(WINTER, hours(1, 24), header), WINTER), [numbered(24), []], header);
  const inOne = [
    'MPAN,Hour Ending,kWh',
    ...hours(1, 24).map((n) => `E1,2025-01-${n === 24 ? '11 00' : `10 ${two(n)}`}:00,${n}`),
  ];
  t.strictSame(valuesOf(inOne, WINTER), [numbered(24), []], 'date and time in one');
});

t.test('a row for each hour beginning', async (t) => {
  for (const header of ['Hour Beginning', 'HB', 'Hour Starting', 'Hour', 'Hour of Day'])
    t.strictSame(valuesOf(rows(WINTER, hours(0, 23), header), WINTER), [numbered(24), []], header);
});

t.test('the hour of October is the 25th, or 2 a second time, and spring leaves one out', async (t) => {
  t.strictSame(valuesOf(rows(AUTUMN, hours(1, 25)), AUTUMN), [LONG, []], 'counted to 25');
  t.strictSame(valuesOf(rows(SPRING, hours(1, 23)), SPRING), [numbered(23), []], 'counted to 23');
  for (const second of ['2', '2*', '02*', '2X', '2 (2)', '2 second'])
    t.strictSame(valuesOf(rows(AUTUMN, [1, 2, second, ...hours(3, 24)]), AUTUMN), [LONG, []], second);
  const clock = [1, 2, 2, ...hours(3, 24)].map((n) => `${two(n)}:00`);
  t.strictSame(valuesOf(rows(AUTUMN, clock), AUTUMN), [LONG, []], '02:00 a second time');
  t.strictSame(valuesOf(rows(AUTUMN, [0, 1, '1', ...hours(2, 23)], 'Hour'), AUTUMN), [LONG, []], 'from 0');
  t.strictSame(valuesOf(rows(SPRING, [1, ...hours(3, 24)]), SPRING), [numbered(23), []], '2 is left out');
  t.strictSame(valuesOf(rows(SPRING, [0, ...hours(2, 23)], 'Hour'), SPRING), [numbered(23), []], '1 is left out');
  const newestFirst = rows(AUTUMN, [...hours(3, 24).reverse(), 2, 2, 1]);
  t.strictSame(valuesOf(newestFirst, AUTUMN), [LONG.toReversed(), []], 'newest first');
});

t.test('24 hours on a day of 25 are by another clock, or lack one', async (t) => {
  const lines = rows(AUTUMN, hours(1, 24));
  t.strictSame(questionsOf(lines.join('\n')), ['clock=utc,local48']);
  t.strictSame(valuesOf(lines, AUTUMN, { clock: 'local48' })[0], [1, 2, null, ...numbered(22, 3)]);
  const [values] = valuesOf(lines, AUTUMN, { clock: 'utc' });
  t.strictSame(values, [null, ...numbered(24)], 'the first is of 01:00 local time');
});

t.test('hours that may be named by either side are asked about', async (t) => {
  const part = rows(WINTER, hours(6, 20), 'Hour');
  t.strictSame(questionsOf(part.join('\n')), ['label=start,end']);
  t.strictSame(valuesOf(part, WINTER, { label: 'start' })[0], [
    ...hours(0, 5).map(() => null),
    ...numbered(15),
    null,
    null,
    null,
  ]);
  t.strictSame(valuesOf(part, WINTER, { label: 'end' })[0], [
    ...hours(0, 4).map(() => null),
    ...numbered(15),
    null,
    null,
    null,
    null,
  ]);
  t.strictSame(questionsOf(rows(WINTER, hours(0, 23), 'Hour Ending').join('\n')), ['label=start,end'], 'HE 0');
  const refused = readUpload(rows(WINTER, hours(0, 24), 'Hour').join('\n'), { label: 'start' });
  t.strictSame(faultsOf(refused), ['26 Hour not-a-time']);
  t.throws(() => readUpload(part.join('\n')), { code: 'layout-questions' } as LayoutQuestions);
});

t.test('the number of an hour', async (t) => {
  for (const [text, hour, isSecond] of [
    ['7', 7, false],
    ['HE07', 7, false],
    ['Hour 12', 12, false],
    ['02*', 2, true],
    ['2nd', null, false],
    ['24:00', 24, false],
    ['1:30', null, false],
    ['', null, false],
  ] as const)
    t.strictSame(readHour(text), hour === null ? null : { hour, isSecond }, text);
});
