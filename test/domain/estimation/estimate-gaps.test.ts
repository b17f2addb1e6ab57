import t from 'tap';
import { estimateGaps } from '../../../src/domain/estimation/estimate-gaps.ts';
import { estimateSums } from '../../../src/domain/estimation/own-estimate.ts';
import { dayTypeOf } from '../../../src/domain/like-days.ts';
import { addDays, type DaySpan, daysBetween, type LocalDay } from '../../../src/domain/local-day.ts';
import { DEFAULT_SETTINGS } from '../../../src/domain/reference/default-settings.ts';
import { checkedDay, type Values } from '../../support/memory-series.ts';

const LIMITS = DEFAULT_SETTINGS.estimation;

type Given = { isOverdue?: boolean; totals?: DaySpan[]; start?: LocalDay };

/** Estimates June 2025 of a meter in service from `start` (2024-01-01) to `end`, with the half-hours that `valuesOf` gives. */
function estimated(valuesOf: (day: LocalDay) => Values, end = '2025-09-01', given: Given = {}) {
  const { isOverdue = false, totals = [], start = '2024-01-01' } = given;
  const days = Array.from({ length: daysBetween(start, end) }, (_, place) => addDays(start, place));
  const stored = days.flatMap((day) => checkedDay(day, valuesOf(day)));
  const asked = { start: '2025-06-01', end: '2025-07-01' };
  const meter = {
    firstDay: stored[0]?.day ?? null,
    stored,
    totals,
    service: [{ start, end }],
    asked,
    isOverdue,
    factors: new Map(),
    dayTypeOf,
    heatingModelOf: () => null,
  };
  return estimateGaps(meter, LIMITS);
}

const without = (slots: readonly number[], value = 1): (number | null)[] =>
  Array.from({ length: 48 }, (_, slot) => (slots.includes(slot) ? null : value + slot / 100));

t.test('up to four half-hours: a straight line (rule E11)', async (t) => {
  const { days } = estimated((day) => without(day === '2025-06-10' ? [20, 21, 22] : []));
  t.match(days, [{ day: '2025-06-10', resolutionMinutes: 30 }]);
  t.same(days[0]?.values.slice(19, 24), [null, 1.2, 1.21, 1.22, null]);
  t.same(days[0]?.parts, [{ method: 'linear', from: 20, to: 23, inputs: { before: 1.19, after: 1.23 } }]);
});

t.test('longer than two hours, or over midnight: never a line beyond the limit (rule E11)', async (t) => {
  const five = estimated((day) => without(day === '2025-06-10' ? [20, 21, 22, 23, 24] : []));
  t.match(five.days[0]?.parts, [{ method: 'like-days', from: 20, to: 25 }]);
  const midnight = estimated((day) => without(day === '2025-06-10' ? [46, 47] : day === '2025-06-11' ? [0, 1] : []));
  t.match(midnight.days, [
    { parts: [{ method: 'linear', from: 46, to: 48 }] },
    { parts: [{ method: 'linear', from: 0, to: 2 }] },
  ]);
});

t.test('up to a week: the mean of up to four like days, the nearest first (rule E11)', async (t) => {
  // Tuesday 17 June uses what working days do: 2, 4, 6 and 8 on the four nearest, 100 on Saturdays and Sundays.
  const near: Record<LocalDay, number> = { '2025-06-16': 2, '2025-06-18': 4, '2025-06-19': 6, '2025-06-20': 8 };
  const { days } = estimated((day) => {
    if (day === '2025-06-17') return null;
    const weekend = new Date(day).getUTCDay() % 6 === 0;
    return weekend ? 100 : (near[day] ?? 50);
  });
  t.equal(days[0]?.values.length, 48);
  t.same(new Set(days[0]?.values), new Set([5]));
  t.match(days[0]?.parts, [
    {
      method: 'like-days',
      from: 0,
      to: 48,
      inputs: { days: ['2025-06-16', '2025-06-18', '2025-06-19', '2025-06-20'] },
    },
  ]);
});

