import t from 'tap';
import { ADVISORY_LOCKS } from '../../src/stores/advisory-locks.ts';

t.test('no two uses share a number, whichever form of lock they take', async (t) => {
  const numbers = Object.values(ADVISORY_LOCKS);
  t.equal(new Set<number>(numbers).size, numbers.length);
});
