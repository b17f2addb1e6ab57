import fc from 'fast-check';
import t from 'tap';
import { cutPieces, placesOf, type RankedSpan } from '../../src/domain/cut-spans.ts';
import { type CutTerm, cutDays, cutTerms, sumsByPlace } from '../../src/domain/cut-terms.ts';
import { addDays, addMonths, dayNumber, type LocalDay } from '../../src/domain/local-day.ts';
import { holds } from '../support/property.ts';

const START = '2024-04-01';
const MONTHS = Array.from({ length: 12 }, (_, index) => addMonths(START, index));
const CELLS = MONTHS.map((start, bucket) => ({ start, end: addMonths(start, 1), bucket }));

/** What a meter takes from totals on a day, another number for each. */
const useOf = (meterId: number, day: LocalDay): number => meterId * 1000 + dayNumber(day);

/** Bills one after the other, from a day on. */
function bills(from: LocalDay, lengths: readonly number[]): RankedSpan[] {
  let start = from;
  return lengths.map((length) => {
    const span: RankedSpan = { start, end: addDays(start, length), rank: 3 };
    start = span.end;
    return span;
  });
}

function sumOf({ meterIds, start, end }: CutTerm, spans: ReadonlyMap<number, readonly RankedSpan[]>): number {
  let sum = 0;
  for (const meterId of meterIds)
    for (let day = start; day < (end ?? addMonths(start, 1)); day = addDays(day, 1))
      if (spans.get(meterId)?.some((span) => span.start <= day && day < span.end)) sum += useOf(meterId, day);
  return sum;
}

const meter = fc.tuple(
  fc.integer({ min: -40, max: 80 }),
  fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 14 }),
  fc.integer({ min: 0, max: 100 }),
);

t.test('what is taken from sums of months is what the days add up to (rule F4)', async (t) => {
  await holds(
    t,
    fc.property(fc.array(meter, { minLength: 1, maxLength: 4 }), (meters) => {
      const spans = new Map(meters.map(([from, lengths], id) => [id, bills(addDays(START, from), lengths)]));
      const segments = meters.map(([, , late], meterId) => {
        return { meterId, stream: meterId % 2, start: addDays(START, late), end: '2025-04-01' };
      });
      const pieces = cutPieces({ segments, cells: CELLS }, spans);
      const { numbers, places } = placesOf(pieces);
      const byPlace = (termsOf: typeof cutTerms): string[] => {
        const terms = pieces.flatMap((alike, index) => termsOf(alike, numbers[index] ?? []));
        const sums = terms.map((term, number) => ({ term: number, quantity: String(sumOf(term, spans)) }));
        return sumsByPlace(terms, sums, places.length).map(String);
      };
      return byPlace(cutTerms).join() === byPlace(cutDays).join();
    }),
  );
});

t.test(
  'of a month that is cut in two, one part is read by day and the other is what the sum of the month leaves',
  async (t) => {
    const segments = [{ meterId: 1, stream: 0, start: START, end: '2025-04-01' }];
    const spans = new Map([[1, bills('2024-03-15', [31, 30, 1000])]]);
    const pieces = cutPieces({ segments, cells: CELLS }, spans);
    const { numbers } = placesOf(pieces);
    const terms = pieces.flatMap((alike, index) => cutTerms(alike, numbers[index] ?? []));
    t.match(terms.slice(0, 3), [
      { start: '2024-04-01', end: null, place: 1, less: null },
      { start: '2024-04-01', end: '2024-04-15', place: 0, less: 1 },
      { start: '2024-05-01', end: null },
    ]);
  },
);
