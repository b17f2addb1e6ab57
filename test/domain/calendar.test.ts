import fc from 'fast-check';
import t from 'tap';
import {
  clockChangeOf,
  elapsedDays,
  elapsedMinutes,
  localDayOf,
  localPosition,
  minutesBetween,
  minutesOfDay,
  parseInstantMs,
  startOfDayMs,
} from '../../src/domain/calendar.ts';
import { cutAt, unionOf } from '../../src/domain/day-spans.ts';
import { intervalsOfDay } from '../../src/domain/interval-profile.ts';
import {
  addDays,
  addMonths,
  dayNumber,
  dayOfNumber,
  daysBetween,
  intersect,
  isLocalDay,
  lengthDays,
  parseLocalDay,
} from '../../src/domain/local-day.ts';
import { financialYear, monthPeriod } from '../../src/domain/period.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import { holds } from '../support/property.ts';

/** Last Sundays of March and October; before 1996 autumn ended on the fourth. */
const CHANGES: [spring: string, autumn: string][] = [
  ['1990-03-25', '1990-10-28'],
  ['1995-03-26', '1995-10-22'],
  ['2019-03-31', '2019-10-27'],
  ['2020-03-29', '2020-10-25'],
  ['2023-03-26', '2023-10-29'],
  ['2024-03-31', '2024-10-27'],
  ['2025-03-30', '2025-10-26'],
  ['2026-03-29', '2026-10-25'],
];

t.test('the day the clocks go forward has 46 half-hours, the day they go back 50, any other 48', async (t) => {
  for (const [spring, autumn] of CHANGES) {
    t.equal(intervalsOfDay(spring, 30), 46, spring);
    t.equal(intervalsOfDay(autumn, 30), 50, autumn);
    for (const day of [addDays(spring, -1), addDays(spring, 1), addDays(autumn, -1), addDays(autumn, 1)])
      t.equal(intervalsOfDay(day, 30), 48, day);
  }
});

t.test(
  'every financial year has 17,520 half-hours, 17,568 with 29 February; March has 1,486, October 1,490',
  async (t) => {
    const halfHours = ({ start, end }: { start: string; end: string }) => minutesBetween(start, end) / 30;
    for (let year = 1996; year <= 2060; year += 1) {
      const leap = isLocalDay(`${year + 1}-02-29`);
      t.equal(halfHours(financialYear(year)), leap ? 17_568 : 17_520, `${year}`);
      t.equal(halfHours(monthPeriod(`${year}-03-01`)), 1_486, `March ${year}`);
      t.equal(halfHours(monthPeriod(`${year}-10-01`)), 1_490, `October ${year}`);
    }
  },
);

t.test('an instant falls on its local day, minutes after that day began, around both changes', async (t) => {
  const places: [instant: string, day: string, minute: number][] = [
    ['2025-03-30T00:30:00Z', '2025-03-30', 30],
    ['2025-03-30T01:00:00Z', '2025-03-30', 60],
    ['2025-03-30T02:00:00+01:00', '2025-03-30', 60],
    ['2025-03-30T22:30:00Z', '2025-03-30', 1350],
    ['2025-03-30T23:00:00Z', '2025-03-31', 0],
    ['2025-10-25T22:59:00Z', '2025-10-25', 1439],
    ['2025-10-25T23:00:00Z', '2025-10-26', 0],
    ['2025-10-26T01:30:00+01:00', '2025-10-26', 90],
    ['2025-10-26T01:30:00+00:00', '2025-10-26', 150],
    ['2025-10-26T23:30:00Z', '2025-10-26', 1470],
    ['2025-10-27T00:00:00Z', '2025-10-27', 0],
    ['2025-01-01T00:00:00Z', '2025-01-01', 0],
  ];
  for (const [instant, day, minute] of places) {
    t.same(localPosition(parseInstantMs(instant)), { day, minute }, instant);
    t.equal(localDayOf(new Date(instant)), day);
  }
});

