import t from 'tap';
import { readEntry } from '../../../src/domain/readings/read-entry.ts';
import type { ReadingEntry } from '../../../src/domain/readings/reading-entry.ts';
import { valueFault } from '../../../src/domain/readings/value-rules.ts';
import { Refusal } from '../../../src/domain/refusal.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 12);
const TODAY = '2026-11-22';

const read = (entry: Omit<ReadingEntry, 'meter'>) =>
  readEntry({ meter: 'M', ...entry }, '/readings/0', NOW_MS, TODAY, { activity: 'electricity', readingUnit: 'kWh' });

const filled = (count: number, value: number | null = 1) => new Array<number | null>(count).fill(value);

/** The one fault an entry is refused for: its pointer below the entry, its code and its text. */
function faultOf(entry: Omit<ReadingEntry, 'meter'>) {
  try {
    read(entry);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { pointer = '', code, detail } = error.faults[0] ?? {};
    return { code, at: pointer.replace('/readings/0', ''), detail };
  }
  return null;
}

t.test('a day profile has as many values as its day has intervals, and blanks stay blank', async (t) => {
  for (const [day, count] of [
    ['2025-10-26', 50],
    ['2025-03-30', 46],
    ['2025-06-01', 48],
  ] as const) {
    t.match(read({ day, values: filled(count) }), { kind: 'profile', day, profile: { resolutionMinutes: 30 } });
    t.match(faultOf({ day, values: filled(count === 48 ? 50 : 48) }), {
      at: '/values',
      code: 'wrong-number-of-values',
      detail: new RegExp(`expected ${count} values for ${day} in 30-minute intervals`),
    });
  }
  const entry = read({ day: '2025-06-01', values: [0.5, null, ...filled(46)], quality: 'estimated' });
  t.match(entry, { profile: { values: [0.5, null], quality: 'E' } });
  t.match(read({ day: '2025-10-26', resolutionMinutes: 1440, values: [12] }), { profile: { resolutionMinutes: 1500 } });
});

t.test('one interval takes its place in its local day, in either of two hours of the same name', async (t) => {
  const at = (start: string, end: string) => read({ start, end, quantity: 0.75 });
  const placeOf = (start: string, end: string) => {
    const entry = at(start, end);
    if (entry.kind !== 'profile') throw new Error('no profile');
    return [entry.day, entry.profile.values.length, entry.profile.values.indexOf(0.75)];
  };
  t.same(placeOf('2025-10-27T00:00:00+00:00', '2025-10-27T00:30:00+00:00'), ['2025-10-27', 48, 0]);
  t.same(placeOf('2025-10-26T01:30:00+01:00', '2025-10-26T01:00:00Z'), ['2025-10-26', 50, 3]);
  t.same(placeOf('2025-10-26T01:30:00Z', '2025-10-26T02:00:00Z'), ['2025-10-26', 50, 5]);
  t.same(placeOf('2025-03-30T01:00:00Z', '2025-03-30T02:00:00Z'), ['2025-03-30', 23, 1]);
  t.same(placeOf('2025-10-25T23:00:00Z', '2025-10-27T00:00:00Z'), ['2025-10-26', 1, 0], 'a whole day of 25 hours');
});

t.test('24 hours of a day that has 23 or 25 are no value for it', async (t) => {
  for (const [start, end] of [
    ['2025-10-25T23:00:00Z', '2025-10-26T23:00:00Z'],
    ['2025-03-30T00:00:00Z', '2025-03-31T00:00:00Z'],
  ] as const)
    t.match(faultOf({ start, end, quantity: 1 }), { at: '/end', code: 'invalid-resolution' }, start);
  t.equal(faultOf({ start: '2025-06-01T00:00:00+01:00', end: '2025-06-02T00:00:00+01:00', quantity: 1 }), null);
});

t.test('intervals of no known length, out of step, or without an offset are refused', async (t) => {
  const fault = (start: string, end: string) => faultOf({ start, end, quantity: 1 });
  t.match(fault('2025-06-01T00:00:00Z', '2025-06-01T00:07:00Z'), { at: '/end', code: 'invalid-resolution' });
  t.match(fault('2025-06-01T00:30:00Z', '2025-06-01T00:00:00Z'), { at: '/end', code: 'invalid-resolution' });
  t.match(fault('2025-06-01T00:15:00Z', '2025-06-01T00:45:00Z'), { at: '/start', code: 'unaligned-interval' });
  t.match(
    fault('2025-06-01T00:00:00Z', '2025-06-02T00:00:00Z'),
    { at: '/start', code: 'unaligned-interval' },
    'a UTC day',
  );
  t.match(fault('2025-06-01T00:00:00', '2025-06-01T00:30:00Z'), { at: '/start', code: 'invalid-instant' });
});

