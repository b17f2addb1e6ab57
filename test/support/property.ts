import fc from 'fast-check';
import type { Test } from 'tap';

/**
 * Asserts that a property holds for generated cases. The seed is fixed, so that a run can be repeated. What an asynchronous
 * property gives has to be awaited.
 */
export function holds(t: Test, property: fc.IRawProperty<unknown>, numRuns = 200): void | Promise<void> {
  const checked = fc.assert(property, { numRuns, seed: 20_260_401 }) as void | Promise<void>;
  if (checked === undefined) {
    t.pass(`holds for ${numRuns} cases`);
    return;
  }
  return checked.then(() => {
    t.pass(`holds for ${numRuns} cases`);
  });
}
