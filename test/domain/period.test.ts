import fc from 'fast-check';
import t from 'tap';
import { bucketsOf, INTERVALS, reportingYearOf } from '../../src/domain/buckets.ts';
import { daysBetween, lengthDays } from '../../src/domain/local-day.ts';
import { parsePeriod } from '../../src/domain/period.ts';
import { holds } from '../support/property.ts';

t.test('every form of the one grammar names a half-open span (rule A3)', async (t) => {
  const forms: [text: string, start: string, end: string][] = [
    ['2024/25', '2024-04-01', '2025-04-01'],
    ['1999/00', '1999-04-01', '2000-04-01'],
    ['2024/25-Q1', '2024-04-01', '2024-07-01'],
    ['2024/25-Q4', '2025-01-01', '2025-04-01'],
    ['2024', '2024-01-01', '2025-01-01'],
    ['2024-Q2', '2024-04-01', '2024-07-01'],
    ['2024-Q4', '2024-10-01', '2025-01-01'],
    ['2024-02', '2024-02-01', '2024-03-01'],
    ['2011-12', '2011-12-01', '2012-01-01'],
    ['2024-02-29', '2024-02-29', '2024-03-01'],
    ['2024-04-01/2025-04-01', '2024-04-01', '2025-04-01'],
    ['2024-07-01/2024-07-02', '2024-07-01', '2024-07-02'],
  ];
  for (const [text, start, end] of forms) t.same(parsePeriod(text), { label: text, start, end }, text);
});

t.test('the first quarter of a financial year is the second of its calendar year, 91 days (rule A3)', async (t) => {
  const { label: _financial, ...financial } = parsePeriod('2024/25-Q1');
  const { label: _calendar, ...calendar } = parsePeriod('2024-Q2');
  t.same(financial, calendar);
  t.equal(lengthDays(financial), 91);
});

t.test('what could be read in two ways is refused with the way to write it', async (t) => {
  const refused: [text: string, message: RegExp][] = [
    ['2024-25', /write 2024\/25 for the financial year/],
    ['2099-00', /write 2099\/00 for the financial year/],
    ['2024/26', /names no financial year: did you mean 2024\/25\?/],
    ['2024/2025', /not of the period grammar/],
    ['2024/25-Q5', /not of the period grammar/],
    ['2024-Q0', /not of the period grammar/],
    ['2024-2-1', /not of the period grammar/],
    ['2024-02-30', /not of the period grammar/],
    ['2024-04-01/2024-04-01', /ends before or when it starts/],
    ['2025-04-01/2024-04-01', /ends before or when it starts/],
    ['2024-04-01/2025-04-01/2026-04-01', /not of the period grammar/],
    ['2024-04-01/', /not of the period grammar/],
    ['last year', /not of the period grammar/],
    ['', /not of the period grammar/],
    ['1989', /between 1990 and 2199/],
    ['1980/81', /between 1990 and 2199/],
    ['9999/00', /between 1990 and 2199/],
    ['2200', /between 1990 and 2199/],
  ];
  for (const [text, message] of refused)
    t.throws(
      () => parsePeriod(text, '/period'),
      { code: 'invalid-period', message, faults: [{ pointer: '/period' }] },
      text,
    );
});

t.test('a reporting year is named as a financial, a calendar or a plain span of days', async (t) => {
  t.equal(reportingYearOf('2020-03-31', '04-01').label, '2019/20');
  t.equal(reportingYearOf('2020-04-01', '04-01').label, '2020/21');
  t.equal(reportingYearOf('2020-03-31', '01-01').label, '2020');
  t.same(reportingYearOf('2020-03-31', '07-01'), {
    label: '2019-07-01/2020-07-01',
    start: '2019-07-01',
    end: '2020-07-01',
  });
});

const labels = (period: string, interval: (typeof INTERVALS)[number], yearStart = '04-01') =>
  bucketsOf(parsePeriod(period), interval, yearStart).map(({ label, partial }) =>
    partial ? `${label} (part)` : label,
  );

t.test('a period is cut where its buckets begin, and cut buckets say so (rule A3)', async (t) => {
  t.same(labels('2024/25', 'total'), ['2024/25']);
  t.same(labels('2024/25', 'quarter'), ['2024/25-Q1', '2024/25-Q2', '2024/25-Q3', '2024/25-Q4']);
  t.same(labels('2024', 'quarter'), ['2024-Q1', '2024-Q2', '2024-Q3', '2024-Q4']);
  t.same(labels('2024/25', 'calendar-year'), ['2024 (part)', '2025 (part)']);
  t.same(labels('2024', 'reporting-year'), ['2023/24 (part)', '2024/25 (part)']);
  t.same(labels('2024-01-15/2024-03-02', 'month'), ['2024-01 (part)', '2024-02', '2024-03 (part)']);
  t.same(labels('2024-02-28/2024-03-02', 'day'), ['2024-02-28', '2024-02-29', '2024-03-01']);
  t.same(labels('2024-07-01/2026-07-01', 'reporting-year', '07-01'), [
    '2024-07-01/2025-07-01',
    '2025-07-01/2026-07-01',
  ]);
});

t.test(
  'interval=year goes by what the period starts on, and is refused where that says nothing (rule A3)',
  async (t) => {
    t.same(labels('2019-04-01/2021-04-01', 'year'), ['2019/20', '2020/21']);
    t.same(labels('2019-01-01/2021-01-01', 'year'), ['2019', '2020']);
    t.same(labels('2019-01-01/2021-01-01', 'year', '01-01'), ['2019', '2020']);
    t.throws(() => labels('2019-07-01/2021-07-01', 'year'), {
      code: 'invalid-request',
      message: /ask interval=reporting-year or interval=calendar-year/,
      faults: [{ pointer: '?interval' }],
    });
  },
);

const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });

t.test('buckets of any length fill a period without gap or overlap', async (t) => {
  const yearStart = fc.constantFrom('04-01', '01-01', '07-01', '10-01');
  const interval = fc.constantFrom(...INTERVALS.filter((name) => name !== 'year'));
  holds(
    t,
    fc.property(day, fc.integer({ min: 1, max: 1_200 }), interval, yearStart, (first, days, name, start) => {
      const from = first.toISOString().slice(0, 10);
      const to = new Date(first.getTime() + days * 86_400_000).toISOString().slice(0, 10);
      const buckets = bucketsOf({ label: '', start: from, end: to }, name, start);
      const filled = buckets.reduce((sum, bucket) => sum + daysBetween(bucket.start, bucket.end), 0);
      const joined = buckets.every((bucket, index) => bucket.start === (buckets[index - 1]?.end ?? from));
      return joined && filled === days && buckets.every((bucket) => lengthDays(bucket) > 0);
    }),
    150,
  );
});