t.test('a billed period is a half-open span that has ended, of stated or assumed quality (rule F4)', async (t) => {
  t.match(read({ period: '2019/20', quantity: 11_942_414 }), {
    kind: 'bill',
    bill: {
      start: '2019-04-01',
      end: '2020-04-01',
      totalMicro: 11_942_414_000_000n,
      quality: 'A',
      qualityStated: false,
      invoice: null,
      costGbp: null,
    },
  });
  const stated = read({ period: '2026-10', quantity: -3.5, quality: 'estimated', invoice: 'I-1', costGbp: 12.5 });
  t.match(stated, {
    bill: { totalMicro: -3_500_000n, quality: 'E', qualityStated: true, invoice: 'I-1', costGbp: '12.50' },
  });
  t.match(faultOf({ period: '2026/27', quantity: 1 }), { at: '/period', code: 'in-the-future' });
  t.match(
    faultOf({ period: '2026-11-22', quantity: 1 }),
    { at: '/period', code: 'in-the-future' },
    'today is not over',
  );
  t.equal(faultOf({ period: '2026-11-21', quantity: 1 }), null);
});

t.test('what has not happened yet cannot have been measured; a blank may stand for it', async (t) => {
  const noon = [...filled(24), ...filled(24, null)];
  t.equal(faultOf({ day: TODAY, values: noon }), null);
  t.match(faultOf({ day: TODAY, values: [...noon.slice(0, 24), 1, ...filled(23, null)] }), {
    at: '/values/24',
    code: 'in-the-future',
    detail: /interval 25 of 2026-11-22 ends at 2026-11-22T12:30/,
  });
  const later = { start: '2026-11-22T12:00:00Z', end: '2026-11-22T12:30:00Z' };
  t.match(faultOf({ ...later, quantity: 1 }), { at: '/end', code: 'in-the-future' });
});

t.test('an entry is of one shape, and says what its shape lacks or does not take', async (t) => {
  const day = '2025-06-01';
  const refused: [entry: Omit<ReadingEntry, 'meter'>, at: string, code: string][] = [
    [{ day }, '/values', 'required'],
    [{ values: filled(48) }, '/day', 'required'],
    [{ day, values: filled(48), quantity: 1 }, '/quantity', 'unexpected-field'],
    [{ day: '2025-02-29', values: filled(48) }, '/day', 'invalid-day'],
    [{ day, values: filled(96), resolutionMinutes: 16 }, '/resolutionMinutes', 'invalid-resolution'],
    [{ start: '2025-06-01T00:00:00Z', end: '2025-06-01T00:30:00Z' }, '/quantity', 'required'],
    [{ start: '2025-06-01T00:00:00Z', quantity: 1 }, '/end', 'invalid-instant'],
    [
      { start: '2025-06-01T00:00:00Z', end: '2025-06-01T00:30:00Z', quantity: 1, period: '2025-06' },
      '/period',
      'unexpected-field',
    ],
    [{ period: '2019/20' }, '/quantity', 'required'],
    [{ period: '2019/20', quantity: 1, resolutionMinutes: 30 }, '/resolutionMinutes', 'unexpected-field'],
    [{ period: '2019-20', quantity: 1 }, '/period', 'invalid-period'],
    [{ quantity: 1 }, '', 'unknown-shape'],
    [{}, '', 'unknown-shape'],
  ];
  for (const [entry, at, code] of refused)
    t.match(faultOf(entry), { at, code }, `${JSON.stringify(entry)}`.slice(0, 90));
});

t.test('a value has a size, six decimals, and is no code for "no reading" (rule E12)', async (t) => {
  for (const value of [0, -0, 0.000001, -999_999_999.999999, 123_456_789.123456, 16_777.216])
    t.equal(valueFault(value), null, `${value}`);
  for (const [value, code] of [
    [1e9, 'value-out-of-range'],
    [-1e9, 'value-out-of-range'],
    [Number.NaN, 'value-out-of-range'],
    [Number.POSITIVE_INFINITY, 'value-out-of-range'],
    [0.0000001, 'too-many-decimals'],
    [1.2345678, 'too-many-decimals'],
    [16_777.215, 'sentinel-value'],
    [4_294_967.295, 'sentinel-value'],
  ] as const)
    t.match(valueFault(value), { code }, `${value}`);
  t.match(faultOf({ day: '2025-06-01', values: [...filled(47), 16_777.215] }), {
    at: '/values/47',
    code: 'sentinel-value',
  });
});