t.test('the place of any half-hour leads back to its instant, and is below the length of its day', async (t) => {
  const halfHour = fc.integer({ min: Date.UTC(1990, 0, 2) / 1_800_000, max: Date.UTC(2199, 11, 30) / 1_800_000 });
  holds(
    t,
    fc.property(halfHour, (number) => {
      const instantMs = number * 1_800_000;
      const { day, minute } = localPosition(instantMs);
      return startOfDayMs(day) + minute * 60_000 === instantMs && minute >= 0 && minute < minutesOfDay(day);
    }),
    500,
  );
});

t.test('the wall clock leaves an hour out in spring and shows one twice in autumn', async (t) => {
  t.same(clockChangeOf('2025-03-30'), { changeMinute: 60, shiftMinutes: 60 });
  t.same(clockChangeOf('2025-10-26'), { changeMinute: 120, shiftMinutes: -60 });
  t.equal(clockChangeOf('2025-07-01').shiftMinutes, 0);

  t.equal(elapsedMinutes('2025-03-30', 59), 59);
  t.equal(elapsedMinutes('2025-03-30', 60), null, '01:00 was never shown');
  t.equal(elapsedMinutes('2025-03-30', 119), null);
  t.equal(elapsedMinutes('2025-03-30', 120), 60);

  t.equal(elapsedMinutes('2025-10-26', 90), 90, '01:30, the first time');
  t.equal(elapsedMinutes('2025-10-26', 90, true), 150, '01:30, the second time');
  t.equal(elapsedMinutes('2025-10-26', 120), 180);
  t.equal(elapsedMinutes('2025-10-26', 30, true), 30, 'only one hour is repeated');
  t.equal(elapsedMinutes('2025-07-01', 90, true), 90);
});

t.test('an instant without an offset, or that is none, is refused by its own text', async (t) => {
  for (const text of ['2025-10-26T01:30:00', '2025-10-26', '2025-13-01T00:00:00Z', '2025-02-30T00:00:00Z', 'now', ''])
    t.throws(() => parseInstantMs(text, '/x'), { code: 'invalid-request', faults: [{ pointer: '/x' }] }, text);
  t.equal(parseInstantMs('2025-06-01T10:00+01:00'), Date.UTC(2025, 5, 1, 9));
});

t.test('a day has ended once its local midnight has passed', async (t) => {
  t.same(elapsedDays(new Date('2026-07-01T22:59:59Z')), { yesterday: '2026-06-30', today: '2026-07-01' });
  t.same(elapsedDays(new Date('2026-07-01T23:00:00Z')), { yesterday: '2026-07-01', today: '2026-07-02' });
});

t.test('days are real days between 1990 and 2199, and nothing else', async (t) => {
  for (const day of ['1990-01-01', '2024-02-29', '2199-12-31']) t.equal(parseLocalDay(day), day);
  for (const text of ['2023-02-29', '2024-04-31', '1989-12-31', '2200-01-01', '2024-1-1', '2024-01-01T00:00', ''])
    t.throws(() => parseLocalDay(text), Refusal, text);
});

t.test('days count on over months, leap days and centuries', async (t) => {
  t.equal(dayNumber('1970-01-01'), 0);
  t.equal(addDays('2024-02-28', 2), '2024-03-01');
  t.equal(daysBetween('2019-04-01', '2020-04-01'), 366);
  t.equal(addMonths('2024-01-31', 1), '2024-02-01');
  t.equal(addMonths('2024-01-15', -1), '2023-12-01');
  t.equal(lengthDays({ start: '2024-02-01', end: '2024-01-01' }), 0, 'a span is never negative');
  t.equal(intersect({ start: '2024-01-01', end: '2024-02-01' }, { start: '2024-02-01', end: '2024-03-01' }), null);
});

const span = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 }))
  .map(([start, days]) => ({ start: dayOfNumber(20_000 + start), end: dayOfNumber(20_000 + start + days) }));

t.test('a span cut at a union keeps all its days, and each side holds what it says', async (t) => {
  holds(
    t,
    fc.property(span, fc.array(span, { maxLength: 5 }), (whole, others) => {
      const union = unionOf(others);
      const parts = cutAt(whole, union);
      const covered = parts.every(
        ({ inside, ...part }) => inside === union.some((other) => intersect(part, other) !== null),
      );
      const joined = parts.every((part, index) => part.start === (parts[index - 1]?.end ?? whole.start));
      return covered && joined && parts.at(-1)?.end === whole.end;
    }),
    200,
  );
});
