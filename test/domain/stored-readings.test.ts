import t from 'tap';
import { profileOf } from '../../src/domain/interval-profile.ts';
import { type StoredDay, storedSlices } from '../../src/domain/stored-readings.ts';
import { dec } from '../support/memory-estate.ts';

const SPRING = '2025-03-30';
const PROFILE = profileOf(SPRING, 30, [1, null, 3, ...new Array(43).fill(0.5)], `A-E${'A'.repeat(43)}`);

const STORED: StoredDay[] = [
  {
    day: SPRING,
    origin: 'interval',
    quantity: dec('25.5'),
    estimatedQuantity: dec(3),
    actualMinutes: 44 * 30,
    estimatedMinutes: 30,
    profile: PROFILE,
    estimate: null,
  },
  {
    day: '2025-04-01',
    origin: 'billed',
    quantity: dec(100),
    estimatedQuantity: null,
    actualMinutes: 1440,
    estimatedMinutes: 0,
    profile: null,
    estimate: null,
  },
];
const SPAN = { start: SPRING, end: '2025-04-02' };
const slices = (resolution: 'interval' | 'day' | 'month') => storedSlices(SPAN, STORED, resolution, dec);

t.test('every slice of the span is there, and what is missing follows from the calendar', async (t) => {
  const days = slices('day');
  t.same(
    days.map(({ start, quantity, quality, origin, missingMinutes }) => [
      start,
      quantity?.toNumber() ?? null,
      quality,
      origin,
      missingMinutes,
    ]),
    [
      [SPRING, 25.5, 'mixed', 'interval', 30],
      ['2025-03-31', null, null, null, 1440],
      ['2025-04-01', 100, 'actual', 'billed', 0],
    ],
  );
});

t.test('months add what is known, and say that their days come from several places', async (t) => {
  t.match(slices('month'), [
    { start: SPRING, end: '2025-04-01', origin: 'interval', missingMinutes: 1470, quality: 'mixed' },
    { start: '2025-04-01', end: '2025-04-02', origin: 'billed', missingMinutes: 0 },
  ]);
  const one = storedSlices(
    { start: '2025-03-01', end: '2025-04-01' },
    [...STORED.slice(0, 1), { ...STORED[1], day: '2025-03-31' } as StoredDay],
    'month',
    dec,
  );
  t.match(one, [{ origin: 'mixed', quantity: dec('125.5'), actualMinutes: 44 * 30 + 1440 }]);
});

t.test('intervals stand as instants, over the hour that the clock leaves out', async (t) => {
  const intervals = slices('interval');
  t.equal(intervals.length, 46 + 1 + 1);
  t.match(intervals.slice(0, 4), [
    { start: '2025-03-30T00:00:00Z', end: '2025-03-30T00:30:00Z', quality: 'actual' },
    { quantity: null, quality: null, origin: null, missingMinutes: 30 },
    { start: '2025-03-30T01:00:00Z', quality: 'estimated', estimatedMinutes: 30 },
    { start: '2025-03-30T01:30:00Z' },
  ]);
  t.match(intervals[45], { end: '2025-03-30T23:00:00Z' });
  t.match(
    intervals[47],
    { start: '2025-03-31T23:00:00Z', end: '2025-04-01T23:00:00Z', origin: 'billed' },
    'a billed day has no intervals',
  );
});
