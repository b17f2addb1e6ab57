import t from 'tap';
import { type DayState, oldestState } from '../../src/domain/rebuild-day.ts';
import { dec } from '../support/memory-estate.ts';

function state(values: (number | null)[], positions: number[] | null = null): DayState {
  return {
    day: '2025-07-01',
    origin: 'interval',
    quantity: dec(values.reduce<number>((sum, value) => sum + (value ?? 0), 0)),
    estimatedQuantity: null,
    actualMinutes: 1440,
    estimatedMinutes: 0,
    profile: { resolutionMinutes: 360, values, quality: null },
    estimate: null,
    positions,
  };
}

t.test('each kept state is read against the one that replaced it', async (t) => {
  const states = [state([1, 2, 3, 4]), state([20, null], [2, 4]), state([200], [2])];
  t.same(oldestState(states.slice(0, 1))?.profile?.values, [1, 2, 3, 4]);
  t.same(oldestState(states.slice(0, 2))?.profile?.values, [1, 20, 3, null]);
  t.same(oldestState(states)?.profile?.values, [1, 200, 3, null]);
  t.equal(oldestState(states)?.quantity?.toNumber(), 200, 'sums are kept whole');
  t.equal(oldestState([]), null);
});

t.test('a state that was kept whole needs no later one, one that was not cannot be without', async (t) => {
  t.same(oldestState([state([5, 6, 7, 8])])?.profile?.values, [5, 6, 7, 8]);
  const billed: DayState = { ...state([]), profile: null };
  t.same(oldestState([billed, state([5, 6, 7, 8])])?.profile?.values, [5, 6, 7, 8]);
  t.throws(() => oldestState([billed, state([5], [1])]), /2025-07-01 has no later profile/);
});