t.test('days of 46 and 50 half-hours get as many values', async (t) => {
  const start = '2025-03-01';
  const days = Array.from({ length: 60 }, (_, place) => addDays(start, place));
  const stored = days.flatMap((day) => (day === '2025-03-30' ? [] : checkedDay(day, without([]))));
  const asked = { start, end: '2025-04-30' };
  const meter = {
    firstDay: start,
    stored,
    totals: [],
    service: [asked],
    asked,
    isOverdue: false,
    factors: new Map(),
    dayTypeOf,
    heatingModelOf: () => null,
  };
  const [spring] = estimateGaps(meter, LIMITS).days;
  t.equal(spring?.values.length, 46);
  t.same(spring?.values.slice(0, 4), [1, 1.01, 1.04, 1.05], 'the hour that spring leaves out has no value');
  if (spring !== undefined) t.equal(estimateSums(spring).minutes, 46 * 30);
});

t.test('eight days to three months: last year, times how this year compares (rule E11)', async (t) => {
  const gap = (day: LocalDay) => day >= '2025-06-10' && day < '2025-06-20';
  const { days } = estimated((day) => (gap(day) ? null : day >= '2025-01-01' ? 3 : 2));
  t.equal(days.length, 10);
  t.match(days[0], { day: '2025-06-10', parts: [{ method: 'year-before', inputs: { ratio: 1.5, daysCompared: 28 } }] });
  t.same(new Set(days[0]?.values), new Set([3]));
  const young = estimated((day) => (gap(day) ? null : 3), undefined, { start: '2024-09-01' });
  t.match(young, { days: [], left: [{ start: '2025-06-10', end: '2025-06-20', reason: 'too-little-data' }] });
  const long = estimated((day) => (day >= '2025-05-01' && day < '2025-08-02' ? null : 3));
  t.match(long, { days: [], left: [{ start: '2025-05-01', end: '2025-08-02', reason: 'longer-than-limit' }] });
});

t.test('past the last value nothing, and of an overdue meter up to 35 days (rule E11)', async (t) => {
  const until = (last: LocalDay, isOverdue: boolean) =>
    estimated((day) => (day <= last ? 2 : null), '2025-06-28', { isOverdue });
  t.match(until('2025-06-14', false), {
    days: [],
    left: [{ start: '2025-06-15', end: '2025-06-28', reason: 'not-overdue' }],
  });
  const overdue = until('2025-06-14', true);
  t.equal(overdue.days.length, 13);
  t.match(overdue.days[0], { parts: [{ method: 'accrual' }] });
  const old = until('2025-05-14', true);
  t.equal(old.days.at(-1)?.day, '2025-06-18', '35 days from 15 May');
  t.match(old.left, [{ start: '2025-06-19', end: '2025-06-28', reason: 'past-accrual', minutes: 9 * 1440 }]);
});

t.test("before the first value nothing, and what a bill covers is the bill's (rules E1, E11)", async (t) => {
  const late = estimated((day) => (day < '2025-06-10' ? null : 2), undefined, { start: '2025-06-01' });
  t.match(late, { days: [], left: [{ start: '2025-06-01', end: '2025-06-10', reason: 'before-first-value' }] });
  const billed = estimated((day) => (day === '2025-06-17' ? null : 2), undefined, {
    totals: [{ start: '2025-06-01', end: '2025-07-01' }],
  });
  t.same(billed, { days: [], left: [] });
});

t.test('estimates feed no estimates: those of a supplier neither (rule E11)', async (t) => {
  const { days } = estimated((day) => (day === '2025-06-17' ? null : 2));
  const asked = { start: '2025-06-01', end: '2025-07-01' };
  const stored = Array.from({ length: 30 }, (_, place) => addDays(asked.start, place)).flatMap((day) =>
    day === '2025-06-17'
      ? []
      : checkedDay(day, 2).map((row) => ({
          ...row,
          profile: { resolutionMinutes: 30, values: new Array(48).fill(2), quality: 'E' },
        })),
  );
  const meter = {
    firstDay: asked.start,
    stored,
    totals: [],
    service: [asked],
    asked,
    isOverdue: false,
    factors: new Map(),
    dayTypeOf,
    heatingModelOf: () => null,
  };
  t.equal(days.length, 1);
  t.match(estimateGaps(meter, LIMITS), { days: [], left: [{ start: '2025-06-17', reason: 'too-little-data' }] });
});
