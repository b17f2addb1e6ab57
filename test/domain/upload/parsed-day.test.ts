import fc from 'fast-check';
import t from 'tap';
import { profileSums } from '../../../src/domain/interval-profile.ts';
import { addUpDay, type ParsedDay } from '../../../src/domain/upload/parsed-day.ts';
import { MARK } from '../../../src/domain/upload/quality-words.ts';

type Interval = { value: number | null; mark: number };

function addUp(intervals: readonly Interval[]): ParsedDay | null {
  const values = Float64Array.from(intervals, ({ value }) => value ?? Number.NaN);
  const marks = Uint8Array.from(intervals, ({ mark }) => mark);
  const zeros = { values: 0, longestRun: 0, run: 0 };
  return addUpDay(
    { meterId: 1, dayNumber: 20_000, resolutionMinutes: 30, values, marks, count: intervals.length, line: 2 },
    zeros,
  );
}

const value = fc
  .integer({ min: -999_999_999, max: 999_999_999 })
  .chain((whole) =>
    fc.integer({ min: 0, max: 999_999 }).map((micro) => Number(`${whole}.${String(micro).padStart(6, '0')}`)),
  );
const interval = fc.record({ value: fc.option(value), mark: fc.constantFrom(MARK.actual, MARK.estimated) });

t.test('sums, minutes and quality are those that the rules of a profile give, exactly', async () => {
  fc.assert(
    fc.property(fc.array(interval, { minLength: 48, maxLength: 48 }), (intervals) => {
      const day = addUp(intervals);
      const values = intervals.map((entry) => entry.value);
      if (day === null) return values.every((entry) => entry === null);
      const sums = profileSums('2024-10-04', { resolutionMinutes: 30, values, quality: day.quality });
      const expected = [
        sums.actualMicro + sums.estimatedMicro,
        sums.estimatedMicro,
        sums.actualMinutes,
        sums.estimatedMinutes,
      ].map(String);
      const found = [day.quantityMicro, day.estimatedMicro ?? 0, day.actualMinutes, day.estimatedMinutes].map(String);
      return JSON.stringify(found) === JSON.stringify(expected);
    }),
    { numRuns: 300 },
  );
});

t.test('a sum beyond what a double holds is exact all the same', async (t) => {
  const day = addUp(Array.from({ length: 48 }, () => ({ value: 999_999_999.999999, mark: MARK.actual })));
  t.equal(day?.quantityMicro, 48n * 999_999_999_999_999n);
});

t.test('a day without any value is no day', async (t) => {
  t.equal(addUp(Array.from({ length: 48 }, () => ({ value: null, mark: MARK.blank }))), null);
});
