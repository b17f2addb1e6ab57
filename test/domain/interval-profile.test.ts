import fc from 'fast-check';
import t from 'tap';
import {
  type IntervalProfile,
  intervalMinutes,
  intervalsOfDay,
  joinDelivered,
  mergeProfiles,
  microOf,
  packQuality,
  profileOf,
  profileSums,
  type Quality,
  qualityAt,
  RESOLUTIONS_MINUTES,
} from '../../src/domain/interval-profile.ts';
import { holds } from '../support/property.ts';

const DAY = '2025-03-01';

/** A half-hourly day from what differs: the rest of its values is 2. */
function halfHours(
  quality: string | null,
  values: Record<number, number | null> = {},
  rest: number | null = 2,
): IntervalProfile {
  return profileOf(
    DAY,
    30,
    Array.from({ length: 48 }, (_, index) => (index in values ? (values[index] ?? null) : rest)),
    quality,
  );
}

t.test('a day has as many intervals as its clock allows, and a daily value stands for all of it', async (t) => {
  t.equal(intervalsOfDay('2025-10-26', 60), 25);
  t.equal(intervalsOfDay('2025-03-30', 15), 92);
  t.equal(intervalsOfDay('2025-10-26', 1440), 1);
  t.equal(intervalMinutes('2025-10-26', 1440), 1500);
  t.equal(profileOf('2025-03-30', 1440, [10], null).resolutionMinutes, 1380);
  for (const minutes of RESOLUTIONS_MINUTES)
    t.ok(Number.isInteger(intervalsOfDay('2025-03-30', minutes)), `${minutes}`);
});

t.test('sums are exact in millionths, by quality, with the minutes behind them', async (t) => {
  const sums = profileSums(DAY, profileOf(DAY, 1440, [0.1], null));
  t.same(sums, { actualMicro: 100_000n, estimatedMicro: 0n, actualMinutes: 1440, estimatedMinutes: 0 });
  const mixed = { ...halfHours('E'.padEnd(48, 'A'), { 0: 0.1, 1: 0.2, 2: null }) };
  t.same(profileSums(DAY, mixed), {
    actualMicro: 90_200_000n,
    estimatedMicro: 100_000n,
    actualMinutes: 46 * 30,
    estimatedMinutes: 30,
  });
  t.equal(microOf(999_999_999.999999), 999_999_999_999_999n);
  t.equal(microOf(-0.000001), -1n);
});

t.test('quality is kept in its shortest form, and read back per interval', async (t) => {
  t.equal(packQuality(['A', null, 'A']), null);
  t.equal(packQuality(['E', null, 'E']), 'E');
  t.equal(packQuality(['E', null, 'A']), 'E-A');
  t.equal(packQuality([null, null]), null);
  t.equal(qualityAt(halfHours(null), 5), 'A');
  t.equal(qualityAt(halfHours('E'), 5), 'E');
  t.equal(qualityAt(halfHours(null, { 5: null }), 5), null);
});

t.test('a day re-sent as an estimate keeps its actual values, and says how many (rule E2)', async (t) => {
  const stored = halfHours(null, {}, 100 / 48);
  t.same(mergeProfiles(DAY, stored, halfHours('E')), { profile: stored, keptActual: 48 });
});

t.test(
  'the newest wins within a quality, an actual over an estimate, and a blank over nothing (rule E2)',
  async (t) => {
    t.match(mergeProfiles(DAY, halfHours('E'), halfHours('E', {}, 3)), {
      profile: halfHours('E', {}, 3),
      keptActual: 0,
    });
    t.match(mergeProfiles(DAY, halfHours('E'), halfHours(null, {}, 3)), { profile: halfHours(null, {}, 3) });
    const blanks = mergeProfiles(DAY, halfHours(null), halfHours(null, { 7: 9 }, null));
    t.match(blanks, { profile: halfHours(null, { 7: 9 }), keptActual: 0 });
    const partly = mergeProfiles(DAY, halfHours('E'), halfHours(null, { 0: 9 }, null));
    t.match(partly, { profile: { quality: `A${'E'.repeat(47)}` } });
  },
);

t.test('another resolution replaces a day only when it is whole and actual', async (t) => {
  const hours = (quality: string | null) => profileOf(DAY, 60, new Array(24).fill(4), quality);
  t.match(mergeProfiles(DAY, halfHours(null), hours(null)), { profile: { resolutionMinutes: 60 } });
  t.match(mergeProfiles(DAY, halfHours(null), hours('E')), { conflict: /30-minute intervals and 60-minute/ });
});

t.test('one delivery that says two things of an interval is a conflict; the same thing twice is none', async (t) => {
  t.match(joinDelivered(DAY, halfHours(null), halfHours(null, { 4: 3 })), {
    conflict: /twice for interval 5: 2 and 3/,
  });
  t.match(joinDelivered(DAY, halfHours(null), halfHours(null)), { profile: halfHours(null) });
  t.match(joinDelivered(DAY, halfHours('E'), halfHours(null, {}, 3)), { profile: halfHours(null, {}, 3) });
  t.match(joinDelivered(DAY, halfHours(null), profileOf(DAY, 1440, [96], null)), { conflict: /30-minute/ });
});

const cell = fc.tuple(fc.option(fc.integer({ min: -5, max: 500 }), { freq: 3 }), fc.constantFrom<Quality>('A', 'E'));
const profile = fc.array(cell, { minLength: 4, maxLength: 4 }).map((cells): IntervalProfile => {
  const values = cells.map(([value]) => value);
  return profileOf(DAY, 360, values, packQuality(cells.map(([value, quality]) => (value === null ? null : quality))));
});

t.test('no order of deliveries loses an actual value, or puts an estimate in its place (rule E2)', async (t) => {
  holds(
    t,
    fc.property(fc.array(profile, { minLength: 1, maxLength: 6 }), (deliveries) => {
      let stored: IntervalProfile | null = null;
      for (const received of deliveries) {
        if (stored === null) stored = received;
        else {
          const merged = mergeProfiles(DAY, stored, received);
          if ('conflict' in merged) return false;
          stored = merged.profile;
        }
      }
      return [0, 1, 2, 3].every((index) => {
        const given = deliveries.filter((delivery) => (delivery.values[index] ?? null) !== null);
        const actual = given.filter((delivery) => qualityAt(delivery, index) === 'A');
        const winner = (actual.length > 0 ? actual : given).at(-1);
        const value = stored?.values[index] ?? null;
        const quality = stored === null ? null : qualityAt(stored, index);
        return value === (winner?.values[index] ?? null) && quality === (winner ? qualityAt(winner, index) : null);
      });
    }),
    400,
  );
});

t.test('a delivery that is laid over itself changes nothing', async (t) => {
  holds(
    t,
    fc.property(profile, (received) => {
      const merged = mergeProfiles(DAY, received, received);
      return 'profile' in merged && JSON.stringify(merged) === JSON.stringify({ profile: received, keptActual: 0 });
    }),
  );
});
